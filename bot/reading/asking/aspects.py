"""Which side of a matter a message asks about: materials, fee, time, office, steps, online, phone, validity, count, area, age, consent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML

from bot.paths import LEXICON
from bot.policy.vocabulary import ASPECTS
from bot.reading.text.patterns import Index


@dataclass(frozen=True)
class _Asks:
    """The patterns of ``data/lexicon/aspects.yml``, compiled once."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    index: Index
    silent: re.Pattern[str]


@lru_cache(maxsize=1)
def _asks() -> _Asks:
    data = YAML(typ="safe", pure=True).load((LEXICON / "aspects.yml").read_text(encoding="utf-8"))
    unknown = set(data["asks"]) - set(ASPECTS)
    if unknown:
        raise ValueError(f"aspects.yml: unknown aspects {sorted(unknown)}; known are {', '.join(ASPECTS)}")
    patterns = tuple((aspect, re.compile(pattern)) for aspect, rows in data["asks"].items() for pattern in rows)
    return _Asks(patterns, Index.of([pattern for _, pattern in patterns]), re.compile("|".join(data["silent"])))


def aspects(plain: str) -> tuple[str, ...]:
    """The aspects asked about, each once, in order of mention.

    ``materials``, ``fee``, ``time`` (how long until it is done), ``office``, ``steps``, ``online``, ``phone``, ``validity`` (is the
    document still in force), ``count`` (how many years or months are required), ``area`` (how many square metres), ``age`` and ``consent``
    (whether somebody else must agree, or what holds where they do not).
    Where several aspects claim the same words the longest claim counts.
    """
    return tuple(dict.fromkeys(aspect for _, _, aspect in _claims(plain)))


def without_aspects(plain: str) -> str:
    """The text without the words that ask for an aspect: what is left of "开店落户要什么材料" is the way it is asked of."""
    rest, at = [], 0
    for start, end, _ in _claims(plain):
        rest.append(plain[at:start])
        at = end
    return "".join([*rest, plain[at:]])


def _claims(plain: str) -> list[tuple[int, int, str]]:
    asks = _asks()
    mute = {at for match in asks.silent.finditer(plain) for at in range(*match.span())}
    found = []
    for aspect, pattern in (asks.patterns[at] for at in asks.index.possible(plain)):
        for match in pattern.finditer(plain):
            if match.end() > match.start() and not mute.intersection(range(*match.span())):
                found.append((match.start() - match.end(), match.start(), match.end(), aspect))
    taken: set[int] = set()
    kept: list[tuple[int, int, str]] = []
    for _, start, end, aspect in sorted(found):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end, aspect))
    return sorted(kept)
