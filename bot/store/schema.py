"""The schema of the database: brought up to date by Alembic, once however many servers start at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import METADATA
from bot.store.errors import Unavailable, WrongDatabase, cause, where
from bot.store.patience import patience

HEAD = "0003"
"""The last migration of this luohu."""
COMPATIBILITY = sa.Table("compatibility", METADATA, sa.Column("oldest", sa.String(4), primary_key=True))
"""One row: the last migration that a luohu must know to work with this database."""
_KEEPERS = ("audit", "conversations", "feedback", "gaps", "marks", "releases", "staff", "turns", "verification")
_MIGRATIONS = Path(__file__).with_name("migrations")
_LOCK = 0x6C756F6875  # "luohu": the number of the advisory lock
_WAIT = 120.0  # seconds for another server's migration, and for one's own
_ONE_AT_A_TIME = threading.Lock()  # Alembic keeps its context in globals


def every_table() -> sa.MetaData:
    """The tables of every module that keeps something."""
    for name in _KEEPERS:
        import_module(f"bot.store.{name}")
    return METADATA


def migrate(engine: sa.engine.Engine) -> None:
    """Bring the database up to :data:`HEAD`, making it where it is empty; does nothing to one that is.

    A database made before there were migrations is taken over with all its rows. One that is newer than this luohu is left alone.

    Raises:
        Unavailable: the database cannot be reached or written.
        WrongDatabase: it is newer than this luohu, and this one can no longer work with it.
    """
    try:
        with engine.connect() as connection:
            if _is_current(connection):
                return
        with _ONE_AT_A_TIME, patience(_WAIT), _alone(engine) as connection:
            if not _is_current(connection):
                _upgrade(connection)
    except SQLAlchemyError as error:
        raise Unavailable(
            f"the database {where(engine.url)} cannot be used: {cause(error)}; see that it is running and that DATABASE_URL names it"
        ) from error


def _is_current(connection: sa.engine.Connection) -> bool:
    """Whether nothing is to be done.

    Raises:
        WrongDatabase: nothing can be done.
    """
    inspector = sa.inspect(connection)
    if not inspector.has_table("alembic_version"):
        return False
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    if found is None or found < HEAD:
        return False
    if found > HEAD:
        oldest = connection.execute(sa.select(COMPATIBILITY.c.oldest)).scalar() or found
        if oldest > HEAD:
            raise WrongDatabase(
                f"the database {where(connection.engine.url)} has schema {found}, which a luohu that knows schema {oldest} or later can "
                f"use; this one knows {HEAD}. Start a newer luohu, or restore the backup made before the update"
            )
    return True


@contextmanager
def _alone(engine: sa.engine.Engine) -> Iterator[sa.engine.Connection]:
    """A transaction that no other server's migration is in."""
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        if engine.dialect.name == "sqlite":
            before = raw.isolation_level
            raw.isolation_level = None  # so that the driver neither begins nor commits by itself
            try:
                with connection.begin():
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                    yield connection
            finally:
                raw.isolation_level = before
        else:
            with connection.begin():
                connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(_WAIT * 1000)}")
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(_WAIT * 1000)}")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
                yield connection


def _upgrade(connection: sa.engine.Connection) -> None:
    from alembic import command  # costs a quarter of a second, and mostly there is nothing to do
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
