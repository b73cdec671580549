"""Short tellings in which one thing is said and another clause says where it is, whose it is, or that it is not so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.eligibility.codec import to_json
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

AS_OF = date(2026, 11, 22)
HOMES = {"lc": "山东省/聊城市", "lz": "山东省/淄博市/临淄区"}
VOCABULARY = load_vocabulary()
FILES = ("dictated", "home_tellings", "long_tellings", "tellings", "work_tellings", "work_worded")
ROWS = [
    row
    for name in FILES
    for row in YAML(typ="safe", pure=True).load((Path(__file__).parent / "phrases" / f"{name}.yml").read_text(encoding="utf-8"))
]


def _told(row: dict[str, Any]) -> dict[str, list[Any]]:
    """What is read of each fact, places by their last name."""
    found: dict[str, list[Any]] = {}
    for fact in read(row["text"], as_of=AS_OF, home=HOMES[row["home"]], vocabulary=VOCABULARY).facts:
        value = to_json(fact.value, VOCABULARY.facts[fact.fact])
        if fact.fact.endswith(".place"):
            value = value.rpartition("/")[2] if isinstance(value, str) else value
        found.setdefault(fact.fact, []).append(sorted(value) if isinstance(value, list) else value)
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_a_telling_says_this_and_not_that(row: dict[str, Any]) -> None:
    told = _told(row)
    for fact, value in row.get("says", {}).items():
        assert told.get(fact) == [value], fact
    for fact, value in row.get("not", {}).items():
        assert fact not in told or (value is not None and value not in told[fact]), fact
