"""Relatives by marriage (公公, 儿媳), whom no list of a document holds: there may be a way for the spouse between them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import weighing
from bot.conversation.world import World
from bot.eligibility.screening import Screening, Verdict, deciding_atoms
from bot.eligibility.values import Choice, Value
from bot.policy.model import Pack
from bot.replies.answers import citation
from bot.replies.model import Said

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
            return (Said(world.wording[f"spouse_of_{relation}"].format(route=route.route.title), "reports", cited),)
    return ()
