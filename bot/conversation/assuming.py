"""What a screening takes for granted: the facts told, and those presumed until told otherwise (decision 5)."""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.granted import anywhere_in, granted
from bot.conversation.state import PRESUMED, Case
from bot.conversation.world import World
from bot.eligibility.values import Choice, Places, Value, among, meet, refines
from bot.policy.model import Pack

_RELATION = "kin.relation"
_VILLAGE, _NONE_HERE = Choice(frozenset({"village"})), (Choice(frozenset({"no"})), Choice(frozenset({"never"})))


def assumed(world: World, case: Case, pack: Pack) -> dict[str, Value]:
    """The facts told, and for those nobody mentioned what is presumed until told otherwise."""
    vocabulary, home = world.vocabulary, anywhere_in(pack.identity.jurisdiction.place)
    untold, said = granted(vocabulary), case.facts
    facts = dict(untold.everybody)
    for fact, source in vocabulary.follows.items():
        told = case.told.get(source)
        if told is not None and refines(told.value, home):
            facts[fact] = home
    if not _of_a_village(case, home):
        facts |= untold.villageless
    for given, then in untold.given:
        if among(said, given):
            facts |= then
    return {**facts, **said}


def _of_a_village(case: Case, home: Places) -> bool:
    """Whether anything was told of a village here that the mover left, goes back to or works in; following somebody there is none."""
    wish = case.told.get("wish.area")
    if wish is not None and wish.value == _VILLAGE and _RELATION not in case.told:
        return True
    for fact, told in case.told.items():
        if not fact.startswith(("origin.", "rural.")) or fact == "rural.profession" or told.value in _NONE_HERE:
            continue
        if not (isinstance(told.value, Places) and meet(told.value, home) is None):
            return True
    return False


def presumed_of(case: Case, facts: Mapping[str, Value]) -> frozenset[str]:
    """Which of the facts were never said, only presumed."""
    return frozenset(f for f in facts if f not in case.told or case.told[f].certainty == PRESUMED)
