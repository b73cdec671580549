"""The session cookie: signed, not stored. It names the person and the epoch of their account, and ends after a shift."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import time
from dataclasses import dataclass

from bot.channels.secret import keyed_hash

COOKIE = "luohu_desk"
LASTS = 10 * 3600
"""Seconds after which one has to sign in again."""
_PURPOSE, _CSRF = "desk-session", "desk-csrf"
_LONGEST = 1024


@dataclass(frozen=True)
class Session:
    """What a valid cookie says: whose it is, the epoch of the account when it was made, and until when it holds (seconds since 1970)."""

    name: str
    epoch: int
    until: float


def token(name: str, epoch: int, now: float | None = None) -> str:
    """A new cookie value."""
    body = json.dumps([name, epoch, (time.time() if now is None else now) + LASTS]).encode()
    text = base64.urlsafe_b64encode(body).decode().rstrip("=")
    return f"{text}.{keyed_hash(_PURPOSE, text)}"


def opened(value: str | None, now: float | None = None) -> Session | None:
    """The session of a cookie value; ``None`` where it is missing, forged, damaged or expired."""
    if not value or len(value) > _LONGEST or not value.isascii():
        return None
    text, dot, signature = value.partition(".")
    if not dot or not hmac.compare_digest(signature, keyed_hash(_PURPOSE, text)):
        return None
    try:
        name, epoch, until = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        session = Session(str(name), int(epoch), float(until))
    except (ValueError, TypeError, binascii.Error):
        return None
    return session if session.until > (time.time() if now is None else now) else None


def csrf(name: str, epoch: int) -> str:
    """What a page of this person must send in a header with everything that is not a plain read."""
    return keyed_hash(_CSRF, f"{name}\0{epoch}")
