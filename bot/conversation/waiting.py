"""A message that waits until the place is told, and the message that tells it; or a place told where none waits for it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.beginning import begin
from bot.conversation.manners import examples
from bot.conversation.screening import speak
from bot.conversation.state import Conversation
from bot.conversation.subject import Subject
from bot.conversation.where import where
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.values import inside
from bot.reading.text.cues import cue
from bot.reading.text.groups import composed, table
from bot.replies.model import Reply

_LONGEST = 20
_NOTHING_ELSE = cue("waiting.nothing_else")


def with_the_place(world: World, state: Conversation, heard: Heard) -> tuple[Conversation, Heard] | None:
    """The waiting message with the place that this one tells, and the state that goes on there; ``None`` where none waits or none is told.

    The place may come with more than its name (临淄城里), so both are read together; a place beside nothing told is where the
    register is to go.
    """
    waited = state.waiting
    if not waited or len(heard.text) > _LONGEST:
        return None
    place = where(world, state, heard)
    named = place.jurisdiction or (None if place.elsewhere else _in_one_of_them(world, heard.text))
    if named is None:
        return None
    said = heard.text.strip()
    home = world.packs.homes[named]
    before = Heard(str(waited["text"]), str(waited["intent"]), heard.today, waited["luohu"], heard.metadata)
    untold = not hearing.reading(world, before, home).facts
    more = "" if _only_a_name(world, said) else composed("goes_to", place=said) if untold and only_a_place(said, home) else f"，{said}"
    return replace(state, place=named, waiting=None), replace(before, text=before.text + more)


def place_alone(world: World, state: Conversation, heard: Heard) -> Turn | None:
    """The turn of a message that is the name of a place, where no message waits for it and no case is told; else ``None``.

    After the answer to a question the place is the one asked about (公租房能落不 … 临清): its case begins there. A question that is
    pending with nothing told comes again.
    """
    if state.waiting or state.case.said or len(heard.text) > _LONGEST:
        return None
    place = where(world, state, heard)
    named = place.jurisdiction or (None if place.elsewhere else _in_one_of_them(world, heard.text))
    said = heard.text.strip().strip("。，,！!.？? ")
    if named is None or not (_only_a_name(world, said) or only_a_place(said, world.packs.homes[named])):
        return None
    pack, there = world.pack(named), replace(state, place=named, asked_place=False)
    say = world.wording.say("elsewhere_untold", place=pack.identity.jurisdiction.name)
    if state.case.pending:
        return speak(world, there.with_case(state.case.reopened()), heard, pack, brief=True, prefix=(say,))
    kind = table("waiting.of_topic").get(state.topic or "")
    if kind is not None:
        told = replace(heard, text=composed("there", place=said.removesuffix("的"), what=kind))
        return begin(world, there, told, pack, Subject(state.topic))
    return Turn(there, (Reply("chitchat", (say,), named, question=world.wording["what_way"], options=examples(world)),))


def tells_another_place(state: Conversation, heard: Heard) -> bool:
    """Whether a place alone is told, asked where, in a message that tells none served (:func:`with_the_place`): 张店."""
    return bool(state.waiting) and len(heard.text) <= _LONGEST // 2 and only_a_place(heard.text.strip(), None)


def _only_a_name(world: World, said: str) -> bool:
    """Whether the message is the name of a place served and nothing else."""
    bare = said.strip(" 。，,！!.")
    return any(bare in (j.name, *j.aliases) for j in (p.identity.jurisdiction for p in world.packs))


def only_a_place(said: str, home: str | None, beside: re.Pattern[str] = _NOTHING_ELSE) -> bool:
    """Whether ``said`` names a place, in whatever words, and nothing else than what may stand ``beside`` it."""
    rest = plain = hearing.plain(said)
    for place in hearing.places_in(said, home):
        rest = rest.replace(plain[slice(*place.span)], "", 1)
    return rest != plain and beside.fullmatch(rest) is not None


def _in_one_of_them(world: World, said: str) -> str | None:
    """The place served in which alone a bare name lies (辛店), once it is known that one of them is meant."""
    lies_in = [
        jurisdiction
        for jurisdiction, home in world.packs.homes.items()
        if any(path != home and inside(path, home) for place in hearing.places_in(said, home) for path in place.places.include)
    ]
    return lies_in[0] if len(lies_in) == 1 and len(said) <= _LONGEST // 2 else None
