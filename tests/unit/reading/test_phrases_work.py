"""Short statements about work, schooling and family: what each says of the one who asks, and what it must not be taken to say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.eligibility.values import Choice, Dates
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

AS_OF = date(2026, 11, 22)
HOME = "山东省/聊城市"
VOCABULARY = load_vocabulary()
FILES = ("work", "work_told", "work_sayings", "work_stages", "work_classes", "work_plans", "education", "family")


def _phrases() -> list[tuple[str, Any, str]]:
    found = []
    for name in FILES:
        rows = YAML(typ="safe", pure=True).load((Path(__file__).parent / "phrases" / f"{name}.yml").read_text(encoding="utf-8"))
        found += [(fact, group["value"], text) for fact, groups in rows.items() for group in groups for text in group["said"]]
    return found


PHRASES = _phrases()


def _values(fact: str, text: str) -> list[Any]:
    reading = read(text, as_of=AS_OF, home=HOME, vocabulary=VOCABULARY)
    # Where no place is named it is presumed to be the one asked about, and the kind of area with it.
    certain = {"said", "presumed"} if fact.endswith(".area") else {"said"}
    return [found.value for found in reading.facts if found.fact == fact and found.certainty in certain]


def _expected(raw: Any) -> list[Any]:
    if raw == "nothing":
        return []
    if isinstance(raw, dict):
        return [Dates(raw["from"], raw["to"])]
    return [Choice(frozenset(raw if isinstance(raw, list) else [raw]))]


@pytest.mark.parametrize(("fact", "value", "text"), PHRASES, ids=[f"{fact}: {text}" for fact, _, text in PHRASES])
def test_a_phrase_says_this_and_no_more(fact: str, value: Any, text: str) -> None:
    assert _values(fact, text) == _expected(value)


def test_every_value_of_the_facts_is_said_in_some_way() -> None:
    for fact in {fact for fact, _, _ in PHRASES}:
        spec = VOCABULARY.facts[fact]
        said = {
            v
            for f, value, _ in PHRASES
            if f == fact and value != "nothing" and not isinstance(value, dict)
            for v in (value if isinstance(value, list) else [value])
        }
        assert fact in ("work.area", "license.issued") or said == set(spec.values), fact


def test_no_phrase_is_listed_twice_for_a_fact() -> None:
    listed = [(fact, text) for fact, _, text in PHRASES]
    assert len(set(listed)) == len(listed)
