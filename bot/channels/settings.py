"""Settings of the server that no other module owns, and the check of every setting before the model is loaded.

A wrong one is refused by name within a second of the start, not on the first message, and never replaced by a default.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection

from bot.channels.erasure import check_settings
from bot.channels.secret import secret
from bot.channels.stopping import linger


def rate() -> float:
    """``LUOHU_RATE``: messages per second and sender, 2 by default, 0 for no limit.

    Raises:
        RuntimeError: it is no such number; the message says how to mend it.
    """
    given = os.environ.get("LUOHU_RATE", "2")
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", given, re.ASCII):
        raise RuntimeError(f"LUOHU_RATE is {given!r}; use messages per second and sender, such as 2 or 0.5, or 0 for no limit")
    return float(given)


def backlog() -> int:
    """``SANIC_BACKLOG``: connections that may wait to be accepted, 1024 by default.

    Raises:
        RuntimeError: it is no such number; the message says how to mend it.
    """
    given = os.environ.get("SANIC_BACKLOG", "1024")
    if not re.fullmatch(r"\d{1,5}", given, re.ASCII) or not 1 <= int(given) <= 65535:
        raise RuntimeError(f"SANIC_BACKLOG is {given!r}; use a whole number of connections from 1 to 65535")
    return int(given)


def pinned(places: Collection[str]) -> str | None:
    """``LUOHU_JURISDICTION``: the one place that is served, ``None`` where it is not set.

    Raises:
        RuntimeError: it is none of ``places``.
    """
    given = os.environ.get("LUOHU_JURISDICTION")
    if given and given not in places:
        raise RuntimeError(f"LUOHU_JURISDICTION is {given!r}; use one of: {', '.join(places)}, or leave it out")
    return given or None


def check() -> None:
    """Look at every setting that can be judged without the documents.

    Raises:
        RuntimeError: the first that is wrong; the message names it and says how to mend it.
    """
    for setting in (rate, backlog, linger, check_settings, secret):
        setting()
