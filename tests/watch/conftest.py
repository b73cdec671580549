"""The log of this process, held instead of written."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from bot import logs


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    monkeypatch.setenv("LUOHU_LOG", "json")
    held = io.StringIO()
    logs.configure(held)
    yield held
    logs.configure()
