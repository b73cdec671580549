"""Which place a message is about: named in it, named before, or pinned by the front end."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation import hearing
from bot.conversation.outside import opens_elsewhere
from bot.conversation.state import Conversation
from bot.conversation.world import Heard, World


@dataclass(frozen=True)
class Where:
    """``jurisdiction`` is the place served that the message is about, ``None`` while it cannot be told.

    ``named`` are the places served that this message itself names; ``elsewhere`` is set when it names only a place that no pack serves.
    """

    jurisdiction: str | None
    named: tuple[str, ...] = ()
    elsewhere: bool = False


def where(world: World, state: Conversation, heard: Heard) -> Where:
    """The place of a message: what it names, else what the conversation named, else what the front end is pinned to."""
    homes = {j: p.identity.jurisdiction.place for j, p in world.packs.by_jurisdiction.items()}
    targets = hearing.places_named(heard.text, homes)
    named = tuple(dict.fromkeys(t.jurisdiction for t in targets if t.jurisdiction))
    if named:
        return Where(named[0], named)
    if targets:
        return Where(None, (), True)
    pinned = heard.metadata.get("jurisdiction")
    only = next(iter(homes)) if len(homes) == 1 else None
    spoken_of = state.place or (pinned if pinned in homes else None)
    answering = state.case.pending is not None  # 张店集体户 then tells where the register is
    if not answering and opens_elsewhere(hearing.plain(heard.text), homes.values(), placeless=spoken_of is None):
        return Where(None, (), True)
    return Where(spoken_of or only)
