"""Made-up residents for the real documents: what is known of each fact, from exactly to not at all."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from bot.eligibility.cells import cells, fact_tests
from bot.eligibility.codec import full
from bot.eligibility.means import load_means
from bot.eligibility.values import Choice, Dates, Months, Places, Value, meet
from bot.policy.load import load_packs
from bot.policy.model import Atom, Pack, Route, atoms

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


def exact(fact: str) -> list[Value]:
    """Every answer to a fact that either document tells apart."""
    return list(cells(full(VOCABULARY.facts[fact]), TESTS.get(fact, ()), AS_OF))


def exactly(fact: str) -> st.SearchStrategy[Value]:
    """One exact answer."""
    return st.sampled_from(exact(fact))


def vaguely(fact: str) -> st.SearchStrategy[Value]:
    """An answer that leaves several values possible."""
    known = exact(fact)
    sample = known[0]
    if isinstance(sample, Choice):
        values = sorted(VOCABULARY.facts[fact].values)
        return st.sets(st.sampled_from(values), min_size=1).map(lambda s: Choice(frozenset(s)))
    if isinstance(sample, Places):
        return st.lists(st.sampled_from(known), min_size=1, max_size=3).map(_union)
    days = st.dates(date(2025, 6, 1), date(2027, 12, 31))
    if isinstance(sample, Dates):
        ends = st.tuples(st.none() | days, st.none() | days)
        return ends.map(lambda e: Dates(*sorted(e)) if e[0] and e[1] else Dates(*e))  # type: ignore[type-var]
    return st.integers(0, 60).map(lambda n: Months(n, None))


def _union(parts: list[Value]) -> Value:
    include = frozenset(p for part in parts if isinstance(part, Places) for p in part.include)
    cuts = [part.exclude for part in parts if isinstance(part, Places)]
    return Places(include, frozenset.intersection(*cuts))


def people(pack: Pack, answer=None) -> st.SearchStrategy[dict[str, Value]]:  # type: ignore[no-untyped-def]
    """Facts of one person, each known exactly, vaguely or not at all."""
    choose = answer or (lambda fact: exactly(fact) | vaguely(fact))
    return st.fixed_dictionaries({}, optional={fact: choose(fact) for fact in facts_of(pack)})


def likely(pack: Pack) -> st.SearchStrategy[dict[str, Value]]:
    """People near to a route: most of what one route needs is met, the rest is anything.

    Pure chance meets seven conditions of a route almost never, and then nothing is proved of an "eligible".
    """

    def near(route: Route) -> st.SearchStrategy[dict[str, Value]]:
        wanted = {a.fact: a for a in atoms(route.when)}
        return st.fixed_dictionaries({f: _mostly(a) for f, a in wanted.items() if VOCABULARY.facts[f].answered_by != "authority"})

    aimed = st.sampled_from(list(pack.routes)).flatmap(near)
    return st.tuples(people(pack), aimed).map(lambda two: {**two[0], **two[1]})


def _mostly(atom: Atom) -> st.SearchStrategy[Value]:
    from bot.eligibility.screening import evaluate_atom

    good = [c for c in exact(atom.fact) if evaluate_atom(atom, {atom.fact: c}, AS_OF).value is True]
    rest = exactly(atom.fact) | vaguely(atom.fact)
    return st.one_of(st.sampled_from(good), st.sampled_from(good), st.sampled_from(good), rest) if good else rest


def narrowed(value: Value, by: Value) -> Value:
    """What both leave possible, or the first alone where they contradict each other."""
    both = meet(value, by)
    return value if both is None else both
