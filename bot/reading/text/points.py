"""Which details a message turns on (二房东同意, 贷款没还完, 初级职称), by the words of ``data/lexicon/points.yml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML

from bot.paths import LEXICON
from bot.policy.vocabulary import ASPECTS
from bot.reading.text.cues import cue

_MARKS = ("needed", "whole", "beside")
_SETTLES = cue("points.settles")
_UNDER_WAY = 16  # texts remembered: a turn asks for the details of one message many times


@dataclass(frozen=True)
class Point:
    """One detail: the expression that finds it; the topic of a short question about it, if any, and with which words alone.

    ``side`` is the aspect of which the detail says all there is, so that a reply says it once. ``needed``: it asks whether papers
    that it names are needed. ``whole``: what is said of it is the answer, so that no case is begun where hardly anything is told.
    ``beside``: no fact says it, so it is said before a verdict too.
    """

    found: re.Pattern[str]
    topic: str | None = None
    alone: re.Pattern[str] | None = None
    side: str | None = None
    needed: bool = False
    whole: bool = False
    beside: bool = False


@lru_cache(maxsize=1)
def known() -> Mapping[str, Point]:
    """Every detail, in the order of the file.

    Raises:
        ValueError: a detail names a side that is no aspect.
    """
    raw = YAML(typ="safe", pure=True).load((LEXICON / "points.yml").read_text(encoding="utf-8"))
    found = {name: _point(one if isinstance(one, dict) else {"re": one}) for name, one in raw.items()}
    if unknown := {point.side for point in found.values()} - {None, *ASPECTS}:
        raise ValueError(f"points.yml: unknown sides {sorted(map(str, unknown))}; known are {', '.join(ASPECTS)}")
    return MappingProxyType(found)


def _point(one: Mapping[str, Any]) -> Point:
    alone = re.compile(one["alone"]) if "alone" in one else None
    return Point(re.compile("".join(one["re"])), one.get("topic"), alone, one.get("side"), *(one.get(mark, False) for mark in _MARKS))


@lru_cache(maxsize=_UNDER_WAY)
def points(plain: str) -> tuple[str, ...]:
    """The details that the plain text names, each once, in order of mention."""
    found = ((match.start(), name) for name, point in known().items() if (match := point.found.search(plain)))
    return tuple(name for _, name in sorted(found))


def papers_asked(plain: str) -> tuple[str, ...]:
    """The details by which it is asked whether papers are needed: 公租房还要备案证明不, 落户要带户口本吗."""
    return tuple(name for name in points(plain) if known()[name].needed)


def topic_of_points(plain: str) -> str | None:
    """The topic of the first detail named that decides what a short question is about: 安置房能落吗 asks nothing of a demolition."""
    for name in points(plain):
        point = known()[name]
        if point.topic and (_SETTLES.search(plain) or point.alone and point.alone.search(plain)):
            return point.topic
    return None
