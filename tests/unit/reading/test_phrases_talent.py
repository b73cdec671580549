"""How people tell of schooling, papers, the wish to work, their register and village, and the day of a handover: each line read alone."""

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
VOCABULARY = load_vocabulary()
LIAOCHENG, LINZI = "山东省/聊城市", "山东省/淄博市/临淄区"
HOMES = {"intent": LINZI, "talent": LINZI, "village_life": LINZI, "hukou": LIAOCHENG, "handover": LIAOCHENG}


def _blocks(name: str) -> list[dict[str, Any]]:
    file = Path(__file__).parent / "phrases" / f"{name}.yml"
    blocks: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    return blocks


BLOCKS = [(HOMES[name], block) for name in HOMES for block in _blocks(name)]
SAID = [(home, text, block["says"]) for home, block in BLOCKS if "says" in block for text in block["messages"]]
UNSAID = [(home, text, block["nothing"]) for home, block in BLOCKS if "nothing" in block for text in block["messages"]]


def _said(text: str, home: str) -> dict[str, list[Any]]:
    """Every fact the message states about the asker, as data; conventions are left out."""
    found: dict[str, list[Any]] = {}
    for fact in read(text, as_of=AS_OF, home=home, vocabulary=VOCABULARY).facts:
        if fact.certainty != "presumed":
            found.setdefault(fact.fact, []).append(to_json(fact.value, VOCABULARY.facts[fact.fact]))
    return found


def _data(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(value)
    if isinstance(value, dict):
        return {end: str(day) for end, day in value.items()}
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else str(value)


@pytest.mark.parametrize(("home", "text", "says"), SAID, ids=[text for _, text, _ in SAID])
def test_a_line_says_this(home: str, text: str, says: dict[str, Any]) -> None:
    found = _said(text, home)
    told = {fact: [_data(value) if isinstance(value, list) else value for value in found.get(fact, [])] for fact in says}
    assert told == {fact: [_data(value)] for fact, value in says.items()}


@pytest.mark.parametrize(("home", "text", "facts"), UNSAID, ids=[text for _, text, _ in UNSAID])
def test_a_line_does_not_say_that(home: str, text: str, facts: list[str]) -> None:
    assert set(facts).isdisjoint(_said(text, home))
