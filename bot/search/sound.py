"""How Chinese words sound: pinyin and initials, for staff who type fqtk for 夫妻投靠 and for slips of the input method."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.pinyin import syllables_of

_CHINESE = re.compile(r"[一-鿿]+")
_RUNS = re.compile(r"[一-鿿]+|[a-z]+")
EXACT, START, INSIDE = 1.0, 0.8, 0.6
"""How well letters name something that they spell whole, from its start, or from one of its later syllables."""
LEAST_INSIDE = 3
"""Letters that must match where they stand in the middle of a name."""


@lru_cache(maxsize=65536)
def syllables(text: str) -> tuple[str, ...]:
    """The pinyin of the Chinese characters of a text, without tones; Latin runs are kept, everything else is left out."""
    heard: list[str] = []
    for run in _RUNS.findall(text.lower()):
        heard += [run] if run[0] < "一" else syllables_of(run)
    return tuple(heard)


def initials(text: str) -> str:
    """The first letter of each syllable."""
    return "".join(s[0] for s in syllables(text))


def sound_pairs(text: str) -> Iterator[str]:
    """Pairs of syllables of the Chinese runs of a text, marked so that they are never taken for words."""
    for run in _CHINESE.findall(text):
        heard = syllables(run)
        yield from (f"~{a} {b}" for a, b in zip(heard, heard[1:], strict=False))


@dataclass(frozen=True)
class Sound:
    """The sound of one name: ``initials`` (fqtk), ``full`` (fuqitoukao), ``starts`` where its syllables begin in ``full``."""

    initials: str
    full: str
    starts: frozenset[int]


def sound(text: str) -> Sound:
    """The sound of a name."""
    heard = syllables(text)
    starts, at = set(), 0
    for syllable in heard:
        starts.add(at)
        at += len(syllable)
    return Sound("".join(s[0] for s in heard), "".join(heard), frozenset(starts))
