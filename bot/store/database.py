"""The one database: where it is, how it is opened, and the tables that the rest of the package (and the tracker store) put into it."""

from __future__ import annotations

import contextlib
import os
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot import paths

METADATA = sa.MetaData()
"""Every table of the project; a module that keeps something adds its own here."""


def database_url() -> str:
    """``DATABASE_URL``, or the SQLite file under ``var/``."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{paths.VAR / 'luohu.db'}"
    return url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url


def engine_for(url: str) -> sa.engine.Engine:
    """An engine with the settings the store needs; the folder of a SQLite file is made."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=20)
    file = sa.engine.make_url(url).database
    if not file or file == ":memory:":
        return sa.create_engine(url, poolclass=sa.pool.StaticPool, connect_args={"check_same_thread": False})
    os.makedirs(os.path.dirname(os.path.abspath(file)), exist_ok=True)
    with contextlib.suppress(FileExistsError):  # for its owner alone; SQLite gives its log and index files the same mode
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    engine = sa.create_engine(url, poolclass=sa.pool.QueuePool, connect_args={"check_same_thread": False, "timeout": 10})

    @sa.event.listens_for(engine, "connect")
    def _tune(connection: Any, _: Any) -> None:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


@lru_cache(maxsize=4)
def shared_engine(url: str | None = None) -> sa.engine.Engine:
    """The process's engine for a database (:func:`database_url` by default) with every table registered so far made where missing."""
    engine = engine_for(url or database_url())
    METADATA.create_all(engine)
    return engine


@lru_cache(maxsize=32)
def engine_with(table: sa.Table, url: str) -> sa.engine.Engine:
    """The process's engine for a database in which this table exists, whenever its module was imported."""
    engine = shared_engine(url)
    METADATA.create_all(engine, tables=[table])
    return engine


def forget_on_disk(engine: sa.engine.Engine) -> None:
    """After an erasure: nothing of what was erased stays in SQLite's write-ahead log. PostgreSQL needs nothing."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
