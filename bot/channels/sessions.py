"""Sessions of the chat page: tokens that the server has signed and nobody can guess, and the sender id behind each.

Nothing is stored: a token holds 144 random bits and the time it was made, under a signature with the server's secret.
"""

from __future__ import annotations

import hmac
import re
import secrets
import time

from bot.channels.erasure import retention
from bot.channels.guard import Refused
from bot.channels.secret import keyed_hash

_FORM = re.compile(r"([A-Za-z0-9_-]{24}\.[0-9a-f]{8,10})\.([0-9a-f]{64})")
_DAY = 24 * 3600


def new_token(now: float | None = None) -> str:
    """A token for a new session."""
    made = f"{secrets.token_urlsafe(18)}.{int(time.time() if now is None else now):08x}"
    return f"{made}.{keyed_hash('web session', made)}"


def sender_of(token: object, now: float | None = None) -> str:
    """The sender id of a session, which the token does not tell.

    Raises:
        Refused: 401 for a token that this server has not signed, or one older than the retention.
    """
    match = _FORM.fullmatch(token) if isinstance(token, str) else None
    if match is None or not hmac.compare_digest(keyed_hash("web session", match[1]), match[2]):
        raise Refused(401, "session_unknown", "this is no session of this server; begin one with POST /chat/session", "/token")
    age = (time.time() if now is None else now) - int(match[1].split(".")[1], 16)
    if age > retention() * _DAY:
        raise Refused(401, "session_expired", "the session is too old; begin a new one with POST /chat/session", "/token")
    return f"web-{keyed_hash('web sender', match[1])[:40]}"
