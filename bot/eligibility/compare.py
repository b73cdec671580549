"""The same facts in every place ("哪个地方容易"): the verdicts, the routes that decide them, and where the conditions differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.eligibility.screening import AtomTrace, RouteResult, Screening, Verdict, deciding_atoms, screen, trace_atoms
from bot.eligibility.values import Value
from bot.policy.model import Pack
from bot.policy.vocabulary import Vocabulary

# More routes than this cannot be taken in side by side.
_ROUTES = 3


@dataclass(frozen=True)
class Place:
    """One place's result. ``decisive`` are the routes that carry the verdict, nearest to being open first, at most three."""

    policy: str
    screening: Screening
    decisive: tuple[RouteResult, ...]


@dataclass(frozen=True)
class Side:
    """What one document asks about a fact: its conditions, each with value, article and quote; empty where it asks nothing."""

    policy: str
    conditions: tuple[AtomTrace, ...]


@dataclass(frozen=True)
class Difference:
    """A fact that the documents treat differently, with one side for each document, in their order."""

    fact: str
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class Comparison:
    """The places in the order given, and the facts that make the difference, in the order the routes name them."""

    as_of: date
    places: tuple[Place, ...]
    differences: tuple[Difference, ...]


def compare(packs: Iterable[Pack], facts: Mapping[str, Value], as_of: date, vocabulary: Vocabulary | None = None) -> Comparison:
    """Screen the same facts against every document and set the differing conditions side by side.

    A fact differs where it takes part in a decisive route somewhere and its conditions have other values elsewhere, or none.

    Raises:
        TypeError: a fact's value is of another kind than a test on it.
    """
    return contrast([screen(pack, facts, as_of, vocabulary=vocabulary) for pack in packs], as_of)


def contrast(screenings: Iterable[Screening], as_of: date) -> Comparison:
    """Set the differing conditions of screenings that are made already side by side."""
    places = [Place(s.policy, s, _decisive(s)) for s in screenings]
    named: dict[str, None] = {}
    for place in places:
        for result in place.decisive:
            named.update(dict.fromkeys(a.atom.fact for a in deciding_atoms(result.trace)))
    differences = []
    for fact in named:
        sides = tuple(Side(place.policy, _conditions(place, fact)) for place in places)
        if len({frozenset(a.value for a in side.conditions) for side in sides}) > 1:
            differences.append(Difference(fact, sides))
    return Comparison(as_of, tuple(places), tuple(differences))


def _decisive(screening: Screening) -> tuple[RouteResult, ...]:
    settling = [r for r in screening.routes if r.route.settles]
    carrying = [r for r in settling if r.verdict is screening.verdict]
    if screening.verdict is Verdict.NOT_COVERED:
        return ()
    return tuple(sorted(carrying, key=_distance)[:_ROUTES])


def _distance(result: RouteResult) -> tuple[int, int]:
    values = [a.value for a in trace_atoms(result.trace)]
    return values.count(False), values.count(None)


def _conditions(place: Place, fact: str) -> tuple[AtomTrace, ...]:
    """The document's conditions on a fact, those of its decisive routes alone where there are any; each test and quote once."""
    for results in (place.decisive, place.screening.routes):
        found: dict[tuple[object, str, str], AtomTrace] = {}
        for result in results:
            for trace in trace_atoms(result.trace):
                if trace.atom.fact == fact:
                    found.setdefault((trace.atom.test, trace.atom.article, trace.atom.quote), trace)
        if found:
            return tuple(found.values())
    return ()
