"""The answers to one fact that the conditions of a document can tell apart.

Conditions divide what is still possible of a fact into cells; within a cell every condition on the fact has one value, so one
representative of each is enough to try every answer that can matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from bot.eligibility.logic import month_limits
from bot.eligibility.values import Choice, Dates, Months, Places, Value, inside, meet
from bot.policy.model import In, MonthsBetween, MonthsSince, MonthsUntil, Outside, Pack, Test, Within, atoms


def cells(value: Value, tests: Iterable[Test], as_of: date) -> tuple[Value, ...]:
    """Representatives of everything still possible under ``value`` that one of the tests tells apart, in a stable order."""
    if isinstance(value, Choice):
        return tuple(Choice(frozenset((v,))) for v in sorted(value.values))
    if isinstance(value, Places):
        return _place_cells(value, tests)
    if isinstance(value, Dates):
        return _date_cells(value, tests, as_of)
    return _month_cells(value, tests)


def _place_cells(value: Places, tests: Iterable[Test]) -> tuple[Value, ...]:
    regions = sorted({p for t in tests if isinstance(t, (Within, Outside)) for p in t.places} | {""})
    found = []
    for region in regions:
        nested = frozenset(r for r in regions if r != region and inside(r, region))
        if (cell := meet(value, Places(frozenset((region,)), nested))) is not None:
            found.append(cell)
    return tuple(found)


def _date_cells(value: Dates, tests: Iterable[Test], as_of: date) -> tuple[Value, ...]:
    edges: set[date] = set()
    for test in tests:
        sign = -1 if isinstance(test, MonthsSince) else 1
        if isinstance(test, (MonthsSince, MonthsUntil)):
            for months in (test.min, test.max):
                if months is not None:
                    edges.update(month_limits(as_of, sign * months))
    points = set(edges)
    # A month to either side of every edge, and the middle of every gap, lie clear of the roundings.
    for edge in edges:
        points.update(_step(edge, days) for days in (-31, -4, 4, 31))
    ordered = sorted(edges)
    points.update(a + (b - a) / 2 for a, b in pairwise(ordered))
    points = {min(max(p, value.first or date.min), value.last or date.max) for p in points}
    points.update(p for p in (value.first, value.last) if p is not None)
    return tuple(Dates(p, p) for p in sorted(points)) or (value,)


def _step(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


def _month_cells(value: Months, tests: Iterable[Test]) -> tuple[Value, ...]:
    points: set[int] = set()
    for test in tests:
        if isinstance(test, MonthsBetween):
            points.update(m for m in (test.min, test.max) if m is not None)
            points.update(m - 1 for m in (test.min,) if m is not None)
            points.update(m + 1 for m in (test.max,) if m is not None)
    low = value.min if value.min is not None else 0
    points = {max(p, low) if value.max is None else min(max(p, low), value.max) for p in points}
    points.update(p for p in (value.min, value.max) if p is not None)
    return tuple(Months(p, p) for p in sorted(points)) or (value,)


def fact_tests(pack: Pack) -> dict[str, list[Test]]:
    """Every test that a document makes on places, dates and durations, under both readings, by fact."""
    found: dict[str, list[Test]] = {}
    for route in pack.routes:
        for atom in atoms(route.when):
            if not isinstance(atom.test, In):
                found.setdefault(atom.fact, []).append(atom.test)
                if atom.reading_b is not None:
                    found[atom.fact].append(atom.reading_b)
    return found
