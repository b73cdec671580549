"""Small wrongs that a pack could hold, each of which some test must notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from worlds import VOCABULARY

from bot.policy.model import All, Any_, Atom, Condition, In, MonthsSince, MonthsUntil, Outside, Pack, Test, Within, atoms

_SWAPPED_MONTHS = {12: 6, 6: 12}


@dataclass(frozen=True)
class Mutant:
    """A pack with one wrong in one route. ``kind`` is ``drop``, ``flip``, ``months``, ``readings`` or ``quote``."""

    kind: str
    what: str
    route: str
    pack: Pack


def mutants(pack: Pack) -> Iterator[Mutant]:
    """Every mutant of every route."""
    quotes = sorted({(a.article, a.quote) for r in pack.routes for a in atoms(r.when)})
    for route in pack.routes:
        for kind, what, when in _of(route.when, quotes):
            routes = tuple(replace(r, when=when) if r.id == route.id else r for r in pack.routes)
            yield Mutant(kind, f"{pack.id} {route.id}: {kind} {what}", route.id, replace(pack, routes=routes))


def _of(node: Condition, quotes: list[tuple[str, str]]) -> Iterator[tuple[str, str, Condition]]:
    if isinstance(node, Atom):
        yield from _wrong_atoms(node, quotes)
        return
    for n, child in enumerate(node.of):
        rest = node.of[:n] + node.of[n + 1:]
        if rest:
            yield "drop", _name(child), _like(node, rest)
        for kind, what, wrong in _of(child, quotes):
            yield kind, what, _like(node, (*node.of[:n], wrong, *node.of[n + 1:]))


def _like(node: All | Any_, children: tuple[Condition, ...]) -> Condition:
    return All(children) if isinstance(node, All) else Any_(children)


def _name(node: Condition) -> str:
    return " & ".join(a.text for a in atoms(node))


def _wrong_atoms(atom: Atom, quotes: list[tuple[str, str]]) -> Iterator[tuple[str, str, Condition]]:
    rival = None if atom.reading_b is None else _flipped(atom.reading_b, atom)
    yield "flip", atom.text, replace(atom, test=_flipped(atom.test, atom), reading_b=rival)
    wrong = _other_months(atom.test)
    if wrong != atom.test:
        yield "months", atom.text, replace(atom, test=wrong)
    if atom.reading_b is not None:
        if _other_months(atom.reading_b) != atom.reading_b:
            yield "months", f"{atom.text} (reading B)", replace(atom, reading_b=_other_months(atom.reading_b))
        # Which reading is called A does not change a verdict, so the wrong is to take either for the only one.
        yield "readings", f"{atom.text}: A alone", replace(atom, reading_b=None)
        yield "readings", f"{atom.text}: B alone", replace(atom, test=atom.reading_b, reading_b=None)
    # The first passage of another article: verbatim in the document, and not what this condition rests on.
    yield "quote", atom.text, replace(atom, quote=next(q for article, q in quotes if article != atom.article and q != atom.quote))


def _flipped(test: Test, atom: Atom) -> Test:
    if isinstance(test, In):
        return In(VOCABULARY.facts[atom.fact].values - test.values)
    if isinstance(test, Within):
        return Outside(test.places)
    if isinstance(test, Outside):
        return Within(test.places)
    if isinstance(test, MonthsSince):
        return MonthsSince(max=test.min, min=test.max)
    if isinstance(test, MonthsUntil):
        return MonthsUntil(min=test.max, max=test.min)
    return replace(test, min=test.max, max=test.min)


def _other_months(test: Test) -> Test:
    if isinstance(test, (MonthsSince, MonthsUntil)):
        low, high = (None if m is None else _SWAPPED_MONTHS.get(m, m) for m in (test.min, test.max))
        return replace(test, min=low, max=high)
    return test
