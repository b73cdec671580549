"""A pre-screening in words: the verdict first, then the few conditions that carry it, then what is still to be known.

Only conditions of the trace are said, in the words of the pack and with their quotes.  Which routes are mentioned: those the
resident asked about, then those that decide, at most two.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from bot.eligibility.screening import (
    AllTrace,
    AnyTrace,
    AtomTrace,
    RouteResult,
    Screening,
    Trace,
    Verdict,
    deciding_atoms,
    decisive,
    trace_atoms,
)
from bot.policy.model import Pack, Route, atoms
from bot.replies.answers import citation
from bot.replies.model import Citation, Said
from bot.replies.wording import Wording

_MAX_CONDITIONS = 4
# Of each of several routes.
_FEW = 3
# How much nearer a route counts because the resident asked about it, in conditions met.
_ASKED = 2.0
# A question about so few routes is about the first of them.
_SPECIFIC = 4
_WISH = "wish."


def part_said(trace: Trace, limit: int = _MAX_CONDITIONS) -> tuple[Trace | None, bool]:
    """The part of a trace that is said: what carries its value, of several ways that hold one, at most ``limit`` conditions.

    Returns:
        That part, and whether conditions were left out. What is said and what is cited both come from here.
    """
    kept, left = _cut(_one_way(decisive(trace)), limit)
    return kept, left < 0


def _one_way(trace: Trace) -> Trace:
    if isinstance(trace, AtomTrace):
        return trace
    children = trace.children[:1] if isinstance(trace, AnyTrace) and trace.value is True else trace.children
    return type(trace)(trace.value, tuple(_one_way(child) for child in children))


def _cut(trace: Trace, room: int) -> tuple[Trace | None, int]:
    """The first ``room`` conditions of a trace, each wording once, and the room left; negative where there was too little."""
    if isinstance(trace, AtomTrace):
        return (trace if room > 0 else None), room - 1
    kept: dict[str, Trace] = {}
    for child in trace.children:
        words = _phrase(child)
        if words in kept:
            continue
        part, room = _cut(child, room)
        if part is not None:
            kept[words] = part
    return (type(trace)(trace.value, tuple(kept.values())) if kept else None), room


def phrase(trace: Trace, limit: int = _MAX_CONDITIONS) -> str:
    """The conditions that carry a trace, in plain words: ；between those that go together, 或者 between alternatives."""
    return phrased(*part_said(trace, limit))


def phrased(kept: Trace | None, more: bool) -> str:
    """A part of a trace as :func:`part_said` gives it, in plain words."""
    return (_phrase(kept) if kept else "") + ("等" if more else "")


def _phrase(trace: Trace, inside: str = "") -> str:
    # 且 binds closest, then 或者, then ；, so that no reader has to guess what an alternative covers.
    if isinstance(trace, AtomTrace):
        return trace.atom.text
    if len(trace.children) == 1:
        return _phrase(trace.children[0], inside)
    if isinstance(trace, AllTrace):
        parts = dict.fromkeys(_phrase(child, inside or "all") for child in trace.children)
        return ("且" if inside == "any" else "；").join(parts)
    text = "，或者".join(dict.fromkeys(_phrase(child, "any") for child in trace.children))
    return f"（{text}）" if inside == "any" else text


def cites(pack: Pack, result: RouteResult, limit: int = _MAX_CONDITIONS) -> tuple[Citation, ...]:
    """The passages behind the conditions that :func:`phrase` says of a route; the route's own article comes first."""
    own = result.route.article
    kept, _ = part_said(result.trace, limit)
    found = sorted((a.atom for a in trace_atoms(kept)) if kept else (), key=lambda a: a.article != own)
    if not found or found[0].article != own:
        # What is still open may stand in a general clause; the route is known by its own article.
        found = [*[a for a in atoms(result.route.when) if a.article == own][:1], *found]
    return tuple(dict.fromkeys(citation(pack, a.article, a.quote) for a in found))


def ranked(screening: Screening, focus: Sequence[str], told: Collection[str] | None = None) -> list[RouteResult]:
    """The routes in the order they matter: those that hold, then the nearest ones; one the resident asked about counts as nearer.

    ``told`` are the facts the resident gave: a route is near by what was told of it, not by what is presumed of everyone.
    """
    weight = {Verdict.ELIGIBLE: 0, Verdict.NEED_MORE_INFO: 1, Verdict.NOT_ELIGIBLE: 2, Verdict.NOT_COVERED: 3}

    def key(item: tuple[int, RouteResult]) -> tuple[int, float, int, int]:
        place, result = item
        asked = focus.index(result.route.id) if result.route.id in focus else len(focus)
        near = _met(result, told) + result.progress + _ASKED * (1 - asked / (2 * len(focus)) if asked < len(focus) else 0.0)
        return (weight[result.verdict], 0.0 if result.verdict is Verdict.ELIGIBLE else -near, asked, place)

    results = [(i, r) for i, r in enumerate(screening.routes) if r.route.settles or r.route.id in focus]
    return [r for _, r in sorted(results, key=key)]


def alone(order: Sequence[RouteResult], focus: Sequence[str], told: Collection[str] | None) -> list[RouteResult]:
    """Of the routes in their order, those that the resident asked about and nothing else, the one to judge first."""
    asked = [r for r in order if r.route.id in focus]
    return sorted(asked, key=lambda r: (r.verdict is not Verdict.ELIGIBLE, -_met(r, told), focus.index(r.route.id)))


def _met(result: RouteResult, told: Collection[str] | None) -> int:
    """How many of the facts told meet a condition of the route."""
    return len(result.met if told is None else result.met.intersection(told))


def verdict_said(
    pack: Pack,
    screening: Screening,
    wording: Wording,
    who: str,
    *,
    focus: Sequence[str] = (),
    only: bool = False,
    asking: bool = False,
    told: Collection[str] | None = None,
    named: bool = False,
) -> tuple[Said, ...]:
    """The sentences of a verdict.

    Args:
        who: how the person is addressed.
        focus: the routes the resident asked about, most specific first.
        only: the resident asked about these routes alone, so their verdict is the one to say.
        asking: a question follows, so open wording is not explained yet.
        told: the facts the resident gave.
        named: the routes asked about were named in so many words, so they are spoken of first, whatever was told.
    """
    order = ranked(screening, focus, told)
    asked = [r for r in order if r.route.id in focus]
    said: list[Said] = []
    if only and asked:
        best = alone(order, focus, told)[0]
        said.append(_verdict(pack, wording.phrases[_ONLY[best.verdict]].format(route=best.route.title, who=who), [best]))
        said += _because(pack, best, wording, asking, named=True)
        return _once(*said, *_tail(pack, [best], wording, asking))
    if screening.verdict is Verdict.ELIGIBLE:
        yes = [r for r in order if r.verdict is Verdict.ELIGIBLE]
        missed = [] if any(r in yes for r in asked) else sorted(asked, key=lambda r: focus.index(r.route.id))
        said.append(_verdict(pack, wording.phrases["eligible_other" if missed else "eligible"].format(who=who), yes[:1]))
        # A list of papers is long enough by itself.
        said += _because(pack, yes[0], wording, asking, limit=_FEW if yes[0].route.materials else _MAX_CONDITIONS)
        # At once, so that "this route" is the one just named.
        said += route_gives(pack, yes[0].route, wording)
        said += [Said(wording["route_also"].format(route=r.route.title), "reports", cites(pack, r, 2)) for r in yes[1:2]]
        said += [s for r in missed[:1] for s in _because(pack, r, wording, asking, limit=_FEW - 1)]
        return _once(*said, *_tail(pack, [], wording, asking))
    if screening.verdict is Verdict.NOT_ELIGIBLE:
        shown = order[:2]
        said.append(_verdict(pack, wording.phrases["not_eligible"].format(who=who), shown))
        said += [s for r in shown for s in _because(pack, r, wording, asking, limit=_FEW)]
        return _once(*said, wording.say("caution"))
    open_routes = [r for r in order if r.verdict is Verdict.NEED_MORE_INFO]
    shown = open_routes[:2]
    # What was asked about is said first, also where it is a no and another way is still open.
    headline = _named(order, focus, told) if named and asked else _headline(asked, focus, told)
    closed = [headline] if headline and headline.verdict is Verdict.NOT_ELIGIBLE else []
    nearest = max((r for r in order if r.verdict is Verdict.NOT_ELIGIBLE), key=lambda r: _met(r, told), default=None)
    if closed and headline and nearest and not named and _met(nearest, told) > _met(headline, told):
        closed = [nearest]  # the facts fit another way better than the one named, and that way is a no as well
    if not asked and nearest and told is not None and closed_by_told(nearest, told) and _met(nearest, told) > _most_met(open_routes, told):
        closed = [nearest]  # what was told fits one way best, and that way is closed
    if headline in open_routes:
        shown = [r for r in (headline, *(o for o in open_routes if o is not headline)) if r][:2]
    key = "need_more_info_route" if asking and shown else "need_more_info"
    said += [s for r in closed for s in _because(pack, r, wording, asking)]
    said.append(_verdict(pack, wording[key].format(routes="”“".join(r.route.title for r in shown)), shown))
    said += [s for r in shown for s in _because(pack, r, wording, asking)]
    said += _left_open_by_told(pack, shown, told) if asking else []
    return _once(*said, *_tail(pack, [], wording, asking))


def _left_open_by_told(pack: Pack, results: Iterable[RouteResult], told: Collection[str] | None) -> list[Said]:
    """What the text leaves open of what was told, before a question that cannot settle it: a title not out yet, a trial period."""
    known = frozenset(told or ())
    of_told = next((r for r in results if any(a.atom.fact in known for a in r.atoms)), None)
    for atom in deciding_atoms(of_told.trace) if of_told else ():
        if atom.open in pack.notes and atom.atom.fact in known:
            note = pack.notes[str(atom.open)]
            return [Said(note.say, "states", (citation(pack, note.article, note.quote),))]
    return []


def _most_met(results: Iterable[RouteResult], told: Collection[str]) -> int:
    return max((_met(r, told) for r in results), default=0)


def _headline(asked: Sequence[RouteResult], focus: Sequence[str], told: Collection[str] | None) -> RouteResult | None:
    """The route a question is about: the first of few, where something it looks at was told.

    "孙子大学刚上完" sounds like kin to follow; where nobody who is followed was told, that guess gives no headline.
    """
    if len(focus) > _SPECIFIC:
        return None
    first = next((r for route in focus for r in asked if r.route.id == route), None)
    if first is None or not told or any(a.fact in told for a in atoms(first.route.when)):
        return first
    return None


def _named(order: Sequence[RouteResult], focus: Sequence[str], told: Collection[str] | None) -> RouteResult | None:
    """The nearest of the routes named; one that is closed by what is presumed alone is not called closed."""
    best = alone(order, focus, told)[0]
    return None if best.verdict is Verdict.NOT_ELIGIBLE and not closed_by_told(best, told) else best


def closed_by_told(result: RouteResult, told: Collection[str] | None) -> bool:
    """Whether what closes a route was told, not presumed of everyone."""
    return told is None or any(a.atom.fact in told for a in deciding_atoms(result.trace))


_ONLY = {Verdict.ELIGIBLE: "only_route_yes", Verdict.NOT_ELIGIBLE: "only_route_no", Verdict.NEED_MORE_INFO: "only_route_open"}
_WHY = {Verdict.ELIGIBLE: "route_yes", Verdict.NOT_ELIGIBLE: "route_no"}


def _once(*said: Said) -> tuple[Said, ...]:
    """Two routes may be open for the same reason; it is said once."""
    return tuple({s.text: s for s in said}.values())


def _verdict(pack: Pack, text: str, results: Iterable[RouteResult]) -> Said:
    found = [c for r in results for c in cites(pack, r, 2)]
    return Said(text, "reports", tuple(found))


def _because(
    pack: Pack, result: RouteResult, wording: Wording, asking: bool, named: bool = False, limit: int = _MAX_CONDITIONS
) -> list[Said]:
    """Why a route has its verdict, in at most ``limit`` conditions; ``named``: the sentence before has named the route already."""
    title, found, conditions = result.route.title, cites(pack, result, limit), phrase(result.trace, limit)
    if result.verdict is Verdict.NOT_ELIGIBLE and result.route.registers_at and all(_is_wish(a) for a in deciding_atoms(result.trace)):
        # Right route, wrong target: what the route does give is the answer.
        gives = result.route.registers_at
        key = "route_target" if _met_but_for_wishes(result.trace) else "route_target_open"
        text = wording[key].format(route=title, text=gives.text)
        return [Said(text, "states", (citation(pack, gives.article, gives.quote),))]
    if result.verdict in _WHY:
        key = _WHY[result.verdict] + ("_named" if named else "")
        return [Said(wording[key].format(route=title, conditions=conditions), "reports", found)]
    notes = [n for n in dict.fromkeys(a.open for a in deciding_atoms(result.trace) if a.open) if n in pack.notes]
    if notes and not asking:
        note = pack.notes[notes[0]]
        return [
            Said(note.say, "states", (citation(pack, note.article, note.quote),)),
        ]
    if asking:
        return []
    key = "route_confirm" if all(a.confirm for a in deciding_atoms(result.trace)) else "route_open"
    return [Said(wording[key].format(route=title, conditions=conditions), "reports", found)]


def why_not(pack: Pack, result: RouteResult, wording: Wording) -> Said:
    """Why a route is closed, by the one condition that closes it most plainly."""
    said = _because(pack, result, wording, asking=False, limit=_FEW)
    return said[0]


def _is_wish(trace: AtomTrace) -> bool:
    return trace.atom.fact.startswith(_WISH)


def _met_but_for_wishes(trace: Trace) -> bool:
    """Whether all that a route asks for is known to hold but where it registers; a shop told of shows no licence and no year yet."""
    if isinstance(trace, AtomTrace):
        return trace.value is True or _is_wish(trace)
    met = [_met_but_for_wishes(child) for child in trace.children]
    return any(met) if isinstance(trace, AnyTrace) else all(met)


def _tail(pack: Pack, results: Sequence[RouteResult], wording: Wording, asking: bool) -> list[Said]:
    said: list[Said] = []
    for result in results:
        if result.verdict is not Verdict.ELIGIBLE:
            continue
        said += route_gives(pack, result.route, wording)
    if not asking:
        said.append(wording.say("caution"))
    return said


def route_gives(pack: Pack, route: Route, wording: Wording) -> list[Said]:
    """Where a route registers a person and which papers the text names for it."""
    said: list[Said] = []
    if route.registers_at:
        s = route.registers_at
        said.append(Said(wording["registers"].format(text=s.text), "states", (citation(pack, s.article, s.quote),)))
    if route.materials:
        listed = tuple(citation(pack, s.article, s.quote) for s in route.materials)
        said.append(Said(wording["materials"].format(items="；".join(s.text for s in route.materials)), "states", listed))
    else:
        said.append(Said(wording["materials_none"], "absent"))
    return said
