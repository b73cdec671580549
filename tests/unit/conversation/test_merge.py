"""What a new statement does to what is known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.merge import handed_over, settle, tell
from bot.conversation.state import HEDGED, PRESUMED, SAID, Case, Dispute, Told
from bot.eligibility.values import Choice, Value, meet, refines
from tests.property.worlds import VOCABULARY, exact, vague

FACTS = sorted(VOCABULARY.facts)
quick = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
CERTAIN = (SAID, HEDGED)


def some(fact: str, dice: random.Random) -> Value:
    return dice.choice(exact(fact)) if dice.random() < 0.6 else vague(fact, dice)


def worlds(seed: int) -> tuple[random.Random, str, Told, Told]:
    dice = random.Random(seed)
    fact = dice.choice(FACTS)
    old, new = (Told(some(fact, dice), w, dice.choice(CERTAIN)) for w in ("先说的", "后说的"))
    return dice, fact, old, new


def other_than(fact: str, value: Value) -> Iterator[Value]:
    return (v for v in exact(fact) if meet(v, value) is None)


def case(fact: str, told: Told) -> Case:
    return Case(told=MappingProxyType({fact: told}))


both = st.integers(0, 2**32).map(worlds)


@quick
@given(both)
def test_what_fits_refines_and_what_does_not_is_disputed(drawn) -> None:  # type: ignore[no-untyped-def]
    _, fact, old, new = drawn
    after, together = tell(case(fact, old), {fact: new}), meet(old.value, new.value)
    if together is None:
        assert after.dispute == Dispute(fact, old, new)
        assert after.told[fact] == old, "the old value stays until settled"
    else:
        assert after.dispute is None
        assert after.told[fact].value == together
        assert refines(after.told[fact].value, old.value)


@quick
@given(both)
def test_a_correction_replaces_and_leaves_no_dispute_on_the_fact(drawn) -> None:  # type: ignore[no-untyped-def]
    _, fact, old, new = drawn
    after = tell(replace(case(fact, old), dispute=Dispute(fact, old, new)), {fact: new}, corrected=True)
    assert after.told[fact] == new
    assert after.dispute is None


@quick
@given(both)
def test_a_presumption_never_stands_against_anything_said(drawn) -> None:  # type: ignore[no-untyped-def]
    _, fact, old, new = drawn
    after = tell(case(fact, old), {fact: replace(new, certainty=PRESUMED)})
    assert after.told[fact] == old
    assert after.dispute is None


@quick
@given(both)
def test_what_was_presumed_gives_way_to_anything_said(drawn) -> None:  # type: ignore[no-untyped-def]
    _, fact, old, new = drawn
    after = tell(case(fact, replace(old, certainty=PRESUMED)), {fact: new})
    assert after.told[fact] == new
    assert after.dispute is None


@quick
@given(both)
def test_a_retracted_fact_is_unknown_again(drawn) -> None:  # type: ignore[no-untyped-def]
    _, fact, old, new = drawn
    assert fact not in tell(case(fact, old), {}, retracted=[fact]).told
    assert tell(case(fact, old), {fact: new}, retracted=[fact]).told[fact] == new
    disputed = replace(case(fact, old), dispute=Dispute(fact, old, new))
    assert tell(disputed, {}, retracted=[fact]).dispute is None, "nothing is left to settle"


@quick
@given(both, st.booleans())
def test_settling_keeps_the_statement_chosen(drawn, keep_new: bool) -> None:  # type: ignore[no-untyped-def]
    _, fact, old, new = drawn
    after = settle(replace(case(fact, old), dispute=Dispute(fact, old, new)), keep_new=keep_new)
    assert after.dispute is None
    assert after.told[fact] == (new if keep_new else old)


@quick
@given(both)
def test_saying_the_new_thing_again_settles_for_it(drawn) -> None:  # type: ignore[no-untyped-def]
    _, fact, old, new = drawn
    disputed = tell(case(fact, old), {fact: new})
    if disputed.dispute:
        again = tell(disputed, {fact: new})
        assert again.dispute is None
        assert again.told[fact] == new


@quick
@given(both)
def test_saying_the_old_thing_again_settles_for_it(drawn) -> None:  # type: ignore[no-untyped-def]
    _, fact, old, new = drawn
    disputed = tell(case(fact, old), {fact: new})
    if disputed.dispute:
        again = tell(disputed, {fact: old})
        assert again.dispute is None
        assert again.told[fact].value == old.value


@quick
@given(both)
def test_other_facts_are_left_alone_and_nothing_is_changed_in_place(drawn) -> None:  # type: ignore[no-untyped-def]
    dice, fact, old, new = drawn
    others = {f: Told(some(f, dice)) for f in dice.sample(FACTS, 5) if f != fact}
    before = Case(told=MappingProxyType({**others, fact: old}))
    copy = dict(before.told)
    after = tell(before, {fact: new}, corrected=dice.random() < 0.5)
    assert {f: after.told[f] for f in others} == others
    assert dict(before.told) == copy
    with pytest.raises(TypeError):
        after.told[fact] = new  # type: ignore[index]


@quick
@given(both)
def test_saying_the_same_twice_changes_no_value_and_no_words(drawn) -> None:  # type: ignore[no-untyped-def]
    _, fact, old, _ = drawn
    once = tell(Case(), {fact: old})
    assert tell(once, {fact: old}) == once


def test_a_second_contradiction_does_not_hide_the_first() -> None:
    first = Told(Choice(frozenset({"owned"})), "自己的房")
    paid = Told(Choice(frozenset({"yes"})), "交着")
    told = Case(told=MappingProxyType({"housing.kind": first, "insurance.paid": paid}))
    news = {"housing.kind": Told(Choice(frozenset({"rented"})), "租的"), "insurance.paid": Told(Choice(frozenset({"no"})), "没交")}
    after = tell(told, news)
    assert after.dispute
    assert after.dispute.fact == "housing.kind"
    assert after.told["insurance.paid"] == paid


def test_words_of_both_statements_are_kept_where_both_carry_the_value() -> None:
    home = VOCABULARY.facts["housing.kind"].values
    old = Told(Choice(frozenset({"owned", "rented"})), "有房住")
    after = tell(case("housing.kind", old), {"housing.kind": Told(Choice(home - {"owned"}), "不是自己的")})
    assert after.told["housing.kind"] == Told(Choice(frozenset({"rented"})), "有房住，不是自己的")


def test_settling_nothing_changes_nothing() -> None:
    untouched = case("housing.kind", Told(Choice(frozenset({"owned"}))))
    assert settle(untouched, keep_new=True) is untouched


def test_a_correction_of_something_else_leaves_what_says_more() -> None:
    """厂址说错了: the work is told again in fewer words, and that there was no contract stays."""
    told = case("work.status", Told(Choice(frozenset({"informal"})), "没签合同", SAID))
    wider = Told(Choice(frozenset({"formal", "informal"})), "在厂里", SAID)
    assert tell(told, {"work.status": wider}, corrected=True).told == told.told


def test_a_home_that_is_the_relatives_after_all() -> None:
    own = case("housing.kind", Told(Choice(frozenset({"owned"})), "买的", SAID))
    theirs = Told(Choice(frozenset({"owned"})), "房本是俺爸的名", SAID)
    assert "housing.kind" not in handed_over(own, {"kin.housing": theirs}).told
    assert handed_over(own, {"kin.housing": replace(theirs, certainty=PRESUMED)}) == own
    assert handed_over(own, {"kin.housing": theirs, "housing.kind": theirs}) == own
