"""Estates as people name them: one called after a town is not in that town, and an estate is built-up (齐都花园 lies in the seat).

Streets and institutions are read in ``sites.py``.
"""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import ANYWHERE
from bot.reading.place.places import BUILT_UP, PlaceReading, find_places
from bot.reading.text.cues import cue

_ESTATE, _NAME = cue("addresses.estate"), cue("addresses.estate_name")
_LONGEST = 4  # characters of an estate's name before what it ends in
_BARE, _GOES_ON = cue("addresses.bare"), cue("addresses.goes_on")


def addressed(places: list[PlaceReading], plain: str) -> list[PlaceReading]:
    """The places without the towns that only lend an estate or a street their name, and with the estates."""
    kept = [q for p in places for q in _without_the_town(p, plain)]
    for m in _ESTATE.finditer(plain):
        name = _NAME.search(plain, max(0, m.start() - _LONGEST), m.start())
        low = name.start() if name else m.start()
        start = max([low, *(p.span[1] for p in kept if p.kind != "building" and low < p.span[1] <= m.end())])
        if start < m.end() and not any(p.kind != "building" and p.span[0] < m.end() and start < p.span[1] for p in kept):
            kept = [p for p in kept if not start <= p.span[0] < m.end()]  # 小区, of an estate with a name
            kept.append(PlaceReading(ANYWHERE, BUILT_UP, (start, m.end()), plain[start : m.end()], "building"))
    return sorted(kept, key=lambda p: p.span)


def _without_the_town(place: PlaceReading, plain: str) -> list[PlaceReading]:
    """The place as it stands; where a town's short name is only the beginning of an estate's, the county named with it, or nothing."""
    if place.kind != "town" or not _BARE.match(place.name) or not _GOES_ON.match(plain, place.span[1]):
        return [place]
    stem = next(iter(place.places.include)).rpartition("/")[2].removesuffix("镇")
    before = place.name.removesuffix(stem)
    start, end = place.span[0], place.span[0] + len(before)
    return [replace(p, span=(start, end)) for p in find_places(before) if p.span == (0, len(before))]
