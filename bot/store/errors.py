"""What can be wrong with the database, each with a message that says what, where and how to mend it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError


class StoreError(RuntimeError):
    """The database cannot be used now."""


class Unavailable(StoreError):
    """The database does not answer, is locked, full or not writable. What was under way was not kept."""


class WrongDatabase(StoreError):
    """``DATABASE_URL`` names nothing that luohu can use, or a database that is newer than this luohu."""


class Overtaken(StoreError):
    """Somebody else has written what this was about to write; nothing was kept. Read again and do it anew."""


def where(url: str | sa.engine.URL) -> str:
    """The database as a person may read it: kind, host, name, never the password or another parameter."""
    made = sa.engine.make_url(url)
    if made.get_backend_name() == "sqlite":
        return f"SQLite ({made.database or 'in memory'})"
    return f"PostgreSQL ({made.host or 'local socket'}{f':{made.port}' if made.port else ''}/{made.database or ''})"


def cause(error: BaseException) -> str:
    """Why it failed, in one line and without any value of a row: the type and first line of what the driver says."""
    original = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    said = str(original).strip().splitlines()
    first = said[0] if said and not (isinstance(error, SQLAlchemyError) and not isinstance(error, DBAPIError)) else ""
    return f"{type(original).__name__}: {first[:200]}" if first else type(original).__name__
