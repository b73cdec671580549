"""The store on SQLite and on PostgreSQL, each test on empty tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store import feedback, gaps
from tests.postgres import postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of the database; its tables are empty."""
    url = f"sqlite:///{tmp_path / 'store.db'}" if request.param == "sqlite" else postgres_url("store")
    monkeypatch.setenv("DATABASE_URL", url)
    gaps.purge(1e12)
    feedback.purge(1e12)
    return str(request.param)
