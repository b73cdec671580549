"""What a verdict adds for the case told: whether what is asked about is needed in it (我是莘县的在东昌府租房,要社保不).

Where a document asks for a thing of some people only, the general rule is no answer to whoever has said which of them they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from bot.conversation import hearing, weighing
from bot.conversation.assuming import assumed
from bot.conversation.state import PRESUMED, Case
from bot.conversation.world import Heard, World
from bot.eligibility.screening import AnyTrace, AtomTrace, RouteResult, Trace, Verdict, trace_atoms
from bot.policy.model import Pack
from bot.reading.text.points import points
from bot.replies.answers import citation
from bot.replies.model import Reply, Said

# The details of a question that ask whether insurance is needed, and what its facts begin with.
ASKED, _INSURANCE = frozenset({"insurance", "insurance_must"}), "insurance."
_REGISTER, _ORIGIN, _LEFT = "hukou.place", "origin.place", "origin.moved"


@dataclass(frozen=True)
class Needed:
    """Whether a route asks for the insurance of whoever it was judged for (``None``: the text leaves it open), as it is said."""

    is_so: bool | None
    said: tuple[Said, ...]


def required(world: World, pack: Pack, heard: Heard, case: Case, order: Sequence[RouteResult]) -> tuple[Said, ...]:
    """Whether the insurance that the message asks about is needed by the first of these routes that asks for it of some people only.

    Empty where the message asks of none, or the case does not say enough.
    """
    if not order or not ASKED & set(points(hearing.plain(heard.text))):
        return ()
    live = [r.route.id for r in order if r.verdict in (Verdict.NEED_MORE_INFO, Verdict.ELIGIBLE)]
    if found := next(needed_by(world, pack, case, live, heard.as_of), None):
        return found.said
    if order[0].verdict is Verdict.ELIGIBLE and not any(a.atom.fact.startswith(_INSURANCE) for a in order[0].atoms):
        return (Said(world.wording["aspect_insurance"], "absent"),)
    return ()


def says_if_needed(world: World, pack: Pack, heard: Heard, case: Case, replies: Iterable[Reply]) -> bool:
    """Whether these replies say if the insurance that the message asks about is needed in the case: no rule for everybody is wanted."""
    if not ASKED & set(points(hearing.plain(heard.text))):
        return False
    said = {s for r in replies for s in r.said}
    routes = [r.id for r in pack.routes]
    return any(not said.isdisjoint(found.said) for found in needed_by(world, pack, case, routes, heard.as_of))


def needed_by(world: World, pack: Pack, case: Case, routes: Iterable[str], as_of: date, *, closed: bool = False) -> Iterator[Needed]:
    """Which of these routes ask for the insurance of whoever the case is of, and which of others only; with ``closed`` on a closed way too.

    Whoever says no more than where they come from is taken to be registered there.
    """
    taken = _registered_at_origin(case)
    screening = weighing.verdict(world, pack, assumed(world, taken, pack), as_of)
    for route in routes:
        for choice in _choices(screening.route(route).trace, closed=closed):
            if found := _settled(world, pack, choice):
                yield replace(found, said=(*found.said, *_by_origin(world, case, taken)))


def _registered_at_origin(case: Case) -> Case:
    """The case with the place somebody comes from as where they are registered, where none is told (老家茌平,在东昌府租房)."""
    origin = case.told.get(_ORIGIN)
    if origin is None or _REGISTER in case.told or _LEFT in case.told:
        return case
    return replace(case, told=MappingProxyType({**case.told, _REGISTER: replace(origin, certainty=PRESUMED)}))


def _by_origin(world: World, told: Case, taken: Case) -> tuple[Said, ...]:
    """That where somebody comes from was taken for where they are registered."""
    return () if told is taken else (world.wording.say("presumed_origin"),)


def _choices(trace: Trace, *, closed: bool) -> Iterator[AnyTrace]:
    """The alternatives that a route waits for, but for those on a closed way, unless these are wanted too."""
    if isinstance(trace, AtomTrace):
        return
    if isinstance(trace, AnyTrace):
        yield trace
    for child in trace.children:
        if closed or child.value is not False:
            yield from _choices(child, closed=closed)


def _settled(world: World, pack: Pack, choice: AnyTrace) -> Needed | None:
    asking = [c for c in choice.children if any(a.atom.fact.startswith(_INSURANCE) for a in trace_atoms(c))]
    others = [c for c in choice.children if c not in asking]
    if not asking or not others:
        return None
    if free := next((c for c in others if c.value is True), None):
        return Needed(False, (_said(world, pack, "not_needed", list(trace_atoms(free)), list(trace_atoms(asking[-1]))[-1].atom.text),))
    noted = next((a.open for c in others for a in trace_atoms(c) if a.open and c.value is None), None)
    if noted in pack.notes:
        note = pack.notes[noted or ""]
        return Needed(None, (Said(note.say, "states", (citation(pack, note.article, note.quote),)),))
    if all(c.value is False for c in others):
        # Of what the thing asked about has to be, the last condition says it in full.
        return Needed(True, (_said(world, pack, "needed", list(trace_atoms(asking[-1]))[-1:]),))
    return None


def _said(world: World, pack: Pack, key: str, found: Sequence[AtomTrace], asked: str = "") -> Said:
    conditions = "；".join(dict.fromkeys(a.atom.text for a in found))
    cited = tuple(dict.fromkeys(citation(pack, a.atom.article, a.atom.quote) for a in found))
    return Said(world.wording[key].format(conditions=conditions, asked=asked), "reports", cited)
