"""Places in Chinese text, read by the administrative tree of China (``data/lexicon/places.json``, ``place_aliases.yml``).

A place path is ``省/市/县/镇``; the municipalities have no second level (``北京市/朝阳区``).  Longest match wins, from left to
right: 临淄博物馆 lies in 临淄, not in 淄博.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.eligibility.values import Places, inside
from bot.reading.place.place_tree import Name, is_municipality, tree
from bot.reading.text.cues import cue
from bot.reading.text.groups import group
from bot.reading.text.words import segmenter

URBAN, TOWN = frozenset({"urban"}), frozenset({"town"})
TOWN_OR_VILLAGE = frozenset({"town", "town_village"})
VILLAGE = frozenset({"town_village", "urban_village", "township"})
BUILT_UP = frozenset({"urban", "town"})
TOWNSHIP, URBAN_VILLAGE, TOWN_VILLAGE = frozenset({"township"}), frozenset({"urban_village"}), frozenset({"town_village"})
_RANKS = ("province", "prefecture", "county", "town", "township", "subdistrict")
NAMED = frozenset({"province", "prefecture", "county", "town", "township", "subdistrict", "group"})


@dataclass(frozen=True)
class PlaceReading:
    """A place, or a kind of place, somebody wrote.

    ``places`` is every place it may be (the whole world where only a kind was said and nothing resolves it).
    ``area`` holds the values of ``housing.area`` still possible (``urban``, ``town``, ``town_village``, ``urban_village``,
    ``township``), ``None`` where the words do not say.
    ``kind`` is ``province``, ``prefecture``, ``county``, ``town``, ``township``, ``subdistrict``, ``group`` (四区, 聊城市区), ``area``
    (村里, 县城, 镇上: no name), ``building`` (商品房, 楼房, 小区: no more than a built-up area), ``elsewhere`` (外地, 外省),
    ``here`` (本地, 本市) or ``origin`` (老家).
    ``assumed`` is set where the place rests on the ``home`` handed in and not on the words ("村里" said to the bot of one city): good
    for where somebody wants to settle, not for where somebody comes from.
    ``by_name`` is set where ``area`` rests on a bare name that is taken to mean the built-up part (东昌府区).
    """

    places: Places
    area: frozenset[str] | None
    span: tuple[int, int]
    name: str
    kind: str
    assumed: bool = False
    by_name: bool = False


_ZONE = cue("places.zone")
_TAIL_URBAN = cue("places.tail_urban")
_TAIL_INSIDE = {
    "市": cue("places.inside_city"),
    "县": cue("places.inside_county"),
    "区": cue("places.inside_district"),
}
_TAIL_VILLAGE = cue("places.tail_village")
_TAIL_TOWN = cue("places.tail_town")
_OUT_THERE, _IN_TOWN = group("places.out_there"), group("places.in_town")
_OF_IT = cue("places.of_it")
_TOWN_SEAT = cue("places.town_seat")
_ROAD = cue("places.road")

_AREAS: tuple[tuple[re.Pattern[str], frozenset[str], str], ...] = (
    (cue("places.village_of_town"), TOWN_VILLAGE, "area"),
    (cue("places.village_of_township"), TOWNSHIP, "area"),
    (cue("places.village_of_city"), URBAN_VILLAGE, "area"),
    (cue("places.outskirts"), frozenset({"urban_village", "town_village", "urban"}), "area"),
    (cue("places.town"), TOWN, "area"),
    (cue("places.some_town"), TOWN_OR_VILLAGE, "area"),
    (cue("places.township"), TOWNSHIP, "area"),
    (cue("places.some_townships"), frozenset({"town", "town_village", "township"}), "area"),
    (cue("places.village"), VILLAGE, "area"),
    (cue("places.city"), URBAN, "area"),
    (cue("places.town_or_city"), BUILT_UP, "area"),
    (cue("places.building"), BUILT_UP, "building"),
)
_ELSEWHERE = cue("places.elsewhere")
_HERE = cue("places.here")


def find_places(plain: str, home: str | None = None, edges: set[int] | None = None) -> list[PlaceReading]:
    """Every place in the text from left to right.

    ``edges`` are the offsets at which words begin and end, where the caller knows them.  ``home`` is the place path of the
    conversation's jurisdiction; it resolves bare names (开发区, 市里, 县城, 本地, 外地).  Adjacent pieces are one reading (阳谷县城 is
    阳谷县 with area ``urban``; 张炉集镇下面的村 is that town with area ``town_village``).
    """
    found: list[PlaceReading] = []
    taken: set[int] = set()
    for reading in [*names_in(plain, home, edges), *_elsewhere(plain, home), *_bare_areas(plain, home)]:
        if taken.isdisjoint(range(*reading.span)):
            found.append(_outside(reading) if _BEYOND.match(plain, reading.span[1]) else reading)
            taken.update(range(*reading.span))
    return sorted(found, key=lambda reading: reading.span)


_BEYOND = cue("places.beyond")


def _outside(reading: PlaceReading) -> PlaceReading:
    """聊城以外: everywhere but there."""
    return replace(reading, places=Places(frozenset({""}), reading.places.include), area=None, kind="elsewhere")


def names_in(plain: str, home: str | None, edges: set[int] | None = None) -> list[PlaceReading]:
    """Places with a name, with what follows them."""
    atlas = tree()
    found: list[PlaceReading] = []
    at, size = 0, len(plain)
    while at < size - 1:
        group = _group(plain, at, home)
        if group:
            found.append(group)
            at = group.span[1]
            continue
        last = found[-1] if found and found[-1].span[1] >= at - 1 else None
        near = last if last is not None and (last.span[1] == at or _OF_IT.match(plain, at - 1)) else None
        hit: tuple[tuple[str, ...], int, bool] | None = None
        for length in atlas.starts.get(plain[at : at + 2], ()):
            candidates = atlas.names.get(plain[at : at + length])
            if not candidates or at + length > size:
                continue
            if edges is None and any(candidate.loose for candidate in candidates):
                edges = _word_edges(plain)
            whole = edges is None or (at in edges and at + length in edges)
            if not whole:  # 湖南岳阳, whatever words the segmenter sees in it
                tops = [c.path for c in candidates if "/" not in c.path]
                whole = bool(tops) and _child_at(plain, at + length, tops)
            paths, assumed = _resolve(candidates, near, home, whole, plain[at : at + length])
            word = plain[at : at + length]
            named = not paths and _speaks_of_a_place(plain, at, at + length)
            if named and (word not in atlas.never or _is_told_as_a_home(plain, word)):
                paths = _nearer(tuple(one.path for one in candidates if atlas.kind(one.path) in _RANKS[:3]), home)
            if paths and plain[at + length - 1] == "市" and _child_at(plain, at + length - 1, paths, "市"):
                length -= 1
            if paths and not (_ROAD.match(plain, at + length) and paths[0].count("/") != 3):
                hit = paths, length, assumed
                break
        if not hit:
            at += 1
            continue
        paths, length, assumed = hit
        reading = _with_tail(plain, at, at + length, paths, assumed)
        if near and near.kind != "elsewhere" and any(inside(path, top) and path != top for path in paths for top in near.places.include):
            reading = replace(reading, span=(near.span[0], reading.span[1]), name=plain[near.span[0] : reading.span[1]])
            found.pop()
        found.append(reading)
        at = reading.span[1]
    return found


def _word_edges(plain: str) -> set[int]:
    edges, at = {0}, 0
    for word in segmenter().cut(plain, False):
        at += len(word)
        edges.add(at)
    return edges


def _resolve(
    candidates: tuple[Name, ...], near: PlaceReading | None, home: str | None, whole: bool, word: str
) -> tuple[tuple[str, ...], bool]:
    """The places that a name may be here, and whether that rests on the home."""
    if near:
        below = tuple(c.path for c in candidates if any(inside(c.path, top) and c.path != top for top in near.places.include))
        if below:
            return below, near.assumed
    free = tuple(c.path for c in candidates if not c.within and (not c.loose or whole))
    if free:
        own = tuple(path for path in free if home and inside(path, home))
        if own and len(free) > 1:
            return own, True
        ranks = [_RANKS.index(tree().kind(path)) for path in free]
        # A town's short name that is also a county elsewhere is that county.
        return _nearer(tuple(path for path, rank in zip(free, ranks, strict=True) if rank == min(ranks)), home), False
    if home:
        bound = tuple(c.path for c in candidates if c.within and inside(c.path, home) and (not c.loose or whole) and not _common(c, word))
        if bound:
            return bound, True
    return (), False


def _nearer(paths: tuple[str, ...], home: str | None) -> tuple[str, ...]:
    """Of places of one name those in the province of the conversation, where it has any: 栖霞 is the one that people there speak of."""
    province = home.split("/")[0] if home else None
    return tuple(path for path in paths if path.split("/")[0] == province) or paths


def _common(candidate: Name, word: str) -> bool:
    """Whether a bound name is a town's short form that is an everyday word, and so is read after its county only."""
    return candidate.path.count("/") == 3 and word in tree().never


def _child_at(plain: str, at: int, paths: Iterable[str], initial: str = "") -> bool:
    """Whether the name of a place inside these places begins here (with ``initial``, where that is given)."""
    atlas = tree()
    if initial and plain[at : at + 1] != initial:
        return False
    return any(
        inside(candidate.path, top) and candidate.path != top
        for length in atlas.starts.get(plain[at : at + 2], ())
        if at + length <= len(plain)
        for candidate in atlas.names.get(plain[at : at + length], ())
        for top in paths
    )


def _group(plain: str, at: int, home: str | None) -> PlaceReading | None:
    """四区, and the streets and estates that a town is known by, in a conversation about their home."""
    for name, include, area in _groups(home).get(plain[at], ()):
        if plain.startswith(name, at):
            return PlaceReading(Places(include), area, (at, at + len(name)), name, "group", True)
    return None


@lru_cache(maxsize=64)
def _groups(home: str | None) -> Mapping[str, list[tuple[str, frozenset[str], frozenset[str] | None]]]:
    """The groups of places known in a home, by the first character of a name."""
    known_here = defaultdict(list)
    for owner, names, include, area in tree().groups:
        for name in names if home and inside(home, owner) else ():
            known_here[name[0]].append((name, include, area))
    return dict(known_here)


def _with_tail(plain: str, start: int, end: int, paths: tuple[str, ...], assumed: bool) -> PlaceReading:
    """A named place with the words behind it that say which part of it: 城区, 下面的村, 镇上, 高新区."""
    atlas = tree()
    kind = atlas.kind(paths[0])
    area: frozenset[str] | None = None
    include = frozenset(paths)

    def made(until: int, part: frozenset[str] | None, sort: str = kind, where: frozenset[str] = include) -> PlaceReading:
        return PlaceReading(Places(where), part, (start, until), plain[start:until], sort, assumed)

    if kind in ("town", "township", "subdistrict"):
        if kind == "town" and (tail := _TOWN_SEAT.match(plain, end)):
            return made(tail.end(), TOWN)
        if tail := _TAIL_VILLAGE.match(plain, end):
            return made(tail.end(), {"town": TOWN_VILLAGE, "township": TOWNSHIP}.get(kind, URBAN_VILLAGE))
        return made(end, {"town": TOWN_OR_VILLAGE, "township": TOWNSHIP}.get(kind, URBAN))
    if kind == "province" or _child_at(plain, end + (plain[end : end + 1] == "的"), paths):
        return made(end, None)
    seat = next((frozenset(atlas.seats[path]) for path in paths if path in atlas.seats), None)
    tail = _TAIL_URBAN.match(plain, end)
    if not tail and plain[end - 1] in _TAIL_INSIDE:
        tail = _TAIL_INSIDE[plain[end - 1]].match(plain, end)
    if tail:
        return made(tail.end(), URBAN, "group" if seat and kind == "prefecture" else kind, seat or include)
    if kind == "prefecture" and (zone := _ZONE.match(plain, end + (plain[end : end + 1] == "的"))):
        return made(zone.end(), None)
    if tail := _TAIL_VILLAGE.match(plain, end):
        return made(tail.end(), _villages(include))
    if tail := _TAIL_TOWN.match(plain, end):
        what = tail["what"]
        if what in _IN_TOWN:
            return made(tail.end(), TOWN)
        if cue("places.any_township").search(what):
            part: frozenset[str] | None = TOWN_OR_VILLAGE | TOWNSHIP
        else:
            part = URBAN if cue("places.a_subdistrict").search(what) else TOWNSHIP if what.endswith("乡") else TOWN_OR_VILLAGE
        until = tail.end()
        if part == TOWN_OR_VILLAGE and (more := _TOWN_SEAT.match(plain, until)):
            return made(more.end(), TOWN)
        if part and (more := _TAIL_VILLAGE.match(plain, until)):
            narrowed = part & VILLAGE
            return made(more.end(), narrowed or URBAN_VILLAGE)
        return made(until, part)
    if all(path in atlas.urban for path in paths):
        return replace(made(end, URBAN), by_name=True)
    return made(end, area)


def _villages(places: frozenset[str]) -> frozenset[str]:
    """The kinds of village there are in these counties, as far as the tree goes down to towns."""
    below = [child for place in places for child in tree().children.get(place, ()) if child.count("/") == 3]
    if not below:
        return VILLAGE
    kinds = {tree().kind(child) for child in below}
    return frozenset(
        {area for kind, area in (("town", "town_village"), ("township", "township"), ("subdistrict", "urban_village")) if kind in kinds}
    )


def _prefecture(path: str) -> str:
    """The prefecture of a place, or the municipality."""
    parts = path.split("/")
    return path if len(parts) == 1 else parts[0] if is_municipality(parts[0]) else "/".join(parts[:2])


def _elsewhere(plain: str, home: str | None) -> list[PlaceReading]:
    """外地, 外省, 省内别的市, 本地, 本市, 老家."""
    found = []
    province = home.split("/")[0] if home else tree().default_province
    city = _prefecture(home) if home else None
    for match in _ELSEWHERE.finditer(plain):
        if match["province"]:
            places = Places(frozenset({""}), frozenset({province}))
        elif match["same"]:
            places = Places(frozenset({province}), frozenset({city}) if city else frozenset())
        elif match["city"]:
            places = Places(frozenset({""}), frozenset({city}) if city else frozenset())
        elif match.group() in _OUT_THERE and not cue("places.not_elsewhere").match(plain[match.end() : match.end() + 2]):
            continue
        else:
            places = Places(frozenset({""}), frozenset({home}) if home else frozenset())
        found.append(PlaceReading(places, None, match.span(), match.group(), "elsewhere", bool(home)))
    for match in _HERE.finditer(plain):
        if match["origin"]:
            area = VILLAGE if match["village"] else None
            found.append(PlaceReading(Places(frozenset({""})), area, match.span(), match.group(), "origin"))
            continue
        where = (province if match["province"] else city if match["city"] else home) or ""
        found.append(PlaceReading(Places(frozenset({where})), None, match.span(), match.group(), "here", bool(home)))
    return found


def _bare_areas(plain: str, home: str | None) -> list[PlaceReading]:
    """县城, 市里, 镇上, 村里, 商品房: a kind of place without a name."""
    found: list[PlaceReading] = []
    taken: set[int] = set()
    for pattern, area, kind in _AREAS:
        for match in pattern.finditer(plain):
            if not taken.isdisjoint(range(*match.span())):
                continue
            taken.update(range(*match.span()))
            words = match.group()
            include = frozenset({home}) if home else frozenset({""})
            if home and area == URBAN and words.startswith("市") and tree().kind(home) == "county":
                include = frozenset({_prefecture(home)})
            elif home and area == URBAN and home in tree().seats and not cue("places.of_the_county").match(words):
                include = frozenset(tree().seats[home])
            if kind == "building":
                include = frozenset({""})
            elif home and area == VILLAGE:
                found.append(PlaceReading(Places(include), _villages_of(home), match.span(), words, kind, True))
                continue
            found.append(PlaceReading(Places(include), area, match.span(), words, kind, bool(home) and kind != "building"))
    return found


def _villages_of(home: str) -> frozenset[str]:
    """The kinds of village in a jurisdiction, a prefecture or a county."""
    below = tree().children.get(home, frozenset())
    counties = frozenset(child for child in below if child.count("/") == 2) or frozenset({home})
    return _villages(counties)


# Words behind which a county's short name is a place, however rarely it is heard.
_FROM = cue("places.from")
_AT = cue("places.at")
_THERE = cue("places.there")
_OF = cue("places.of")
_ENDS = cue("places.ends")
# 男50,东明户口: an everyday word right before a register, where a clause or whose register it is comes before it. Any town has a 城区户口.
_BEGINS = cue("places.begins")
_REGISTER = cue("places.register")
_OF_ANY_TOWN = cue("places.of_any_town")


def _speaks_of_a_place(plain: str, start: int, end: int) -> bool:
    """Whether the words around a county's short name, an everyday word at times, take it for a place (户口砀山, 在义乌做生意, 沈丘人)."""
    before = plain[max(0, start - 12) : start]
    return bool(_FROM.search(before) or _OF.match(plain, end) or _AT.search(before) and _THERE.match(plain, end))


def _is_told_as_a_home(plain: str, name: str) -> bool:
    """Whether an everyday word is the county that bears its name, as the message says somewhere.

    Somebody is from there (户口在平原) or registered there (东明户口); what is told of it elsewhere (亲属都在东明) is then of that county.
    """
    for said in re.finditer(re.escape(name), plain):
        before = plain[max(0, said.start() - 12) : said.start()]
        if _FROM.search(before) and _ENDS.match(plain, said.end()):
            return True
        if _BEGINS.search(before) and _REGISTER.match(plain, said.end()) and not _OF_ANY_TOWN.fullmatch(name):
            return True
    return False
