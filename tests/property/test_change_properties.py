"""Changes are sound and minimal for every resident, on the two real documents."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from worlds import AS_OF, MEANS, VOCABULARY, anyone

from bot.eligibility.changes import applied, changes, opens
from bot.eligibility.screening import Verdict, screen

quick = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(anyone)
def test_changes_are_sound_and_minimal(person) -> None:  # type: ignore[no-untyped-def]
    pack, facts, _ = person
    before = screen(pack, facts, AS_OF, vocabulary=VOCABULARY)
    for found in changes(pack, facts, AS_OF, VOCABULARY, MEANS):
        assert before.route(found.route).verdict is not Verdict.ELIGIBLE
        told, day = applied(found, facts, AS_OF)
        after = screen(pack, told, day, vocabulary=VOCABULARY).route(found.route).verdict
        assert after is (Verdict.NEED_MORE_INFO if found.capped else Verdict.ELIGIBLE)
        assert found.capped is any(c.kind in ("confirm", "authority") for c in found.changes)
        assert opens(found, pack, facts, AS_OF, VOCABULARY)
        for size in range(len(found.changes)):
            for part in combinations(found.changes, size):
                assert not opens(replace(found, changes=part), pack, facts, AS_OF, VOCABULARY)


@quick
@given(anyone)
def test_changes_are_honest_first_dated_and_quoted(person) -> None:  # type: ignore[no-untyped-def]
    pack, facts, _ = person
    found = changes(pack, facts, AS_OF, VOCABULARY, MEANS)
    honest = [s.honest for s in found]
    assert honest == sorted(honest, reverse=True)
    for change in (c for s in found for c in s.changes):
        mean = MEANS.facts[change.fact]
        assert change.kind in {mean.kind, *mean.values.values(), "fixed", "confirm"}
        assert change.from_ is None or (change.kind == "wait" and change.from_ > AS_OF)
        assert change.condition in change.text
        assert change.quote


@quick
@given(anyone)
def test_every_route_that_anything_could_open_has_a_set(person) -> None:  # type: ignore[no-untyped-def]
    pack, facts, _ = person
    closed = {r.route.id for r in screen(pack, facts, AS_OF, vocabulary=VOCABULARY).routes if r.route.settles and r.trace.value is not True}
    assert {s.route for s in changes(pack, facts, AS_OF, VOCABULARY, MEANS)} == closed
