"""Erasing what is kept about people: all of one sender at once, and everything older than the retention."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

import sqlalchemy as sa

from bot.channels.secret import person
from bot.store import audit, feedback, gaps, turns
from bot.store.conversations import CONVERSATIONS
from bot.store.database import delete_in_batches, forget_on_disk, shared_engine

RETENTION = 30
"""Days after which everything is erased, unless ``LUOHU_RETENTION_DAYS`` says otherwise."""
JOURNAL = 7
"""Days after which the journal of answers is erased (``LUOHU_JOURNAL_DAYS``), though never later than everything else."""
AUDIT = 180
"""Days after which the acts of the desk's staff are erased (``LUOHU_AUDIT_DAYS``)."""
_DAY = 24 * 3600.0


@dataclass(frozen=True)
class Erased:
    """How many rows of each kind are gone."""

    conversations: int
    feedback: int
    gaps: int
    turns: int = 0
    audit: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.conversations + self.feedback + self.gaps + self.turns + self.audit

    def __str__(self) -> str:
        return (
            f"{self.conversations} conversations, {self.feedback} opinions, {self.gaps} gaps, {self.turns} answers of the journal, "
            f"{self.audit} acts of the desk"
        )


def erase(sender: str) -> Erased:
    """Erase everything kept about a sender: the conversation, the feedback, the gaps and the journal."""
    known_as = person(sender)
    engine = shared_engine()
    # The conversation first: a turn that is under way elsewhere finds it gone and is handled anew, and leaves nothing of before.
    with engine.begin() as connection:
        rows = int(connection.execute(sa.delete(CONVERSATIONS).where(CONVERSATIONS.c.sender == sender)).rowcount)
    erased = Erased(rows, feedback.erase(known_as), gaps.erase(known_as), turns.erase(known_as))
    forget_on_disk(engine)
    return erased


def purge(days: float, now: float | None = None, journal_days: float | None = None, audit_days: float | None = None) -> Erased:
    """Erase conversations not gone on with, and feedback and gaps recorded, more than ``days`` ago, a few rows at a time.

    The journal goes after ``journal_days`` (``days`` by default, and never later), acts of the desk after ``audit_days`` (by default
    they stay).

    Raises:
        ValueError: a number of days is negative.
    """
    kept = days if journal_days is None else min(days, journal_days)
    for number in (days, kept, audit_days or 0):
        if number < 0:
            raise ValueError(f"{number} days cannot be; use 0 or more")
    at = time.time() if now is None else now
    before = at - days * _DAY
    engine = shared_engine()
    erased = Erased(
        delete_in_batches(engine, CONVERSATIONS, CONVERSATIONS.c.seen < before),
        feedback.purge(before),
        gaps.purge(before),
        turns.purge(at - kept * _DAY),
        0 if audit_days is None else audit.purge(at - audit_days * _DAY),
    )
    if erased.total:
        forget_on_disk(engine)
    return erased


def purge_by_settings() -> Erased:
    """:func:`purge` with the days of the environment.

    Raises:
        RuntimeError: one of them is no whole number of days; the message says how to mend it.
    """
    return purge(retention(), journal_days=journal_retention(), audit_days=audit_retention())


def retention() -> int:
    """``LUOHU_RETENTION_DAYS``, or :data:`RETENTION`.

    Raises:
        RuntimeError: it is no whole number of days from 1 to 3650; the message says how to mend it.
    """
    return _days("LUOHU_RETENTION_DAYS", RETENTION)


def journal_retention() -> int:
    """``LUOHU_JOURNAL_DAYS`` or :data:`JOURNAL`, and never more than :func:`retention`.

    Raises:
        RuntimeError: as :func:`retention`.
    """
    return min(_days("LUOHU_JOURNAL_DAYS", JOURNAL), retention())


def audit_retention() -> int:
    """``LUOHU_AUDIT_DAYS``, or :data:`AUDIT`.

    Raises:
        RuntimeError: as :func:`retention`.
    """
    return _days("LUOHU_AUDIT_DAYS", AUDIT)


def check_settings() -> None:
    """See that every number of days is one, so that a server with a wrong one does not start.

    Raises:
        RuntimeError: as :func:`retention`.
    """
    journal_retention()
    audit_retention()


def _days(name: str, default: int) -> int:
    given = os.environ.get(name, str(default))
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= 3650:
        raise RuntimeError(f"{name} is {given!r}; use a whole number of days from 1 to 3650")
    return int(given)
