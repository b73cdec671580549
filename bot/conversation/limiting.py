"""A short message amid a case that only says by which way the case is to be judged (只核三投靠, 光按投靠父母说成不)."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.kinfolk import without_followed
from bot.conversation.merge import tell
from bot.conversation.state import PRESUMED, Case, Conversation, Told
from bot.conversation.where import spoken_of
from bot.conversation.world import Heard, World
from bot.eligibility.values import meet
from bot.reading.asking.aspects import aspects
from bot.reading.record.builder import FactReading
from bot.reading.text.points import points

_LONGEST = 26
"""Who says more than this tells more."""
_RELATION = "kin.relation"
_NAMES_A_GROUP = "in_group"
"""A point that no more than names whom a way is for (投靠父母)."""
_NAMED_BY_A_WAY = frozenset({_RELATION, "kin.place", "wish.area", "marital", "housing.kind", "housing.place", "work.status"})
"""What the name of a way sounds like telling: 配偶投靠, 租房."""


def limited_to(world: World, state: Conversation, heard: Heard) -> Conversation | None:
    """The conversation whose case is judged by nothing but the way that the message names; ``None`` for any other message."""
    case, place, plain = state.case, spoken_of(world, state, heard).jurisdiction, hearing.plain(heard.text)
    if place is None or not case.said or case.dispute is not None or len(plain) > _LONGEST:
        return None
    if aspects(plain) or set(points(plain)) - {_NAMES_A_GROUP}:
        return None
    pack = world.pack(place)
    reading = hearing.reading(world, heard, pack.identity.jurisdiction.place, case.person)
    ways = [topic for topic in reading.routes_only if topic in pack.topics and pack.topics[topic].routes]
    told = [f for f in reading.facts if f.certainty != PRESUMED]
    if not ways or any(f.fact not in _NAMED_BY_A_WAY for f in told):
        return None
    after = _as_the_way_has_it(case, told)
    return state.with_case(replace(after, topic=ways[0], only=True, pending=None, asked=())) if after else None


def _as_the_way_has_it(case: Case, told: list[FactReading]) -> Case | None:
    """The case, following whom the way names; ``None`` where the words tell otherwise what was told, so that they tell a fact."""
    against = {f.fact: f for f in told if f.fact in case.told and meet(case.told[f.fact].value, f.value) is None}
    if not against:
        return case
    if set(against) != {_RELATION}:
        return None
    one = against[_RELATION]
    return tell(without_followed(case), {_RELATION: Told(one.value, one.words, one.certainty)})
