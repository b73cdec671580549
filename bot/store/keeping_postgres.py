"""PostgreSQL, asked on the event loop itself.

A thread for each of the two questions of a message (``keeping.py``) costs more than the question: the threads of one process wait for
each other at every answer. asyncpg needs none.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import lru_cache
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import asyncpg
import sqlalchemy as sa

from bot.store import conversations, patience, turns
from bot.store.errors import Overtaken, Unavailable, WrongDatabase, cause, where
from bot.store.turns import Before, Turn

CONNECTIONS = 12
"""Connections of one server at most; a question has one for about a millisecond."""
IDLE = 300.0
"""Seconds after which a connection that nobody uses is closed."""
_GRACE = 0.2  # seconds for what was about to be kept in time
# An InternalClientError is what asyncpg makes of a server that says good-bye in the middle of a question.
_FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
_GOODBYES = (
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.PostgresConnectionError,
    asyncpg.InternalClientError,
    ConnectionError,
)
# What an address may say beside host and database, and what libpq is told by it that is settled here (patience.py).
_UNDERSTOOD = frozenset({
    "host", "port", "user", "password", "passfile", "target_session_attrs", "application_name", "options", "search_path",
    "sslmode", "sslcert", "sslkey", "sslrootcert", "sslcrl", "sslpassword", "ssl_min_protocol_version", "ssl_max_protocol_version",
})  # fmt: skip
_SETTLED = frozenset({
    "connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout", "client_encoding",
})  # fmt: skip
T = TypeVar("T")
Connection = Any
"""A connection of asyncpg's pool."""


class _Lost(Exception):
    """A connection that was open turned out to be lost, while ``__cause__`` was asked."""


class PostgresKeeper:
    """A :class:`bot.store.keeping.Keeper` on PostgreSQL."""

    def __init__(self, url: str) -> None:
        """Nothing is opened yet.

        Raises:
            WrongDatabase: the address says something that is not understood here.
        """
        self._where, self._dsn = where(url), address(url)
        self._pools: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Task[Any]] = WeakKeyDictionary()

    async def before(self, sender: str, person: str, key: str | None) -> Before:
        """As :meth:`bot.store.keeping.Keeper.before`."""

        async def read(connection: Connection, _: bool, __: float) -> Before:
            row = await connection.fetchrow(*numbered(turns.BEFORE, {"sender": sender, "person": person, "key": key}))
            return turns.before_of(*row)

        return await self._asked(read)

    async def keep(self, sender: str, state: Mapping[str, Any], read: int | None, turn: Turn) -> None:
        """As :meth:`bot.store.keeping.Keeper.keep`."""
        replace, record = conversations.replacing(sender, state, turn.at, read), turns.recording(turn)

        async def write(connection: Connection, again: bool, until: float) -> None:
            if again and await connection.fetchval(*numbered(turns.RECORDED, {"id": turn.id})):
                return  # the connection was lost after all was kept and before that was said
            async with connection.transaction():
                if await connection.execute(*numbered(*replace)) not in ("INSERT 0 1", "UPDATE 1"):
                    raise Overtaken("the conversation has gone on elsewhere")
                try:
                    for statement in record:
                        await connection.execute(*numbered(*statement))
                except asyncpg.UniqueViolationError as error:
                    raise Overtaken("the message has been answered elsewhere") from error
                if time.monotonic() > until:  # the resident is being told that it was not kept
                    raise asyncio.TimeoutError

        await self._asked(write)

    async def close(self) -> None:
        """Close the connections of this event loop."""
        pool = self._pools.pop(asyncio.get_running_loop(), None)
        if pool is not None:
            await (await pool).close()

    async def _asked(self, work: Callable[[Connection, bool, float], Awaitable[T]]) -> T:
        """Ask, and once more where the connection turns out to be lost, for at most as long as a resident waits."""
        until = time.monotonic() + patience.MESSAGE
        failed: BaseException | None = None
        for again in (False, True):
            try:
                return await _within(until + _GRACE - time.monotonic(), self._once(work, again, until))
            except asyncio.TimeoutError:
                raise Unavailable(f"the database {self._where} fails: no answer within {patience.MESSAGE:g} seconds") from None
            except _Lost as lost:
                failed = lost.__cause__
            except _FAILURES as error:
                failed = error
                break
        raise Unavailable(f"the database {self._where} fails: {cause(failed or RuntimeError())}") from None

    async def _once(self, work: Callable[[Connection, bool, float], Awaitable[T]], again: bool, until: float) -> T:
        pool = await self._pool()
        async with pool.acquire(timeout=patience.MESSAGE) as connection:
            try:
                return await work(connection, again, until)
            except _FAILURES as error:
                if not _is_lost(connection, error):
                    raise
                await pool.expire_connections()  # those that lie idle are lost to the same restart
                raise _Lost from error

    async def _pool(self) -> Any:
        loop = asyncio.get_running_loop()
        opening = self._pools.get(loop)
        if opening is None:
            opening = self._pools[loop] = loop.create_task(self._opened())
        return opening.result() if opening.done() else await asyncio.shield(opening)

    async def _opened(self) -> Any:
        return await asyncpg.create_pool(
            self._dsn,
            min_size=0,
            max_size=CONNECTIONS,
            max_inactive_connection_lifetime=IDLE,
            init=_settle,
            reset=_leave_as_it_is,
            timeout=patience.CONNECT,
            command_timeout=patience.ANSWER,
        )


def _is_lost(connection: Connection, error: BaseException) -> bool:
    if isinstance(error, _GOODBYES):
        return True
    try:
        return bool(connection.is_closed())
    except asyncpg.InterfaceError:  # the pool has taken it back already
        return True


async def _within(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """``asyncio.wait_for``, which would also wait for the end of what it gives up, and that may hang as the database does."""
    task = asyncio.get_running_loop().create_task(work)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())  # whatever it is, nobody may be waiting any more
    try:
        done, _ = await asyncio.wait({task}, timeout=seconds)
    finally:
        task.cancel()
    if not done:
        raise asyncio.TimeoutError
    return task.result()


async def _settle(connection: Connection) -> None:
    await connection.execute(patience.ON_CONNECT)


async def _leave_as_it_is(connection: Connection) -> None:
    """Nothing of a session is changed by what is asked here, so nothing has to be asked to change it back."""


def address(url: str) -> str:
    """The address as asyncpg reads it.

    Raises:
        WrongDatabase: it has a parameter that is not understood.
    """
    made = sa.engine.make_url(url)
    unknown = sorted(set(made.query) - _UNDERSTOOD - _SETTLED)
    if unknown:
        raise WrongDatabase(
            f"DATABASE_URL has {', '.join(unknown)}, which luohu does not understand; leave it out, "
            f"or use one of {', '.join(sorted(_UNDERSTOOD))}"
        )
    asked = {"application_name": patience.CONNECT_ARGS["application_name"], **made.query}
    kept = made.set(drivername="postgresql", query={name: value for name, value in asked.items() if name not in _SETTLED})
    return kept.render_as_string(hide_password=False)


def numbered(statement: sa.sql.elements.TextClause, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """A statement and its values as asyncpg takes them: parameters by number instead of by name."""
    text, names = _numbered(statement.text)
    return (text, *(values[name] for name in names))


@lru_cache(maxsize=64)
def _numbered(text: str) -> tuple[str, tuple[str, ...]]:
    names = tuple(dict.fromkeys(re.findall(r":(\w+)", text)))
    return re.sub(r":(\w+)", lambda m: f"${names.index(m[1]) + 1}", text), names
