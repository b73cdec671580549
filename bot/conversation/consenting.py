"""Somebody's consent told amid a case: 儿子也同意了 and 我姐夫不愿意呢 tell of no wish to move, whatever they sound like.

In a tenancy it is the owner's side that agrees or not; with a relative to follow it is the family, of whose consent the documents may say
nothing.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.answering import answer
from bot.conversation.kinfolk import only, way_to
from bot.conversation.merge import tell
from bot.conversation.screening import speak
from bot.conversation.state import Case, Conversation, Told
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.values import NO, YES, Choice
from bot.policy.model import Pack
from bot.reading.asking.follow_ups import consents, counts_as_consent
from bot.reading.kin.kin_words import OURS
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.text.groups import composed
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


def _of_the_owners_side(heard: Heard) -> bool:
    """Whether whoever is told to agree may be the owner: 他儿子, 他老婆, and not 我媳妇, who is of the asker's own family."""
    found = consents(hearing.plain(heard.text))
    return found is not None and not found[0].startswith(OURS)


def counts(heard: Heard) -> bool:
    """Whether no more is asked than if what was told counts as consent: 那这算同意不."""
    return counts_as_consent(hearing.plain(heard.text))


def begun_by_consent(world: World, state: Conversation, heard: Heard, agrees: bool) -> Turn | None:
    """The case of a tenant who was told the rule, where the owner's side is told to agree or not (房子是他老婆的名…他老婆也愿意)."""
    if state.topic != _TENANCY or not _of_the_owners_side(heard):
        return None
    told = composed("rents_with_consent" if agrees else "rents_without_consent")
    return answer(world, state, replace(heard, text=told, intent="tell", luohu={}))


def what_counts(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """What the document says of consent in a tenancy, then the open question again."""
    if _TENANCY not in pack.topics or not (_rents(state.case) or state.topic == _TENANCY):
        return None
    reply = topic_reply(pack, pack.topics[_TENANCY], world.wording, asked=Sides(("consent",), known=True))
    if not state.case.told:
        return Turn(state, (reply,))
    return speak(world, state.with_case(state.case.reopened()), heard, pack, brief=True, prefix=reply.said)


def with_consent(world: World, state: Conversation, heard: Heard, pack: Pack, agrees: bool) -> Turn:
    """What the document says of consent, and the open question again where it is given: a relative's is not the owner's."""
    case = state.case
    if case.pending == _OWNERS and _of_the_owners_side(heard):
        told = tell(replace(case, pending=None), {_OWNERS: Told(Choice(frozenset({YES if agrees else NO})), heard.text.strip())})
        return speak(world, state.with_case(told), heard, pack)
    if _rents(case) and _TENANCY in pack.topics:
        reply = topic_reply(pack, pack.topics[_TENANCY], world.wording, asked=Sides(("consent",), known=True))
    else:
        way = way_to(world, pack, only(case, _RELATION) or "")
        topics = [pack.topics[way]] if way else []
        topic = next((t for t in (*topics, *pack.topics.values()) if _KIN in t.points), None)
        if topic is None:
            return speak(world, state.with_case(case.reopened()), heard, pack)
        reply = topic_reply(pack, topic, world.wording, asked=Sides(points=(_KIN,), known=True))
    if agrees:  # what was told of the owner stands
        said = () if _rents(case) and _OWNERS in case.told else reply.said[:1]
        return speak(world, state.with_case(case.reopened()), heard, pack, brief=True, prefix=said)
    return Turn(state, (replace(reply, topic=case.topic),))


def _rents(case: Case) -> bool:
    return only(case, "housing.kind") == "rented" or _OWNERS in case.told
