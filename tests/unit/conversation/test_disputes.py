"""Contradictions that are passed over, and how the two statements are put."""

from __future__ import annotations

from types import MappingProxyType

from bot.conversation.disputes import left_open, statements
from bot.conversation.state import Case, Dispute, Told
from bot.conversation.world import load_world
from bot.eligibility.values import Choice, Months, Places


def _case(fact: str, old: Told, new: Told) -> Case:
    return Case(told=MappingProxyType({fact: old}), asked=(fact,), dispute=Dispute(fact, old, new))


def test_passed_over_either_may_hold() -> None:
    case = _case("work.status", Told(Choice(frozenset({"formal"})), "上班"), Told(Choice(frozenset({"none"})), "没活干"))
    after = left_open(case)
    assert after.dispute is None
    assert after.told["work.status"].value == Choice(frozenset({"formal", "none"}))
    assert after.asked == ()


def test_nothing_is_known_of_lengths_of_time_that_lie_apart() -> None:
    after = left_open(_case("insurance.paid", Told(Months(3, 3), "三个月"), Told(Months(20, 20), "二十个月")))
    assert "insurance.paid" not in after.told
    assert after.dispute is None


def test_of_places_either_is_possible() -> None:
    case = _case("hukou.place", Told(Places(frozenset({"河南省"})), "河南"), Told(Places(frozenset({"山东省/聊城市/冠县"})), "冠县"))
    assert left_open(case).told["hukou.place"].value == Places(frozenset({"河南省", "山东省/聊城市/冠县"}))


def test_nothing_is_left_open_where_nothing_is_disputed() -> None:
    case = Case()
    assert left_open(case) is case


def test_the_same_words_are_put_by_what_they_mean() -> None:
    world = load_world()
    yes, no = (Told(Choice(frozenset({value})), "备案") for value in ("yes", "no"))
    old, new = statements(world, Dispute("rent.filing", no, yes))
    assert old != new
    assert statements(world, Dispute("rent.filing", Told(no.value, "没备案"), yes)) == ("没备案", "备案")
