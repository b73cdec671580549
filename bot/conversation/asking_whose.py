"""Whose home or work a message tells of, asked where the asker or the relative whose case it is may be meant (在城里上班)."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.answer_taken import ordinal
from bot.conversation.ascribing import told_again, unclear
from bot.conversation.kinfolk import by_the_asker
from bot.conversation.listening import listen
from bot.conversation.screening import speak
from bot.conversation.state import Conversation
from bot.conversation.where import spoken_of
from bot.conversation.world import Heard, Turn, World
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.replies.model import Option, Reply

_SHORT = 10
"""Who says more than this says it anew."""


def ask_whose(world: World, state: Conversation, heard: Heard) -> Turn | None:
    """The question whose home or work is told of; ``None`` where that is clear."""
    if state.person == SELF:
        return None
    place = spoken_of(world, state, heard)
    if place.jurisdiction is None or place.elsewhere:
        return None
    home = world.pack(place.jurisdiction).identity.jurisdiction.place
    if not unclear(world, heard, home, state.case):
        return None
    text = heard.text.strip(" 。.！!")
    question = world.wording["whose"].format(said=text, who=world.wording.who(state.person, state.case.words))
    options = tuple(Option(name, name) for name in (world.wording["myself"], by_the_asker(world, state.case)))
    reply = Reply("clarify", (), place.jurisdiction, state.topic, question, options)
    return Turn(replace(state, whose=text), (reply,), "keep")


def told_whose(world: World, state: Conversation, heard: Heard) -> Turn | None:
    """The turn on the message that waited to be told whose it was; ``None`` where this message does not tell it."""
    subject = _subject(world, state, heard) if state.whose else None
    place = spoken_of(world, state, heard)
    if subject is None or place.jurisdiction is None:
        return None
    pack = world.pack(place.jurisdiction)
    home = pack.identity.jurisdiction.place
    if not told_again(world, heard, replace(heard, text=f"{world.wording.parts['me']}{state.whose}"), home):
        return None
    whole = replace(heard, text=f"{subject}{state.whose}", intent="tell", luohu={})
    after, _ = listen(world, replace(state, whose=None), whole, pack)
    return speak(world, after, whole, pack, brief=True)


def _subject(world: World, state: Conversation, heard: Heard) -> str | None:
    """Who is named as the one meant: 我, or the words for the relative."""
    if len(heard.text.strip()) > _SHORT:
        return None
    chosen = ordinal(heard.text.strip())
    if chosen in (1, 2):
        return (world.wording.parts["me"], by_the_asker(world, state.case))[chosen - 1]
    named = [m for m in hearing.people(heard.text) if m.person != NOBODY or m.relation == PRONOUN]
    if len(named) != 1:
        return None
    (one,) = named
    if one.person in (SELF, COUPLE) and one.relation != PRONOUN:
        return world.wording.parts["me"]
    return by_the_asker(world, state.case) if one.relation == PRONOUN or one.person == state.person else None
