"""Screening a made-up document: verdicts, traces, notes under both readings, authority facts."""

from __future__ import annotations

from datetime import date

import pytest
from made_up import TOWN, atom, make_pack, route

from bot.eligibility.screening import AllTrace, AtomTrace, Verdict, deciding_atoms, decisive, screen, trace_atoms
from bot.eligibility.values import Choice, Dates, Places
from bot.policy.model import Any_, In, Pack
from bot.policy.vocabulary import Vocabulary

DAY = date(2026, 11, 22)
HERE = Places(frozenset({TOWN}))
NOWHERE = {"home.kind": Choice(frozenset({"none"})), "license.day": Dates(DAY, DAY), "kin.relation": Choice(frozenset({"none"}))}


def test_nothing_known_is_never_a_no(pack: Pack) -> None:
    result = screen(pack, {}, DAY)
    assert result.verdict is Verdict.NEED_MORE_INFO
    assert {r.verdict for r in result.routes} == {Verdict.NEED_MORE_INFO}
    assert all(a.asks == a.atom.fact for r in result.routes for a in trace_atoms(r.trace))


def test_one_true_route_is_enough(pack: Pack) -> None:
    result = screen(pack, {"home.place": HERE, "home.kind": Choice(frozenset({"owned"}))}, DAY)
    assert result.verdict is Verdict.ELIGIBLE
    assert result.route("住所").verdict is Verdict.ELIGIBLE
    assert result.route("租房").verdict is Verdict.NOT_ELIGIBLE


def test_a_no_needs_every_route_false(pack: Pack, without) -> None:  # type: ignore[no-untyped-def]
    assert screen(pack, NOWHERE, DAY).verdict is Verdict.NEED_MORE_INFO
    assert screen(without(pack, "人才"), NOWHERE, DAY).verdict is Verdict.NOT_ELIGIBLE


def test_a_service_to_people_already_here_decides_nothing(pack: Pack, without) -> None:  # type: ignore[no-untyped-def]
    facts = {**NOWHERE, "consent": Choice(frozenset({"yes"}))}
    result = screen(without(pack, "人才"), facts, DAY)
    assert result.route("换簿").verdict is Verdict.ELIGIBLE
    assert result.verdict is Verdict.NOT_ELIGIBLE


def test_a_document_without_a_settlement_route_covers_nothing() -> None:
    assert screen(make_pack(route("服务", atom("consent"), settles=False)), {}, DAY).verdict is Verdict.NOT_COVERED


def test_every_child_is_evaluated(pack: Pack) -> None:
    trace = screen(pack, {"home.place": Places(frozenset({"别处"}))}, DAY).route("期房").trace
    assert isinstance(trace, AllTrace)
    assert [c.value for c in trace.children] == [False, None, None]


def test_readings_that_disagree_leave_the_note_open(pack: Pack) -> None:
    facts = {"home.place": HERE, "home.kind": Choice(frozenset({"rented"}))}
    result = screen(pack, facts, DAY)
    open_atom = [a for a in trace_atoms(result.route("住所").trace) if a.open]
    assert [(a.open, a.asks, a.value) for a in open_atom] == [("N-1", None, None)]
    assert result.notes == ("N-1",)
    assert screen(pack, facts, DAY, {"N-1": "A"}).route("住所").verdict is Verdict.NOT_ELIGIBLE
    assert screen(pack, facts, DAY, {"N-1": "B"}).route("住所").verdict is Verdict.ELIGIBLE


def test_readings_that_agree_decide(pack: Pack) -> None:
    facts = {"home.place": HERE, "home.kind": Choice(frozenset({"presale", "none"}))}
    assert screen(pack, facts, DAY).route("住所").verdict is Verdict.NOT_ELIGIBLE


def test_an_unsettled_fact_under_a_note_is_asked(pack: Pack) -> None:
    facts = {"home.place": HERE, "home.kind": Choice(frozenset({"owned", "none"}))}
    (asked,) = [a for a in trace_atoms(screen(pack, facts, DAY).route("住所").trace) if a.value is None]
    assert (asked.asks, asked.open) == ("home.kind", None)


def test_an_authority_fact_is_never_known_and_never_asked(pack: Pack, vocabulary: Vocabulary) -> None:
    for told in ({}, {"talent": Choice(frozenset({"yes"}))}):
        trace = screen(pack, told, DAY, vocabulary=vocabulary).route("人才").trace
        assert isinstance(trace, AtomTrace)
        assert (trace.value, trace.asks, trace.confirm) == (None, None, True)


def test_a_known_day_on_which_roundings_disagree_is_to_be_confirmed_not_asked(pack: Pack) -> None:
    issued = Dates(date(2027, 6, 1), date(2027, 6, 1))
    (day, _) = trace_atoms(screen(pack, {"license.day": issued}, date(2028, 5, 31)).route("执照").trace)
    assert (day.value, day.asks, day.confirm) == (None, None, True)


def test_unknown_is_the_full_set(vocabulary: Vocabulary) -> None:
    either = make_pack(route("r", atom("consent", In(frozenset({"yes", "no"})))))
    assert screen(either, {}, DAY, vocabulary=vocabulary).verdict is Verdict.ELIGIBLE
    assert screen(make_pack(route("r", atom("consent", In(frozenset())))), {}, DAY).verdict is Verdict.NOT_ELIGIBLE


def test_decisive_keeps_what_carries_the_value(pack: Pack) -> None:
    facts = {"home.place": HERE, "home.kind": Choice(frozenset({"rented"})), "paper": Choice(frozenset({"no"}))}
    trace = decisive(screen(pack, facts, DAY).route("租房").trace)
    assert [a.atom.fact for a in trace_atoms(trace)] == ["paper"]
    some = make_pack(route("r", Any_((atom("paper"), atom("consent")))))
    yes = screen(some, {"consent": Choice(frozenset({"yes"}))}, DAY).routes[0].trace
    assert [a.atom.fact for a in deciding_atoms(yes)] == ["consent"]


def test_a_reading_must_be_a_or_b(pack: Pack) -> None:
    with pytest.raises(ValueError, match="N-1 must be 'A' or 'B'"):
        screen(pack, {}, DAY, {"N-1": "C"})


def test_an_unknown_route_is_a_key_error(pack: Pack) -> None:
    with pytest.raises(KeyError):
        screen(pack, {}, DAY).route("没有")


def test_the_day_is_an_argument(pack: Pack) -> None:
    facts = {"license.day": Dates(date(2026, 1, 5), date(2026, 1, 5)), "wish": Choice(frozenset({"shared"}))}
    assert screen(pack, facts, DAY).route("执照").verdict is Verdict.NOT_ELIGIBLE
    assert screen(pack, facts, date(2027, 1, 5)).route("执照").verdict is Verdict.ELIGIBLE
