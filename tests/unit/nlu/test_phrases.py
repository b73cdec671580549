"""The training phrases themselves: no phrase twice, and every topic is also heard in long messages, not only in keywords."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest

from bot.nlu.evaluation import phrases
from bot.nlu.features import AWAY, HOME, masked
from bot.nlu.words import words_of

ALL = list(phrases())
LONG = 22
"""Characters from which a phrase counts as a message of several clauses."""


def _of(base: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for text, label in ALL:
        if label.split("/")[0] == base:
            found[label].append(text)
    return found


def test_no_phrase_stands_twice() -> None:
    plain = Counter("".join(c for c in words_of(text)[0] if c.isalnum()) or text for text, _ in ALL)
    assert [text for text, n in plain.items() if n > 1] == []


def test_every_topic_has_enough_phrases_and_so_has_what_is_not_answered() -> None:
    few = {label: len(texts) for label, texts in _of("ask").items() if len(texts) < 40}
    away = _of("out_of_scope")
    assert few == {}
    assert len(away) >= 40
    assert sum(map(len, away.values())) >= 500


def test_every_topic_is_asked_at_length_too() -> None:
    """Otherwise a long message looks like the topics that happen to have long phrases."""
    few = {label: n for label, texts in _of("ask").items() if (n := sum(len(t) >= LONG for t in texts)) < 7}
    assert few == {}


@pytest.mark.parametrize("topic", ["land_rights", "school", "employment_service", "social_security"])
def test_rights_are_asked_with_a_life_story(topic: str) -> None:
    assert sum(len(t) >= LONG for t in _of("ask")[f"ask/{topic}"]) >= 40


@pytest.mark.parametrize("matter", [
    "school_district", "newborn", "archives", "former_spouse", "household_book", "id_card", "public_housing_apply", "permit_apply",
    "hukou_lookup", "homestead_allocation", "homestead_inherit", "house_quota",
])  # fmt: skip
def test_neighbours_out_of_scope_are_asked_at_length_too(matter: str) -> None:
    assert sum(len(t) >= LONG for t in _of("out_of_scope")[f"out_of_scope/{matter}"]) >= 12


def test_most_phrases_name_no_place() -> None:
    """A resident rarely says where; the place must not be what tells a question from other messages."""
    for base in ("ask", "out_of_scope"):
        texts = [t for group in _of(base).values() for t in group]
        named = sum(any(w in (HOME, AWAY) for w in masked(*words_of(t))) for t in texts)
        assert 0.2 < named / len(texts) < 0.55
