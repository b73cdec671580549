"""The same facts in two made-up places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from made_up import atom, make_pack, route

from bot.eligibility.compare import compare
from bot.eligibility.screening import Verdict
from bot.eligibility.values import Choice
from bot.policy.model import All, In, Pack

DAY = date(2026, 11, 22)


def place(id_: str, *kin: str) -> Pack:
    pack = make_pack(route("投靠", All((atom("kin.relation", In(frozenset(kin))), atom("kin.here")))))
    return replace(pack, identity=replace(pack.identity, id=id_))


def test_the_differing_condition_stands_side_by_side() -> None:
    facts = {"kin.relation": Choice(frozenset({"sibling"})), "kin.here": Choice(frozenset({"yes"}))}
    result = compare([place("narrow", "spouse"), place("wide", "spouse", "sibling")], facts, DAY)
    assert [(p.policy, p.screening.verdict) for p in result.places] == [("narrow", Verdict.NOT_ELIGIBLE), ("wide", Verdict.ELIGIBLE)]
    (difference,) = result.differences
    assert difference.fact == "kin.relation"
    assert [(s.policy, [c.value for c in s.conditions]) for s in difference.sides] == [("narrow", [False]), ("wide", [True])]
    assert all(c.atom.quote for s in difference.sides for c in s.conditions)


def test_a_condition_that_only_one_place_has() -> None:
    free = make_pack(route("住所", atom("home.kind", In(frozenset({"rented"})))))
    strict = make_pack(route("租房", All((atom("home.kind", In(frozenset({"rented"}))), atom("paper")))))
    result = compare([free, strict], {"home.kind": Choice(frozenset({"rented"})), "paper": Choice(frozenset({"no"}))}, DAY)
    assert [d.fact for d in result.differences] == ["paper"]
    assert [len(s.conditions) for s in result.differences[0].sides] == [0, 1]


def test_the_same_law_twice_makes_no_difference() -> None:
    facts = {"kin.relation": Choice(frozenset({"sibling"}))}
    result = compare([place("a", "spouse"), place("b", "spouse")], facts, DAY)
    assert result.differences == ()
    assert len(result.places) == 2
