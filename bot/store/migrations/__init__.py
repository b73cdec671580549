"""How the database came to be as it is: one file per change, run in order by :func:`bot.store.schema.migrate`.

**Expand, then contract a release later.** During a rolling update servers of two releases work on one database, so a migration only
adds: a table, a column that may be empty or has a default of the server, an index. What the new release no longer needs is taken away by
a migration of the release after, when no old server runs any more, and that migration says with :func:`needs` which schema a luohu must
know to go on working. A luohu that meets a schema newer than its own goes on where that is at least its own, and refuses to start
otherwise.

A file is ``versions/vNNNN_what.py`` with ``revision = "NNNN"``; numbers go up one by one and :data:`bot.store.schema.HEAD` is the last.
A new one is drafted from the tables by
``.venv/bin/alembic -c bot/store/migrations/alembic.ini revision --autogenerate --rev-id NNNN -m what``.
"""

from __future__ import annotations

from alembic import op


def needs(revision: str) -> None:
    """To be called by a migration that takes something away: whoever knows less than this revision cannot work with the database."""
    op.execute(f"UPDATE compatibility SET oldest = '{int(revision):04d}'")
