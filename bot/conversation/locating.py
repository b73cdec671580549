"""Where a job or a home told of before lies, told by naming the thing (公司在辛店, 场在村边上): a place, and no other job or home."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import hearing
from bot.conversation.state import PRESUMED, Case
from bot.conversation.world import Heard
from bot.eligibility.values import Choice, Value, meet
from bot.reading.asking.wanting import asks
from bot.reading.record.builder import FactReading
from bot.reading.text.cues import cue

_WORK = "work.status"
_AREAS = {"work": ("work.status", "work.area"), "home": ("housing.kind", "housing.area")}
_KINDS = {"village": frozenset({"town_village", "urban_village"}), "town": frozenset({"town"}), "urban": frozenset({"urban"})}
_NONE = Choice(frozenset({"none"}))


def no_other_job(case: Case, facts: Sequence[FactReading]) -> tuple[FactReading, ...]:
    """The facts without the job that only the place of one's work sounds like (公司在辛店, of who drives for it on their own account)."""
    told = case.told.get(_WORK)
    if told is None or told.certainty == PRESUMED or told.value == _NONE:
        return tuple(facts)

    def sounds(one: FactReading) -> bool:
        placed = one.fact == _WORK and cue("locating.workplace").fullmatch(one.words) is not None
        return placed and meet(one.value, told.value) is None

    return tuple(f for f in facts if not sounds(f))


def area_told(heard: Heard, case: Case) -> dict[str, Value]:
    """场在村边上,不在城里: in which kind of area the work or the home told of before lies, where the words name it and ask nothing."""
    plain = hearing.plain(heard.text).strip("。! ")
    found = cue("locating.lies").match(plain)
    if found is None or asks(plain):
        return {}
    thing, area = _AREAS["work" if found["work"] else "home"]
    told = case.told.get(thing)
    if told is None or told.certainty == PRESUMED or told.value == _NONE:
        return {}
    return {area: Choice(_KINDS[next(kind for kind in _KINDS if found[kind])])}


def not_where_thought(plain: str) -> bool:
    """Whether a message says where something lies and where it does not, against what was thought (场在村边上,不在城里)."""
    return cue("locating.and_not").search(plain.strip("。! ")) is not None
