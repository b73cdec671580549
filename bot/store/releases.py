"""What replies rested on: one row for every combination of documents, words, code and model that ever answered with this database."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from bot.store.database import METADATA, database_url, shared_engine
from bot.store.errors import Unavailable, cause, where

RELEASES = sa.Table(
    "releases",
    METADATA,
    sa.Column("id", sa.String(12), primary_key=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
)
_KEEP = sa.text("INSERT INTO releases (id, at, body) VALUES (:id, :at, :body) ON CONFLICT (id) DO NOTHING")


def keep(engine: sa.engine.Engine, number: str, body: Mapping[str, Any]) -> None:
    """Note a combination where it is new; ``number`` is its hash.

    Raises:
        Unavailable: the database cannot be written.
    """
    try:
        with engine.begin() as connection:
            if connection.execute(sa.select(RELEASES.c.id).where(RELEASES.c.id == number)).scalar() is None:
                connection.execute(_KEEP, {"id": number, "at": time.time(), "body": json.dumps(body, ensure_ascii=False, sort_keys=True)})
    except sa.exc.SQLAlchemyError as error:
        raise Unavailable(f"the database {where(engine.url)} cannot be written: {cause(error)}; see that its disk is not full") from error


def find(number: str) -> dict[str, Any] | None:
    """The combination with this hash; ``None`` where it never answered here."""
    with shared_engine(database_url()).connect() as connection:
        body = connection.execute(sa.select(RELEASES.c.body).where(RELEASES.c.id == number)).scalar()
    return None if body is None else dict(json.loads(body))
