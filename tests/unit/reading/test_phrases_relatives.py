"""Who moves to whom, how they live and are married, collective households and villages, told the way residents and clerks tell it."""

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
FILES = ("relatives", "villages_and_notes", "kin_and_villages")
ROWS = [
    row
    for name in FILES
    for row in YAML(typ="safe", pure=True).load((Path(__file__).parent / "phrases" / f"{name}.yml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_a_telling_names_these_people_and_says_this_of_them(row: dict[str, Any]) -> None:
    reading = read(row["text"], as_of=AS_OF, home=HOMES[row["home"]], vocabulary=VOCABULARY)
    assert not reading.wishes
    if "person" in row:
        assert (reading.person or "self") == row["person"]
    told: dict[str, list[Any]] = {}
    for fact in reading.facts:
        value = to_json(fact.value, VOCABULARY.facts[fact.fact])
        told.setdefault(fact.fact, []).append(sorted(value) if isinstance(value, list) else value)
    for name, value in row.get("says", {}).items():
        assert told.get(name) == [value], name
    for name, value in row.get("not", {}).items():
        assert value not in told.get(name, []), name
