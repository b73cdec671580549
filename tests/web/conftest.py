"""One server on a real port, with a stand-in for the trained bot, and a database of its own for every test."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.serving import Web, web


@pytest.fixture(autouse=True)
def own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the database."""
    file = tmp_path / "luohu.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    monkeypatch.setenv("LUOHU_SECRET", "a secret for these tests alone")
    monkeypatch.delenv("LUOHU_RETENTION_DAYS", raising=False)
    return file


@pytest.fixture
def serve() -> Callable[[Callable[[Web], Awaitable[Any]]], Any]:
    """Run a coroutine against the server."""
    return web
