"""What a verdict adds for the case told: whether what is asked about is needed in it (我是莘县的在东昌府租房,要社保不), and who else may.

Where a document asks for a thing of some people only, the general rule is no answer to whoever has said which of them they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.conversation import hearing, weighing
from bot.conversation.world import Heard, World
from bot.eligibility.screening import AnyTrace, AtomTrace, RouteResult, Screening, Trace, Verdict, deciding_atoms, trace_atoms
from bot.eligibility.values import Choice, Value
from bot.policy.model import Pack
from bot.reading.points import points
from bot.replies.answers import citation
from bot.replies.model import Said

# The details of a question that ask whether something is needed, and the facts that it is.
_ASKED: Mapping[str, str] = {"insurance": "insurance.", "insurance_must": "insurance."}
_INSURANCE = "insurance"


def required(world: World, pack: Pack, heard: Heard, order: Sequence[RouteResult]) -> tuple[Said, ...]:
    """Whether what the message asks about is needed by the first of these routes that asks for it of some people only.

    Empty where the message asks of no such thing, or the case does not say enough.
    """
    of = next((fact for point in points(hearing.plain(heard.text)) if (fact := _ASKED.get(point))), None)
    for result in order if of else ():
        if result.verdict in (Verdict.NEED_MORE_INFO, Verdict.ELIGIBLE):
            for choice in _choices(result.trace):
                if said := _settled(world, pack, choice, of or ""):
                    return said
    first = order[0] if of and order and order[0].verdict is Verdict.ELIGIBLE else None
    if first and not any(_INSURANCE in a.atom.fact for a in first.atoms):
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


def _settled(world: World, pack: Pack, choice: AnyTrace, of: str) -> tuple[Said, ...]:
    asking = [c for c in choice.children if any(a.atom.fact.startswith(of) for a in trace_atoms(c))]
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


# Whom somebody by marriage is the relative of: the child of a parent-in-law is the spouse.
_BY_MARRIAGE: Mapping[str, str] = {"child_in_law": "child", "parent_in_law": "parent"}
_RELATION = "kin.relation"


def through_the_spouse(world: World, pack: Pack, result: Screening, facts: Mapping[str, Value]) -> tuple[Said, ...]:
    """For relatives by marriage, whom no list holds: that the way is another one for the spouse between them, whose own relative it is."""
    told = facts.get(_RELATION)
    relation = next(iter(told.values)) if isinstance(told, Choice) and len(told.values) == 1 else ""
    if relation not in _BY_MARRIAGE:
        return ()
    between = {**facts, _RELATION: Choice(frozenset({_BY_MARRIAGE[relation]}))}
    other = weighing.verdict(world, pack, between, result.as_of)
    for route in result.routes:
        failed = [a.atom for a in deciding_atoms(route.trace) if a.atom.fact == _RELATION and a.value is False]
        if route.verdict is Verdict.NOT_ELIGIBLE and failed and other.route(route.route.id).verdict is not Verdict.NOT_ELIGIBLE:
            cited = tuple(dict.fromkeys(citation(pack, a.article, a.quote) for a in failed))
            return (Said(world.wording[f"spouse_of_{relation}"], "reports", cited),)
    return ()


def _said(world: World, pack: Pack, key: str, found: Sequence[AtomTrace], asked: str = "") -> Said:
    conditions = "；".join(dict.fromkeys(a.atom.text for a in found))
    cited = tuple(dict.fromkeys(citation(pack, a.atom.article, a.atom.quote) for a in found))
    return Said(world.wording[key].format(conditions=conditions, asked=asked), "reports", cited)
