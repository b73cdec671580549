"""A message that waits until the place is told, and the message that tells it."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.state import Conversation
from bot.conversation.where import where
from bot.conversation.world import Heard, World
from bot.eligibility.values import inside
from bot.reading.text.cues import cue
from bot.reading.text.groups import composed

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
    more = "" if _only_a_name(world, said) else composed("goes_to", place=said) if untold and _only_a_place(said, home) else f"，{said}"
    return replace(state, place=named, waiting=None), replace(before, text=before.text + more)


def tells_another_place(state: Conversation, heard: Heard) -> bool:
    """Whether a place alone is told, asked where, in a message that tells none served (:func:`with_the_place`): 张店."""
    return bool(state.waiting) and len(heard.text) <= _LONGEST // 2 and _only_a_place(heard.text.strip(), None)


def _only_a_name(world: World, said: str) -> bool:
    """Whether the message is the name of a place served and nothing else."""
    bare = said.strip(" 。，,！!.")
    return any(bare in (j.name, *j.aliases) for j in (p.identity.jurisdiction for p in world.packs))


def _only_a_place(said: str, home: str | None) -> bool:
    """Whether the message names a place, in whatever words, and nothing else."""
    rest = plain = hearing.plain(said)
    for place in hearing.places_in(said, home):
        rest = rest.replace(plain[slice(*place.span)], "", 1)
    return rest != plain and _NOTHING_ELSE.fullmatch(rest) is not None


def _in_one_of_them(world: World, said: str) -> str | None:
    """The place served in which alone a bare name lies (辛店), once it is known that one of them is meant."""
    lies_in = [
        jurisdiction
        for jurisdiction, home in world.packs.homes.items()
        if any(path != home and inside(path, home) for place in hearing.places_in(said, home) for path in place.places.include)
    ]
    return lies_in[0] if len(lies_in) == 1 and len(said) <= _LONGEST // 2 else None
