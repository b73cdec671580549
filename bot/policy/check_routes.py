"""Whether a route can be met at all, and whether another route with the same conditions hides it."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from bot.policy.model import (
    All,
    Atom,
    Condition,
    In,
    MonthsBetween,
    MonthsSince,
    MonthsUntil,
    Outside,
    Route,
    Test,
    Within,
)

Term = tuple[tuple[str, Test], ...]


def reachable(condition: Condition) -> bool:
    """Whether some resident can meet the condition, under either reading of each open wording."""
    return any(_possible(term) for term in _terms(condition))


def _terms(condition: Condition) -> list[Term]:
    """The ways of meeting a condition, each a list of tests that must hold together (disjunctive normal form)."""
    if isinstance(condition, Atom):
        tests = [condition.test] if condition.reading_b is None else [condition.test, condition.reading_b]
        return [((condition.fact, test),) for test in tests]
    children = [_terms(child) for child in condition.of]
    if not isinstance(condition, All):
        return [term for child in children for term in child]
    terms: list[Term] = [()]
    for child in children:
        # Impossible beginnings are dropped at once, so that the product stays small.
        terms = [t for t in (tuple(dict.fromkeys(a + b)) for a, b in product(terms, child)) if _possible(t)]
    return terms


def _possible(term: Term) -> bool:
    of_fact: dict[str, list[Test]] = defaultdict(list)
    for fact, test in term:
        of_fact[fact].append(test)
    return all(_together(tests) for tests in of_fact.values())


def _together(tests: list[Test]) -> bool:
    sets = [t.values for t in tests if isinstance(t, In)]
    if sets and not frozenset.intersection(*sets):
        return False
    for kind in (MonthsSince, MonthsUntil, MonthsBetween):
        lows = [t.min for t in tests if isinstance(t, kind) and t.min is not None]
        highs = [t.max for t in tests if isinstance(t, kind) and t.max is not None]
        if lows and highs and max(lows) > min(highs):
            return False
    # A date that has passed by a month does not lie a month ahead.
    if any(isinstance(t, MonthsSince) and (t.min or 0) > 0 for t in tests) and any(
            isinstance(t, MonthsUntil) and t.min is not None for t in tests):
        return False
    return _place(tests)


def _place(tests: list[Test]) -> bool:
    inside = [t.places for t in tests if isinstance(t, Within)]
    outside = {p for t in tests if isinstance(t, Outside) for p in t.places}
    common = {""}
    for places in inside:
        common = {max(a, b, key=len) for a in common for b in places if _in(a, b) or _in(b, a)}
    return any(not any(_in(place, cut) for cut in outside) for place in common)


def _in(place: str, region: str) -> bool:
    return region == "" or place == region or place.startswith(region + "/")


def shape(condition: Condition) -> object:
    """The logical content of a condition, without wording and order: equal shapes are equal conditions."""
    if isinstance(condition, Atom):
        return (condition.fact, condition.test, condition.reading_b)
    return ("all" if isinstance(condition, All) else "any", frozenset(shape(child) for child in condition.of))


def shadowed(routes: tuple[Route, ...]) -> list[tuple[Route, Route]]:
    """Pairs of routes with identical conditions: the second of each can never add anything to the first."""
    return [(a, b) for i, a in enumerate(routes) for b in routes[i + 1:]
            if a.settles == b.settles and shape(a.when) == shape(b.when)]
