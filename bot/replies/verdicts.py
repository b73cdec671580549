"""A pre-screening in words: the verdict first, then the few conditions that carry it, then what is still to be known.

Only conditions of the trace are said, in the words of the pack and with their quotes.  Which routes are mentioned: those the
resident asked about, then those that decide, at most two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.eligibility.screening import AllTrace, AtomTrace, RouteResult, Screening, Trace, Verdict, deciding_atoms, decisive
from bot.policy.model import Pack, Route, atoms
from bot.replies.answers import citation
from bot.replies.model import Citation, Said
from bot.replies.wording import Wording

_MAX_CONDITIONS = 4
_MAX_CITES = 4
# How much nearer a route counts because the resident asked about it.
_ASKED = 0.25


def phrase(trace: Trace, limit: int = _MAX_CONDITIONS) -> str:
    """The conditions of a (decisive) trace in plain words: 、between those that go together, 或 between alternatives."""
    return _phrase(decisive(trace), limit)


def _phrase(trace: Trace, limit: int) -> str:
    if isinstance(trace, AtomTrace):
        return trace.atom.text
    parts = list(dict.fromkeys(_phrase(child, limit) for child in trace.children))
    shown = parts[:limit]
    if isinstance(trace, AllTrace):
        return "、".join(shown) + ("等" if len(parts) > limit else "")
    return "，或者".join(shown) + ("等" if len(parts) > limit else "")


def cites(pack: Pack, result: RouteResult, limit: int = _MAX_CITES) -> tuple[Citation, ...]:
    """The passages behind the conditions that carry a route's verdict; the route's own article comes first."""
    own = result.route.article
    found = sorted((a.atom for a in deciding_atoms(result.trace)), key=lambda a: a.article != own)
    if found and found[0].article != own:
        # What is still open may stand in a general clause; the route is known by its own article.
        found = [*[a for a in atoms(result.route.when) if a.article == own][:1], *found]
    return tuple(dict.fromkeys(citation(pack, a.article, a.quote) for a in found))[:limit]


def ranked(screening: Screening, focus: Sequence[str]) -> list[RouteResult]:
    """The routes in the order they matter: those asked about, then those that hold, then the nearest ones."""
    weight = {Verdict.ELIGIBLE: 0, Verdict.NEED_MORE_INFO: 1, Verdict.NOT_ELIGIBLE: 2, Verdict.NOT_COVERED: 3}

    def key(item: tuple[int, RouteResult]) -> tuple[int, float, int, int]:
        place, result = item
        asked = focus.index(result.route.id) if result.route.id in focus else len(focus)
        near = _progress(result.trace) + (_ASKED if result.route.id in focus else 0.0)
        return (weight[result.verdict], -near, asked, place)

    results = [(i, r) for i, r in enumerate(screening.routes) if r.route.settles or r.route.id in focus]
    return [r for _, r in sorted(results, key=key)]


def _progress(trace: Trace) -> float:
    """How much of a route is met: 1 when it holds, 0 when nothing of it does. Alternatives count by their best branch."""
    if isinstance(trace, AtomTrace):
        return 1.0 if trace.value else 0.4 if trace.open else 0.3 if trace.value is None else 0.0
    shares = [_progress(child) for child in trace.children]
    return sum(shares) / len(shares) if isinstance(trace, AllTrace) else max(shares)


def verdict_said(
    pack: Pack, screening: Screening, wording: Wording, who: str, *, focus: Sequence[str] = (), only: bool = False, asking: bool = False
) -> tuple[Said, ...]:
    """The sentences of a verdict.

    Args:
        who: how the person is addressed.
        focus: the routes the resident asked about, most specific first.
        only: the resident asked about these routes alone, so their verdict is the one to say.
        asking: a question follows, so open wording is not explained yet.
    """
    order = ranked(screening, focus)
    asked = [r for r in order if r.route.id in focus]
    said: list[Said] = []
    if only and asked:
        best = asked[0]
        said.append(_verdict(pack, wording.phrases[_ONLY[best.verdict]].format(route=best.route.title, who=who), [best]))
        said += _because(pack, best, wording, asking)
        return (*said, *_tail(pack, [best], wording, asking))
    if screening.verdict is Verdict.ELIGIBLE:
        yes = [r for r in order if r.verdict is Verdict.ELIGIBLE]
        missed = [] if any(r in yes for r in asked) else asked
        said.append(_verdict(pack, wording.phrases["eligible_other" if missed else "eligible"].format(who=who), yes[:1]))
        said += _because(pack, yes[0], wording, asking)
        said += [Said(wording["route_also"].format(route=r.route.title), "reports", cites(pack, r, 2)) for r in yes[1:2]]
        said += [s for r in missed[:1] for s in _because(pack, r, wording, asking)]
        return (*said, *_tail(pack, yes[:1], wording, asking))
    if screening.verdict is Verdict.NOT_ELIGIBLE:
        shown = order[:2]
        said.append(_verdict(pack, wording.phrases["not_eligible"].format(who=who), shown))
        said += [s for r in shown for s in _because(pack, r, wording, asking)]
        return (*said, wording.say("caution"))
    open_routes = [r for r in order if r.verdict is Verdict.NEED_MORE_INFO]
    shown = open_routes[:2]
    closed = [r for r in asked if r.verdict is Verdict.NOT_ELIGIBLE][:1]
    said.append(_verdict(pack, wording["need_more_info"], shown))
    said += [s for r in closed for s in _because(pack, r, wording, asking)]
    said += [s for r in shown[: 1 if asking else 2] for s in _because(pack, r, wording, asking)]
    return (*said, *_tail(pack, [], wording, asking))


_ONLY = {Verdict.ELIGIBLE: "only_route_yes", Verdict.NOT_ELIGIBLE: "only_route_no", Verdict.NEED_MORE_INFO: "only_route_open"}


def _verdict(pack: Pack, text: str, results: Iterable[RouteResult]) -> Said:
    found = [c for r in results for c in cites(pack, r, 2)]
    return Said(text, "reports", tuple(found))


def _because(pack: Pack, result: RouteResult, wording: Wording, asking: bool) -> list[Said]:
    title, found = result.route.title, cites(pack, result)
    if result.verdict is Verdict.ELIGIBLE:
        return [Said(wording["route_yes"].format(route=title, conditions=phrase(result.trace)), "reports", found)]
    if result.verdict is Verdict.NOT_ELIGIBLE:
        return [Said(wording["route_no"].format(route=title, conditions=phrase(result.trace)), "reports", found)]
    notes = [n for n in dict.fromkeys(a.open for a in deciding_atoms(result.trace) if a.open) if n in pack.notes]
    if notes and not asking:
        note = pack.notes[notes[0]]
        return [
            Said(note.say, "states", (citation(pack, note.article, note.quote),)),
        ]
    if asking:
        return []
    key = "route_confirm" if any(a.confirm for a in deciding_atoms(result.trace)) else "route_open"
    return [Said(wording[key].format(route=title, conditions=phrase(result.trace)), "reports", found)]


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
