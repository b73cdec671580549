"""Made-up residents for the real documents: what is known of each fact, from exactly to not at all."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from bot.eligibility.cells import cells, fact_tests
from bot.eligibility.codec import full
from bot.eligibility.means import load_means
from bot.eligibility.screening import evaluate_atom
from bot.eligibility.values import Choice, Dates, Months, Places, Value, meet
from bot.policy.load import load_packs
from bot.policy.model import Pack, Route, atoms

PACKS = load_packs()
VOCABULARY = PACKS.vocabulary
MEANS = load_means(VOCABULARY)
AS_OF = date(2026, 11, 22)
TESTS = {fact: [t for p in PACKS for t in fact_tests(p).get(fact, [])] for p in PACKS for fact in fact_tests(p)}

packs = st.sampled_from(list(PACKS))


def facts_of(pack: Pack, *routes: Route) -> list[str]:
    """The facts that the routes (or all of the document) name and somebody can answer."""
    names = {a.fact for r in routes or pack.routes for a in atoms(r.when)}
    return sorted(n for n in names if VOCABULARY.facts[n].answered_by != "authority")


@cache
def exact(fact: str) -> tuple[Value, ...]:
    """Every answer to a fact that either document tells apart."""
    return tuple(cells(full(VOCABULARY.facts[fact]), TESTS.get(fact, ()), AS_OF))


def vague(fact: str, dice: random.Random) -> Value:
    """An answer that leaves several values possible."""
    known = exact(fact)
    sample = known[0]
    if isinstance(sample, Choice):
        values = sorted(VOCABULARY.facts[fact].values)
        return Choice(frozenset(dice.sample(values, dice.randint(1, len(values)))))
    if isinstance(sample, Places):
        return _union(dice.sample(known, min(len(known), dice.randint(1, 3))))
    if isinstance(sample, Dates):
        first, last = sorted(AS_OF + timedelta(days=dice.randint(-600, 400)) for _ in range(2))
        return Dates(dice.choice([first, None]), dice.choice([last, None]))
    return Months(dice.randint(0, 60), None)


def _union(parts: Sequence[Value]) -> Value:
    include = frozenset(p for part in parts if isinstance(part, Places) for p in part.include)
    cuts = [part.exclude for part in parts if isinstance(part, Places)]
    return Places(include, frozenset.intersection(*cuts))


def person(pack: Pack, seed: int) -> dict[str, Value]:
    """One resident: each fact known exactly, vaguely or not at all.

    Pure chance meets seven conditions of a route almost never, so two in three are aimed at a route: most of what it needs is met.
    """
    dice = random.Random(seed)
    share = dice.choice([0.0, 0.2, 0.5, 0.9])
    facts = {f: _anything(f, dice) for f in facts_of(pack) if dice.random() < share}
    if dice.random() < 0.67:
        for atom in atoms(dice.choice(pack.routes).when):
            good = [c for c in exact(atom.fact) if evaluate_atom(atom, {atom.fact: c}, AS_OF).value is True]
            if VOCABULARY.facts[atom.fact].answered_by != "authority" and dice.random() < 0.95:
                facts[atom.fact] = dice.choice(good) if good and dice.random() < 0.9 else _anything(atom.fact, dice)
    return facts


def _anything(fact: str, dice: random.Random) -> Value:
    return dice.choice(exact(fact)) if dice.random() < 0.6 else vague(fact, dice)


# Drawn from a seed: a strategy of thirty optional facts costs a hundred times what the screening costs that it is to test.
seeds = st.integers(0, 2**32)
anyone = st.tuples(packs, seeds).map(lambda two: (two[0], person(*two), random.Random(two[1] + 1)))
"""A document, a resident's facts for it, and dice for what else the test draws."""


def narrowed(value: Value, by: Value) -> Value:
    """What both leave possible, or the first alone where they contradict each other."""
    both = meet(value, by)
    return value if both is None else both
