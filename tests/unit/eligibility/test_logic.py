"""Kleene logic, places, and months counted with every rounding."""

from __future__ import annotations

from datetime import date

import pytest

from bot.eligibility.logic import all_of, any_of, holds, holds_unknown, month_limits
from bot.eligibility.values import ANYWHERE, Choice, Dates, Months, Places
from bot.policy.model import In, MonthsBetween, MonthsSince, MonthsUntil, Outside, Within

DAY = date(2026, 11, 22)
CITY, FOUR, FAR = "山东省/聊城市", "山东省/聊城市/东昌府区", "河南省"


def on(day: str) -> Dates:
    return Dates(date.fromisoformat(day), date.fromisoformat(day))


def test_false_beats_unknown_in_all_and_true_beats_unknown_in_any() -> None:
    assert all_of([None, False]) is False
    assert all_of([None, True]) is None
    assert all_of([]) is True
    assert any_of([None, True]) is True
    assert any_of([None, False]) is None
    assert any_of([]) is False


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Places(frozenset({FOUR})), True),
        (Places(frozenset({CITY})), True),
        (Places(frozenset({FAR})), False),
        (Places(frozenset({"山东省"})), None),
        (ANYWHERE, None),
        (Places(frozenset({""}), frozenset({CITY})), False),
        (Places(frozenset({"山东省"}), frozenset({CITY})), False),
        (Places(frozenset({"山东省"}), frozenset({FOUR})), None),
        (Places(frozenset({CITY, FAR})), None),
    ],
)
def test_within_needs_every_possible_place_inside_and_outside_is_its_negation(place: Places, expected: bool | None) -> None:
    assert holds(Within(frozenset({CITY})), place, DAY) is expected
    assert holds(Outside(frozenset({CITY})), place, DAY) is (None if expected is None else not expected)


def test_a_city_with_the_districts_taken_out_is_outside_the_districts() -> None:
    rest = Places(frozenset({CITY}), frozenset({FOUR}))
    assert holds(Within(frozenset({FOUR})), rest, DAY) is False


@pytest.mark.parametrize(
    ("day", "months", "early", "late"),
    [
        ("2026-01-31", 1, "2026-02-28", "2026-03-03"),
        ("2026-08-31", 6, "2027-02-28", "2027-03-03"),
        ("2027-03-20", 12, "2028-03-19", "2028-03-20"),
        ("2026-03-31", -1, "2026-02-28", "2026-03-03"),
    ],
)
def test_month_limits_span_all_roundings(day: str, months: int, early: str, late: str) -> None:
    assert month_limits(date.fromisoformat(day), months) == (date.fromisoformat(early), date.fromisoformat(late))


@pytest.mark.parametrize(
    ("issued", "expected"),
    [("2025-11-22", True), ("2025-11-23", False), ("2025-11-21", True), ("2026-11-22", False), ("2030-01-01", False)],
)
def test_a_full_year_is_over_on_the_same_day_of_the_next_year(issued: str, expected: bool) -> None:
    assert holds(MonthsSince(min=12), on(issued), DAY) is expected


def test_a_leap_year_is_open_on_the_day_where_counting_by_days_and_by_months_differ() -> None:
    issued = on("2027-06-01")
    assert holds(MonthsSince(min=12), issued, date(2028, 5, 30)) is False
    assert holds(MonthsSince(min=12), issued, date(2028, 5, 31)) is None
    assert holds(MonthsSince(min=12), issued, date(2028, 6, 1)) is True


def test_an_interval_of_days_decides_only_where_all_its_days_agree() -> None:
    test = MonthsSince(min=12)
    assert holds(test, Dates(None, date(2025, 6, 1)), DAY) is True
    assert holds(test, Dates(date(2026, 2, 1), None), DAY) is False
    assert holds(test, Dates(date(2025, 6, 1), date(2026, 6, 1)), DAY) is None
    assert holds(test, Dates(), DAY) is None


def test_the_latest_of_an_interval_may_be_the_day_before_its_last() -> None:
    # 31 January + 1 month may be 3 March, 1 February + 1 month is 1 March.
    both = Dates(date(2026, 1, 31), date(2026, 2, 1))
    assert holds(MonthsSince(min=1), both, date(2026, 3, 2)) is None
    assert holds(MonthsSince(min=1), both, date(2026, 3, 3)) is True


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-11-21", False), ("2026-11-22", True), ("2027-05-22", True), ("2027-05-23", None), ("2027-05-24", False)],
)
def test_within_half_a_year_ahead_is_open_on_the_day_that_only_a_count_by_days_reaches(day: str, expected: bool | None) -> None:
    assert holds(MonthsUntil(0, 6), on(day), DAY) is expected


def test_min_none_of_months_until_leaves_the_past_in() -> None:
    assert holds(MonthsUntil(max=6), on("2020-01-01"), DAY) is True


@pytest.mark.parametrize(("day", "expected"), [("2026-05-21", False), ("2026-05-22", None), ("2026-05-24", True), ("2026-11-22", True)])
def test_max_of_months_since_counts_the_last_day_as_within(day: str, expected: bool | None) -> None:
    assert holds(MonthsSince(max=6), on(day), DAY) is expected


@pytest.mark.parametrize(
    ("value", "test", "expected"),
    [
        (Months(12, None), MonthsBetween(12), True),
        (Months(None, 11), MonthsBetween(12), False),
        (Months(6, 12), MonthsBetween(12), None),
        (Months(12, 24), MonthsBetween(12, 24), True),
        (Months(25, 30), MonthsBetween(12, 24), False),
        (Months(12, None), MonthsBetween(12, 24), None),
        (Months(), MonthsBetween(), True),
    ],
)
def test_durations(value: Months, test: MonthsBetween, expected: bool | None) -> None:
    assert holds(test, value, DAY) is expected


def test_a_set_of_values_decides_only_where_all_agree() -> None:
    test = In(frozenset({"a", "b"}))
    assert holds(test, Choice(frozenset({"a"})), DAY) is True
    assert holds(test, Choice(frozenset({"a", "c"})), DAY) is None
    assert holds(test, Choice(frozenset({"c"})), DAY) is False


def test_nothing_known_decides_only_an_empty_or_a_full_test() -> None:
    assert holds_unknown(In(frozenset())) is False
    assert holds_unknown(In(frozenset({"a"})), frozenset({"a", "b"})) is None
    assert holds_unknown(In(frozenset({"a", "b"})), frozenset({"a", "b"})) is True
    assert holds_unknown(MonthsSince(12)) is None
    assert holds_unknown(Within(frozenset({CITY}))) is None


def test_a_value_of_the_wrong_kind_is_an_error() -> None:
    with pytest.raises(TypeError, match="In test cannot read a Dates"):
        holds(In(frozenset({"a"})), Dates(), DAY)


def test_the_calendar_ends_without_an_error() -> None:
    assert month_limits(date(9999, 12, 31), 12)[1] == date.max
    assert month_limits(date(1, 1, 1), -12)[0] == date.min
