"""What is loaded before the first resident comes."""

from __future__ import annotations

import sys
from functools import lru_cache
from types import ModuleType

import pytest

from bot.channels.warming import loaders


def test_what_is_made_once_is_found_and_what_has_parameters_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    @lru_cache(maxsize=1)
    def table() -> str:
        return "read from a file"

    @lru_cache(maxsize=8)
    def row(number: int) -> int:
        return number

    module = ModuleType("bot.reading.made_up")
    for made in (table, row):
        made.__module__ = module.__name__
        setattr(module, made.__wrapped__.__name__, made)
    elsewhere = ModuleType("bot.reading.asking.another")
    elsewhere.table = table  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(sys.modules, elsewhere.__name__, elsewhere)

    assert list(loaders(("bot.reading.made_up", "bot.reading.asking.another"))) == [table]


def test_the_readers_tables_are_among_them() -> None:
    import bot.reading.person.further_kin

    assert bot.reading.person.further_kin._table in set(loaders(("bot.reading.",)))
