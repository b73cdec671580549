"""Short messages about where a register is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.eligibility.values import Places
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

FILE = Path(__file__).parent / "phrases" / "registers.yml"
BLOCKS = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
LINES = [(block["place"], message) for block in BLOCKS for message in block["messages"]]
VOCABULARY = load_vocabulary()


@pytest.mark.parametrize("place, message", LINES, ids=[message for _, message in LINES])
def test_the_register_is_read_where_it_is_said_to_be(place: str, message: str) -> None:
    facts = read(message, as_of=date(2026, 11, 22), home="山东省/聊城市", vocabulary=VOCABULARY).facts
    named = [f.value for f in facts if f.fact == "hukou.place" and not (isinstance(f.value, Places) and f.value.exclude)]
    assert named == ([] if place == "nothing" else [Places(frozenset({place}))])
