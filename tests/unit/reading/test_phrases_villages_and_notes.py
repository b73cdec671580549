"""Villages left and lived in, whom one has married, kinds of relatives as others call them, and clerks' notes on them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.eligibility.codec import to_json
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

AS_OF = date(2026, 11, 29)
HOMES = {"lc": "山东省/聊城市", "lz": "山东省/淄博市/临淄区"}
VOCABULARY = load_vocabulary()
ROWS = YAML(typ="safe", pure=True).load((Path(__file__).parent / "phrases" / "villages_and_notes.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_a_telling_says_this_of_these_people_and_their_villages(row: dict[str, Any]) -> None:
    reading = read(row["text"], as_of=AS_OF, home=HOMES[row["home"]], vocabulary=VOCABULARY)
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
