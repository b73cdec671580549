"""Who last asked the issuer whether a document is in force, and on which day they got the answer.

A verification is of one text: it counts no longer once the document's text (its sha256) is another one.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from bot.store.database import METADATA, database_url, shared_engine

VERIFICATIONS = sa.Table(
    "verifications",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("policy", sa.String(64), nullable=False, index=True),
    sa.Column("source_sha256", sa.String(64), nullable=False),
    sa.Column("day", sa.String(10), nullable=False),
    sa.Column("person", sa.String(32), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
)


@dataclass(frozen=True)
class Verification:
    """``day`` is the day on which ``person`` confirmed with the issuer; ``at`` when they wrote it down, in seconds since 1970."""

    policy: str
    source_sha256: str
    day: date
    person: str
    at: float


def record(policy: str, source_sha256: str, day: date, person: str) -> None:
    """Keep a verification."""
    row = {"policy": policy, "source_sha256": source_sha256, "day": day.isoformat(), "person": person, "at": time.time()}
    with _engine().begin() as connection:
        connection.execute(sa.insert(VERIFICATIONS).values(**row))


def latest(policy: str, source_sha256: str) -> Verification | None:
    """The verification of this text with the latest day; ``None`` where nobody verified it."""
    v = VERIFICATIONS.c
    query = sa.select(VERIFICATIONS).where(v.policy == policy, v.source_sha256 == source_sha256)
    query = query.order_by(v.day.desc(), v.id.desc()).limit(1)
    with _engine().connect() as connection:
        row = connection.execute(query).first()
    return Verification(row.policy, row.source_sha256, date.fromisoformat(row.day), row.person, row.at) if row else None


def _engine() -> sa.engine.Engine:
    return shared_engine(database_url())
