"""Places in Chinese text, read by the administrative tree of China (``data/lexicon/places.json``, ``place_aliases.yml``).

A place path is ``省/市/县/镇``; the municipalities have no second level (``北京市/朝阳区``).  Longest match wins, from left to
right: 临淄博物馆 lies in 临淄, not in 淄博.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.eligibility.values import Places, inside, meet
from bot.reading.place.everyday import is_told_as_a_home, speaks_of_a_place
from bot.reading.place.parts import (
    BUILT_UP,
    TOWN,
    TOWN_OR_VILLAGE,
    TOWN_VILLAGE,
    TOWNSHIP,
    URBAN,
    URBAN_VILLAGE,
    VILLAGE,
    kinds_of_village,
    part_behind,
)
from bot.reading.place.place_tree import Name, is_municipality, named_below, tree
from bot.reading.text.cues import cue
from bot.reading.text.groups import group
from bot.reading.text.words import segmenter

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


_TOWN_DEPTH = 3  # a town and its like lie below three others
_OUT_THERE = group("places.out_there")
_OF_IT = cue("places.of_it")
_ROAD = cue("places.road")
_FIELD = cue("places.field")

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
            found.append(_outside(reading) if _is_not_there(plain, reading) else reading)
            taken.update(range(*reading.span))
    return sorted(found, key=lambda reading: reading.span)


_BEYOND, _NOT_THERE, _CLAUSE_ENDS = cue("places.beyond"), cue("places.not_there"), cue("places.clause_ends")


def _is_not_there(plain: str, reading: PlaceReading) -> bool:
    """Whether the words say where something is not: 聊城以外, or 单位不在临淄 at the end of a clause."""
    if _BEYOND.match(plain, reading.span[1]):
        return True
    return _NOT_THERE.search(plain[: reading.span[0]]) is not None and _CLAUSE_ENDS.match(plain, reading.span[1]) is not None


def _outside(reading: PlaceReading) -> PlaceReading:
    """聊城以外: everywhere but there; 村里以外 where nobody said in which place: anywhere."""
    but = frozenset() if "" in reading.places.include else reading.places.include
    return replace(reading, places=Places(frozenset({""}), but), area=None, kind="elsewhere")


def names_in(plain: str, home: str | None, edges: set[int] | None = None) -> list[PlaceReading]:
    """Places with a name, with what follows them."""
    text = _Text(plain, home, edges)
    found: list[PlaceReading] = []
    at = 0
    while at < len(plain) - 1:
        above = _right_before(plain, at, found)
        reading = _narrowed(_group(plain, at, home), above, plain) or _named_at(text, at, above)
        if reading is None:
            at += 1
            continue
        if above and reading.span[0] == above.span[0]:
            found.pop()  # 聊城阳谷 is one place
        found.append(reading)
        at = reading.span[1]
    return found


class _Text:
    """A text under reading, the edges of its words found out where a name depends on them."""

    def __init__(self, plain: str, home: str | None, edges: set[int] | None) -> None:
        self.plain, self.home, self._edges = plain, home, edges

    def whole(self, start: int, end: int, candidates: Iterable[Name]) -> bool:
        """Whether a name stands there as a word of its own, as far as any of the places is loosely named."""
        if self._edges is None and any(candidate.loose for candidate in candidates):
            self._edges = _word_edges(self.plain)
        if self._edges is None or start in self._edges and (end in self._edges or _FIELD.match(self.plain, end)):
            return True
        tops = [c.path for c in candidates if "/" not in c.path]
        return bool(tops) and named_below(self.plain, end, tops)  # 湖南岳阳, whatever words the segmenter sees in it


def _right_before(plain: str, at: int, found: Sequence[PlaceReading]) -> PlaceReading | None:
    """The place named right before, in which the one that begins here may lie (聊城阳谷, 聊城的阳谷)."""
    last = found[-1] if found else None
    if last is None or last.span[1] < at - 1:
        return None
    return last if last.span[1] == at or _OF_IT.match(plain, at - 1) else None


def _lies_below(paths: Iterable[str], above: PlaceReading) -> bool:
    """Whether one of the places lies in the one named before it."""
    return any(inside(path, top) and path != top for path in paths for top in above.places.include)


def _named_at(text: _Text, at: int, above: PlaceReading | None) -> PlaceReading | None:
    """The place whose name begins here, by the longest that is one here; the words of one that lies in the place before begin with that."""
    atlas, plain = tree(), text.plain
    for length in atlas.starts.get(plain[at : at + 2], ()):
        end = at + length
        candidates = atlas.names.get(plain[at:end])
        if not candidates or end > len(plain):
            continue
        paths, assumed = _meant(text, at, end, candidates, above)
        if paths and plain[end - 1] == "市" and named_below(plain, end - 1, paths):
            end -= 1
        if not paths or _ROAD.match(plain, end) and paths[0].count("/") != _TOWN_DEPTH:
            continue
        part = part_behind(plain, end, paths)
        start = above.span[0] if above and _lies_below(paths, above) else at
        return PlaceReading(Places(part.places), part.area, (start, part.end), plain[start : part.end], part.kind, assumed, part.by_name)
    return None


def _meant(text: _Text, start: int, end: int, candidates: tuple[Name, ...], above: PlaceReading | None) -> tuple[tuple[str, ...], bool]:
    """The places that a name means here, none where it is just a word, and whether that rests on the home."""
    word = text.plain[start:end]
    paths, assumed = _resolve(candidates, above, text.home, text.whole(start, end, candidates), word)
    if paths or not speaks_of_a_place(text.plain, start, end):
        return paths, assumed
    if word in tree().never and not is_told_as_a_home(text.plain, word):
        return (), assumed
    return _nearer(tuple(one.path for one in candidates if tree().kind(one.path) in _RANKS[:3]), text.home), assumed


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
    return candidate.path.count("/") == _TOWN_DEPTH and word in tree().never


def _group(plain: str, at: int, home: str | None) -> PlaceReading | None:
    """四区, and the streets and estates that a town is known by, in a conversation about their home."""
    for name, include, area in _groups(home).get(plain[at], ()):
        if plain.startswith(name, at):
            return PlaceReading(Places(include), area, (at, at + len(name)), name, "group", True)
    return None


def _narrowed(group: PlaceReading | None, above: PlaceReading | None, plain: str) -> PlaceReading | None:
    """A group of places behind one that is of it (东昌府区|金鼎商厦): in that one."""
    both = meet(above.places, group.places) if group is not None and above is not None else None
    if group is None or above is None or not isinstance(both, Places) or both == group.places:
        return group
    start, end = above.span[0], group.span[1]
    return replace(group, places=both, span=(start, end), name=plain[start:end], kind=above.kind, assumed=above.assumed)


@lru_cache(maxsize=64)
def _groups(home: str | None) -> Mapping[str, list[tuple[str, frozenset[str], frozenset[str] | None]]]:
    """The groups of places known in a home, by the first character of a name."""
    known_here = defaultdict(list)
    for owner, names, include, area in tree().groups:
        for name in names if home and inside(home, owner) else ():
            known_here[name[0]].append((name, include, area))
    return dict(known_here)


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
            if kind == "area" and cue("places.which").search(plain, max(0, match.start() - 3), match.end()):
                continue  # 具体哪个镇哪个村我说不上来: nothing is told of it
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
    return kinds_of_village(counties)
