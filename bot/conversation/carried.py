"""A conversation that another version of the data began: what this version no longer knows is left out, the rest goes on.

During an update servers of two versions answer the same residents, so this happens in both directions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from bot.conversation.state import Case, Conversation, Dispute, Told
from bot.conversation.world import World
from bot.eligibility.codec import full
from bot.eligibility.values import meet


def carried(world: World, state: Conversation) -> Conversation:
    """The conversation without places, people, topics, facts and values that are not in ``world``; an equal one where all are.

    A fact whose values are known in part keeps those: what is left is still what the resident said. A question about a fact that
    has gone is not waited for.
    """
    cases = {key: _case(world, case) for key, case in state.cases.items() if case.person in world.wording.people}
    waiting = state.waiting
    if waiting and not _known(world, waiting.get("luohu") or {}):
        waiting = {**waiting, "luohu": {}}
    return replace(
        state,
        place=state.place if state.place in world.packs.by_jurisdiction else None,
        person=state.person if state.person in world.wording.people else "self",
        cases=MappingProxyType(cases),
        topic=_topic(world, state.topic),
        waiting=waiting,
        question=_case(world, state.question) if state.question else None,
    )


def _case(world: World, case: Case) -> Case:
    facts = world.vocabulary.facts
    told = {name: kept for name, item in case.told.items() if (kept := _told(world, name, item)) is not None}
    return replace(
        case,
        told=MappingProxyType(told),
        asked=tuple(name for name in case.asked if name in facts),
        topic=_topic(world, case.topic),
        pending=case.pending if case.pending in facts else None,
        dispute=_dispute(world, case.dispute),
    )


def _told(world: World, name: str, told: Told) -> Told | None:
    spec = world.vocabulary.facts.get(name)
    everything = full(spec) if spec else None
    if everything is None or not isinstance(told.value, type(everything)):
        return None
    value = meet(told.value, everything)
    return told if value == told.value else None if value is None else replace(told, value=value)


def _dispute(world: World, dispute: Dispute | None) -> Dispute | None:
    if dispute is None:
        return None
    old, new = _told(world, dispute.fact, dispute.old), _told(world, dispute.fact, dispute.new)
    return Dispute(dispute.fact, old, new) if old and new and old.value != new.value else None


def _known(world: World, finding: Mapping[str, Any]) -> bool:
    """Whether the topic and the matter that a message was taken for still exist."""
    topic, matter = finding.get("topic"), finding.get("matter")
    return (topic is None or topic in world.vocabulary.topics) and (matter is None or matter in world.vocabulary.matters)


def _topic(world: World, topic: str | None) -> str | None:
    return topic if topic in world.vocabulary.topics else None
