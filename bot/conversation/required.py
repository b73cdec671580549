"""What a verdict adds for the case told: whether what is asked about is needed in it (我是莘县的在东昌府租房,要社保不).

Where a document asks for a thing of some people only, the general rule is no answer to whoever has said which of them they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.conversation import hearing
from bot.conversation.world import Heard, World
from bot.eligibility.screening import AnyTrace, AtomTrace, RouteResult, Trace, Verdict, trace_atoms
from bot.policy.model import Pack
from bot.reading.text.points import points
from bot.replies.answers import citation
from bot.replies.model import Said

# The details of a question that ask whether insurance is needed, and what its facts begin with.
_ASKED, _INSURANCE = frozenset({"insurance", "insurance_must"}), "insurance."


def required(world: World, pack: Pack, heard: Heard, order: Sequence[RouteResult]) -> tuple[Said, ...]:
    """Whether the insurance that the message asks about is needed by the first of these routes that asks for it of some people only.

    Empty where the message asks of none, or the case does not say enough.
    """
    if not order or not _ASKED & set(points(hearing.plain(heard.text))):
        return ()
    for result in order:
        if result.verdict in (Verdict.NEED_MORE_INFO, Verdict.ELIGIBLE):
            for choice in _choices(result.trace):
                if said := _settled(world, pack, choice):
                    return said
    if order[0].verdict is Verdict.ELIGIBLE and not any(a.atom.fact.startswith(_INSURANCE) for a in order[0].atoms):
        return (Said(world.wording["aspect_insurance"], "absent"),)
    return ()


def _choices(trace: Trace) -> Iterator[AnyTrace]:
    """The alternatives that a route waits for, but for those on a closed way."""
    if isinstance(trace, AtomTrace):
        return
    if isinstance(trace, AnyTrace):
        yield trace
    for child in trace.children:
        if child.value is not False:
            yield from _choices(child)


def _settled(world: World, pack: Pack, choice: AnyTrace) -> tuple[Said, ...]:
    asking = [c for c in choice.children if any(a.atom.fact.startswith(_INSURANCE) for a in trace_atoms(c))]
    others = [c for c in choice.children if c not in asking]
    if not asking or not others:
        return ()
    if free := next((c for c in others if c.value is True), None):
        return (_said(world, pack, "not_needed", list(trace_atoms(free)), list(trace_atoms(asking[-1]))[-1].atom.text),)
    noted = next((a.open for c in others for a in trace_atoms(c) if a.open and c.value is None), None)
    if noted in pack.notes:
        note = pack.notes[noted or ""]
        return (Said(note.say, "states", (citation(pack, note.article, note.quote),)),)
    if all(c.value is False for c in others):
        # Of what the thing asked about has to be, the last condition says it in full.
        return (_said(world, pack, "needed", list(trace_atoms(asking[-1]))[-1:]),)
    return ()


def _said(world: World, pack: Pack, key: str, found: Sequence[AtomTrace], asked: str = "") -> Said:
    conditions = "；".join(dict.fromkeys(a.atom.text for a in found))
    cited = tuple(dict.fromkeys(citation(pack, a.atom.article, a.atom.quote) for a in found))
    return Said(world.wording[key].format(conditions=conditions, asked=asked), "reports", cited)
