"""Whose home or work a message tells of, asked where the asker or the relative whose case it is may be meant (在城里上班)."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.ascribing import told_again, unclear
from bot.conversation.listening import listen, ordinal
from bot.conversation.screening import speak
from bot.conversation.state import Conversation
from bot.conversation.where import where
from bot.conversation.world import Heard, Turn, World
from bot.reading.people import COUPLE, NOBODY, SELF
from bot.replies.model import Option, Reply

_SHORT = 10
"""Who says more than this says it anew."""
_ME = "我"


def ask_whose(world: World, state: Conversation, heard: Heard) -> Turn | None:
    """The question whose home or work is told of; ``None`` where that is clear."""
    if state.person == SELF:
        return None
    place = where(world, state, replace(heard, text=""))
    if place.jurisdiction is None or place.elsewhere:
        return None
    home = world.pack(place.jurisdiction).identity.jurisdiction.place
    if not unclear(world, heard, home, state.case):
        return None
    text = heard.text.strip(" 。.！!")
    question = world.wording["whose"].format(said=text, who=world.wording.who(state.person, state.case.words))
    options = (Option(world.wording["myself"], world.wording["myself"]), Option(_called(world, state), _called(world, state)))
    reply = Reply("clarify", (), place.jurisdiction, state.topic, question, options)
    return Turn(replace(state, whose=text), (reply,), "keep")


def told_whose(world: World, state: Conversation, heard: Heard) -> Turn | None:
    """The turn on the message that waited to be told whose it was; ``None`` where this message does not tell it."""
    subject = _subject(world, state, heard) if state.whose else None
    place = where(world, state, replace(heard, text=""))
    if subject is None or place.jurisdiction is None:
        return None
    pack = world.pack(place.jurisdiction)
    home = pack.identity.jurisdiction.place
    if not told_again(world, heard, replace(heard, text=f"{_ME}{state.whose}"), home):
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
        return (_ME, _called(world, state))[chosen - 1]
    named = [m for m in hearing.people(heard.text) if m.person != NOBODY or m.relation == "pronoun"]
    if len(named) != 1:
        return None
    (one,) = named
    if one.person in (SELF, COUPLE) and one.relation != "pronoun":
        return _ME
    return _called(world, state) if one.relation == "pronoun" or one.person == state.person else None


def _called(world: World, state: Conversation) -> str:
    """The relative in the asker's own words: 我妈."""
    words = state.case.words or world.wording.who(state.person).replace("您的", "我").replace("您", "我")
    return words if words.startswith(("我", "俺", "咱")) else f"我{words}"
