"""The journal: what was said to each message and how it came about, so that a message is answered once and an answer can be replayed.

A sender is named only by a keyed hash, and so is the message. ``said`` is what was handed to the channel; ``how`` is opaque here
(:class:`bot.conversation.replay.Record`).
"""

from __future__ import annotations

import secrets
import time
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
import sqlalchemy as sa

from bot.store import gaps
from bot.store.conversations import Row
from bot.store.database import BATCH, METADATA, Statement, database_url, shared_engine
from bot.store.gaps import Gap

TURNS = sa.Table(
    "turns",
    METADATA,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("sender", sa.String(64), nullable=False),
    sa.Column("key", sa.String(64)),
    sa.Column("at", sa.Float, nullable=False, index=True),
    sa.Column("channel", sa.String(32), nullable=False),
    sa.Column("said", sa.LargeBinary, nullable=False),
    sa.Column("how", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("sender", "key", name="uq_turns_sender_key"),
)
REPLIES = sa.Table(
    "turn_replies",
    METADATA,
    sa.Column("turn", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("reply", sa.String(64), primary_key=True, index=True),
)

# In one statement, since each costs a way to the database and back; a message without a name (NULL) equals none.
BEFORE = sa.text(
    "SELECT c.state, c.version, t.said FROM (SELECT 1 AS here) AS one LEFT JOIN conversations c ON c.sender = :sender "
    "LEFT JOIN turns t ON t.sender = :person AND t.key = :key"
)
_RECORD = sa.text(
    "INSERT INTO turns (id, sender, key, at, channel, said, how) VALUES (:id, :sender, :key, :at, :channel, :said, :how)"
)
RECORDED = sa.text("SELECT 1 FROM turns WHERE id = :id")
_QUICK = 1  # zlib's level: nearly all of the gain for half of the time


@dataclass(frozen=True)
class Turn:
    """One message and its answer.

    ``sender`` is the hash of :func:`bot.channels.erasure.person`; ``key`` stands for the message as its channel names it, ``None`` where
    it has no name; ``said`` are the messages as the channel got them; ``at`` is in seconds since 1970; ``id`` is one of :func:`new_id`.
    ``gap`` is kept with it where the answer shows one; a turn that is read back has none.
    """

    id: int
    sender: str
    channel: str
    said: Sequence[Mapping[str, Any]]
    how: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None
    at: float = 0.0
    gap: Gap | None = None


def new_id() -> int:
    """A number for a turn that nobody else takes, in the order of time: milliseconds, then twenty random bits."""
    return (time.time_ns() // 1_000_000) << 20 | secrets.randbits(20)


class Before(NamedTuple):
    """What is known before a message is handled: the conversation, and what was said to this very message already (``None``: nothing)."""

    row: Row | None
    earlier: list[dict[str, Any]] | None


def before_of(state: str | None, version: int | None, said: bytes | None) -> Before:
    """What the row tells that :data:`BEFORE` asks for."""
    row = None if state is None or version is None else Row(orjson.loads(state), int(version))
    return Before(row, None if said is None else unpack(said))


def recording(turn: Turn) -> list[Statement]:
    """The statements that keep a turn, with their values; they fail where the message has been answered already."""
    row = {"id": turn.id, "sender": turn.sender, "key": turn.key, "at": turn.at or time.time(), "channel": turn.channel}
    statements: list[Statement] = [(_RECORD, {**row, "said": pack(turn.said), "how": pack(turn.how)})]
    replies = sorted({str(m["custom"]["id"]) for m in turn.said if (m.get("custom") or {}).get("id")})
    if replies:
        statements.append((_index(len(replies)), {"turn": turn.id, **{f"reply{n}": reply for n, reply in enumerate(replies)}}))
    if turn.gap:
        statements.append(gaps.recording(turn.gap))
    return statements


@lru_cache(maxsize=64)
def _index(number: int) -> Any:
    rows = ", ".join(f"(:turn, :reply{n})" for n in range(number))
    return sa.text(f"INSERT INTO turn_replies (turn, reply) VALUES {rows}")


def of_reply(reply: str, limit: int = 10) -> tuple[Turn, ...]:
    """The turns in which a reply (the ``id`` of its payload) was said, newest first: the same words have the same id."""
    query = sa.select(TURNS).join(REPLIES, REPLIES.c.turn == TURNS.c.id).where(REPLIES.c.reply == reply)
    return _turns(query.order_by(TURNS.c.at.desc(), TURNS.c.id.desc()).limit(limit))


def find(number: int) -> Turn | None:
    """The turn with this id."""
    return next(iter(_turns(sa.select(TURNS).where(TURNS.c.id == number))), None)


def erase(sender: str) -> int:
    """Erase every turn of a sender (its hash); how many there were."""
    return _delete(TURNS.c.sender == sender)


def purge(before: float) -> int:
    """Erase turns older than ``before`` (seconds since 1970), a few at a time; how many there were."""
    return _delete(TURNS.c.at < before)


def pack(value: Any) -> bytes:
    """A JSON value as it is kept: compressed, since it is many times as large as the conversation's row."""
    return zlib.compress(orjson.dumps(value, default=str), _QUICK)


def unpack(packed: bytes) -> Any:
    """The value of :func:`pack`."""
    return orjson.loads(zlib.decompress(bytes(packed)))


def _delete(which: Any) -> int:
    engine = shared_engine(database_url())
    gone = 0
    while True:
        with engine.begin() as connection:
            ids = [row.id for row in connection.execute(sa.select(TURNS.c.id).where(which).limit(BATCH))]
            if ids:
                connection.execute(sa.delete(REPLIES).where(REPLIES.c.turn.in_(ids)))
                gone += int(connection.execute(sa.delete(TURNS).where(TURNS.c.id.in_(ids))).rowcount)
        if len(ids) < BATCH:
            return gone


def _turns(query: Any) -> tuple[Turn, ...]:
    with shared_engine(database_url()).connect() as connection:
        rows = connection.execute(query).all()
    return tuple(Turn(r.id, r.sender, r.channel, unpack(r.said), unpack(r.how), r.key, r.at) for r in rows)
