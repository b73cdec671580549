"""Knowledge gaps: messages that were not understood, declined, or marked 没用.  People work through them; nothing trains itself.

Messages are kept masked, and the sender only as a keyed hash, so that what is kept about a person can be erased.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from bot.store.database import METADATA, Statement, database_url, delete_in_batches, shared_engine

STATUSES = ("new", "in_work", "answered")
"""Nobody has looked at it; somebody is on it; the bot can answer it now, or it was decided that it never shall."""
REASONS = ("unsure", "declined", "useless")
"""Answered below confidence; declined as out of scope or not stated; marked 没用."""

GAPS = sa.Table(
    "gaps",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("sender", sa.String(64), nullable=False, index=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("reason", sa.String(16), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("jurisdiction", sa.String(64)),
    sa.Column("ranking", sa.Text, nullable=False),
    sa.Column("reply", sa.String(64), nullable=False),
    sa.Column("status", sa.String(16), nullable=False, index=True),
)
_INSERT = sa.insert(GAPS)  # with its values given apart: one written into it is put together, and looked up, for every gap anew
_AS_TEXT = sa.text(str(_INSERT.compile(column_keys=[column.name for column in GAPS.c if column.name != "id"])))


@dataclass(frozen=True)
class Gap:
    """One message.

    ``reason`` is one of :data:`REASONS`, ``status`` one of :data:`STATUSES`; ``kind`` and ``reply`` are those of the reply it got;
    ``ranking`` are the classes it came nearest to (``ask/rent_settle``), best first, with their shares; ``at`` is in seconds since
    1970.  ``id`` is 0 until it is recorded.
    """

    sender: str
    channel: str
    message: str
    reason: str
    kind: str = ""
    jurisdiction: str | None = None
    ranking: tuple[tuple[str, float], ...] = field(default=())
    reply: str = ""
    status: str = "new"
    at: float = 0.0
    id: int = 0


def record(gap: Gap) -> int:
    """Keep a gap; its id.

    Raises:
        ValueError: the reason or the status is none of the known ones.
    """
    with _engine().begin() as connection:
        return int(connection.execute(_INSERT, _row(gap)).inserted_primary_key[0])


def recording(gap: Gap) -> Statement:
    """The statement that keeps a gap, with its values, for a caller that keeps it with something else.

    Raises:
        ValueError: as :func:`record`.
    """
    return _AS_TEXT, _row(gap)


def _row(gap: Gap) -> dict[str, Any]:
    _known(gap.reason, REASONS, "reason")
    _known(gap.status, STATUSES, "status")
    return {
        "at": gap.at or time.time(),
        "sender": gap.sender,
        "channel": gap.channel,
        "message": gap.message,
        "reason": gap.reason,
        "kind": gap.kind,
        "jurisdiction": gap.jurisdiction,
        "ranking": json.dumps(gap.ranking, ensure_ascii=False),
        "reply": gap.reply,
        "status": gap.status,
    }


def list(status: str | None = None, limit: int | None = None) -> tuple[Gap, ...]:
    """The gaps with a status (any by default), newest first.

    Raises:
        ValueError: there is no such status.
    """
    query = sa.select(GAPS).order_by(GAPS.c.at.desc(), GAPS.c.id.desc())
    if status is not None:
        query = query.where(GAPS.c.status == _known(status, STATUSES, "status"))
    with _engine().connect() as connection:
        return tuple(_gap(row) for row in connection.execute(query.limit(limit)))


def set_status(ids: Sequence[int], status: str) -> int:
    """Give gaps another status; how many of the ids there were.

    Raises:
        ValueError: there is no such status.
    """
    change = sa.update(GAPS).where(GAPS.c.id.in_(tuple(ids))).values(status=_known(status, STATUSES, "status"))
    with _engine().begin() as connection:
        return int(connection.execute(change).rowcount)


def delete(ids: Sequence[int]) -> int:
    """Erase gaps; how many of the ids there were."""
    with _engine().begin() as connection:
        return int(connection.execute(sa.delete(GAPS).where(GAPS.c.id.in_(tuple(ids)))).rowcount)


def erase(sender: str) -> int:
    """Erase every gap of a sender (its hash); how many there were."""
    with _engine().begin() as connection:
        return int(connection.execute(sa.delete(GAPS).where(GAPS.c.sender == sender)).rowcount)


def purge(before: float) -> int:
    """Erase gaps older than ``before`` (seconds since 1970), whatever their status; how many there were."""
    return delete_in_batches(_engine(), GAPS, GAPS.c.at < before)


def _gap(row: sa.engine.Row) -> Gap:
    ranking = tuple((str(name), float(share)) for name, share in json.loads(row.ranking))
    return Gap(
        row.sender,
        row.channel,
        row.message,
        row.reason,
        row.kind,
        row.jurisdiction,
        ranking,
        row.reply,
        row.status,
        row.at,
        row.id,
    )


def _known(value: str, allowed: Sequence[str], what: str) -> str:
    if value not in allowed:
        raise ValueError(f"{value!r} is no {what} of a gap; use one of: {', '.join(allowed)}")
    return value


def _engine() -> sa.engine.Engine:
    return shared_engine(database_url())
