"""Kinds of place with no name (县城, 镇上, 村里), taken for a part of the place named before them."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Places, inside
from bot.reading.place.places import PlaceReading
from bot.reading.text.cues import cue

_VILLAGE_OF = {"town": "town_village", "subdistrict": "urban_village", "township": "township"}
_VILLAGES = frozenset(_VILLAGE_OF.values())
_NAMED = frozenset({"province", "prefecture", "county", "town", "township", "subdistrict", "elsewhere"})
_NEAR = 24  # characters from a town named to the words that say which part of it is meant


def seated(places: list[PlaceReading], home: str | None, plain: str) -> list[PlaceReading]:
    """县城 is the seat of the county named last (高唐农村户口,在县城租房), 镇上 and 村里 a part of the town named last."""
    county: str | None = None
    done: list[PlaceReading] = []
    named: int | None = None
    for place in places:
        path = next(iter(place.places.include)) if len(place.places.include) == 1 else ""
        if place.kind in ("county", "town", "township", "subdistrict") and home and inside(path, home) and path != home:
            county = "/".join(path.split("/")[:3])
        elif place.kind == "area" and cue("seated.in_the_county").match(place.name) and county and inside(county, home or ""):
            place = replace(place, places=Places(frozenset({county})), assumed=False)
        if place.kind in _NAMED:
            below = home and place.kind in _VILLAGE_OF and inside(path, home)
            named = len(done) if below else None
        elif named is not None and place.kind == "area":
            town = done[named]
            if (part := _part(town, place, plain)) is not None:
                place = replace(place, places=town.places, area=part, assumed=False)
                if town.area is not None and part < town.area:
                    done[named] = replace(town, area=part)
        done.append(place)
    return done


def _part(town: PlaceReading, place: PlaceReading, plain: str) -> frozenset[str] | None:
    """Which part of a town the words after it mean (敬仲镇,…村里的房: a village of it); ``None`` where they speak of another matter."""
    between = plain[town.span[1] : place.span[0]]
    if len(between) > _NEAR or town.area is None or place.area is None or cue("spots.another_place").search(between):
        return None
    after = plain[place.span[1] : place.span[1] + _NEAR]
    if cue("spots.this_or_that").match(after) or cue("seated.or_else").search(between):
        return None
    home_first = cue("spots.homely").search(between) and cue("spots.at_work").search(after)
    work_first = cue("spots.at_work").search(between) and cue("spots.homely").search(after)
    if home_first or work_first:
        return None
    if place.area <= _VILLAGES:
        return frozenset({_VILLAGE_OF[town.kind]})
    return place.area if place.area <= town.area else None
