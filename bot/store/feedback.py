"""What residents say of an answer: useful or not, with a reason in their own words.

Texts come in masked, and a sender is named only by a keyed hash, so that what is kept about a person can be erased.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store.database import METADATA, database_url, delete_in_batches, shared_engine

FEEDBACK = sa.Table(
    "feedback",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("sender", sa.String(64), nullable=False, index=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("reply", sa.String(64), nullable=False),
    sa.Column("useful", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.UniqueConstraint("sender", "reply"),
)
_INSERT = sa.insert(FEEDBACK)


@dataclass(frozen=True)
class Feedback:
    """One opinion: ``at`` in seconds since 1970, ``reply`` the id of the reply it is about, ``reason`` masked, often empty."""

    sender: str
    channel: str
    reply: str
    useful: bool
    reason: str = ""
    at: float = 0.0


def record(feedback: Feedback) -> None:
    """Keep an opinion; a later one of the same sender on the same reply replaces the earlier one."""
    row = {
        "at": feedback.at or time.time(),
        "sender": feedback.sender,
        "channel": feedback.channel,
        "reply": feedback.reply,
        "useful": feedback.useful,
        "reason": feedback.reason,
    }
    same = (FEEDBACK.c.sender == feedback.sender) & (FEEDBACK.c.reply == feedback.reply)
    with _engine().begin() as connection:
        connection.execute(sa.delete(FEEDBACK).where(same))
        connection.execute(_INSERT, row)


def latest(limit: int = 100) -> tuple[Feedback, ...]:
    """The newest opinions first."""
    query = sa.select(FEEDBACK).order_by(FEEDBACK.c.at.desc(), FEEDBACK.c.id.desc()).limit(limit)
    with _engine().connect() as connection:
        return tuple(Feedback(r.sender, r.channel, r.reply, bool(r.useful), r.reason, r.at) for r in connection.execute(query))


def counts() -> tuple[int, int]:
    """How many opinions say useful, and how many say not useful."""
    query = sa.select(FEEDBACK.c.useful, sa.func.count()).group_by(FEEDBACK.c.useful)
    with _engine().connect() as connection:
        found = {bool(useful): int(number) for useful, number in connection.execute(query)}
    return found.get(True, 0), found.get(False, 0)


def erase(sender: str) -> int:
    """Erase every opinion of a sender (its hash); how many there were."""
    with _engine().begin() as connection:
        return int(connection.execute(sa.delete(FEEDBACK).where(FEEDBACK.c.sender == sender)).rowcount)


def purge(before: float) -> int:
    """Erase opinions older than ``before`` (seconds since 1970); how many there were."""
    return delete_in_batches(_engine(), FEEDBACK, FEEDBACK.c.at < before)


def _engine() -> sa.engine.Engine:
    return shared_engine(database_url())
