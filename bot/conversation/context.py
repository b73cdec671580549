"""What a half sentence says after what was told before: 合同签了 of a rented home, of a job, of a home not yet handed over.

The message is read once more behind a few words that name what is spoken of (租房住,合同签了). Only facts of that subject which the
message does not tell by itself are taken; the words and the facts they lead to stand in ``data/lexicon/answers.yml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML

from bot.conversation import hearing
from bot.conversation.state import PRESUMED, Case
from bot.conversation.world import Heard, World
from bot.eligibility.values import Choice
from bot.paths import LEXICON
from bot.reading.builder import FactReading

_LONGEST = 30
"""Who says more than this says what it is about."""


@dataclass(frozen=True)
class _Spoken:
    """A subject of conversation: the fact and values that make it one, the words that name it, the facts told of it."""

    fact: str
    values: frozenset[str]
    words: str
    tells: tuple[str, ...]


@lru_cache(maxsize=1)
def _subjects() -> tuple[_Spoken, ...]:
    raw = YAML(typ="safe", pure=True).load((LEXICON / "answers.yml").read_text(encoding="utf-8"))
    return tuple(_Spoken(row["fact"], frozenset(row["values"]), row["words"], tuple(row["tells"])) for row in raw["spoken_of"])


def in_context(world: World, heard: Heard, home: str, case: Case) -> tuple[FactReading, ...]:
    """The facts that a short message tells only together with what the case is about.

    The subject of the pending question comes first, then what was told last; the first that makes sense of the message counts.
    """
    if len(heard.text) > _LONGEST:
        return ()
    alone = {f.fact for f in hearing.reading(world, heard, home, case.person).facts if f.certainty != PRESUMED}
    for subject in _in_order(case):
        before = {(f.fact, f.value) for f in hearing.after(world, heard, home, case.person, subject.words, "").facts}
        read = hearing.after(world, heard, home, case.person, subject.words, heard.text).facts
        news = [f for f in read if f.certainty != PRESUMED and f.fact.startswith(subject.tells) and (f.fact, f.value) not in before]
        if found := tuple(f for f in news if f.fact not in alone):
            return found
    return ()


def _in_order(case: Case) -> list[_Spoken]:
    order = list(case.told)
    live = [s for s in _subjects() if _holds(case, s)]
    live.sort(key=lambda s: -order.index(s.fact))
    return sorted(live, key=lambda s: not (case.pending or "").startswith(s.tells))


def _holds(case: Case, subject: _Spoken) -> bool:
    told = case.told.get(subject.fact)
    return told is not None and isinstance(told.value, Choice) and told.value.values <= subject.values
