"""The administrative tree of China (``data/lexicon/places.json``, ``place_aliases.yml``), and what each place may be called.

A place path is ``省/市/县/镇``; the municipalities have no second level (``北京市/朝阳区``).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML

from bot.eligibility.values import inside
from bot.paths import LEXICON
from bot.reading.text.cues import cue
from bot.reading.text.groups import group


@dataclass(frozen=True)
class Name:
    """What one name may stand for; ``within`` is the place whose name must come before (or be the home), ``""`` where it is free."""

    path: str
    within: str
    loose: bool


@dataclass(frozen=True)
class Tree:
    """The place tree, indexed by name."""

    names: Mapping[str, tuple[Name, ...]]
    starts: Mapping[str, tuple[int, ...]]
    paths: frozenset[str]
    children: Mapping[str, frozenset[str]]
    seats: Mapping[str, tuple[str, ...]]
    groups: tuple[tuple[str, tuple[str, ...], frozenset[str], frozenset[str] | None], ...]
    urban: frozenset[str]
    default_province: str
    never: frozenset[str]

    def kind(self, path: str) -> str:
        """The level of a place in the tree, in the words of :class:`bot.reading.place.places.PlaceReading`."""
        parts = path.split("/")
        last = parts[-1]
        if len(parts) == 1:
            return "province"
        if len(parts) == 4:
            return "town" if last.endswith("镇") else "township" if last.endswith("乡") else "subdistrict"
        return "prefecture" if len(parts) == 2 and not is_municipality(parts[0]) and path in self.children else "county"


def is_municipality(province: str) -> bool:
    """Whether a place of the first level is a city with no prefectures below it (北京市)."""
    return province.endswith("市")


class _Growing:
    """The tree while it is put together: the names, and what lies under what."""

    def __init__(self, never: frozenset[str]) -> None:
        self.never = never
        self.names: dict[str, list[Name]] = defaultdict(list)
        self.children: dict[str, set[str]] = defaultdict(set)
        self.paths: set[str] = set()

    def place(self, path: str) -> None:
        """Add a place under the one it lies in."""
        self.paths.add(path)
        if parent := _parent(path):
            self.children[parent].add(path)

    def call(self, path: str, name: str, *, within: str = "", loose: bool = False) -> None:
        """Let a name stand for a place."""
        self.names[name].append(Name(path, within, loose))

    def division(self, parent: str, entry: str) -> str:
        """Add a province, prefecture or county by its entry (``own name|short name``, ``-`` before one that is never read alone)."""
        own, _, short = entry.partition("|")
        path = f"{parent}/{own}" if parent else own
        self.place(path)
        self.call(path, own, within=parent if own in self.never else "", loose=len(own) == 2)
        if short:
            bound = short.startswith("-") or short in self.never
            self.call(path, short.lstrip("-"), within=parent if bound else "", loose=True)
        return path

    def town(self, county: str, own: str) -> None:
        """Add a town, township or subdistrict, with what it is called for short (沙镇镇: 沙镇; 古楼街道: 古楼街道办, 古楼)."""
        path = f"{county}/{own}"
        self.place(path)
        stem = cue("place_tree.last_word").sub("", own)
        # 人在凤凰镇住: a name, whatever the segmenter makes of 镇住
        whole = len(own) > 2 and cue("place_tree.whole").search(own) is not None
        self.call(path, own, within="" if len(own) > 2 else county, loose=not whole)
        if cue("place_tree.subdistrict").search(own):
            for ending in group("place_tree.offices"):
                self.call(path, stem + ending)
        if len(stem) >= 2:
            alone = len(stem) >= 3 and not cue("place_tree.no_name").search(stem)
            self.call(path, stem, within="" if alone else county, loose=True)

    def rename(self, path: str, name: str) -> None:
        """Let a name stand for a place wherever it is heard, whatever was known of the two."""
        self.names[name] = [old for old in self.names[name] if old.path != path] + [Name(path, "", len(name) == 2)]


def _parent(path: str) -> str:
    """The place right above a place, empty above a province."""
    return path.rpartition("/")[0]


def _add_divisions(growing: _Growing, provinces: Mapping[str, Mapping[str, Iterable[str]]]) -> None:
    """Add what ``places.json`` holds down to the counties."""
    for province, prefectures in provinces.items():
        top = growing.division("", province)
        for prefecture, counties in prefectures.items():
            second = top
            if prefecture.partition("|")[0]:
                second = growing.division(top, prefecture)
                growing.children[second]  # a prefecture without counties (东莞市) is a prefecture all the same
            for county in counties:
                growing.division(second, county)


def _add_aliases(growing: _Growing, nodes: Iterable[Mapping[str, Any]], names: Mapping[str, Iterable[str]]) -> None:
    """Add what ``place_aliases.yml`` holds: areas that the division data lacks, and other names of places in it."""
    for node in nodes:
        path = node["path"]
        growing.place(path)
        for name in node["names"]:
            growing.call(path, name)
        for name in node["bare"]:
            growing.call(path, name, within=_parent(path))
    for path, others in names.items():
        for name in others:
            growing.rename(path, name)


@lru_cache(maxsize=1)
def tree() -> Tree:
    """The tree, read once."""
    data = json.loads((LEXICON / "places.json").read_text(encoding="utf-8"))
    also = YAML(typ="safe", pure=True).load((LEXICON / "place_aliases.yml").read_text(encoding="utf-8"))
    growing = _Growing(frozenset(also["never_bare"]))
    _add_divisions(growing, data["provinces"])
    for county, towns in data["streets"].items():
        for town in towns:
            growing.town(county, town)
    _add_aliases(growing, also["nodes"], also["names"])
    return Tree(
        names={name: tuple(found) for name, found in growing.names.items()},
        starts=_starts(growing.names),
        paths=frozenset(growing.paths),
        children={path: frozenset(below) for path, below in growing.children.items()},
        seats={path: tuple(below) for path, below in also["seats"].items()},
        groups=tuple(
            (group["home"], tuple(group["names"]), frozenset(group["include"]), frozenset(group["area"]) if "area" in group else None)
            for group in also["groups"]
        ),
        urban=frozenset(also["urban_by_name"]),
        default_province=also["default_province"],
        never=growing.never,
    )


def _starts(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the names are that begin with two characters, the longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[:2]].add(len(name))
    return {start: tuple(sorted(known, reverse=True)) for start, known in lengths.items()}


def named_below(plain: str, at: int, paths: Iterable[str]) -> bool:
    """Whether the name of a place inside one of these places begins at an offset of the text."""
    atlas = tree()
    return any(
        inside(candidate.path, top) and candidate.path != top
        for length in atlas.starts.get(plain[at : at + 2], ())
        if at + length <= len(plain)
        for candidate in atlas.names.get(plain[at : at + length], ())
        for top in paths
    )


def known(path: str) -> bool:
    """Whether the tree holds the place."""
    return path in tree().paths


def kind_of(path: str) -> str:
    """``province``, ``prefecture``, ``county``, ``town``, ``township`` or ``subdistrict``."""
    return tree().kind(path)


def children(path: str) -> frozenset[str]:
    """The places right under a place; empty where the tree goes no deeper."""
    return tree().children.get(path, frozenset())
