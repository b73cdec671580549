"""Somebody's consent told amid a case: 儿子也同意了 and 我姐夫不愿意呢 tell of no wish to move, whatever they sound like.

In a tenancy it is the owner's side that agrees or not; with a relative to follow it is the family, of whose consent the documents may say
nothing.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.kinfolk import only, way_to
from bot.conversation.merge import tell
from bot.conversation.screening import speak
from bot.conversation.state import SAID, Case, Conversation, Told
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.values import YES, Choice
from bot.policy.model import Pack
from bot.reading.follow_ups import consents
from bot.reading.people import NOBODY, SELF
from bot.replies.answers import Sides, topic_reply

_OWNERS, _RELATION, _TENANCY, _KIN = "rent.owner_consent", "kin.relation", "rent_settle", "consent_of_kin"


def consent(heard: Heard) -> bool | None:
    """Whether a relative is told to agree or not, and nothing else; a landlord's word is read as a fact."""
    found = consents(hearing.plain(heard.text))
    if found is None:
        return None
    who, agrees = found
    named = hearing.people(who)
    return agrees if len(named) == 1 and named[0].person not in (SELF, NOBODY) and named[0].end == len(who) else None


def with_consent(world: World, state: Conversation, heard: Heard, pack: Pack, agrees: bool) -> Turn:
    """What consent changes in the case under way: noted where it is given, else what the document says of it."""
    case = state.case
    if agrees:
        noted = world.wording.say("consented")
        return speak(world, state.with_case(_owners_too(case).reopened()), heard, pack, brief=True, prefix=(noted,))
    if _rents(case) and _TENANCY in pack.topics:
        reply = topic_reply(pack, pack.topics[_TENANCY], world.wording, asked=Sides(("consent",), known=True))
    else:
        way = way_to(world, pack, only(case, _RELATION) or "")
        topics = [pack.topics[way]] if way else []
        topic = next((t for t in (*topics, *pack.topics.values()) if _KIN in t.points), None)
        if topic is None:
            return speak(world, state.with_case(case.reopened()), heard, pack)
        reply = topic_reply(pack, topic, world.wording, asked=Sides(points=(_KIN,), known=True))
    return Turn(state, (replace(reply, topic=case.topic),))


def _owners_too(case: Case) -> Case:
    """The case with the consent of the owner's side, where a home is rented and it was not told yet."""
    if not _rents(case) or _OWNERS in case.told:
        return case
    return tell(case, {_OWNERS: Told(Choice(frozenset({YES})), "", SAID)})


def _rents(case: Case) -> bool:
    return only(case, "housing.kind") == "rented" or _OWNERS in case.told
