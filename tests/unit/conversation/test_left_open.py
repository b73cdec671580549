"""A dispute that nobody settles leaves either statement possible, and the fact to be asked again."""

from __future__ import annotations

from types import MappingProxyType

from bot.conversation.disputes import left_open
from bot.conversation.state import Case, Dispute, Told
from bot.eligibility.values import Choice, Months, Value


def disputed(old: Value, new: Value) -> Case:
    first, second = Told(old, "前一句"), Told(new, "后一句")
    fact = "insurance.paid"
    return Case(told=MappingProxyType({fact: first}), asked=(fact,), dispute=Dispute(fact, first, second))


def test_either_choice_stays_possible() -> None:
    case = left_open(disputed(Choice(frozenset({"yes"})), Choice(frozenset({"no"}))))
    assert case.told["insurance.paid"].value == Choice(frozenset({"yes", "no"}))
    assert case.dispute is None
    assert case.asked == ()


def test_nothing_is_known_of_lengths_of_time_that_lie_apart() -> None:
    case = left_open(disputed(Months(3, 3), Months(20, 20)))
    assert "insurance.paid" not in case.told
    assert case.dispute is None


def test_a_case_without_a_dispute_stays() -> None:
    assert left_open(Case()) == Case()
