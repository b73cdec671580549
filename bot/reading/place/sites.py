"""What the name of an institution or a landmark tells of where it stands: 县医院 in the seat, 镇小学 in the town, 村委会 in a village."""

from __future__ import annotations

from bot.eligibility.values import Places
from bot.reading.place.place_tree import kind_of
from bot.reading.place.places import BUILT_UP, TOWN, TOWNSHIP, URBAN, VILLAGE, PlaceReading
from bot.reading.text.cues import cue

_OF_PREFECTURE = cue("sites.of_prefecture")
_KINDS = (
    (cue("sites.of_village"), VILLAGE),
    (cue("sites.of_township"), TOWNSHIP),
    (cue("sites.of_town"), TOWN),
    (cue("sites.of_county"), URBAN),
    (_OF_PREFECTURE, URBAN),
    (cue("sites.in_town"), BUILT_UP),
)


def with_sites(places: list[PlaceReading], home: str | None, plain: str) -> list[PlaceReading]:
    """The places, and between them the sites that the text names.

    A site names no place of its own; it says, as 小区 does, what kind of area the dwelling or job told of in its clause is in.  What is the
    prefecture's (市医院) stands in its seat, which tells nothing of a conversation about one county of it.
    """
    places = [place for place in places if not _of_a_market(place, plain)]
    taken = {at for place in places for at in range(*place.span)}
    found: list[PlaceReading] = []
    for pattern, area in _KINDS:
        if pattern is _OF_PREFECTURE and home is not None and kind_of(home) != "prefecture":
            continue
        for match in pattern.finditer(plain):
            span = match.span()
            if taken.isdisjoint(range(*span)):
                taken.update(range(*span))
                found.append(PlaceReading(Places(frozenset({""})), area, span, match.group(), "building"))
    found += _streets(taken, plain)
    return sorted([*places, *found], key=lambda place: place.span)


def _of_a_market(place: PlaceReading, plain: str) -> bool:
    """Whether a kind of place is only the end of another word (超|市里收银, 菜|市里卖肉)."""
    start = place.span[0]
    return place.kind == "area" and cue("sites.market").search(plain[max(0, start - 1) : place.span[1]]) is not None


_SHORTEST = 2  # characters of a street's name before 路


def _streets(taken: set[int], plain: str) -> list[PlaceReading]:
    """Streets with a name (聊城东昌路, 在人民路上): there are none in villages that anybody names."""
    found = []
    for match in cue("sites.street").finditer(plain):
        start = next((at + 1 for at in range(match.end("name") - 1, match.start() - 1, -1) if at in taken), match.start())
        name = plain[start : match.end("name")]
        if len(name) >= _SHORTEST and not cue("sites.no_street").search(name) and taken.isdisjoint(range(start, match.end())):
            found.append(PlaceReading(Places(frozenset({""})), BUILT_UP, (start, match.end()), plain[start : match.end()], "building"))
    return found
