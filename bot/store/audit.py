"""Who at the desk saw and changed what, and when. What is kept has been masked by the caller; callers' data never comes here."""

from __future__ import annotations

import time
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store.database import METADATA, database_url, delete_in_batches, shared_engine

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("person", sa.String(32), nullable=False, index=True),
    sa.Column("action", sa.String(32), nullable=False),
    sa.Column("subject", sa.String(200), nullable=False),
)


@dataclass(frozen=True)
class Act:
    """One act: ``action`` such as ``find``, ``open``, ``verify``; ``subject`` the masked query, an entry, a document; ``at`` in seconds."""

    at: float
    person: str
    action: str
    subject: str
    id: int = 0


def record(person: str, action: str, subject: str = "") -> None:
    """Keep an act."""
    row = {"at": time.time(), "person": person[:32], "action": action[:32], "subject": subject[:200]}
    with _engine().begin() as connection:
        connection.execute(sa.insert(AUDIT).values(**row))


def latest(limit: int = 100, person: str | None = None) -> tuple[Act, ...]:
    """The newest acts first, of everybody or of one person."""
    query = sa.select(AUDIT).order_by(AUDIT.c.id.desc()).limit(limit)
    if person is not None:
        query = query.where(AUDIT.c.person == person)
    with _engine().connect() as connection:
        return tuple(Act(r.at, r.person, r.action, r.subject, r.id) for r in connection.execute(query))


def purge(before: float) -> int:
    """Erase acts older than ``before`` (seconds since 1970); how many there were."""
    return delete_in_batches(_engine(), AUDIT, AUDIT.c.at < before)


def _engine() -> sa.engine.Engine:
    return shared_engine(database_url())
