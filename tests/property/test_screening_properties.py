"""What holds of screening for every resident, on the two real documents."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from worlds import AS_OF, PACKS, VOCABULARY, anyone, exact, facts_of, narrowed, vague

from bot.eligibility.codec import full, parse_facts, to_json
from bot.eligibility.compare import compare
from bot.eligibility.screening import Verdict, decisive, evaluate, evaluate_atom, screen, trace_atoms
from bot.policy.model import Atom, Pack, atoms

quick = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def verdicts(pack: Pack, facts, readings=None) -> dict[str, Verdict]:  # type: ignore[no-untyped-def]
    result = screen(pack, facts, AS_OF, readings, VOCABULARY)
    return {"": result.verdict, **{r.route.id: r.verdict for r in result.routes}}


@quick
@given(anyone)
def test_knowing_more_never_turns_a_decided_verdict(person) -> None:  # type: ignore[no-untyped-def]
    pack, facts, dice = person
    before = verdicts(pack, facts)
    told = dict(facts)
    for fact in dice.sample(facts_of(pack), 6):
        now = told.get(fact) or full(VOCABULARY.facts[fact])
        told[fact] = narrowed(now, dice.choice([dice.choice(exact(fact)), vague(fact, dice)]))
    after = verdicts(pack, told)
    assert {k: v for k, v in before.items() if v is not Verdict.NEED_MORE_INFO}.items() <= after.items()


@quick
@given(anyone)
def test_the_order_in_which_things_are_said_never_matters(person) -> None:  # type: ignore[no-untyped-def]
    pack, facts, dice = person
    shuffled = dict(dice.sample(list(facts.items()), len(facts)))
    assert screen(pack, facts, AS_OF) == screen(pack, shuffled, AS_OF)


@quick
@given(anyone)
def test_a_yes_rests_on_its_own_facts_alone(person) -> None:  # type: ignore[no-untyped-def]
    pack, facts, dice = person
    for result in screen(pack, facts, AS_OF).routes:
        if result.verdict is Verdict.ELIGIBLE:
            needed = {a.atom.fact for a in trace_atoms(decisive(result.trace))}
            bare = {f: v for f, v in facts.items() if f in needed}
            assert screen(pack, bare, AS_OF).route(result.route.id).verdict is Verdict.ELIGIBLE


@quick
@given(anyone)
def test_taking_a_fact_back_is_screening_without_it(person) -> None:  # type: ignore[no-untyped-def]
    pack, facts, dice = person
    for fact in facts:
        bare = {f: v for f, v in facts.items() if f != fact}
        unknown = {**bare, fact: full(VOCABULARY.facts[fact])}
        assert verdicts(pack, bare) == verdicts(pack, unknown)


@quick
@given(anyone)
def test_a_decided_route_is_decided_alike_under_both_readings_of_every_note(person) -> None:  # type: ignore[no-untyped-def]
    pack, facts, dice = person
    default = verdicts(pack, facts)
    notes = sorted({a.note for r in pack.routes for a in atoms(r.when) if a.note})
    runs = [dict.fromkeys(notes, "A"), dict.fromkeys(notes, "B"), *({n: reading} for n in notes for reading in "AB")]
    for readings in runs:
        fixed = verdicts(pack, facts, readings)
        assert all(fixed[k] is v for k, v in default.items() if v is not Verdict.NEED_MORE_INFO), readings


@quick
@given(anyone)
def test_every_undecided_condition_says_why_and_every_decided_one_is_silent(person) -> None:  # type: ignore[no-untyped-def]
    pack, facts, dice = person
    for result in screen(pack, facts, AS_OF, vocabulary=VOCABULARY).routes:
        assert [t.atom for t in trace_atoms(result.trace)] == list(atoms(result.route.when))
        for trace in trace_atoms(result.trace):
            reasons = [trace.open is not None, trace.asks is not None, trace.confirm]
            assert reasons.count(True) == (1 if trace.value is None else 0)


@quick
@given(anyone)
def test_facts_survive_being_written_down(person) -> None:  # type: ignore[no-untyped-def]
    _, facts, _ = person
    assert parse_facts({f: to_json(v, VOCABULARY.facts[f]) for f, v in facts.items()}, VOCABULARY) == facts


@quick
@given(anyone)
def test_comparing_is_screening_each_place(person) -> None:  # type: ignore[no-untyped-def]
    _, facts, _ = person
    result = compare(PACKS, facts, AS_OF, VOCABULARY)
    assert [p.screening for p in result.places] == [screen(p, facts, AS_OF, vocabulary=VOCABULARY) for p in PACKS]
    for difference in result.differences:
        assert len({frozenset(c.value for c in s.conditions) for s in difference.sides}) > 1


def test_each_quote_in_a_trace_is_in_its_article() -> None:
    for pack in PACKS:
        folded = {a.path: "".join(a.text.split()) for a in pack.articles}
        whole = "".join(pack.source.split())
        for result in screen(pack, {}, AS_OF).routes:
            for trace in trace_atoms(result.trace):
                quote = "".join(trace.atom.quote.split())
                assert quote in folded[trace.atom.article], (trace.atom.article, trace.atom.quote)
                assert quote in whole


def test_someone_is_eligible_for_every_route_that_no_authority_caps() -> None:
    dice = random.Random(1)
    for pack in PACKS:
        for route in pack.routes:
            wanted = list(atoms(route.when))
            fitting = {a.fact: [c for c in exact(a.fact) if evaluate_atom(a, {a.fact: c}, AS_OF).value] or exact(a.fact) for a in wanted}
            draws = ({f: dice.choice(v) for f, v in fitting.items()} for _ in range(500))
            capped = any(VOCABULARY.facts[a.fact].answered_by == "authority" for a in getattr(route.when, "of", ()) if isinstance(a, Atom))
            values = {evaluate(route.when, facts, AS_OF, vocabulary=VOCABULARY).value for facts in draws}
            assert (True in values) is not capped, route.id
