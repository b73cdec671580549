"""A pre-screening in words: the verdict first, then the few conditions that carry it, then what is still to be known.

Which routes are mentioned is decided in :mod:`bot.replies.ranking`, how their conditions are worded in :mod:`bot.replies.phrasing`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from bot.eligibility.question import can_be_met
from bot.eligibility.screening import AnyTrace, AtomTrace, RouteResult, Screening, Trace, Verdict, deciding_atoms
from bot.policy.model import MonthsSince, MonthsUntil, Pack, Route, atoms
from bot.reading.text.cues import cue
from bot.replies.answers import citation
from bot.replies.model import Said
from bot.replies.phrasing import MAX_CONDITIONS, cites, phrase
from bot.replies.ranking import alive, alone, closed_by_told, is_wish, ranked, spoken_for, spoken_of_open
from bot.replies.wording import Wording

# Of each of several routes.
_FEW = 3
_HOME, _LOCAL = "housing.place", cue("verdicts.local")
_ONLY = {Verdict.ELIGIBLE: "only_route_yes", Verdict.NOT_ELIGIBLE: "only_route_no", Verdict.NEED_MORE_INFO: "only_route_open"}
_WHY = {Verdict.ELIGIBLE: "route_yes", Verdict.NOT_ELIGIBLE: "route_no"}


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
    if only and asked:
        return _only_said(pack, wording, who, alone(order, focus, told)[0], bool(asking), from_days)
    if screening.verdict is Verdict.ELIGIBLE:
        return _eligible_said(pack, wording, who, order, focus, bool(asking), told, home)
    if screening.verdict is Verdict.NOT_ELIGIBLE:
        return _not_eligible_said(pack, wording, who, order, bool(asking), told, from_days)
    return _open_said(pack, wording, order, focus, asking, told, named, from_days)


def _only_said(pack: Pack, wording: Wording, who: str, best: RouteResult, asking: bool, from_days: Mapping[str, date]) -> tuple[Said, ...]:
    """The verdict of the one route that the resident asked about and nothing else."""
    said = [_verdict(pack, wording.phrases[_ONLY[best.verdict]].format(route=best.route.title, who=who), [best])]
    said += [*_because(pack, best, wording, asking, named=True), *from_day(pack, best, wording, from_days)]
    return _once(*said, *_tail(pack, [best], wording, asking))


def _eligible_said(
    pack: Pack,
    wording: Wording,
    who: str,
    order: Sequence[RouteResult],
    focus: Sequence[str],
    asking: bool,
    told: Collection[str] | None,
    home: str,
) -> tuple[Said, ...]:
    """A yes: the route that holds and what it gives, another that holds too, and why one asked about does not."""
    asked = [r for r in order if r.route.id in focus]
    yes = [r for r in order if r.verdict is Verdict.ELIGIBLE]
    # One that only a presumption closes is not held against anybody.
    fair = [r for r in asked if r.verdict is not Verdict.NOT_ELIGIBLE or closed_by_told(r, told)]
    missed = [] if any(r in yes for r in asked) else sorted(fair, key=lambda r: focus.index(r.route.id))
    said = [_verdict(pack, wording.phrases["eligible_other" if missed else "eligible"].format(who=who), yes[:1])]
    # A list of papers is long enough by itself.
    said += _because(pack, yes[0], wording, asking, limit=_FEW if yes[0].route.materials else MAX_CONDITIONS)
    # At once, so that "this route" is the one just named.
    local = _local(pack, yes[0].route, wording, home)
    said += [*route_gives(pack, yes[0].route, wording), *local]
    said += [Said(wording["route_also"].format(route=r.route.title), "reports", cites(pack, r, 2)) for r in yes[1:2]]
    # A way that was asked about for another place is not judged by this home.
    said += [s for r in (() if local else missed[:1]) for s in _because(pack, r, wording, asking, limit=_FEW - 1)]
    return _once(*said, *_tail(pack, [], wording, asking))


def _not_eligible_said(
    pack: Pack,
    wording: Wording,
    who: str,
    order: Sequence[RouteResult],
    asking: bool,
    told: Collection[str] | None,
    from_days: Mapping[str, date],
) -> tuple[Said, ...]:
    """A no, and why of the nearest routes; what may be open yet leads to another place than the one wished for."""
    elsewhere = [r for r in order if r.verdict is Verdict.NEED_MORE_INFO and r.route.settles][:2]
    shut = [r for r in order if r.verdict is Verdict.NOT_ELIGIBLE and (r.route.village or not elsewhere)]
    if elsewhere:  # of the ways to the village, those that what was told closes
        shut = [r for r in shut if closed_by_told(r, told)] or shut
    shown = shut[:2]
    said = [_verdict(pack, wording.phrases["not_eligible"].format(who=who), shown)]
    said += [s for r in shown for s in (*_because(pack, r, wording, asking, limit=_FEW), *from_day(pack, r, wording, from_days))]
    if elsewhere:
        said.append(_verdict(pack, wording["into_town"].format(routes="”“".join(r.route.title for r in elsewhere)), elsewhere))
    return _once(*said, wording.say("caution"))


def _open_said(
    pack: Pack,
    wording: Wording,
    order: Sequence[RouteResult],
    focus: Sequence[str],
    asking: str | None,
    told: Collection[str] | None,
    named: bool,
    from_days: Mapping[str, date],
) -> tuple[Said, ...]:
    """A verdict that waits for more: what is closed of what was asked about, then the routes that are still possible."""
    closed, shown = spoken_of_open(order, focus, told, named)
    key = "need_more_info_route" if asking and shown else "need_more_info"
    said = [s for r in closed for s in (*_because(pack, r, wording, bool(asking)), *from_day(pack, r, wording, from_days))]
    said.append(_verdict(pack, wording[key].format(routes="”“".join(r.route.title for r in shown)), shown))
    said += [s for r in shown for s in _because(pack, r, wording, bool(asking))]
    if asking and told is not None and shown:
        said += [*dates_fit(pack, shown[0], wording, told), *for_the_authority(pack, shown[0], wording, told)]
        if all(a.fact != asking for r in shown for a in atoms(r.route.when)):
            said.append(wording.say("other_ways"))
    return _once(*said, *_tail(pack, [], wording, bool(asking)))


def _once(*said: Said) -> tuple[Said, ...]:
    """Two routes may be open for the same reason; it is said once."""
    return tuple({s.text: s for s in said}.values())


def _verdict(pack: Pack, text: str, results: Iterable[RouteResult]) -> Said:
    found = [c for r in results for c in cites(pack, r, 2)]
    return Said(text, "reports", tuple(found))


def _because(
    pack: Pack, result: RouteResult, wording: Wording, asking: bool, named: bool = False, limit: int = MAX_CONDITIONS
) -> list[Said]:
    """Why a route has its verdict, in at most ``limit`` conditions; ``named``: the sentence before has named the route already."""
    no = result.verdict is Verdict.NOT_ELIGIBLE
    title, found, conditions = result.route.title, cites(pack, result, limit, why=no), phrase(result.trace, limit, why=no)
    if no and result.route.registers_at and all(is_wish(a) for a in deciding_atoms(result.trace)):
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
    if not sure or not spoken_for(result, told):
        return []
    conditions = "；".join(dict.fromkeys(a.text for a in sure))
    text = wording["route_confirm"].format(route=result.route.title, conditions=conditions)
    return [Said(text, "reports", tuple(dict.fromkeys(citation(pack, a.article, a.quote) for a in sure)))]


def dates_fit(pack: Pack, result: RouteResult, wording: Wording, told: Collection[str]) -> list[Said]:
    """That the day told meets a condition of an open route: nobody sees that who only hears that the route is possible."""
    dated = [a.atom for a in alive(result.trace) if a.value is True and a.atom.fact in told and is_dated(a)]
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


def _met_but_for_wishes(trace: Trace) -> bool:
    """Whether all that a route asks for is known to hold but where it registers; a shop told of shows no licence and no year yet."""
    if isinstance(trace, AtomTrace):
        return trace.value is True or is_wish(trace)
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
    if not home or gives is None or _LOCAL.search(gives.text) is None or all(a.fact != _HOME for a in atoms(route.when)):
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
