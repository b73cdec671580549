"""A pre-screening in words: the verdict first, then the few conditions that carry it, then what is still to be known.

Only conditions of the trace are said, in the words of the pack and with their quotes.  Which routes are mentioned: those the
resident asked about, then those that decide, at most two.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from os.path import commonprefix
from types import MappingProxyType

from bot.eligibility.question import WHENCE, can_be_met
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
    progress,
    trace_atoms,
)
from bot.policy.model import MonthsSince, MonthsUntil, Outside, Pack, Route, Within, atoms
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
_WISH, _HOME, _LOCAL = "wish.", "housing.place", "当地"
# What alternatives have in common, up to where a word surely ends: 对方是配偶, 对方是子女.
_STEM = re.compile(".*[是的]")


def part_said(trace: Trace, limit: int = _MAX_CONDITIONS, *, why: bool = False) -> tuple[Trace | None, bool]:
    """The part of a trace that is said: what carries its value, of several ways that hold one, at most ``limit`` conditions.

    Args:
        why: it is said as the reason of a no, so that alternatives which are no reason are left out.

    Returns:
        That part, and whether conditions were left out. What is said and what is cited both come from here.
    """
    kept, left = _cut(_one_way(decisive(_reasons(trace) if why else trace)), limit)
    return kept, left < 0


def _one_way(trace: Trace) -> Trace:
    if isinstance(trace, AtomTrace):
        return trace
    children = trace.children[:1] if isinstance(trace, AnyTrace) and trace.value is True else trace.children
    return type(trace)(trace.value, tuple(_one_way(child) for child in children))


def _reasons(trace: Trace) -> Trace:
    """A trace without the closed alternatives that are no reason for whoever is told why.

    What meets another alternative is no reason: a married daughter is told 未婚或离异 and not that she follows no spouse.  A place
    (户口本来就在那里) is none where another alternative is closed by something that one can have or lack.
    """
    if isinstance(trace, AtomTrace):
        return trace
    children = trace.children
    if isinstance(trace, AnyTrace) and trace.value is False:
        met = {a.atom.fact for a in trace_atoms(trace) if a.value is True}
        children = tuple(c for c in children if any(a.atom.fact not in met for a in deciding_atoms(c))) or children
        children = tuple(c for c in children if not _placed(c)) or children
    return type(trace)(trace.value, tuple(_reasons(child) for child in children))


def _placed(trace: Trace) -> bool:
    """Whether places alone close an alternative."""
    return all(isinstance(a.atom.test, (Within, Outside)) for a in deciding_atoms(trace))


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


def phrase(trace: Trace, limit: int = _MAX_CONDITIONS, *, why: bool = False) -> str:
    """The conditions that carry a trace, in plain words: ；between those that go together, 或者 between alternatives."""
    return phrased(*part_said(trace, limit, why=why))


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
    options = tuple(dict.fromkeys(_phrase(child, "any") for child in trace.children))
    if all(sum(1 for _ in trace_atoms(child)) == 1 for child in trace.children) and (listed := _listed(options)):
        return listed
    text = "，或者".join(options)
    return f"（{text}）" if inside == "any" else text


def _listed(options: Sequence[str]) -> str:
    """Alternatives that begin alike as one list: 对方是配偶、子女或父母; empty where they do not."""
    stem = _STEM.match(commonprefix(options))
    if len(options) < 2 or stem is None or len(stem.group()) < 2:
        return ""
    rest = [option[stem.end():] for option in options]
    return stem.group() + "、".join(rest[:-1]) + "或" + rest[-1] if all(rest) else ""


def cites(pack: Pack, result: RouteResult, limit: int = _MAX_CONDITIONS, *, why: bool = False) -> tuple[Citation, ...]:
    """The passages behind the conditions that :func:`phrase` says of a route; the route's own article comes first."""
    own = result.route.article
    kept, _ = part_said(result.trace, limit, why=why)
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
        near = _met(result, told) + _progress(result, told) + _ASKED * (1 - asked / (2 * len(focus)) if asked < len(focus) else 0.0)
        return (weight[result.verdict], 0.0 if result.verdict is Verdict.ELIGIBLE else -near, asked, place)

    results = [(i, r) for i, r in enumerate(screening.routes) if r.route.settles or r.route.id in focus]
    return [r for _, r in sorted(results, key=key)]


def alone(order: Sequence[RouteResult], focus: Sequence[str], told: Collection[str] | None) -> list[RouteResult]:
    """Of the routes in their order, those that the resident asked about and nothing else, the one to judge first."""
    asked = [r for r in order if r.route.id in focus]
    return sorted(asked, key=lambda r: (r.verdict is not Verdict.ELIGIBLE, -_met(r, told), focus.index(r.route.id)))


def _met(result: RouteResult, told: Collection[str] | None) -> int:
    """How many of the facts told meet a condition of the route; where somebody is from brings nobody near to any."""
    if told is None:
        return len(result.met)
    found = result.met if result.verdict is Verdict.NOT_ELIGIBLE else {a.atom.fact for a in _alive(result.trace) if a.value is True}
    return len(found.intersection(told) - WHENCE)


def _alive(trace: Trace) -> Iterator[AtomTrace]:
    """The conditions of a route that is not closed, but for those of alternatives that are."""
    if isinstance(trace, AtomTrace):
        yield trace
        return
    for child in trace.children:
        if child.value is not False:
            yield from _alive(child)


def _progress(result: RouteResult, told: Collection[str] | None) -> float:
    """How much of the route is met, from 0 to 1; what is presumed of everyone brings nobody nearer."""
    return result.progress if told is None else progress(result.trace, frozenset(told) - WHENCE)


def _spoken_for(result: RouteResult, told: Collection[str]) -> bool:
    """Whether what was told of a route meets a condition of it, or would under one reading of it."""
    return _met(result, told) > 0 or any(a.open and a.atom.fact in told for a in result.atoms)


def _spoken_against(result: RouteResult, told: Collection[str]) -> bool:
    """Whether what was told of an open route only closes alternatives of it (没有职称, of those with a title or a degree)."""
    return not _spoken_for(result, told) and any(a.value is False and a.atom.fact in told for a in result.atoms)


def _possible(open_routes: Sequence[RouteResult], asked: Collection[RouteResult], told: Collection[str] | None) -> list[RouteResult]:
    """The open routes worth naming: those asked about or told of; of a way of which nothing was told, only where there is no other.

    The next question may still be about one that is not named.
    """
    if told is None:
        return list(open_routes)
    fair = [r for r in open_routes if r in asked or not _spoken_against(r, told)]
    return [r for r in fair if r in asked or _spoken_for(r, told)] or fair or list(open_routes)


def _two(possible: Sequence[RouteResult], told: Collection[str] | None) -> list[RouteResult]:
    """The two ways to name: a way told of is one of them, whatever was asked about (孙子大学刚上完 sounds like kin)."""
    first = list(possible[:2])
    spoken = next((r for r in possible if _spoken_for(r, told)), None) if told else None
    return first if spoken is None or spoken in first else [spoken, *first[:1]]


def verdict_said(
    pack: Pack,
    screening: Screening,
    wording: Wording,
    who: str,
    *,
    focus: Sequence[str] = (),
    only: bool = False,
    asking: str | None = None,
    told: Collection[str] | None = None,
    named: bool = False,
    from_days: Mapping[str, date] = MappingProxyType({}),
    home: str = "",
) -> tuple[Said, ...]:
    """The sentences of a verdict.

    Args:
        who: how the person is addressed.
        focus: the routes the resident asked about, most specific first.
        only: the resident asked about these routes alone, so their verdict is the one to say.
        asking: the fact that a question asks for after it, so that open wording is not explained yet.
        told: the facts the resident gave.
        named: the routes asked about were named in so many words, so they are spoken of first, whatever was told.
        from_days: by the id of a route that only a day closes, the first day on which it no longer does.
        home: the county or district of the home told of, where the question is of another: a home serves where it stands.
    """
    order = ranked(screening, focus, told)
    asked = [r for r in order if r.route.id in focus]
    said: list[Said] = []
    if only and asked:
        best = alone(order, focus, told)[0]
        said.append(_verdict(pack, wording.phrases[_ONLY[best.verdict]].format(route=best.route.title, who=who), [best]))
        said += [*_because(pack, best, wording, bool(asking), named=True), *from_day(pack, best, wording, from_days)]
        return _once(*said, *_tail(pack, [best], wording, bool(asking)))
    if screening.verdict is Verdict.ELIGIBLE:
        yes = [r for r in order if r.verdict is Verdict.ELIGIBLE]
        # One that only a presumption closes is not held against anybody.
        fair = [r for r in asked if r.verdict is not Verdict.NOT_ELIGIBLE or closed_by_told(r, told)]
        missed = [] if any(r in yes for r in asked) else sorted(fair, key=lambda r: focus.index(r.route.id))
        said.append(_verdict(pack, wording.phrases["eligible_other" if missed else "eligible"].format(who=who), yes[:1]))
        # A list of papers is long enough by itself.
        said += _because(pack, yes[0], wording, bool(asking), limit=_FEW if yes[0].route.materials else _MAX_CONDITIONS)
        # At once, so that "this route" is the one just named.
        local = _local(pack, yes[0].route, wording, home)
        said += [*route_gives(pack, yes[0].route, wording), *local]
        said += [Said(wording["route_also"].format(route=r.route.title), "reports", cites(pack, r, 2)) for r in yes[1:2]]
        # A way that was asked about for another place is not judged by this home.
        said += [s for r in (() if local else missed[:1]) for s in _because(pack, r, wording, bool(asking), limit=_FEW - 1)]
        return _once(*said, *_tail(pack, [], wording, bool(asking)))
    if screening.verdict is Verdict.NOT_ELIGIBLE:
        shown = order[:2]
        said.append(_verdict(pack, wording.phrases["not_eligible"].format(who=who), shown))
        said += [s for r in shown for s in (*_because(pack, r, wording, bool(asking), limit=_FEW), *from_day(pack, r, wording, from_days))]
        return _once(*said, wording.say("caution"))
    open_routes = [r for r in order if r.verdict is Verdict.NEED_MORE_INFO]
    possible = _possible(open_routes, asked if len(focus) <= _SPECIFIC else (), told)
    shown = _two(possible, told)
    # What was asked about is said first, also where it is a no and another way is still open.
    headline = _named(order, focus, told) if named and asked else _headline(asked, focus, told, open_routes)
    closed = [headline] if headline and headline.verdict is Verdict.NOT_ELIGIBLE else []
    nearest = max((r for r in order if r.verdict is Verdict.NOT_ELIGIBLE), key=lambda r: _met(r, told), default=None)
    if closed and headline and nearest and not named and _met(nearest, told) > _met(headline, told):
        closed = [nearest]  # the facts fit another way better than the one named, and that way is a no as well
    unled = headline is None or headline in open_routes and not _spoken_for(headline, told or ())
    beside = told is not None and not named and (not asked or unled)
    if beside and nearest and told and closed_by_told(nearest, told) and _met(nearest, told) > _most_met(open_routes, told):
        closed = [nearest]  # what was told fits one way best, and that way is closed
    if headline in open_routes:
        shown = [r for r in (headline, *(o for o in shown if o is not headline)) if r][:2]
    key = "need_more_info_route" if asking and shown else "need_more_info"
    said += [s for r in closed for s in (*_because(pack, r, wording, bool(asking)), *from_day(pack, r, wording, from_days))]
    said.append(_verdict(pack, wording[key].format(routes="”“".join(r.route.title for r in shown)), shown))
    said += [s for r in shown for s in _because(pack, r, wording, bool(asking))]
    if asking and told is not None and shown:
        said += [*dates_fit(pack, shown[0], wording, told), *for_the_authority(pack, shown[0], wording, told)]
        if all(a.fact != asking for r in shown for a in atoms(r.route.when)):
            said.append(wording.say("other_ways"))
    return _once(*said, *_tail(pack, [], wording, bool(asking)))


def _most_met(results: Iterable[RouteResult], told: Collection[str]) -> int:
    return max((_met(r, told) for r in results), default=0)


def _headline(
    asked: Sequence[RouteResult], focus: Sequence[str], told: Collection[str] | None, open_routes: Sequence[RouteResult]
) -> RouteResult | None:
    """The route a question is about: the first of few, where something it looks at was told.

    "孙子大学刚上完" sounds like kin to follow; where nobody who is followed was told, that guess gives no headline.  Nor does a way
    that what was told only speaks against, where it fits one that is still open: 送外卖没合同 asks of a job, not of being hired.
    """
    if len(focus) > _SPECIFIC:
        return None
    first = next((r for route in focus for r in asked if r.route.id == route), None)
    if first is None or not told:
        return first
    aimed = first.verdict is Verdict.NOT_ELIGIBLE and all(_is_wish(a) for a in deciding_atoms(first.trace))  # only the target differs
    if first.verdict is not Verdict.ELIGIBLE and not aimed and not _spoken_for(first, told) and _most_met(open_routes, told):
        return next((r for r in asked if r in open_routes and _spoken_for(r, told)), None)
    if first in open_routes and _spoken_against(first, told):
        return None
    return first if any(a.fact in told for a in atoms(first.route.when)) else None


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
    no = result.verdict is Verdict.NOT_ELIGIBLE
    title, found, conditions = result.route.title, cites(pack, result, limit, why=no), phrase(result.trace, limit, why=no)
    if no and result.route.registers_at and all(_is_wish(a) for a in deciding_atoms(result.trace)):
        # Right route, wrong target: what the route does give is the answer.
        gives = result.route.registers_at
        key = "route_target" if _met_but_for_wishes(result.trace) else "route_target_open"
        text = wording[key].format(route=title, text=gives.text)
        return [Said(text, "states", (citation(pack, gives.article, gives.quote),))]
    if result.verdict in _WHY:
        key = _WHY[result.verdict] + ("_named" if named else "")
        return [Said(wording[key].format(route=title, conditions=conditions), "reports", found)]
    if asking:
        return []
    if noted := _left_open(pack, [a.open for a in deciding_atoms(result.trace)]):
        return noted
    key = "route_confirm" if all(a.confirm for a in deciding_atoms(result.trace)) else "route_open"
    return [Said(wording[key].format(route=title, conditions=conditions), "reports", found)]


def _left_open(pack: Pack, notes: Iterable[str | None]) -> list[Said]:
    """What the first of these notes says of the words that it leaves open."""
    note = next((pack.notes[n] for n in notes if n and n in pack.notes), None)
    return [Said(note.say, "states", (citation(pack, note.article, note.quote),))] if note else []


def for_the_authority(pack: Pack, result: RouteResult, wording: Wording, told: Collection[str]) -> list[Said]:
    """What of an open route no answer can settle, where what was told brings it up: it decides the case, so no question comes before it."""
    if can_be_met(result.trace):
        return []
    deciding = list(deciding_atoms(result.trace))
    if noted := _left_open(pack, [a.open for a in deciding if a.atom.fact in told]):
        return noted
    sure = [a.atom for a in deciding if a.confirm]
    if not sure or not _spoken_for(result, told):
        return []
    conditions = "；".join(dict.fromkeys(a.text for a in sure))
    text = wording["route_confirm"].format(route=result.route.title, conditions=conditions)
    return [Said(text, "reports", tuple(dict.fromkeys(citation(pack, a.article, a.quote) for a in sure)))]


def dates_fit(pack: Pack, result: RouteResult, wording: Wording, told: Collection[str]) -> list[Said]:
    """That the day told meets a condition of an open route: nobody sees that who only hears that the route is possible."""
    dated = [a.atom for a in _alive(result.trace) if a.value is True and a.atom.fact in told and is_dated(a)]
    if not dated:
        return []
    conditions = "；".join(dict.fromkeys(a.text for a in dated))
    cited = tuple(dict.fromkeys(citation(pack, a.article, a.quote) for a in dated))
    return [Said(wording["day_fits"].format(route=result.route.title, conditions=conditions), "reports", cited)]


def from_day(pack: Pack, result: RouteResult, wording: Wording, from_days: Mapping[str, date]) -> list[Said]:
    """From which day on a route that a day closes is no longer closed by it."""
    day = from_days.get(result.route.id)
    if day is None:
        return []
    dated = [a.atom for a in deciding_atoms(result.trace) if is_dated(a)]
    text = wording["from_day"].format(route=result.route.title, date=f"{day.year}年{day.month}月{day.day}日")
    return [Said(text, "reports", tuple(dict.fromkeys(citation(pack, a.article, a.quote) for a in dated)))]


def is_dated(trace: AtomTrace) -> bool:
    """Whether a condition counts months to or from a day."""
    return isinstance(trace.atom.test, (MonthsUntil, MonthsSince))


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


def _local(pack: Pack, route: Route, wording: Wording, home: str) -> list[Said]:
    """Where 当地 is for a home: who has one in a county and wishes to settle in the city is served in the county."""
    gives = route.registers_at
    if not home or gives is None or _LOCAL not in gives.text or all(a.fact != _HOME for a in atoms(route.when)):
        return []
    return [Said(wording["local"].format(place=home), "reports", (citation(pack, gives.article, gives.quote),))]


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
