"""The one database: where it is, how it is opened, and the tables that the rest of the package puts into it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot import paths
from bot.store import patience
from bot.store.errors import WrongDatabase

Statement = tuple[sa.sql.elements.TextClause, dict[str, Any]]
"""A statement and its values by name."""
METADATA = sa.MetaData()
"""Every table of the project; a module that keeps something adds its own here, and a migration makes it."""
BUSY = 10.0
"""Seconds that a write waits for another process to finish its own, on SQLite."""
_SHORT = 0.02
BATCH = 1000
"""Rows erased in one transaction, so that nobody waits long for a lock."""


def database_url() -> str:
    """``DATABASE_URL``, or the SQLite file under ``var/``."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{paths.VAR / 'luohu.db'}"
    return url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url


def engine_for(url: str, asks_again: bool = False) -> sa.engine.Engine:
    """An engine with the settings the store needs; the folder of a SQLite file is made.

    ``asks_again`` is for a caller that does so by itself where SQLite is busy: then it is not waited for here, which would hold up others.

    Raises:
        WrongDatabase: the URL cannot be read, or is of neither SQLite nor PostgreSQL.
    """
    try:
        made = sa.engine.make_url(url)
        kind = made.get_backend_name()
    except (sa.exc.ArgumentError, ValueError):
        kind = ""
    if kind == "postgresql":
        return _postgresql(url)
    if kind != "sqlite":
        raise WrongDatabase(
            "DATABASE_URL is no address of a database that luohu can use; write it as postgresql://user:password@host:5432/name, "
            "or leave it out for SQLite"
        )
    file = made.database
    if not file or file == ":memory:":
        return sa.create_engine(url, poolclass=sa.pool.StaticPool, connect_args={"check_same_thread": False}, hide_parameters=True)
    try:
        os.makedirs(os.path.dirname(os.path.abspath(file)), exist_ok=True)
        with contextlib.suppress(FileExistsError):  # for its owner alone; SQLite gives its log and index files the same mode
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise WrongDatabase(f"the database {file} cannot be made ({error.strerror}); correct DATABASE_URL") from error
    wait = _SHORT if asks_again else BUSY
    how = {"check_same_thread": False, "timeout": wait}
    engine = sa.create_engine(url, poolclass=sa.pool.QueuePool, connect_args=how, hide_parameters=True)

    @sa.event.listens_for(engine, "connect")
    def _tune(connection: Any, _: Any) -> None:
        _write_ahead(connection, wait)
        for pragma in ("synchronous=NORMAL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _write_ahead(connection: Any, wait: float) -> None:
    """Switch to the write-ahead log. While another process does so to a new database SQLite says at once that it is locked, whatever its
    timeout, so ``wait`` (seconds) is kept here."""
    until = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(0.01)


def _postgresql(url: str) -> sa.engine.Engine:
    patience.install()
    engine = sa.create_engine(
        url,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=20,
        pool_timeout=patience.CONNECT,
        hide_parameters=True,
        connect_args=patience.CONNECT_ARGS,
    )

    @sa.event.listens_for(engine, "connect")
    def _limit(connection: Any, _: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(patience.ON_CONNECT)
        connection.commit()

    return engine


@lru_cache(maxsize=32)
def _shared(url: str) -> sa.engine.Engine:
    from bot.store.schema import migrate  # which needs the tables, which need this module

    engine = engine_for(url)
    migrate(engine)
    return engine


def shared_engine(url: str | None = None) -> sa.engine.Engine:
    """The process's engine for a database (:func:`database_url` by default), brought up to date when it is first asked for.

    Raises:
        StoreError: the database cannot be used; the message says how to mend it.
    """
    return _shared(url or database_url())


def delete_in_batches(engine: sa.engine.Engine, table: sa.Table, which: Any) -> int:
    """Erase rows of a table with a single primary key, a few at a time; how many there were."""
    key = next(iter(table.primary_key.columns))
    gone = 0
    while True:
        some = sa.select(key).where(which).limit(BATCH).scalar_subquery()
        with engine.begin() as connection:
            done = int(connection.execute(sa.delete(table).where(key.in_(some))).rowcount)
        gone += done
        if done < BATCH:
            return gone


def forget_on_disk(engine: sa.engine.Engine) -> None:
    """After an erasure: nothing of what was erased stays in SQLite's write-ahead log. PostgreSQL needs nothing."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
