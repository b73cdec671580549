"""Where the home or the workplace told of lies, in a message that tells nothing else (超市在城区里, 小区就在城里头).

Told by itself such a message sounds like a question about what counts as a town; amid a case it says where the thing is.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation import hearing
from bot.conversation.kinfolk import follows_asker
from bot.conversation.state import PRESUMED, Case
from bot.conversation.world import Heard, World
from bot.eligibility.values import Choice, Value
from bot.reading.asking.answers import read_answer
from bot.reading.asking.wanting import asks
from bot.reading.text.cues import cue

_NAMED = {"home": cue("lies_where.home"), "work": cue("lies_where.work")}
_NONE = Choice(frozenset({"none"}))
_OF: Mapping[str, tuple[tuple[str, str], ...]] = {
    "home": (("housing.kind", "housing.area"), ("kin.housing", "kin.area")),
    "work": (("work.status", "work.area"), ("business.license", "work.area"), ("kin.work", "kin.area")),
}
"""What a word for a home or a workplace may mean in a case: the fact told of it, and the one that says where it lies."""


def thing_lies(world: World, heard: Heard, home: str, case: Case) -> dict[str, Value]:
    """In what kind of area the home or the workplace told of lies, where the message says that of it and no more."""
    plain = hearing.plain(heard.text).strip("。! ")
    if asks(plain):
        return {}
    for thing, facts in _OF.items():
        found = _NAMED[thing].fullmatch(plain)
        area = next((area for fact, area in facts if _has(case, fact)), None)
        if found is None:
            continue
        area = area or ("kin.area" if thing == "home" and follows_asker(case) else None)
        if area is not None:
            answer = read_answer(found["where"], area, options=(), as_of=heard.as_of, home=home, vocabulary=world.vocabulary)
            return {area: answer.facts[area]} if answer.kind == "value" else {}
    return {}


def _has(case: Case, fact: str) -> bool:
    told = case.told.get(fact)
    return told is not None and told.certainty != PRESUMED and told.value != _NONE
