"""Where a conversation stands: one small row per sender, with a version that tells whether somebody else has written it since."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from bot.store.database import METADATA

CONVERSATIONS = sa.Table(
    "conversations",
    METADATA,
    sa.Column("sender", sa.String(255), primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("seen", sa.Float, nullable=False, index=True),
    sa.Column("version", sa.BigInteger, nullable=False, server_default="0"),
)

# As text, since SQLAlchemy compiles its own "on conflict" anew for every statement; SQLite and PostgreSQL both take it.
_LOAD = sa.text("SELECT state, version FROM conversations WHERE sender = :sender")
_BEGIN = sa.text(
    "INSERT INTO conversations (sender, state, seen, version) VALUES (:sender, :state, :seen, :new) ON CONFLICT (sender) DO NOTHING"
)
_GO_ON = sa.text("UPDATE conversations SET state = :state, seen = :seen, version = version + 1 WHERE sender = :sender AND version = :old")
_PUT = sa.text(
    "INSERT INTO conversations (sender, state, seen, version) VALUES (:sender, :state, :seen, :new) "
    "ON CONFLICT (sender) DO UPDATE SET state = excluded.state, seen = excluded.seen, version = conversations.version + 1"
)


class Row(NamedTuple):
    """What is kept of a sender, and the version it was read in."""

    state: dict[str, Any]
    version: int


def load(connection: sa.engine.Connection, sender: str) -> Row | None:
    """The sender's row; ``None`` where there is none."""
    found = connection.execute(_LOAD, {"sender": sender}).first()
    return None if found is None else Row(orjson.loads(found[0]), int(found[1]))


def put(connection: sa.engine.Connection, sender: str, state: Mapping[str, Any], seen: float) -> None:
    """Replace the sender's row whoever wrote it; ``seen`` is when they last spoke, in seconds since 1970."""
    connection.execute(_PUT, _values(sender, state, seen))


def replacing(sender: str, state: Mapping[str, Any], seen: float, read: int | None) -> tuple[sa.sql.elements.TextClause, dict[str, Any]]:
    """The statement that replaces the row which was read in the version ``read`` (``None``: there was none), and its values.

    It changes one row, or none where that is another one by now, or gone.
    """
    values = _values(sender, state, seen)
    return (_BEGIN, values) if read is None else (_GO_ON, {**values, "old": read})


def _values(sender: str, state: Mapping[str, Any], seen: float) -> dict[str, Any]:
    # A new row begins at a version no row of this sender has had: one that was erased and made anew is never taken for the old one.
    return {"sender": sender, "state": orjson.dumps(state).decode(), "seen": seen, "new": time.time_ns()}
