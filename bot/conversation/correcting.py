"""A fact put right by itself: a front end shows what was understood, and the resident taps one fact and says it anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.conversation.answering import ask_place
from bot.conversation.merge import tell
from bot.conversation.screening import speak
from bot.conversation.state import SAID, Case, Conversation, Told
from bot.conversation.where import spoken_of
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.values import Choice, Value
from bot.reading.asking.answers import read_answer
from bot.replies.model import Option, Reply

ABOUT = "about"
"""The key of a message's metadata that names the fact which the message says anew."""


def correct(world: World, state: Conversation, heard: Heard) -> Turn:
    """Take the message as the value of the fact named in its metadata, whatever was thought of it before; 不清楚 forgets the fact.

    A message that is no value of the fact changes nothing and is asked for again.
    """
    fact = str(heard.metadata[ABOUT])
    place = spoken_of(world, state, heard)  # a place named is the fact, not where to register
    if place.jurisdiction is None:
        return ask_place(world, state, heard)
    pack = world.pack(place.jurisdiction)
    spec = world.vocabulary.facts[fact]
    picked = [value for value, label in spec.labels.items() if label == heard.text.strip()]
    if picked:
        return speak(world, state.with_case(_said_anew(state.case, fact, {fact: Choice(frozenset(picked))})), heard, pack)
    answer = read_answer(
        heard.text, fact, options=(), as_of=heard.as_of, home=pack.identity.jurisdiction.place, vocabulary=world.vocabulary
    )
    if answer.kind == "none":
        options = tuple(Option(label, label) for label in spec.labels.values())
        reply = Reply("clarify", (world.wording.say("ask_again"),), pack.identity.jurisdiction.id, state.topic, spec.ask(), options)
        return Turn(state, (reply,))
    return speak(world, state.with_case(_said_anew(state.case, fact, answer.facts)), heard, pack)


def _said_anew(case: Case, fact: str, news: Mapping[str, Value]) -> Case:
    told = {name: known for name, known in case.told.items() if name != fact and name not in news}
    asked = tuple(f for f in case.asked if f != fact) if news else (*case.asked, fact)
    dispute = None if case.dispute is not None and case.dispute.fact in (fact, *news) else case.dispute
    clean = replace(case, told=MappingProxyType(told), asked=asked, pending=None, dispute=dispute)
    return tell(clean, {name: Told(value, "", SAID) for name, value in news.items()})
