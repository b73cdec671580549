"""A verdict in words: which conditions are said, and that nobody has to guess what an alternative covers."""

from __future__ import annotations

import pytest
from generated import case_of, world

from bot.conversation.assuming import assumed
from bot.eligibility.screening import AllTrace, AnyTrace, AtomTrace, RouteResult, Trace, Verdict, deciding_atoms, screen, trace_atoms
from bot.eligibility.values import Choice, Places, Value
from bot.policy.model import Atom, In, Pack, Route
from bot.replies.phrasing import cites, phrase
from bot.replies.ranking import ranked
from bot.replies.text import cite, render
from bot.replies.verdicts import verdict_said
from tests.property.worlds import AS_OF

LIAOCHENG, LINZI = world().packs.by_id["liaocheng-2020-7"], world().packs.by_id["linzi-2022"]


def atom(text: str, value: bool | None = None) -> AtomTrace:
    return AtomTrace(Atom("f", In(frozenset({"yes"})), text, f"{text}原文", "二(一)"), value)


def every(value: bool | None, *children: Trace) -> AllTrace:
    return AllTrace(value, children)


def either(value: bool | None, *children: Trace) -> AnyTrace:
    return AnyTrace(value, children)


T, F, N = True, False, None
PHRASES = [
    (atom("甲", T), "甲"),
    (every(T, atom("甲", T), atom("乙", T)), "甲；乙"),
    (every(F, atom("甲", T), atom("乙", F)), "乙"),
    (every(T, every(T, atom("甲", T), atom("乙", T)), atom("丙", T)), "甲；乙；丙"),
    (either(F, atom("甲", F), atom("乙", F)), "甲，或者乙"),
    (either(T, atom("甲", F), atom("乙", T), atom("丙", T)), "乙"),
    (either(F, atom("对方是甲", F), atom("对方是乙", F), every(F, atom("对方是丙", F))), "对方是甲、乙或丙"),
    (every(N, atom("甲"), either(N, every(N, atom("乙"), atom("丙")), atom("丁"))), "甲；乙且丙，或者丁"),
    (either(N, every(N, atom("甲"), either(N, atom("乙"), atom("丙"))), atom("丁")), "甲且（乙，或者丙），或者丁"),
    (every(T, atom("甲", T), atom("甲", T)), "甲"),
    (every(T, *(atom(t, T) for t in "甲乙丙丁戊")), "甲；乙；丙；丁等"),
    (every(T, *(atom(t, T) for t in "甲乙丙丁")), "甲；乙；丙；丁"),
]


@pytest.mark.parametrize(("trace", "text"), PHRASES, ids=[t for _, t in PHRASES])
def test_conditions_are_put_so_that_alternatives_are_clear(trace: Trace, text: str) -> None:
    assert phrase(trace) == text


def test_what_is_said_is_what_is_cited() -> None:
    trace = every(N, *(atom(t) for t in "甲乙丙丁戊己"))
    route = Route("r", "二(一)", "路", trace.children[0].atom, None, None, (), (), ())  # type: ignore[union-attr]
    result = RouteResult(route, Verdict.NEED_MORE_INFO, trace)
    for limit in range(1, 8):
        said = phrase(trace, limit).removesuffix("等").split("；")
        assert [c.quote.removesuffix("原文") for c in cites(LIAOCHENG, result, limit)] == said


def test_the_routes_own_article_comes_first() -> None:
    for pack in (LIAOCHENG, LINZI):
        for seed in range(60):
            case = case_of(pack, seed)
            for result in screen(pack, assumed(world(), case, pack), AS_OF, vocabulary=world().vocabulary).routes:
                found = cites(pack, result)
                if any(a.article == result.route.article for a in _every_atom(result)):
                    assert found[0].article == result.route.article


def _every_atom(result: RouteResult) -> list[Atom]:
    return [t.atom for t in trace_atoms(result.trace)]


def known(**facts: str | tuple[str, ...]) -> dict[str, Value]:
    out: dict[str, Value] = {}
    for name, value in facts.items():
        values = (value,) if isinstance(value, str) else value
        out[name.replace("__", ".")] = Places(frozenset(values)) if "/" in values[0] else Choice(frozenset(values))
    return out


def said_of(pack: Pack, facts: dict[str, Value], **parts: object) -> list[str]:
    result = screen(pack, facts, AS_OF, vocabulary=world().vocabulary)
    return [s.text for s in verdict_said(pack, result, world().wording, "您", **parts)]  # type: ignore[arg-type]


OWN_HOME = known(housing__kind="owned", housing__place="山东省/聊城市/东昌府区", housing__area="urban")


def test_the_verdict_comes_first_and_the_caution_last() -> None:
    said = said_of(LIAOCHENG, OWN_HOME)
    assert said[0] == world().wording["eligible"].format(who="您")
    assert "有合法稳定住所" in said[1]
    assert said[-1] == world().wording["caution"]


def test_what_a_route_gives_follows_the_route_at_once() -> None:
    facts = {**OWN_HOME, **known(hukou__place="山东省/聊城市/东昌府区", work__status="none")}
    said = said_of(LIAOCHENG, facts, focus=("二(二)-录聘用",))
    assert said[0] == world().wording["eligible_other"].format(who="您")
    assert said[3] == world().wording["materials_none"]
    assert [i for i, text in enumerate(said) if "录用并参保" in text][0] > 3


def test_no_sentence_is_said_twice_where_two_routes_are_open_for_one_reason() -> None:
    facts = {**OWN_HOME, **known(housing__area="town_village", hukou__place="山东省/聊城市/东昌府区")}
    said = said_of(LIAOCHENG, facts)
    assert len(said) == len(set(said))


def test_a_route_asked_about_alone_gets_its_own_verdict() -> None:
    said = said_of(LIAOCHENG, known(housing__kind="none"), focus=("二(一)2",), only=True)
    assert said[0].startswith("单看")
    assert said[1].startswith("因为这条要求")


def test_a_no_names_requirements_that_are_not_met_and_no_other() -> None:
    facts = {**OWN_HOME, **known(housing__kind="rented", rent__unit="complete", rent__contract="no", rent__title_paper="yes")}
    result = screen(LIAOCHENG, facts, AS_OF, vocabulary=world().vocabulary).route("二(一)2")
    assert result.verdict is Verdict.NOT_ELIGIBLE
    assert phrase(result.trace) == "有租赁合同"
    assert all(a.value is False for a in deciding_atoms(result.trace))


@pytest.mark.parametrize("pack", [LIAOCHENG, LINZI], ids=lambda p: p.id)
def test_routes_that_hold_come_before_open_ones_and_those_before_closed_ones(pack: Pack) -> None:
    order = [Verdict.ELIGIBLE, Verdict.NEED_MORE_INFO, Verdict.NOT_ELIGIBLE, Verdict.NOT_COVERED]
    for seed in range(100):
        found = ranked(screen(pack, assumed(world(), case_of(pack, seed), pack), AS_OF, vocabulary=world().vocabulary), ())
        assert [order.index(r.verdict) for r in found] == sorted(order.index(r.verdict) for r in found)
        assert all(r.route.settles for r in found)


def test_the_text_shows_three_articles_at_most_each_quote_short_enough_for_a_phone() -> None:
    from generated import screening_replies

    for made in (*screening_replies(LIAOCHENG, range(40)), *screening_replies(LINZI, range(40))):
        lines = render(made.reply).split("\n")
        head = [line for line in lines if line.startswith(world().wording.parts["cite_head"])]
        assert len(head) == bool(made.reply.citations)
        for line in head:
            assert line is lines[-1]
            assert 1 <= line.count("“") <= 3
        for citation in made.reply.citations:
            shown = cite(citation)
            assert citation.article in shown
            assert len(shown) < 110


def test_a_way_named_in_so_many_words_is_spoken_of_first() -> None:
    facts = known(education__level="bachelor", education__status="graduated", work__status="none")
    talent = LIAOCHENG.route("二(三)").title
    assert talent in said_of(LIAOCHENG, facts, focus=("二(三)",), asking=True, named=True, told=frozenset(facts))[0]
    public = LIAOCHENG.route("二(一)3").title
    parts = {"focus": ("二(一)3",), "asking": True, "named": True, "told": frozenset({"x"})}
    open_ = said_of(LIAOCHENG, known(hukou__place="山东省/德州市/禹城市"), **parts)
    assert public in open_[0]
