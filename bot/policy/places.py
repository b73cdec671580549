"""The places that may be named in a pack: provinces, prefectures and counties of the place tree in ``data/lexicon``."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from bot import paths

_DEPTH = 3    # province, prefecture, county; townships below are not looked up


@lru_cache(maxsize=2)
def known_places(root: Path = paths.LEXICON) -> frozenset[str] | None:
    """The paths of every province, prefecture and county; None where the place tree is not there."""
    try:
        tree = json.loads((root / "places.json").read_text(encoding="utf-8"))
        extra = YAML(typ="safe").load((root / "place_aliases.yml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    found: set[str] = {node["path"] for node in extra.get("nodes", ())}
    for province, cities in tree["provinces"].items():
        top = province.split("|")[0]
        found.add(top)
        for city, counties in cities.items():
            middle = f"{top}/{city.split('|')[0]}" if city else top
            found.add(middle)
            found.update(f"{middle}/{county.split('|')[0]}" for county in counties)
    return frozenset(found)


def exists(place: str, places: frozenset[str]) -> bool:
    """Whether a path (with or without a leading ``!``) names a place down to its county; the empty path is the whole world."""
    path = place.removeprefix("!")
    return path == "" or "/".join(path.split("/")[:_DEPTH]) in places
