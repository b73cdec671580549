"""A question that opens with a place no document governs (X 夫妻投靠, X老公房能落户吗): the place decides before the topic does.

Where the words around a place say that somebody is to settle there, ``jurisdictions_named`` of
:mod:`bot.reading.place.destinations` already knows. A message may also just put the place in front of its question. It then asks about
that place, unless somebody tells of themselves or of coming here.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.eligibility.values import inside
from bot.reading.place.places import NAMED, PlaceReading, find_places
from bot.reading.text.cues import cue
from bot.reading.text.groups import composed

_LONGEST = 24
"""More than a question: whoever writes so much tells something, and the place may be where they come from."""
_OPENING = cue("outside.opening")
_AT = cue("outside.at")
_WAY = cue("outside.way")
# What is done there, who goes there: with a place spoken of before, these may as well say where somebody comes from.
_THERE = cue("outside.there")
# 某地户口能落吗 tells where the register is; 某地户口能迁回去吗 asks about going back there.
_BACK = cue("outside.back")
SETTLES = cue("outside.settles")
"""Words of settling, or of what comes with it."""
COMES_HERE = cue("outside.comes_here")
"""Somebody speaks of coming to where the bot serves."""
_OWN = cue("outside.own")
_ASKS = cue("outside.asks")
_NAME = (2, 8)


def opens_elsewhere(plain: str, homes: Collection[str], placeless: bool) -> bool:
    """Whether a short question opens with the name of a place outside ``homes`` (place paths).

    ``placeless`` says that no place has been spoken of yet: then also work there, or a way back, is asked about there.
    """
    plain = _question(plain)
    if len(plain) > _LONGEST or not SETTLES.search(plain) or _OWN.search(plain):
        return False
    start = _OPENING.match(plain).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    at = _AT.match(plain, start)
    if at and not placeless:
        return False
    start = at.end() if at else start
    for end in range(min(len(plain), start + _NAME[1]), start + _NAME[0] - 1, -1):
        follows = _WAY.match(plain, end) or _BACK.match(plain, end) or placeless and _THERE.match(plain, end)
        if follows and _outside(plain[start:end], homes):
            return True
    return False


def _question(plain: str) -> str:
    """The first clause where that is a question of its own, whatever is told after it (桓台投靠兄弟能落户么,我弟在那买的房)."""
    first = re.split("[,。;?!]", plain, maxsplit=1)[0]
    return first if SETTLES.search(first) and _ASKS.search(first) else plain


def _outside(name: str, homes: Collection[str]) -> bool:
    """Whether this is the whole name of a place outside ``homes`` that contains none of them either; read as where somebody works."""
    start = composed("works_at", place="|").index("|")
    found = [p for p in find_places(composed("works_at", place=name)) if p.kind in NAMED]
    return len(found) == 1 and found[0].span == (start, start + len(name)) and _apart(found[0], homes)


def _apart(place: PlaceReading, homes: Collection[str]) -> bool:
    return bool(place.places.include) and not any(
        inside(path, home) or inside(home, path) for path in place.places.include for home in homes
    )
