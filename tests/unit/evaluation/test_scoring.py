"""What counts as right, on made-up rows and replies."""

from __future__ import annotations

import pytest

from bot.evaluation.scoring import EITHER, HALF, IN_SCOPE, OUT, Said, covers, mark_question, said, verdict_of
from bot.replies.model import Citation, Reply
from bot.replies.model import Said as Sentence


def reply(kinds: str, paths: str = "", screening: dict | None = None) -> Said:
    return Said(tuple(kinds.split()), tuple(paths.split()), screening)


def row(expected: str = "", **more: object) -> dict:
    return {"expected_here": expected.split(), "mark": None, "either": [], "parts": [], **more}


@pytest.mark.parametrize(
    ("expected", "path", "right"),
    [
        ("二(一)", "二(一)", True),
        ("二(一)", "二(一)2", True),
        ("二(一)2", "二(一)", False),
        ("二(一)", "二(十)", False),
        ("一", "一(一)", False),
    ],
)
def test_an_item_inside_the_article_is_right(expected: str, path: str, right: bool) -> None:
    assert covers(expected, path) is right


def test_articles_are_counted_once_and_in_order() -> None:
    cites = [Citation("p", None, "t", a, "q") for a in ("二", "三", "二")]
    replies = [Reply("answer", tuple(Sentence("x", "states", (c,)) for c in cites)), Reply("ask", (), screening={"verdict": "eligible"})]
    assert said(replies) == Said(("answer", "ask"), ("二", "三"), {"verdict": "eligible"})


def test_only_the_first_three_count() -> None:
    assert mark_question(row("五"), "here", reply("answer", "一 二 五")).ok
    late = mark_question(row("五"), "here", reply("answer", "一 二 三 五"))
    assert (late.group, late.ok, late.first, late.declined) == (IN_SCOPE, False, False, False)


def test_a_right_citation_in_a_refusal_does_not_count_in_scope() -> None:
    assert not mark_question(row("五"), "here", reply("out_of_scope", "五")).ok
    assert mark_question(row("五"), "here", reply("not_stated", "五")).ok
    assert mark_question(row("五", mark="PARTIAL"), "here", reply("out_of_scope", "五")).group == HALF


def test_turned_away_means_refused_without_the_right_article() -> None:
    assert mark_question(row("五"), "here", reply("not_stated", "六")).declined
    assert not mark_question(row("五"), "here", reply("not_stated", "五")).declined
    assert not mark_question(row("五"), "here", reply("clarify")).declined


def test_unanswerable_must_be_declined_by_every_reply() -> None:
    assert mark_question(row(), "here", reply("not_stated handoff", "五")).ok
    assert not mark_question(row(), "here", reply("not_stated answer", "五")).ok
    assert not mark_question(row(), None, reply("")).ok
    assert mark_question(row(), None, reply("out_of_scope")).group == OUT


def test_either_takes_both() -> None:
    both = row("五", either=["here"])
    assert [mark_question(both, "here", r).ok for r in (reply("answer", "五"), reply("handoff"), reply("answer", "六"))] == [
        True,
        True,
        False,
    ]
    assert mark_question(both, "here", reply("handoff")).group == EITHER


def test_every_part_needs_its_own_article() -> None:
    parts = [{"expected_here": ["五"]}, {"expected_here": ["六"]}, {"expected_here": []}]
    assert mark_question(row("五 六", parts=parts), "here", reply("answer", "一 二 三 六1")).parts == (False, True)
    assert mark_question(row("五", parts=[{"expected_here": ["五"]}, {"expected_here": []}]), "here", reply("answer", "五")).parts == ()


def test_the_verdict_of_the_document_or_of_the_route() -> None:
    told = reply("screening", "", {"verdict": "eligible", "routes": [{"id": "b", "verdict": "not_eligible"}]})
    assert verdict_of({"scope": "policy", "routes": ["b"]}, told) == "eligible"
    assert verdict_of({"scope": "route", "routes": ["a", "b"]}, told) == "not_eligible"
    assert verdict_of({"scope": "route", "routes": ["c"]}, told) == "route absent"
    assert verdict_of({}, reply("answer")) == "not_covered"
    assert verdict_of({}, reply("")) == "none"
