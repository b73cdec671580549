"""The administrative tree of China (``data/lexicon/places.json``, ``place_aliases.yml``), and what each place may be called.

A place path is ``省/市/县/镇``; the municipalities have no second level (``北京市/朝阳区``).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML

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


@lru_cache(maxsize=1)
def tree() -> Tree:
    """The tree, read once."""
    data = json.loads((LEXICON / "places.json").read_text(encoding="utf-8"))
    also = YAML(typ="safe", pure=True).load((LEXICON / "place_aliases.yml").read_text(encoding="utf-8"))
    never = frozenset(also["never_bare"])
    names: dict[str, list[Name]] = defaultdict(list)
    children: dict[str, set[str]] = defaultdict(set)
    paths: set[str] = set()

    def put(path: str, short: str = "") -> None:
        parent = path.rpartition("/")[0]
        own = path.rpartition("/")[2]
        paths.add(path)
        if parent:
            children[parent].add(path)
        names[own].append(Name(path, parent if own in never else "", len(own) == 2))
        if short:
            bound = short.startswith("-") or short in never
            names[short.lstrip("-")].append(Name(path, parent if bound else "", True))

    for province, prefectures in data["provinces"].items():
        top, _, short = province.partition("|")
        put(top, short)
        for prefecture, counties in prefectures.items():
            middle, _, short = prefecture.partition("|")
            second = f"{top}/{middle}" if middle else top
            if middle:
                put(second, short)
                children[second]  # a prefecture without counties (东莞市) is a prefecture all the same
            for county in counties:
                own, _, short = county.partition("|")
                put(f"{second}/{own}", short)
    for path, streets in data["streets"].items():
        for street in streets:
            own = f"{path}/{street}"
            paths.add(own)
            children[path].add(own)
            stem = cue("place_tree.last_word").sub("", street)
            # 人在凤凰镇住: a name, whatever the segmenter makes of 镇住
            whole = len(street) > 2 and cue("place_tree.whole").search(street) is not None
            names[street].append(Name(own, "" if len(street) > 2 else path, not whole))
            if cue("place_tree.subdistrict").search(street):
                for ending in group("place_tree.offices"):
                    names[stem + ending].append(Name(own, "", False))
            if len(stem) >= 2:
                names[stem].append(Name(own, "" if len(stem) >= 3 and not cue("place_tree.no_name").search(stem) else path, True))
    for node in also["nodes"]:
        path = node["path"]
        paths.add(path)
        children[path.rpartition("/")[0]].add(path)
        for name in node["names"]:
            names[name].append(Name(path, "", False))
        for name in node["bare"]:
            names[name].append(Name(path, path.rpartition("/")[0], False))
    for path, others in also["names"].items():
        for name in others:
            names[name] = [old for old in names[name] if old.path != path] + [Name(path, "", len(name) == 2)]
    starts: dict[str, set[int]] = defaultdict(set)
    for name in names:
        starts[name[:2]].add(len(name))
    return Tree(
        {name: tuple(found) for name, found in names.items()},
        {start: tuple(sorted(lengths, reverse=True)) for start, lengths in starts.items()},
        frozenset(paths),
        {path: frozenset(below) for path, below in children.items()},
        {path: tuple(below) for path, below in also["seats"].items()},
        tuple(
            (group["home"], tuple(group["names"]), frozenset(group["include"]), frozenset(group["area"]) if "area" in group else None)
            for group in also["groups"]
        ),
        frozenset(also["urban_by_name"]),
        also["default_province"],
        never,
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
