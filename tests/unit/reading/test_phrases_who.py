"""Short messages about people: who wants to register, whom they follow, and how the two live."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.eligibility.values import Choice
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

AS_OF = date(2026, 11, 22)
VOCABULARY = load_vocabulary()
ROWS = YAML(typ="safe", pure=True).load((Path(__file__).parent / "phrases" / "who.yml").read_text(encoding="utf-8"))
PHRASES = [({k: v for k, v in row.items() if k != "said"}, text) for row in ROWS for text in row["said"]]
FACTS = {"kin": "kin.relation", "marital": "marital", "adult": "kin.adult", "together": "kin.together"}


@pytest.mark.parametrize(("wanted", "text"), PHRASES, ids=[text for _, text in PHRASES])
def test_a_message_tells_of_these_people_and_no_others(wanted: dict[str, Any], text: str) -> None:
    home = "山东省/淄博市/临淄区" if "临淄" in text else "山东省/聊城市"
    reading = read(text, as_of=AS_OF, home=home, vocabulary=VOCABULARY)
    assert (reading.person or "self") == wanted["person"]
    assert not reading.wishes
    for key, fact in FACTS.items():
        if key not in wanted and key != "together":
            continue
        said = [f.value for f in reading.facts if f.fact == fact and f.certainty != "presumed"]
        value = wanted.get(key)
        assert said == ([] if value in (None, "nobody") else [Choice(frozenset({value}))]), fact


def test_no_message_is_listed_twice() -> None:
    texts = [text for _, text in PHRASES]
    assert len(set(texts)) == len(texts)
