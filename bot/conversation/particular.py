"""Questions about a kind of case (小产权房能落户吗, 房东不同意行吗): what the words settle of the way asked about is said before the rule.

The rule of a way begins with its yes; to whoever asks about the case that the rule leaves out, that yes is the wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from bot.conversation import weighing
from bot.conversation.assuming import assumed
from bot.conversation.state import PRESUMED, Case, Told
from bot.conversation.world import World
from bot.eligibility.screening import AnyTrace, AtomTrace, RouteResult, Trace, Verdict, deciding_atoms, trace_atoms
from bot.eligibility.values import Choice, Places
from bot.policy.model import Pack, Topic
from bot.reading.record.builder import FactReading
from bot.replies.answers import citation
from bot.replies.model import Said
from bot.replies.verdicts import why_not

_SPECIFIC = 4
"""A topic with more routes than this is about no way in particular."""
_AT_WORK = "work.place"
_FEW = 3
"""Values that words like 自建房 may leave open and that are still worth looking at one by one."""
_KINDS = ("education.", "title.", "skill.", "kin.relation")
"""What makes somebody one of those a way is for; whoever asks about it alone asks whether it is enough (高中毕业能落户吗)."""


def particular(world: World, pack: Pack, topic: Topic, facts: Iterable[FactReading], as_of: date) -> tuple[Said, ...]:
    """What is to be said first of a topic for whoever these facts hold: that its way is closed, or that the text leaves it open.

    Empty where the facts speak for the way, or have nothing to do with it.
    """
    told = _told(facts)
    # Where a kind of case would be, a question in general hardly says (嫁到外地的闺女能迁回来吗), but for where somebody works.
    words = {name: one.value for name, one in told.items() if one.certainty != PRESUMED}
    said = frozenset(name for name, value in words.items() if name == _AT_WORK or not isinstance(value, Places))
    if not said or not topic.routes or len(topic.routes) > _SPECIFIC:
        return ()
    results = _results(world, pack, topic, told, as_of)
    first, rest = results[0], results[1:]
    if any(r.verdict is Verdict.ELIGIBLE or _speaks_for(r, said) for r in rest):
        return ()
    if first.verdict is Verdict.NOT_ELIGIBLE and any(a.value is False for a in _resting(first, said)):
        return (why_not(pack, first, world.wording),)
    every = [r for one in _narrowed(told) for r in _results(world, pack, topic, one, as_of)]
    notes = [a.open for r in every if r.verdict is Verdict.NEED_MORE_INFO for a in _resting(r, said) if a.open in pack.notes]
    if notes and notes[0]:
        note = pack.notes[notes[0]]
        return (Said(note.say, "states", (citation(pack, note.article, note.quote),)),)
    kinds = frozenset(name for name in said if name.startswith(_KINDS))
    if failed := _refuted(first.trace, kinds):
        conditions = "；".join(dict.fromkeys(a.atom.text for a in failed))
        cites = tuple(dict.fromkeys(citation(pack, a.atom.article, a.atom.quote) for a in failed))
        return (Said(world.wording["not_by_this"].format(conditions=conditions), "reports", cites),)
    return ()


def closed(world: World, pack: Pack, topic: Topic, facts: Iterable[FactReading], as_of: date) -> bool:
    """Whether every way of a topic is closed for whoever these facts hold."""
    return all(r.verdict is Verdict.NOT_ELIGIBLE for r in _results(world, pack, topic, _told(facts), as_of))


def _told(facts: Iterable[FactReading]) -> Mapping[str, Told]:
    return {f.fact: Told(f.value, f.words, f.certainty) for f in facts}


def _narrowed(told: Mapping[str, Told]) -> list[Mapping[str, Told]]:
    """What was told, once for each of the values that the words leave open (自建房: in a village, or a home of one's own in town)."""
    for name, one in told.items():
        if one.certainty != PRESUMED and isinstance(one.value, Choice) and 1 < len(one.value.values) <= _FEW:
            return [{**told, name: replace(one, value=Choice(frozenset({value})))} for value in sorted(one.value.values)]
    return [told]


def _results(world: World, pack: Pack, topic: Topic, told: Mapping[str, Told], as_of: date) -> list[RouteResult]:
    screening = weighing.verdict(world, pack, assumed(world, Case(told=told), pack), as_of)
    return [screening.route(r) for r in topic.routes]


def _resting(result: RouteResult, said: frozenset[str]) -> list[AtomTrace]:
    """The conditions that carry a route's verdict and look at what was said."""
    return [a for a in deciding_atoms(result.trace) if a.atom.fact in said]


def _speaks_for(result: RouteResult, said: frozenset[str]) -> bool:
    """Whether what was said meets a condition of an open route and is not what leaves it open."""
    if result.verdict is not Verdict.NEED_MORE_INFO or any(a.open for a in _resting(result, said)):
        return False
    return not result.met.isdisjoint(said)


def _refuted(trace: Trace, said: frozenset[str]) -> list[AtomTrace]:
    """The conditions that what was said fails, where every way through the route that looks at it is closed by them."""
    if isinstance(trace, AtomTrace):
        return [trace] if trace.value is False and trace.atom.fact in said else []
    parts = [_refuted(child, said) for child in trace.children]
    if isinstance(trace, AnyTrace):
        looking = [i for i, child in enumerate(trace.children) if any(a.atom.fact in said for a in trace_atoms(child))]
        if not looking or not all(parts[i] for i in looking):
            return []
    return [atom for part in parts for atom in part]
