"""Which place a message is about: named in it, named before, or pinned by the front end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.conversation import hearing
from bot.conversation.outside import COMES_HERE, SETTLES, opens_elsewhere
from bot.conversation.state import PRESUMED, Conversation
from bot.conversation.world import Heard, World
from bot.eligibility.values import Places, inside
from bot.policy.same import Same
from bot.reading.place.destinations import Target, only_heard_of
from bot.reading.text.cues import cue

# A home to settle in, or a relative to follow: where these are says where a register is to go.
_GOAL = ("housing.place", "kin.place")
_WORK = "work.place"
# Work elsewhere says so only where the register is to go there (户口也弄去).
_THERE = cue("where.there")
_UNDER_WAY = 16  # messages remembered: most kinds of turn ask for the place of the one at hand
_SHORT = 24
"""A message of so few characters that names where somebody lives or works, and nothing else, asks to settle there."""


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
    return _where(Same(world), Same(state), Same(heard))


def spoken_of(world: World, state: Conversation, heard: Heard) -> Where:
    """The place that the conversation is about, whatever this message names."""
    return _spoken_of(Same(world), Same(state), Same(heard))


@lru_cache(maxsize=_UNDER_WAY)
def _spoken_of(world: Same[World], state: Same[Conversation], heard: Same[Heard]) -> Where:
    return _found(world.it, state.it, replace(heard.it, text=""))


@lru_cache(maxsize=_UNDER_WAY)
def _where(world: Same[World], state: Same[Conversation], heard: Same[Heard]) -> Where:
    return _found(world.it, state.it, heard.it)


def _found(world: World, state: Conversation, heard: Heard) -> Where:
    homes = world.packs.homes
    targets = hearing.places_named(heard.text, homes)
    pinned = heard.metadata.get("jurisdiction")
    only = next(iter(homes)) if len(homes) == 1 else None
    spoken_of = state.place or (pinned if pinned in homes else None)
    if spoken_of:
        plain = hearing.plain(heard.text)
        targets = tuple(t for t in targets if t.jurisdiction in (None, spoken_of) or not only_heard_of(plain, t))
    if spoken_of and state.case.told:
        # 他户口在聊城, in a case of 临淄: no other place
        targets = tuple(t for t in targets if not t.origin or t.jurisdiction == spoken_of)
    named = tuple(dict.fromkeys(t.jurisdiction for t in targets if t.jurisdiction))
    if named:
        return Where(named[0], named)
    if targets and not (spoken_of and _in_passing(world, heard, homes[spoken_of], targets)):
        return Where(None, (), True)
    answering = state.case.pending is not None  # 张店集体户 then tells where the register is
    if not answering and opens_elsewhere(hearing.plain(heard.text), homes.values(), placeless=spoken_of is None):
        return Where(None, (), True)
    if not answering and spoken_of is None and _at_home_elsewhere(world, heard):
        return Where(None, (), True)
    return Where(spoken_of or only)


def _at_home_elsewhere(world: World, heard: Heard) -> bool:
    """Whether the message asks to settle and tells of a home or a relative where no pack serves (菏泽买的楼,户口能迁过去吗).

    So does work there, where the register is to go there too.
    """
    plain = hearing.plain(heard.text)
    if not SETTLES.search(plain) or COMES_HERE.search(plain) or not hearing.names_a_place(heard.text):
        return False  # told without reading all of it
    goals = _goals(world, heard, None) or (_goals(world, heard, None, (_WORK,)) if _THERE.search(plain) else [])
    return bool(goals) and not any(inside(goal, home) or inside(home, goal) for goal in goals for home in world.packs.homes.values())


def _in_passing(world: World, heard: Heard, home: str, targets: Sequence[Target]) -> bool:
    """Whether the places elsewhere only tell where somebody lives or works who asks about ``home``, the place spoken of.

    在张店上班,这边租的楼房主同意,能落吗 is not about 张店; 在张店租的房,能落吗 is, unless there is a home or a relative here to go to.
    A place that holds ``home`` is none elsewhere.
    """
    if any(target.sure for target in targets):
        return False
    apart = [target.path for target in targets if not inside(home, target.path)]
    goals = _goals(world, heard, home)
    if any(inside(goal, home) for goal in goals):
        return True  # 后爹在辛店有房,我在博山住着,户口落他那
    if any(inside(goal, path) for goal in goals for path in apart):
        return False
    return not apart or bool(goals) or len(hearing.plain(heard.text)) > _SHORT


def _goals(world: World, heard: Heard, home: str | None, facts: Sequence[str] = _GOAL) -> list[str]:
    """Where the message says a home or a relative to follow is (or what else of ``facts``), read by somebody at ``home``."""
    told = {f.fact: f.value for f in hearing.reading(world, heard, home).facts if f.certainty != PRESUMED}
    return [path for fact in facts if isinstance(value := told.get(fact), Places) for path in value.include]
