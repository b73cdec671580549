"""Work, insurance, business, schooling and village matters as people say them: one message, one fact, in either jurisdiction."""

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
HOMES = {"liaocheng": "山东省/聊城市", "linzi": "山东省/淄博市/临淄区"}
VOCABULARY = load_vocabulary()
BLOCKS: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent / "phrases" / "spoken.yml").read_text(encoding="utf-8")
)
SAID = [(b["home"], b["fact"], b["value"], text) for b in BLOCKS for text in b["messages"]]


@pytest.mark.parametrize(("home", "fact", "value", "text"), SAID, ids=[f"{fact}: {text}" for _, fact, _, text in SAID])
def test_a_spoken_form_says_this_and_no_more(home: str, fact: str, value: Any, text: str) -> None:
    told = {"said", "presumed"} if fact.startswith("collective.") else {"said"}
    found = read(text, as_of=AS_OF, home=HOMES[home], vocabulary=VOCABULARY).facts
    expected = [] if value == "nothing" else [Choice(frozenset(value if isinstance(value, list) else [value]))]
    assert [f.value for f in found if f.fact == fact and f.certainty in told] == expected


def test_no_spoken_form_is_listed_twice_and_every_value_is_known() -> None:
    listed = [(fact, text) for _, fact, _, text in SAID]
    assert len(set(listed)) == len(listed)
    for block in BLOCKS:
        if block["value"] != "nothing":
            assert set(block["value"] if isinstance(block["value"], list) else [block["value"]]) <= VOCABULARY.facts[block["fact"]].values
