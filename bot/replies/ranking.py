"""Which routes a verdict mentions: those the resident asked about, then those that decide, at most two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from bot.eligibility.question import WHENCE
from bot.eligibility.screening import AtomTrace, RouteResult, Screening, Trace, Verdict, deciding_atoms, progress
from bot.policy.model import atoms

# How much nearer a route counts because the resident asked about it, in conditions met.
_ASKED = 2.0
# A question about so few routes is about the first of them.
SPECIFIC = 4
_WISH, _AREA = "wish.", ".area"


def ranked(screening: Screening, focus: Sequence[str], told: Collection[str] | None = None) -> list[RouteResult]:
    """The routes in the order they matter: those that hold, then the nearest ones; one the resident asked about counts as nearer.

    ``told`` are the facts the resident gave: a route is near by what was told of it, not by what is presumed of everyone.
    """
    weight = {Verdict.ELIGIBLE: 0, Verdict.NEED_MORE_INFO: 1, Verdict.NOT_ELIGIBLE: 2, Verdict.NOT_COVERED: 3}

    def key(item: tuple[int, RouteResult]) -> tuple[int, float, int, int]:
        place, result = item
        asked = focus.index(result.route.id) if result.route.id in focus else len(focus)
        near = facts_met(result, told) + _progress(result, told) + _ASKED * (1 - asked / (2 * len(focus)) if asked < len(focus) else 0.0)
        return (weight[result.verdict], 0.0 if result.verdict is Verdict.ELIGIBLE else -near, asked, place)

    results = [(i, r) for i, r in enumerate(screening.routes) if r.route.settles or r.route.id in focus]
    return [r for _, r in sorted(results, key=key)]


def alone(order: Sequence[RouteResult], focus: Sequence[str], told: Collection[str] | None) -> list[RouteResult]:
    """Of the routes in their order, those that the resident asked about and nothing else, the one to judge first."""
    asked = [r for r in order if r.route.id in focus]

    def key(result: RouteResult) -> tuple[bool, int, bool, int]:
        elsewhere = _for_another_area(result)
        return (result.verdict is not Verdict.ELIGIBLE, -facts_met(result, told), elsewhere, focus.index(result.route.id))

    return sorted(asked, key=key)


def _for_another_area(result: RouteResult) -> bool:
    """Whether a route is closed for no other reason than that it is for towns and the case lies in a village, or the other way round."""
    deciding = tuple(deciding_atoms(result.trace)) if result.verdict is Verdict.NOT_ELIGIBLE else ()
    return bool(deciding) and all(trace.atom.fact.endswith(_AREA) for trace in deciding)


def facts_met(result: RouteResult, told: Collection[str] | None) -> int:
    """How many of the facts told meet a condition of the route; where somebody is from brings nobody near to any."""
    if told is None:
        return len(result.met)
    found = result.met if result.verdict is Verdict.NOT_ELIGIBLE else {a.atom.fact for a in alive(result.trace) if a.value is True}
    return len(found.intersection(told) - WHENCE)


def most_met(results: Iterable[RouteResult], told: Collection[str]) -> int:
    """How many of the facts told meet a condition of the one of these routes that they fit best."""
    return max((facts_met(r, told) for r in results), default=0)


def alive(trace: Trace) -> Iterator[AtomTrace]:
    """The conditions of a route that is not closed, but for those of alternatives that are."""
    if isinstance(trace, AtomTrace):
        yield trace
        return
    for child in trace.children:
        if child.value is not False:
            yield from alive(child)


def _progress(result: RouteResult, told: Collection[str] | None) -> float:
    """How much of the route is met, from 0 to 1; what is presumed of everyone brings nobody nearer."""
    return result.progress if told is None else progress(result.trace, frozenset(told) - WHENCE)


def spoken_for(result: RouteResult, told: Collection[str]) -> bool:
    """Whether what was told of a route meets a condition of it, or would under one reading of it."""
    return facts_met(result, told) > 0 or any(a.open and a.atom.fact in told for a in result.atoms)


def _spoken_against(result: RouteResult, told: Collection[str]) -> bool:
    """Whether what was told of an open route only closes alternatives of it (没有职称, of those with a title or a degree)."""
    return not spoken_for(result, told) and any(a.value is False and a.atom.fact in told for a in result.atoms)


def worth_naming(open_routes: Sequence[RouteResult], asked: Collection[RouteResult], told: Collection[str] | None) -> list[RouteResult]:
    """The open routes worth naming: those asked about or told of; of a way of which nothing was told, only where there is no other.

    The next question may still be about one that is not named.
    """
    if told is None:
        return list(open_routes)
    fair = [r for r in open_routes if r in asked or not _spoken_against(r, told)]
    return [r for r in fair if r in asked or spoken_for(r, told)] or fair or list(open_routes)


def two(possible: Sequence[RouteResult], told: Collection[str] | None) -> list[RouteResult]:
    """The two ways to name: a way told of is one of them, whatever was asked about (孙子大学刚上完 sounds like kin)."""
    first = list(possible[:2])
    spoken = next((r for r in possible if spoken_for(r, told)), None) if told else None
    return first if spoken is None or spoken in first else [spoken, *first[:1]]


def headline_of(
    asked: Sequence[RouteResult], focus: Sequence[str], told: Collection[str] | None, open_routes: Sequence[RouteResult]
) -> RouteResult | None:
    """The route a question is about: the first of few, where something it looks at was told.

    "孙子大学刚上完" sounds like kin to follow; where nobody who is followed was told, that guess gives no headline.  Nor does a way
    that what was told only speaks against, where it fits one that is still open: 送外卖没合同 asks of a job, not of being hired.
    """
    if len(focus) > SPECIFIC:
        return None
    first = next((r for route in focus for r in asked if r.route.id == route), None)
    if first is None or not told:
        return first
    aimed = first.verdict is Verdict.NOT_ELIGIBLE and all(is_wish(a) for a in deciding_atoms(first.trace))  # only the target differs
    if first.verdict is not Verdict.ELIGIBLE and not aimed and not spoken_for(first, told) and most_met(open_routes, told):
        return next((r for r in asked if r in open_routes and spoken_for(r, told)), None)
    if first in open_routes and _spoken_against(first, told):
        return None
    return first if any(a.fact in told for a in atoms(first.route.when)) else None


def spoken_of_open(
    order: Sequence[RouteResult], focus: Sequence[str], told: Collection[str] | None, named: bool
) -> tuple[list[RouteResult], list[RouteResult]]:
    """The routes that a verdict which waits for more speaks of: the one it says is closed, if any, and those still possible."""
    asked = [r for r in order if r.route.id in focus]
    open_routes = [r for r in order if r.verdict is Verdict.NEED_MORE_INFO]
    possible = worth_naming(open_routes, asked if len(focus) <= SPECIFIC else (), told)
    shown = two(possible, told)
    # What was asked about is said first, also where it is a no and another way is still open.
    headline = nearest_named(order, focus, told) if named and asked else headline_of(asked, focus, told, open_routes)
    closed = [headline] if headline and headline.verdict is Verdict.NOT_ELIGIBLE else []
    nearest = max((r for r in order if r.verdict is Verdict.NOT_ELIGIBLE), key=lambda r: facts_met(r, told), default=None)
    if closed and headline and nearest and not named and facts_met(nearest, told) > facts_met(headline, told):
        closed = [nearest]  # the facts fit another way better than the one named, and that way is a no as well
    unled = headline is None or headline in open_routes and not spoken_for(headline, told or ())
    beside = told is not None and not named and (not asked or unled)
    if beside and nearest and told and closed_by_told(nearest, told) and facts_met(nearest, told) > most_met(open_routes, told):
        closed = [nearest]  # what was told fits one way best, and that way is closed
    if headline in open_routes:
        shown = [r for r in (headline, *(o for o in shown if o is not headline)) if r][:2]
    return closed, shown


def spoken_of(screening: Screening, focus: Sequence[str], told: Collection[str], *, only: bool) -> list[RouteResult]:
    """The routes that a case is about, the nearest first, where a message names none of them (那是哪一条).

    That is the one that is open to the resident; else those still possible that were asked about or told of, unless all that were
    asked about are closed; else the one that is closed.
    """
    order = ranked(screening, focus, told)
    if only and focus:
        return alone(order, focus, told)[:1]
    if yes := [r for r in order if r.verdict is Verdict.ELIGIBLE]:
        return yes[:1]
    closed, possible = spoken_of_open(order, focus, told, False)
    asked = [r for r in order if r.route.id in focus and len(focus) <= SPECIFIC]
    shut = [r for r in asked if r.verdict is Verdict.NOT_ELIGIBLE and closed_by_told(r, told)]
    if asked and len(shut) == len(asked):
        fits_better = possible and facts_met(possible[0], told) > most_met(shut, told)
        return [*shut[:1], *possible] if fits_better else shut[:1]
    if closed and (closed[0] in asked or not asked and facts_met(closed[0], told) > most_met(possible, told)):
        return [*closed, *possible]  # it was asked about, or what was told fits it best
    return possible or closed or [r for r in order if closed_by_told(r, told)][:1]


def nearest_named(order: Sequence[RouteResult], focus: Sequence[str], told: Collection[str] | None) -> RouteResult | None:
    """The nearest of the routes named; one that is closed by what is presumed alone is not called closed."""
    best = alone(order, focus, told)[0]
    return None if best.verdict is Verdict.NOT_ELIGIBLE and not closed_by_told(best, told) else best


def closed_by_told(result: RouteResult, told: Collection[str] | None) -> bool:
    """Whether what closes a route was told, not presumed of everyone."""
    return told is None or any(a.atom.fact in told for a in deciding_atoms(result.trace))


def is_wish(trace: AtomTrace) -> bool:
    """Whether a condition is about where somebody wishes to register, not about who they are."""
    return trace.atom.fact.startswith(_WISH)
