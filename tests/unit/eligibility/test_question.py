"""The next question on a made-up document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from made_up import TOWN, atom, make_pack, route

from bot.eligibility.question import next_question
from bot.eligibility.screening import Verdict, screen
from bot.eligibility.values import Choice, Dates, Places, Value
from bot.policy.model import All, Any_, In, Pack, Quote
from bot.policy.vocabulary import Vocabulary

DAY = date(2026, 11, 22)
HERE = Places(frozenset({TOWN}))


def one(value: str) -> Choice:
    return Choice(frozenset({value}))


def conversation(pack: Pack, vocabulary: Vocabulary, facts: dict[str, Value], answer: Callable[[str], Value | None]) -> list[str]:
    asked: list[str] = []
    while (question := next_question(pack, facts, DAY, vocabulary, asked)) is not None:
        assert question.fact not in asked
        asked.append(question.fact)
        told = answer(question.fact)
        if told is not None:
            facts = {**facts, question.fact: told}
    return asked


def test_an_eligible_person_is_asked_nothing(pack: Pack, vocabulary: Vocabulary) -> None:
    facts = {"home.place": HERE, "home.kind": one("owned")}
    assert next_question(pack, facts, DAY, vocabulary) is None


def test_the_question_brings_its_options_and_its_reason(pack: Pack, vocabulary: Vocabulary) -> None:
    question = next_question(pack, {"home.place": HERE, "home.kind": Choice(frozenset({"owned", "none"}))}, DAY, vocabulary, focus=["住所"])
    assert question is not None
    assert (question.fact, question.text) == ("home.kind", "home.kind？")
    assert [(o.label, o.value) for o in question.options] == [("自己的房", one("owned")), ("没有", one("none"))]
    assert question.because == Quote("一", "“home.kind”")


def test_no_one_is_asked_of_a_relative_before_there_is_one(pack: Pack, vocabulary: Vocabulary) -> None:
    assert next_question(pack, {}, DAY, vocabulary, asked=["kin.relation"], focus=["投靠"]) is None
    first = next_question(pack, {}, DAY, vocabulary, focus=["投靠"])
    assert first is not None
    assert first.fact == "kin.relation"
    then = next_question(pack, {"kin.relation": one("spouse")}, DAY, vocabulary, focus=["投靠"])
    assert then is not None
    assert then.fact == "kin.here"
    assert next_question(pack, {"kin.relation": one("none")}, DAY, vocabulary, focus=["投靠"]) is None


def test_a_renter_is_never_asked_for_the_handover_day(pack: Pack, vocabulary: Vocabulary) -> None:
    asked = conversation(pack, vocabulary, {"home.kind": one("rented")}, lambda fact: None)
    assert "presale.day" not in asked
    assert asked


def test_what_only_the_authority_knows_is_never_asked(pack: Pack, vocabulary: Vocabulary) -> None:
    assert next_question(pack, {}, DAY, vocabulary, focus=["人才"]) is None
    assert "talent" not in conversation(pack, vocabulary, {}, lambda fact: None)


def test_what_is_presumed_is_asked_last(pack: Pack, vocabulary: Vocabulary) -> None:
    first = next_question(pack, {}, DAY, vocabulary, focus=["执照"])
    assert first is not None
    assert first.fact == "license.day"
    last = next_question(pack, {"license.day": Dates(None, date(2020, 1, 1))}, DAY, vocabulary, focus=["执照"])
    assert last is not None
    assert last.fact == "wish"


def test_a_settled_verdict_ends_the_questions(pack: Pack, vocabulary: Vocabulary, without: Callable[[Pack, str], Pack]) -> None:
    plain = without(pack, "人才")
    no = {"home.kind": one("none"), "license.day": Dates(DAY, DAY), "kin.relation": one("none")}
    assert screen(plain, no, DAY).verdict is Verdict.NOT_ELIGIBLE
    assert next_question(plain, no, DAY, vocabulary) is None


def test_where_a_route_stays_open_whatever_is_said_nothing_is_asked_to_rule_out_the_others(pack: Pack, vocabulary: Vocabulary) -> None:
    # Only the authority can say whether "人才" applies, so nothing the resident adds makes the document a no.
    facts = {"home.kind": one("rented"), "paper": one("no"), "license.day": Dates(DAY, DAY), "kin.relation": one("none")}
    assert next_question(pack, facts, DAY, vocabulary) is None


def test_with_no_way_left_to_a_yes_it_asks_what_can_make_a_no(vocabulary: Vocabulary) -> None:
    capped = make_pack(route("r", All((atom("consent"), atom("talent")))))
    question = next_question(capped, {}, DAY, vocabulary)
    assert question is not None
    assert question.fact == "consent"
    assert next_question(capped, {"consent": one("yes")}, DAY, vocabulary) is None


def test_of_a_way_in_question_nothing_is_asked_that_another_answer_makes_idle(vocabulary: Vocabulary) -> None:
    # Only who has no home is out, and then a consent no longer counts; the rest is for the authority.
    home = replace(vocabulary.facts["home.kind"], burden=2)    # harder to tell, so that the consent would be asked first
    vocabulary = replace(vocabulary, facts={**vocabulary.facts, "home.kind": home})
    kinds = frozenset(home.labels) - {"none"}
    let = All((atom("home.kind", In(frozenset({"rented"}))), atom("consent")))
    capped = make_pack(route("r", All((atom("talent"), Any_((let, atom("home.kind", In(kinds))))))))
    question = next_question(capped, {}, DAY, vocabulary, focus=["r"])
    assert question is not None
    assert question.fact == "home.kind"


def test_the_way_nearest_to_its_end_is_asked_first(vocabulary: Vocabulary) -> None:
    far = route("far", All((atom("paper"), atom("kin.here"), atom("home.kind", In(frozenset({"owned"}))))))
    near = route("near", All((atom("license.day", In(frozenset({"yes"}))), atom("consent"))))
    facts: dict[str, Value] = {"kin.relation": one("spouse"), "license.day": one("yes")}
    for two in (make_pack(far, near), make_pack(near, far)):
        question = next_question(two, facts, DAY, vocabulary)
        assert question is not None
        assert question.fact == "consent"


def test_an_unknown_focus_is_a_key_error(pack: Pack, vocabulary: Vocabulary) -> None:
    with pytest.raises(KeyError):
        next_question(pack, {}, DAY, vocabulary, focus=["没有"])
