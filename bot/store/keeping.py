"""What a message needs of the database: one look before it is handled, one write after it, each within the resident's patience.

Everything else is asked through SQLAlchemy (``database.py``), where a millisecond does not count. These two are asked for every message:
SQLite answers within a tenth of a millisecond and is asked directly, PostgreSQL by ``keeping_postgres.py``.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.store import conversations, patience, turns
from bot.store.errors import Overtaken, Unavailable, cause, where
from bot.store.turns import Before, Turn

T = TypeVar("T")


class Keeper(Protocol):
    """Reads and writes conversations and turns without holding up the messages of others."""

    async def before(self, sender: str, person: str, key: str | None) -> Before:
        """What is known before a message is handled: the conversation, and what was said to this very message already.

        ``person`` is the sender in the journal, ``key`` stands for the message (``None``: it has no name).

        Raises:
            Unavailable: the database does not answer.
        """

    async def keep(self, sender: str, state: Mapping[str, Any], read: int | None, turn: Turn) -> None:
        """Keep the conversation and the turn, both or neither. ``read`` is the version that was read (``None``: there was no row).

        Raises:
            Overtaken: the conversation or the message has been handled elsewhere meanwhile.
            Unavailable: the database does not answer, or cannot keep anything; as far as it says, nothing was kept.
        """

    async def close(self) -> None:
        """Let go of what this event loop has opened."""


class SqliteKeeper:
    """SQLite in a file of this machine, asked by its own driver; while another process writes, it is asked again."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        """``engine`` opens the connections, and does not wait long for another process by itself."""
        self._engine = engine

    async def before(self, sender: str, person: str, key: str | None) -> Before:
        """As :meth:`Keeper.before`."""

        def read(connection: sqlite3.Connection) -> Before:
            asked = {"sender": sender, "person": person, "key": key}
            return turns.before_of(*connection.execute(turns.BEFORE.text, asked).fetchone())

        return await self._asked(read)

    async def keep(self, sender: str, state: Mapping[str, Any], read: int | None, turn: Turn) -> None:
        """As :meth:`Keeper.keep`."""
        replace, values = conversations.replacing(sender, state, turn.at, read)

        def write(connection: sqlite3.Connection) -> None:
            with connection:  # one transaction
                if connection.execute(replace.text, values).rowcount != 1:
                    raise Overtaken("the conversation has gone on elsewhere")
                try:
                    for statement, of_turn in turns.recording(turn):
                        connection.execute(statement.text, of_turn)
                except sqlite3.IntegrityError as error:
                    raise Overtaken("the message has been answered elsewhere") from error

        await self._asked(write)

    async def close(self) -> None:
        """Nothing is open for one event loop."""

    async def _asked(self, work: Callable[[sqlite3.Connection], T]) -> T:
        until = time.monotonic() + patience.MESSAGE
        while True:
            try:
                with closing(self._engine.raw_connection()) as borrowed:
                    return work(borrowed.dbapi_connection)
            except (sqlite3.Error, SQLAlchemyError) as error:
                if not _busy(error) or time.monotonic() > until:
                    raise Unavailable(f"the database {where(self._engine.url)} fails: {cause(error)}") from None
            await asyncio.sleep(0.05)


def keeper_for(engine: sa.engine.Engine, url: str) -> Keeper:
    """The keeper of the database that ``engine`` opens at ``url``.

    Raises:
        WrongDatabase: the address says something that is not understood.
    """
    if engine.dialect.name == "sqlite":
        return SqliteKeeper(engine)
    from bot.store.keeping_postgres import PostgresKeeper  # SQLite needs nothing of it

    return PostgresKeeper(url)


def _busy(error: Exception) -> bool:
    """Whether another process was writing, so that the next try may well succeed."""
    original = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(original, sqlite3.OperationalError) and "locked" in str(original)
