"""The three answers of the oracle, and the little arithmetic that both documents share.

The oracle is a second, independent reading of the two documents: plain functions, one per route, over one complete
assignment of facts.  It shares nothing with the engine or the packs, so that a slip in either shows as a difference.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Union

YES, NO, OPEN = "yes", "no", "open"
Fact = Union[str, date]
Facts = Mapping[str, Fact]
Reading = Callable[[Facts, date], str]

_READS: dict[Reading, tuple[tuple[str, ...], ...]] = {}


def reads(*conjuncts: tuple[str, ...]) -> Callable[[Reading], Reading]:
    """Declare the facts a route depends on, grouped by the conditions of the article they decide together.

    The conditions are joined by "and": no fact stands in two groups, so the answer of each group is independent of the others.
    """

    def mark(route: Reading) -> Reading:
        _READS[route] = conjuncts
        return route

    return mark


def facts_read(route: Reading) -> tuple[tuple[str, ...], ...]:
    """The facts a route depends on, in the groups declared with :func:`reads`."""
    return _READS[route]


def every(*answers: str) -> str:
    """The answer where all must hold: one "no" settles it, else one open wording keeps it open."""
    if NO in answers:
        return NO
    return OPEN if OPEN in answers else YES


def some(*answers: str) -> str:
    """The answer where one is enough: one "yes" settles it, else one open wording keeps it open."""
    if YES in answers:
        return YES
    return OPEN if OPEN in answers else NO


def told(condition: bool) -> str:
    """A condition that the wording decides."""
    return YES if condition else NO


def sort_out(value: Fact, yes: tuple[str, ...] = (), open_: tuple[str, ...] = ()) -> str:
    """Which values the wording takes in, and which it leaves open; every other value is out."""
    if value in yes:
        return YES
    return OPEN if value in open_ else NO


def lies_in(place: Fact, *regions: str) -> bool:
    """Whether a place path is one of the regions or inside one."""
    assert isinstance(place, str)
    return any(place == region or place.startswith(region + "/") for region in regions)


def ends_of_months(start: date, months: int) -> tuple[date, date]:
    """The first and the last day on which so many months from ``start`` may be said to be over.

    Counted by months, the day of the same number ends them; where the month has no such day it is its last day, or as many
    days beyond it as are missing.  Counted by days, a year has 365 and half a year 182.
    """
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    days = calendar.monthrange(year, month)[1]
    month_end = date(year, month, min(start.day, days))
    beyond = month_end + timedelta(max(0, start.day - days))
    by_days = start + timedelta(365 * months // 12)
    return min(month_end, beyond, by_days), max(month_end, beyond, by_days)
