"""Facts in API form: read, refused with a mend, and written back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.eligibility.codec import FactError, full, parse_facts, settled, to_json
from bot.eligibility.values import ANYWHERE, Choice, Dates, Months, Places
from bot.policy.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("fact", "told", "value"),
    [
        ("home.kind", "owned", Choice(frozenset({"owned"}))),
        ("home.kind", ["owned", "rented"], Choice(frozenset({"owned", "rented"}))),
        ("paper", True, Choice(frozenset({"yes"}))),
        ("paper", "no", Choice(frozenset({"no"}))),
        ("paper", [True, False], Choice(frozenset({"yes", "no"}))),
        ("license.day", "2026-03-20", Dates(date(2026, 3, 20), date(2026, 3, 20))),
        ("license.day", {"min": "2026-03-20", "max": None}, Dates(date(2026, 3, 20), None)),
        ("license.day", {"max": "2026-03-20"}, Dates(None, date(2026, 3, 20))),
        ("license.day", ["2026-03-20", "2026-01-01"], Dates(date(2026, 1, 1), date(2026, 3, 20))),
        ("stay", 12, Months(12, 12)),
        ("stay", {"min": 12}, Months(12, None)),
        ("stay", [3, 6], Months(3, 6)),
        ("home.place", "省/市", Places(frozenset({"省/市"}))),
        ("home.place", ["省/市", "省/县"], Places(frozenset({"省/市", "省/县"}))),
        ("home.place", {"not_in": ["省/市"]}, Places(frozenset({""}), frozenset({"省/市"}))),
        ("home.place", {"in": "省", "not_in": "省/市"}, Places(frozenset({"省"}), frozenset({"省/市"}))),
    ],
)
def test_what_is_known_of_a_fact(vocabulary: Vocabulary, fact: str, told: object, value: object) -> None:
    parsed = parse_facts({fact: told}, vocabulary)
    assert parsed == {fact: value}
    again = to_json(parsed[fact], vocabulary.facts[fact])
    assert parse_facts({fact: again}, vocabulary) == parsed


@pytest.mark.parametrize(
    ("fact", "told", "path", "said"),
    [
        ("home.kinds", "owned", "facts.home.kinds", "did you mean 'home.kind'"),
        ("home.kind", "ownd", "facts.home.kind", "did you mean 'owned'?; allowed: owned, rented, presale, none"),
        ("home.kind", ["owned", "castle"], "facts.home.kind[1]", "cannot be 'castle'"),
        ("home.kind", [], "facts.home.kind", "the list is empty"),
        ("home.kind", {"min": 1}, "facts.home.kind", "must be a string, not an object"),
        ("home.kind", True, "facts.home.kind", "must be a string, not a boolean"),
        ("home.kind", None, "facts.home.kind", "not null"),
        ("paper", "maybe", "facts.paper", "allowed: yes, no"),
        ("paper", 1, "facts.paper", "must be true or false, not a number"),
        ("license.day", "2026-02-30", "facts.license.day", "no day of the calendar"),
        ("license.day", "20260220", "facts.license.day", "YYYY-MM-DD"),
        ("license.day", 20260220, "facts.license.day", "must be a date"),
        ("license.day", {"min": "2026-02-02", "max": "2026-02-01"}, "facts.license.day", "is after max"),
        ("license.day", {"from": "2026-02-02"}, "facts.license.day.from", "allowed: min, max"),
        ("license.day", {}, "facts.license.day", "the object is empty"),
        ("license.day", {"max": "2026-13-01"}, "facts.license.day.max", "no day of the calendar"),
        ("stay", -1, "facts.stay", "impossible"),
        ("stay", True, "facts.stay", "whole number"),
        ("stay", 1.5, "facts.stay", "whole number"),
        ("stay", {"min": 7, "max": 6}, "facts.stay", "is more than max"),
        ("home.place", 7, "facts.home.place", "must be a place"),
        ("home.place", "省//区", "facts.home.place", "is no place path"),
        ("home.place", {"in": "省/市", "not_in": "省"}, "facts.home.place", "leaves no place"),
        ("home.place", {"in": []}, "facts.home.place.in", "the list is empty"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_mend(vocabulary: Vocabulary, fact: str, told: object, path: str, said: str) -> None:
    with pytest.raises(FactError) as error:
        parse_facts({fact: told}, vocabulary)
    assert error.value.path == path
    assert said in error.value.message


def test_facts_must_be_an_object(vocabulary: Vocabulary) -> None:
    with pytest.raises(FactError, match="not a list"):
        parse_facts([], vocabulary)  # type: ignore[arg-type]


def test_place_names_go_through_the_resolver(vocabulary: Vocabulary) -> None:
    names = {"区": ["省/市/区"], "新区": ["省/市/新区", "他省/市/新区"]}
    parsed = parse_facts({"home.place": {"in": ["区", "新区"], "not_in": []}}, vocabulary, lambda name: names.get(name, []))
    assert parsed["home.place"] == Places(frozenset({"省/市/区", "省/市/新区", "他省/市/新区"}))
    with pytest.raises(FactError, match="no place is called '月球'"):
        parse_facts({"home.place": "月球"}, vocabulary, lambda name: names.get(name, []))


def test_what_anybody_says_of_an_authority_fact_decides_nothing(vocabulary: Vocabulary) -> None:
    assert parse_facts({"talent": True}, vocabulary) == {"talent": Choice(frozenset({"yes", "no"}))}
    with pytest.raises(FactError):
        parse_facts({"talent": "perhaps"}, vocabulary)


def test_unknown_is_the_full_set_of_each_type(vocabulary: Vocabulary) -> None:
    assert full(vocabulary.facts["home.place"]) == ANYWHERE
    assert full(vocabulary.facts["license.day"]) == Dates()
    assert full(vocabulary.facts["stay"]) == Months()
    assert full(vocabulary.facts["paper"]) == Choice(frozenset({"yes", "no"}))
    assert not any(settled(full(s)) for s in vocabulary.facts.values())


def test_a_value_of_another_kind_is_not_written(vocabulary: Vocabulary) -> None:
    with pytest.raises(TypeError, match="of type place"):
        to_json(Dates(), vocabulary.facts["home.place"])
