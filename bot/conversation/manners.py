"""Greetings, thanks, hand-over, starting again: turns that state nothing about a document."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.hearing import plain
from bot.conversation.state import Conversation
from bot.conversation.world import Heard, Turn, World
from bot.reading.text.cues import cue
from bot.replies.model import Option, Reply

_EXAMPLES = ("example_rent", "example_degree", "example_parents")
CHITCHAT = ("greet", "thanks", "bye", "bot", "abuse", "nonsense")


def examples(world: World) -> tuple[Option, ...]:
    """Questions that somebody who asks nothing yet may choose from."""
    return tuple(Option(world.wording[e], world.wording[e]) for e in _EXAMPLES)


def chitchat(world: World, state: Conversation, heard: Heard) -> Turn:
    """A greeting, thanks, a question about the bot, anger, nonsense."""
    wording = world.wording
    key = heard.intent if heard.intent in CHITCHAT else "nonsense"
    said = [wording.say(key, places=world.places)]
    options: tuple[Option, ...] = ()
    if key == "greet":
        said.append(wording.say("greet_examples"))
    if key in ("greet", "bot", "nonsense"):
        options = tuple(Option(wording[e], wording[e]) for e in _EXAMPLES)
    return Turn(state, (Reply("chitchat", tuple(said), state.place, options=options),))


def handoff(world: World, state: Conversation, heard: Heard) -> Turn:
    """To a person: the hotline 12345, or the authority itself."""
    return Turn(state, (Reply("handoff", (world.wording.say("handoff"),), state.place),), "off")


def restart(world: World, state: Conversation, heard: Heard) -> Turn:
    """Drop facts, person and place; a place that the front end is pinned to is pinned in every message and so remains."""
    return Turn(Conversation(), (Reply("chitchat", (world.wording.say("restart"),)),), "off")


def feedback(world: World, state: Conversation, heard: Heard) -> Turn:
    """What somebody thinks of an answer: praise, fault found with it, or neither (提个建议)."""
    text = plain(heard.text)
    praised = any(not cue("manners.denied").search(text[: m.start()]) for m in cue("manners.praise").finditer(text))
    blamed = cue("manners.fault").search(text)
    key = "feedback_good" if praised else "feedback_bad" if blamed else "feedback_noted"
    return Turn(state, (Reply("chitchat", (world.wording.say(key),), state.place),))


def more(world: World, state: Conversation, heard: Heard) -> Turn:
    """更多, where nothing was held back."""
    return Turn(state, (Reply("chitchat", (world.wording.say("more_none"),), state.place),))


def understood(state: Conversation) -> Conversation:
    """The state after a message that was understood."""
    return replace(state, misses=0) if state.misses else state
