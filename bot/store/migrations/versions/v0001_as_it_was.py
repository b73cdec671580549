"""The tables as they were before there were migrations; a database that has them already keeps them as they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make whatever is missing."""
    there = set(sa.inspect(op.get_bind()).get_table_names())
    for name, (columns, indexes) in _TABLES.items():
        if name not in there:
            op.create_table(name, *columns())
            for column in indexes:
                op.create_index(f"ix_{name}_{column}", name, [column])
    if "compatibility" not in there:
        made = op.create_table("compatibility", sa.Column("oldest", sa.String(4), primary_key=True))
        op.bulk_insert(made, [{"oldest": "0001"}])


def _number() -> sa.Column:
    return sa.Column("id", sa.Integer, primary_key=True, autoincrement=True)


def _text(name: str, length: int | None = None, key: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length) if length else sa.Text(), nullable=False, primary_key=key)


def _at(name: str = "at") -> sa.Column:
    return sa.Column(name, sa.Float(), nullable=False)


def _flag(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _count(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), nullable=False)


_TABLES = {
    "conversations": (lambda: [_text("sender", 255, True), _text("state"), _at("seen")], ["seen"]),
    "feedback": (
        lambda: [
            *(_number(), _at(), _text("sender", 64), _text("channel", 32), _text("reply", 64), _flag("useful"), _text("reason")),
            sa.UniqueConstraint("sender", "reply"),
        ],
        ["at", "sender"],
    ),
    "gaps": (
        lambda: [
            *(_number(), _at(), _text("sender", 64), _text("channel", 32), _text("message"), _text("reason", 16), _text("kind", 16)),
            sa.Column("jurisdiction", sa.String(64)),
            *(_text("ranking"), _text("reply", 64), _text("status", 16)),
        ],
        ["at", "sender", "status"],
    ),
    "staff": (
        lambda: [_text("name", 32, True), _text("role", 16), _text("password", 256), _at("added"), _flag("disabled"), _count("epoch")],
        [],
    ),
    "audit": (
        lambda: [_number(), _at(), _text("person", 32), _text("action", 32), _text("subject", 200)],
        ["at", "person"],
    ),
    "marks": (
        lambda: [_text("person", 32, True), _text("entry", 128, True), _count("used"), _at("last"), _flag("favourite")],
        [],
    ),
    "verifications": (
        lambda: [_number(), _text("policy", 64), _text("source_sha256", 64), _text("day", 10), _text("person", 32), _at()],
        ["policy"],
    ),
}
