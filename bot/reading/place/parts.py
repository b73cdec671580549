"""Which part of a named place the words behind its name tell: 城区, 下面的村, 镇上, 高新区."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.reading.place.place_tree import named_below, tree
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

URBAN, TOWN = frozenset({"urban"}), frozenset({"town"})
TOWN_OR_VILLAGE = frozenset({"town", "town_village"})
VILLAGE = frozenset({"town_village", "urban_village", "township"})
BUILT_UP = frozenset({"urban", "town"})
TOWNSHIP, URBAN_VILLAGE, TOWN_VILLAGE = frozenset({"township"}), frozenset({"urban_village"}), frozenset({"town_village"})
_ZONE = cue("places.zone")
_TAIL_URBAN = cue("places.tail_urban")
_TAIL_INSIDE = {
    "市": cue("places.inside_city"),
    "县": cue("places.inside_county"),
    "区": cue("places.inside_district"),
}
_TAIL_VILLAGE = cue("places.tail_village")
_TAIL_TOWN = cue("places.tail_town")
_TOWN_SEAT = cue("places.town_seat")
_VILLAGE_BELOW = (
    (cue("places.village_of_town"), TOWN_VILLAGE),
    (cue("places.village_of_township"), TOWNSHIP),
    (cue("places.village_of_city"), URBAN_VILLAGE),
)
_IN_TOWN = group("places.in_town")


@dataclass(frozen=True)
class Part:
    """A place with the words behind its name: where they end, the areas they leave possible, the kind of place and the places it may be.

    ``by_name`` is set where nothing but the name says that the built-up part is meant.
    """

    end: int
    area: frozenset[str] | None
    kind: str
    places: frozenset[str]
    by_name: bool = False


_TOWNS = frozenset({"town", "township", "subdistrict"})
_AREA_OF = {"town": TOWN_OR_VILLAGE, "township": TOWNSHIP, "subdistrict": URBAN}
_VILLAGE_OF = {"town": TOWN_VILLAGE, "township": TOWNSHIP, "subdistrict": URBAN_VILLAGE}


def part_behind(plain: str, end: int, paths: tuple[str, ...]) -> Part:
    """The part that is told of the places which a name ending at ``end`` may be."""
    kind = tree().kind(paths[0])
    places = frozenset(paths)
    if kind in _TOWNS:
        return _part_of_a_town(plain, end, kind, places)
    if kind == "province" or named_below(plain, end + plain.startswith("的", end), paths):
        return Part(end, None, kind, places)
    if below := _village_below(plain, end):
        return Part(*below, kind, places)
    if (until := _urban_until(plain, end)) is not None:
        seats = next((frozenset(tree().seats[path]) for path in paths if path in tree().seats), None)
        return Part(until, URBAN, "group" if seats and kind == "prefecture" else kind, seats or places)
    if kind == "prefecture" and (zone := _ZONE.match(plain, end + plain.startswith("的", end))):
        return Part(zone.end(), None, kind, places)
    if village := _TAIL_VILLAGE.match(plain, end):
        return Part(village.end(), kinds_of_village(places), kind, places)
    if town := _TAIL_TOWN.match(plain, end):
        return Part(*_town_in_a_county(plain, town), kind, places)
    if places <= tree().urban:
        return Part(end, URBAN, kind, places, by_name=True)
    return Part(end, None, kind, places)


def _part_of_a_town(plain: str, end: int, kind: str, places: frozenset[str]) -> Part:
    """凤凰镇上, 凤凰镇下面的村, or no more than the town."""
    if kind == "town" and (seat := _TOWN_SEAT.match(plain, end)):
        return Part(seat.end(), TOWN, kind, places)
    if village := _TAIL_VILLAGE.match(plain, end):
        return Part(village.end(), _VILLAGE_OF[kind], kind, places)
    return Part(end, _AREA_OF[kind], kind, places)


def _urban_until(plain: str, end: int) -> int | None:
    """Where the words end that tell the built-up part of a county or prefecture (临淄城区, 阳谷县城里), ``None`` without such words."""
    tail = _TAIL_URBAN.match(plain, end)
    if not tail and plain[end - 1] in _TAIL_INSIDE:
        tail = _TAIL_INSIDE[plain[end - 1]].match(plain, end)
    return tail.end() if tail else None


def _village_below(plain: str, end: int) -> tuple[int, frozenset[str]] | None:
    """The village told by what it lies below (东昌府区|街道下面的村, 临淄的镇底下的村), ``None`` where nothing but a village is told."""
    at = end + plain.startswith("的", end)
    found = ((words.match(plain, at), area) for words, area in _VILLAGE_BELOW)
    return next(((below.end(), area) for below, area in found if below), None)


def _town_in_a_county(plain: str, town: re.Match[str]) -> tuple[int, frozenset[str]]:
    """Where the words for a town of a county end, and which areas they leave (临淄某镇, 阳谷乡镇上, 阳谷一个乡的村)."""
    end = town.end()
    if town["what"] in _IN_TOWN:
        return end, TOWN
    area = _area_of_a_town(town["what"])
    if area == TOWN_OR_VILLAGE and (seat := _TOWN_SEAT.match(plain, end)):
        return seat.end(), TOWN
    if village := _TAIL_VILLAGE.match(plain, end):
        return village.end(), area & VILLAGE or URBAN_VILLAGE
    return end, area


def _area_of_a_town(words: str) -> frozenset[str]:
    """The areas that a word for a town, township or subdistrict leaves possible."""
    if cue("places.any_township").search(words):
        return TOWN_OR_VILLAGE | TOWNSHIP
    if cue("places.a_subdistrict").search(words):
        return URBAN
    return TOWNSHIP if words.endswith("乡") else TOWN_OR_VILLAGE


def kinds_of_village(places: Iterable[str]) -> frozenset[str]:
    """The kinds of village there are in these counties, as far as the tree goes down to towns."""
    below = [child for place in places for child in tree().children.get(place, ()) if child.count("/") == 3]
    if not below:
        return VILLAGE
    kinds = {tree().kind(child) for child in below}
    return frozenset(
        {area for kind, area in (("town", "town_village"), ("township", "township"), ("subdistrict", "urban_village")) if kind in kinds}
    )
