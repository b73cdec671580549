"""What a person at the desk used: recent, frequent and favourite entries, each person their own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bot.store.database import METADATA, database_url, shared_engine

MARKS = sa.Table(
    "marks",
    METADATA,
    sa.Column("person", sa.String(32), primary_key=True),
    sa.Column("entry", sa.String(128), primary_key=True),
    sa.Column("used", sa.Integer, nullable=False),
    sa.Column("last", sa.Float, nullable=False),
    sa.Column("favourite", sa.Boolean, nullable=False),
)


@dataclass(frozen=True)
class Mark:
    """One entry of one person: how often it was used, when last (seconds since 1970), and whether it is a favourite."""

    entry: str
    used: int
    last: float
    favourite: bool


def use(person: str, entry: str) -> None:
    """Count one use of an entry."""
    _change(person, entry, {"used": MARKS.c.used + 1, "last": time.time()}, {"used": 1, "last": time.time(), "favourite": False})


def favour(person: str, entry: str, on: bool) -> None:
    """Make an entry a favourite, or no longer."""
    _change(person, entry, {"favourite": on}, {"used": 0, "last": time.time(), "favourite": on})


def recent(person: str, limit: int = 10) -> tuple[Mark, ...]:
    """Entries used, the last one first."""
    return _marks(person, MARKS.c.used > 0, (MARKS.c.last.desc(),), limit)


def frequent(person: str, limit: int = 10) -> tuple[Mark, ...]:
    """Entries used more than once, the most used first."""
    return _marks(person, MARKS.c.used > 1, (MARKS.c.used.desc(), MARKS.c.last.desc()), limit)


def favourites(person: str, limit: int = 50) -> tuple[Mark, ...]:
    """Favourite entries, the last used first."""
    return _marks(person, MARKS.c.favourite, (MARKS.c.last.desc(),), limit)


def _change(person: str, entry: str, change: dict[str, Any], new: dict[str, Any]) -> None:
    mine = sa.update(MARKS).where(MARKS.c.person == person, MARKS.c.entry == entry).values(**change)
    with _engine().begin() as connection:
        if connection.execute(mine).rowcount:
            return
    try:
        with _engine().begin() as connection:
            connection.execute(sa.insert(MARKS).values(person=person, entry=entry, **new))
    except IntegrityError:  # a second page of the same person was first
        with _engine().begin() as connection:
            connection.execute(mine)


def _marks(person: str, which: Any, order: tuple[Any, ...], limit: int) -> tuple[Mark, ...]:
    query = sa.select(MARKS).where(MARKS.c.person == person, which).order_by(*order, MARKS.c.entry).limit(limit)
    with _engine().connect() as connection:
        return tuple(Mark(r.entry, r.used, r.last, bool(r.favourite)) for r in connection.execute(query))


def _engine() -> sa.engine.Engine:
    return shared_engine(database_url())
