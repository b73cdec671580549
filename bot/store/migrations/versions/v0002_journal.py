"""The journal of answers, and a version on every conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add both."""
    op.add_column("conversations", sa.Column("version", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_table(
        "turns",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("key", sa.String(64)),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("how", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("sender", "key", name="uq_turns_sender_key"),
    )
    op.create_index("ix_turns_at", "turns", ["at"])
    op.create_table(
        "turn_replies",
        sa.Column("turn", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("reply", sa.String(64), primary_key=True),
    )
    op.create_index("ix_turn_replies_reply", "turn_replies", ["reply"])
