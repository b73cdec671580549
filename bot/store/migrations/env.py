"""What Alembic runs: the migrations, on the connection of :func:`bot.store.schema.migrate` or, for a draft, on the project's database."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context

from bot.store.database import database_url, engine_for
from bot.store.schema import every_table


def _run(connection: sa.engine.Connection) -> None:
    context.configure(connection=connection, target_metadata=every_table(), transactional_ddl=True)
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with engine_for(database_url()).begin() as own:
        _run(own)
