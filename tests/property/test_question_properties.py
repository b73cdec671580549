"""What holds of every conversation of questions, on the two real documents."""

from __future__ import annotations

import random
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import AS_OF, PACKS, VOCABULARY, anyone, exact, facts_of

from bot.eligibility.question import Question, next_question
from bot.eligibility.screening import Verdict, evaluate_atom, screen
from bot.eligibility.values import Choice, Value, meet
from bot.policy.model import Pack, atoms

quick = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def verdict(pack: Pack, facts: dict[str, Value], focus: str | None) -> Verdict:
    screening = screen(pack, facts, AS_OF, vocabulary=VOCABULARY)
    return screening.verdict if focus is None else screening.route(focus).verdict


def can_change(pack: Pack, facts: dict[str, Value], question: Question, asked: list[str], focus: str | None, dice: random.Random) -> bool:
    """Look for other answers with which answering this question, or how, makes a difference; facts already asked stay as they are."""
    fact = question.fact
    now = facts.get(fact)
    answers = [a for a in exact(fact) if now is None or meet(now, a) == a] or [a for c in exact(fact) if (a := meet(now, c)) is not None]
    free = [f for f in facts_of(pack) if f not in asked and f != fact]
    routes = [r for r in pack.routes if r.settles or r.id == focus]
    if len({verdict(pack, facts, focus), *(verdict(pack, {**facts, fact: a}, focus) for a in answers)}) > 1:
        return True
    for _ in range(15_000):  # nearly always the first few hit; a rare case wants many
        told = dict(facts)
        # Aim at one route's conditions and away from the others', or every attempt would have to be lucky ten times over.
        aim, near, far = dice.choice(routes).id, dice.choice([-1.0, 1.0, 4.0]), dice.choice([0.3, 1.0, 4.0])
        for other in free:
            possible = [a for c in exact(other) if (a := meet(told[other], c) if other in told else c) is not None]
            if possible and dice.random() < 0.9:
                told[other] = max(possible, key=lambda v: near * _met(pack.id, aim, other, v) - far * _all_met(pack.id, aim, other, v)
                                  + 2 * dice.random())
        if len({verdict(pack, told, focus), *(verdict(pack, {**told, fact: a}, focus) for a in answers)}) > 1:
            return True
    return False


@cache
def _met(policy: str, route: str, fact: str, value: Value) -> int:
    """How many conditions of a route on the fact hold, less those that fail."""
    values = [evaluate_atom(a, {fact: value}, AS_OF).value for a in atoms(PACKS.by_id[policy].route(route).when) if a.fact == fact]
    return values.count(True) - values.count(False)


@cache
def _all_met(policy: str, but: str, fact: str, value: Value) -> int:
    return sum(_met(policy, r.id, fact, value) for r in PACKS.by_id[policy].routes if r.id != but and r.settles)


@quick
@given(anyone, st.booleans())
def test_every_question_can_change_a_verdict_none_repeats_and_they_end(person, focused) -> None:  # type: ignore[no-untyped-def]
    pack, facts, dice = person
    focus = dice.choice(pack.routes).id if focused else None
    asked: list[str] = []
    while (question := next_question(pack, facts, AS_OF, VOCABULARY, asked, [focus] if focus else [])) is not None:
        spec = VOCABULARY.facts[question.fact]
        assert question.fact not in asked
        assert spec.answered_by in ("resident", "document")
        assert question.because.quote
        assert can_change(pack, facts, question, asked, focus, dice), question.fact
        asked.append(question.fact)
        assert len(asked) <= len(VOCABULARY.facts)
        now = facts.get(question.fact)
        possible = [a for c in exact(question.fact) if (a := c if now is None else meet(now, c)) is not None]
        if possible and dice.random() < 0.75:
            facts = {**facts, question.fact: dice.choice(possible)}
    if focus is None and len(asked) == 0 and verdict(pack, facts, None) is Verdict.NEED_MORE_INFO:
        # Nothing to ask and yet open: then what is open is open wording or the authority's, or not askable at all.
        assert any(r.verdict is Verdict.NEED_MORE_INFO for r in screen(pack, facts, AS_OF, vocabulary=VOCABULARY).routes)


@quick
@given(anyone)
def test_questions_answered_exactly_lead_to_a_verdict_or_to_open_wording(person) -> None:  # type: ignore[no-untyped-def]
    pack, _, dice = person
    facts: dict[str, Value] = {}
    asked: list[str] = []
    while (question := next_question(pack, facts, AS_OF, VOCABULARY, asked)) is not None:
        asked.append(question.fact)
        facts[question.fact] = dice.choice(exact(question.fact))
    result = screen(pack, facts, AS_OF, vocabulary=VOCABULARY)
    if result.verdict is Verdict.NEED_MORE_INFO:
        full_answer = {f: facts.get(f) or dice.choice(exact(f)) for f in facts_of(pack)}
        assert verdict(pack, full_answer, None) is Verdict.NEED_MORE_INFO
    assert len(asked) <= 25


@quick
@given(anyone)
def test_nobody_is_asked_about_what_does_not_apply(person) -> None:  # type: ignore[no-untyped-def]
    pack, facts, _ = person
    question = next_question(pack, facts, AS_OF, VOCABULARY)
    if question is None:
        return
    group = question.fact.split(".")[0]
    needs = {
        "presale": ("housing.kind", {"presale", "secondhand"}), "rent": ("housing.kind", {"rented", "public_rental"}),
        "public": ("housing.kind", {"public_rental"}), "license": ("business.license", {"own", "other"}),
    }
    if group in needs:
        head, fitting = needs[group]
        told = facts.get(head)
        assert told is None or (isinstance(told, Choice) and told.values & fitting)
    if group == "kin" and question.fact != "kin.relation":
        told = facts.get("kin.relation")
        assert isinstance(told, Choice)
        assert "none" not in told.values
