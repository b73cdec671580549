"""Erasing what is kept about people: all of one sender at once, and everything older than the retention."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

import sqlalchemy as sa

from bot.channels.secret import keyed_hash
from bot.channels.trackers import CONVERSATIONS
from bot.store import feedback, gaps
from bot.store.database import database_url, engine_with, forget_on_disk

RETENTION = 30
"""Days after which everything is erased, unless ``LUOHU_RETENTION_DAYS`` says otherwise."""
_DAY = 24 * 3600.0


@dataclass(frozen=True)
class Erased:
    """How many rows of each kind are gone."""

    conversations: int
    feedback: int
    gaps: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.conversations + self.feedback + self.gaps


def person(sender: str) -> str:
    """The name under which feedback and gaps of a sender are kept: a keyed hash."""
    return keyed_hash("store", sender)


def erase(sender: str) -> Erased:
    """Erase everything kept about a sender: the conversation, the feedback and the gaps."""
    known_as = person(sender)
    engine = _engine()
    with engine.begin() as connection:
        rows = int(connection.execute(sa.delete(CONVERSATIONS).where(CONVERSATIONS.c.sender == sender)).rowcount)
    erased = Erased(rows, feedback.erase(known_as), gaps.erase(known_as))
    forget_on_disk(engine)
    return erased


def purge(days: float, now: float | None = None) -> Erased:
    """Erase conversations not gone on with, and feedback and gaps recorded, more than ``days`` ago.

    Raises:
        ValueError: the number of days is negative.
    """
    if days < 0:
        raise ValueError(f"{days} days cannot be; use 0 or more")
    before = (time.time() if now is None else now) - days * _DAY
    engine = _engine()
    with engine.begin() as connection:
        rows = int(connection.execute(sa.delete(CONVERSATIONS).where(CONVERSATIONS.c.seen < before)).rowcount)
    erased = Erased(rows, feedback.purge(before), gaps.purge(before))
    if erased.total:
        forget_on_disk(engine)
    return erased


def retention() -> int:
    """``LUOHU_RETENTION_DAYS``, or :data:`RETENTION`.

    Raises:
        RuntimeError: it is no whole number of days from 1 to 3650; the message says how to mend it.
    """
    given = os.environ.get("LUOHU_RETENTION_DAYS", str(RETENTION))
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= 3650:
        raise RuntimeError(f"LUOHU_RETENTION_DAYS is {given!r}; use a whole number of days from 1 to 3650")
    return int(given)


def _engine() -> sa.engine.Engine:
    return engine_with(CONVERSATIONS, database_url())
