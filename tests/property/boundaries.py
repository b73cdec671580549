"""People at the edges of a route, and what an independent reading of the document says of them.

For every way to meet a route, one fact after the other is moved through all its answers while the rest is met; then two at a time.
"""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Union

from worlds import AS_OF, VOCABULARY

from bot.eligibility.screening import evaluate_atom
from bot.eligibility.values import Choice, Dates, Places, Value, inside
from bot.policy.model import All, Atom, Condition, Outside, Pack, Route, Within, atoms

_PAIRS = 150
_ROOT = Path(__file__).parents[2]
Oracle = Mapping[str, Callable[[Mapping[str, Union[str, date]], date], str]]


def oracle_of(policy: str) -> Oracle | None:
    """The independent oracle of a document, where ``tests/oracle`` exists.

    ``tests.oracle.oracle(policy_id)`` gives for each route a function from complete facts and a day to ``"yes"``, ``"no"`` or
    ``"open"``; see :func:`plain` for how facts are told.
    """
    if not (_ROOT / "tests" / "oracle").is_dir():
        return None
    if str(_ROOT) not in sys.path:
        sys.path.append(str(_ROOT))
    found: Oracle = importlib.import_module("tests.oracle").oracle(policy)
    return found


def plain(facts: Mapping[str, Value]) -> dict[str, str | date]:
    """Exact facts as the oracle reads them: a bare value, the path of a place, a day; what the route does not name is presumed."""
    told: dict[str, str | date] = {}
    for name, spec in VOCABULARY.facts.items():
        value = facts.get(name)
        if isinstance(value, Choice):
            told[name] = next(iter(value.values))
        elif isinstance(value, Places):
            told[name] = next(iter(value.include))
        elif isinstance(value, Dates) and value.first is not None:
            told[name] = value.first
        else:
            told[name] = AS_OF if spec.type == "date" else "别省/别市" if spec.type == "place" else (*spec.presumed, *spec.labels)[0]
    return told


def asked_of(oracle: Oracle, pack: Pack, route: Route, facts: Mapping[str, Value]) -> str:
    """What the oracle says of a person, taking the most favourable answer to every fact that only the oracle asks about."""
    groups = importlib.import_module("tests.oracle.answers").facts_read(oracle[route.id])
    unasked = [f for group in groups for f in group if f not in facts]
    said = {
        oracle[route.id](plain({**facts, **dict(zip(unasked, more, strict=True))}), AS_OF)
        for more in product(*(answers(pack, f) for f in unasked))
    }
    return next(v for v in ("yes", "open", "no") if v in said)


def answers(pack: Pack, fact: str) -> list[Value]:
    """Every exact answer at an edge of the document: all values, a place in and beside every region, the days around every limit."""
    spec = VOCABULARY.facts[fact]
    if spec.labels:
        return [Choice(frozenset({v})) for v in spec.labels]
    if spec.type == "date":
        days = [0, 1, -1, 90, -90, 183 + 60, -183 - 60, 500, -500]
        for months in (6, 12):
            for sign in (1, -1):
                near = _months_from(AS_OF, sign * months)
                days.extend((near - AS_OF).days + n for n in (-2, -1, 0, 1, 2))
        return [Dates(AS_OF + timedelta(days=n), AS_OF + timedelta(days=n)) for n in sorted(set(days))]
    tests = [t for r in pack.routes for a in atoms(r.when) if a.fact == fact for t in (a.test, a.reading_b)]
    regions = {p for t in tests if isinstance(t, (Within, Outside)) for p in t.places}
    parents = {r.rsplit("/", 1)[0] for r in regions if "/" in r}
    # A region that has others inside it is told by a place in it that is in none of them.
    leaves = {r for r in regions if not any(q != r and inside(q, r) for q in regions)}
    return [Places(frozenset({p})) for p in (*sorted(leaves), *(f"{p}/别处" for p in sorted(regions | parents)), "别省/别市")]


def _months_from(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


def people_at_the_edges(pack: Pack, route: Route) -> list[dict[str, Value]]:
    """Exact facts around every way to meet the route; facts of the authority are left out."""
    dice = random.Random(route.id)
    found: list[dict[str, Value]] = []
    for way in _ways(route.when):
        by_fact: dict[str, list[Atom]] = {}
        for atom in way:
            by_fact.setdefault(atom.fact, []).append(atom)
        bases = [_met(pack, by_fact, _rest(pack, route, by_fact, dice)) for _ in range(2)]
        facts = list(bases[0])
        for base in bases:
            for fact in facts:
                found.extend({**base, fact: value} for value in answers(pack, fact))
        for _ in range(_PAIRS):
            changed = dice.sample(facts, min(2, len(facts)))
            found.append({**dice.choice(bases), **{f: dice.choice(answers(pack, f)) for f in changed}})
    return found


def _ways(node: Condition) -> list[tuple[Atom, ...]]:
    if isinstance(node, Atom):
        return [(node,)]
    below = [_ways(child) for child in node.of]
    if isinstance(node, All):
        return [tuple(a for part in parts for a in part) for parts in product(*below)]
    return [way for options in below for way in options]


def _rest(pack: Pack, route: Route, taken: Mapping[str, object], dice: random.Random) -> dict[str, Value]:
    """Answers, mostly unfitting ones, for the facts of the route that this way does not need."""
    rest: dict[str, Value] = {}
    for atom in atoms(route.when):
        if atom.fact not in taken and VOCABULARY.facts[atom.fact].answered_by != "authority":
            unfit = [v for v in answers(pack, atom.fact) if evaluate_atom(atom, {atom.fact: v}, AS_OF).value is False]
            rest[atom.fact] = dice.choice(unfit or answers(pack, atom.fact))
    return rest


def _met(pack: Pack, way: Mapping[str, list[Atom]], rest: dict[str, Value]) -> dict[str, Value]:
    met = dict(rest)
    for fact, wanted in way.items():
        if VOCABULARY.facts[fact].answered_by == "authority":
            continue

        def fit(value: Value, wanted: list[Atom] = wanted, fact: str = fact) -> int:
            return sum({True: 2, None: 1, False: 0}[evaluate_atom(a, {fact: value}, AS_OF).value] for a in wanted)

        met[fact] = max(answers(pack, fact), key=fit)
    return met
