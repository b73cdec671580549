"""Where a job or a home told of before lies, told by naming the thing (公司在辛店, 超市在城区里, 场在村边上): no other job or home.

Told by itself such a message sounds like a question about what counts as a town; amid a case it says where the thing is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation import hearing
from bot.conversation.kinfolk import follows_asker
from bot.conversation.state import PRESUMED, Case
from bot.conversation.world import Heard, World
from bot.eligibility.values import Choice, Value, meet
from bot.reading.asking.answers import read_answer
from bot.reading.asking.wanting import asks
from bot.reading.record.builder import FactReading
from bot.reading.text.cues import cue

_WORK = "work.status"
_NAMED = {"home": cue("locating.home"), "work": cue("locating.work")}
_OF: Mapping[str, tuple[tuple[str, str], ...]] = {
    "home": (("housing.kind", "housing.area"), ("kin.housing", "kin.area")),
    "work": ((_WORK, "work.area"), ("business.license", "work.area"), ("kin.work", "kin.area")),
}
"""What a word for a home or a workplace may mean in a case: the fact told of it, and the one that says where it lies."""
_KINDS = {"village": frozenset({"town_village", "urban_village"}), "town": frozenset({"town"}), "urban": frozenset({"urban"})}
_NONE = Choice(frozenset({"none"}))


def thing_lies(world: World, heard: Heard, home: str, case: Case) -> dict[str, Value]:
    """In what kind of area the home or the workplace told of lies, where the message says that of it and no more."""
    plain = hearing.plain(heard.text).strip("。! ")
    for thing, facts in _OF.items() if not asks(plain) else ():
        if (found := _NAMED[thing].fullmatch(plain)) is None:
            continue
        area = next((area for fact, area in facts if _has(case, fact)), None)
        area = area or ("kin.area" if thing == "home" and follows_asker(case) else None)
        if area is not None:
            value = _kind_of_area(world, heard, home, area, found["where"])
            return {area: value} if value is not None else {}
    return {}


def _kind_of_area(world: World, heard: Heard, home: str, area: str, where: str) -> Value | None:
    if (kind := cue("locating.kind").fullmatch(where)) is not None:
        return Choice(_KINDS[next(name for name in _KINDS if kind[name])])
    answer = read_answer(where, area, options=(), as_of=heard.as_of, home=home, vocabulary=world.vocabulary)
    return answer.facts[area] if answer.kind == "value" else None


def no_other_job(case: Case, facts: Sequence[FactReading]) -> tuple[FactReading, ...]:
    """The facts without the job that only the place of one's work sounds like (公司在辛店, of who drives for it on their own account)."""
    if not _has(case, _WORK):
        return tuple(facts)
    told = case.told[_WORK]

    def sounds(one: FactReading) -> bool:
        placed = one.fact == _WORK and cue("locating.workplace").fullmatch(one.words) is not None
        return placed and meet(one.value, told.value) is None

    return tuple(f for f in facts if not sounds(f))


def not_where_thought(plain: str) -> bool:
    """Whether a message says where something lies and where it does not, against what was thought (场在村边上,不在城里)."""
    return cue("locating.and_not").search(plain.strip("。! ")) is not None


def _has(case: Case, fact: str) -> bool:
    told = case.told.get(fact)
    return told is not None and told.certainty != PRESUMED and told.value != _NONE
