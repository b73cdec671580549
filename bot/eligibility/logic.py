"""Strong Kleene logic and the tests of a condition over value sets.

``True`` holds for every value still possible, ``False`` for none of them, ``None`` means that it depends.
Unknown is never false.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date, timedelta

from bot.eligibility.values import Choice, Dates, Months, Places, Value, inside
from bot.policy.model import In, MonthsBetween, MonthsSince, MonthsUntil, Outside, Test, Within


def all_of(values: Iterable[bool | None]) -> bool | None:
    """Strong Kleene conjunction: false beats unknown, unknown beats true; true of nothing."""
    result: bool | None = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def any_of(values: Iterable[bool | None]) -> bool | None:
    """Strong Kleene disjunction: true beats unknown, unknown beats false; false of nothing."""
    result: bool | None = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


def negate(value: bool | None) -> bool | None:
    """Strong Kleene negation."""
    return None if value is None else not value


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def month_limits(day: date, months: int) -> tuple[date, date]:
    """The earliest and the latest day that may be called ``months`` months from ``day``.

    No document says how its months are counted, so every usual rounding is made: the same day of that month or its last
    day (31 January and one month: 28 February), the same day or, where the month is too short, the days left over in the
    next (3 March), and a count by days (365 days a year).
    """
    serial = day.year * 12 + day.month - 1 + months
    year, month = divmod(serial, 12)
    if year < date.min.year:
        return date.min, date.min
    if year >= date.max.year:
        return date.max, date.max
    first = date(year, month + 1, 1)
    length = ((date(year + 1, 1, 1) if month == 11 else date(year, month + 2, 1)) - first).days
    clamped = first + timedelta(days=min(day.day, length) - 1)
    overflowed = first + timedelta(days=day.day - 1)
    by_days = _moved(day, 365 * months // 12)
    return min(clamped, by_days), max(overflowed, by_days)


def latest(value: Dates, months: int) -> date | None:
    """The latest day that may be called ``months`` months after the date; ``None`` where it has no end.

    Counting over the end of a short month is not monotone (31 January + 1 month = 3 March, 1 February + 1 month =
    1 March), so the latest may belong to one of the three days before the last.
    """
    if value.last is None:
        return None
    days = {max(_moved(value.last, -n), value.first or date.min) for n in range(4)}
    return max(month_limits(day, months)[1] for day in days)


def earliest(value: Dates, months: int) -> date | None:
    """The earliest day that may be called ``months`` months after the date; ``None`` where it has no beginning."""
    return None if value.first is None else month_limits(value.first, months)[0]


def months_since(value: Dates, test: MonthsSince, as_of: date) -> bool | None:
    """``min`` months are over on the day itself; ``max`` months are not exceeded until the day after (以内 includes the limit)."""
    low: bool | None = True
    if test.min is not None:
        early, late = earliest(value, test.min), latest(value, test.min)
        low = True if late is not None and late <= as_of else False if early is not None and early > as_of else None
    high: bool | None = True
    if test.max is not None:
        early, late = earliest(value, test.max), latest(value, test.max)
        high = True if early is not None and early >= as_of else False if late is not None and late < as_of else None
    return all_of((low, high))


def months_until(value: Dates, test: MonthsUntil, as_of: date) -> bool | None:
    """``as_of`` + ``min`` months ≤ the date ≤ ``as_of`` + ``max`` months, both days included."""
    low: bool | None = True if test.min is None else None
    if test.min is not None:
        early, late = month_limits(as_of, test.min)
        if value.first is not None and value.first >= late:
            low = True
        elif value.last is not None and value.last < early:
            low = False
    high: bool | None = True if test.max is None else None
    if test.max is not None:
        early, late = month_limits(as_of, test.max)
        if value.last is not None and value.last <= early:
            high = True
        elif value.first is not None and value.first > late:
            high = False
    return all_of((low, high))


def months_between(value: Months, test: MonthsBetween) -> bool | None:
    """A duration in whole months, both ends included."""
    low, high = value.min if value.min is not None else 0, value.max
    if (test.max is not None and low > test.max) or (test.min is not None and high is not None and high < test.min):
        return False
    above = test.min is None or low >= test.min
    below = test.max is None or (high is not None and high <= test.max)
    return True if above and below else None


def within(value: Places, regions: frozenset[str]) -> bool | None:
    """True if every possible place is inside one of the regions, false if none can be.

    An excluded part counts only where it covers a whole region: the tree itself is not known here.
    """
    everything, something = True, False
    for place in value.include:
        in_one = False
        for region in regions:
            if inside(place, region):
                in_one = something = True
                break
            if not something and inside(region, place) and not any(inside(region, cut) for cut in value.exclude):
                something = True
        everything = everything and in_one
    if everything:
        return True
    return None if something else False


def holds(test: Test, value: Value, as_of: date) -> bool | None:
    """Whether the test holds for what is known of a fact.

    Raises:
        TypeError: the value's kind does not fit the test.
    """
    if isinstance(test, In) and isinstance(value, Choice):
        if value.values <= test.values:
            return True
        return False if value.values.isdisjoint(test.values) else None
    if isinstance(test, Within) and isinstance(value, Places):
        return within(value, test.places)
    if isinstance(test, Outside) and isinstance(value, Places):
        return negate(within(value, test.places))
    if isinstance(test, MonthsSince) and isinstance(value, Dates):
        return months_since(value, test, as_of)
    if isinstance(test, MonthsUntil) and isinstance(value, Dates):
        return months_until(value, test, as_of)
    if isinstance(test, MonthsBetween) and isinstance(value, Months):
        return months_between(value, test)
    raise TypeError(f"a {type(test).__name__} test cannot read a {type(value).__name__} value")


def holds_unknown(test: Test, every: Set[str] = frozenset()) -> bool | None:
    """Whether the test holds for a fact of which nothing is known; ``every`` are all values of an enumerated fact, if known."""
    if isinstance(test, In):
        return False if not test.values else True if every and every <= test.values else None
    if isinstance(test, Within):
        return True if "" in test.places else None if test.places else False
    if isinstance(test, Outside):
        return False if "" in test.places else None if test.places else True
    return True if test.min is None and test.max is None else None
