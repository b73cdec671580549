"""Conventions and lexicon of the fact reader."""

from __future__ import annotations

import re

from bot.eligibility.values import Choice
from bot.policy.load import load_vocabulary
from bot.reading.record.conventions import implied
from bot.reading.text.needed import ways
from bot.reading.text.patterns import lexicon

VOCABULARY = load_vocabulary()


def test_every_pattern_names_a_fact_and_values_of_the_vocabulary() -> None:
    for pattern in lexicon().facts:
        if pattern.fact in ("contract", "hukou_here"):  # settle which kind of work it is, and whether a register told is at the place
            continue
        assert pattern.value <= VOCABULARY.facts[pattern.fact].values, pattern.fact
        assert (pattern.no or frozenset()) <= VOCABULARY.facts[pattern.fact].values
    for row in lexicon().lodgings:
        assert row.kind | row.deny <= VOCABULARY.facts["housing.kind"].values
    for row in lexicon().jobs:
        assert row.kind | row.deny <= VOCABULARY.facts["work.status"].values


def test_conventions_fill_untold_facts_only() -> None:
    told = {"work.status": Choice(frozenset({"none"})), "premises.kind": Choice(frozenset({"home"}))}
    found = implied(told, VOCABULARY, minor=False)
    assert found["business.license"] == Choice(frozenset({"none"}))
    assert "premises.kind" not in found
    assert "work.status" not in found


def test_a_minor_is_taken_to_be_in_school() -> None:
    found = implied({}, VOCABULARY, minor=True)
    assert found["marital"] == Choice(frozenset({"unmarried"}))
    assert found["education.status"] == Choice(frozenset({"enrolled"}))
    assert implied({}, VOCABULARY, minor=False) == {}


def test_needed_characters_never_hide_a_match() -> None:
    assert ways(re.compile("(?:租住|借)房")) == [(frozenset("住"), frozenset("房"), frozenset("租")), (frozenset("借"), frozenset("房"))]
    assert ways(re.compile("a?b|c+d")) == [(frozenset("b"),), (frozenset("c"), frozenset("d"))]
    assert ways(re.compile("(?:x)?")) == [()]
    assert ways(re.compile("[xy]z")) == [(frozenset("z"), frozenset("xy"))]
