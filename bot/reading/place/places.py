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
from bot.reading.text.expressions import compiled
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


_NO_VILLAGE = "在不没有是的了去来从和跟买住租到落迁户口把也就都想能怎么咋还，,。;?!、、"
_ZONE = re.compile(
    r"(?:国家级?)?(?:高新技术产业开发区|高新技术开发区|经济技术开发区|经济开发区|高新区|经开区|开发区|"
    r"度假区|新区|保税区|工业园区?)"
)
_TAIL_URBAN = re.compile(
    r"的?(?:主城区|老城区|城区|市区|县城里?|城里边?|城内|市里边?|市内|城关(?!镇)|驻地|街里|街上|"
    r"[市区县]中心|中心城区)(?!外)"
)
_TAIL_INSIDE = {
    "市": re.compile(r"区(?!域|别|县)|里边?(?!面|程)|内(?!部)"),
    "县": re.compile(r"城(?:里边?|区|内)?(?!镇|关镇)"),
    "区": re.compile(r"里边?(?!面|程|外)"),
}
_TAIL_VILLAGE = re.compile(
    rf"(?:的|那边|这边|老家)?(?:最[^{_NO_VILLAGE}\W]{{1,3}}的)?(?:下面|下边|底下|下属|辖区|周边|郊区|城郊|农村|乡下)?(?:那边)?的?(?:一个|"
    rf"某个|某|一|小|自然|那个?|这个?|我们|俺们?|咱们?|自己)?(?:村子?(?!镇)(?:里|上|庄)?|农村|乡下|屯子?(?:里|上)?|庄子?(?:里|上))"
    rf"|[^{_NO_VILLAGE}\W]{{0,2}}[路河沟桥山渡道门]口村(?:里|上)?|[^{_NO_VILLAGE}\W]{{1,4}}?(?:[屯庄寨]?村(?!镇)|屯(?!镇|街|乡|村)|庄(?!镇|街|乡|村))(?:里|上)?"
)
_TAIL_TOWN = re.compile(
    rf"(?:的)?(?:(?:下面|下边|底下|下属)的?)?(?P<what>镇上|镇里|镇驻地|(?:一个|某个?|某一个?|小)?(?:乡镇|"
    rf"镇(?!静)|乡(?!下|村|镇|里乡亲))|[^{_NO_VILLAGE}\W]{{1,4}}?(?:镇(?!静)|(?<![老同家故下返回入思])乡(?!下|村|镇)|街道))"
)
_NOT_UP = "(?!班|学|户|大学|社保|幼儿|初|小学|高中|面|交)"
_TOWN_SEAT = re.compile(
    rf"(?<=镇)(?:上{_NOT_UP}|里(?!面)|区|中心|卫生院|中学)|的?镇?驻地|的?镇上{_NOT_UP}|的?镇里|街上{_NOT_UP}|街里|"
    rf"集上{_NOT_UP}|政府(?:驻地|旁边?|附近)"
)
_ROAD = re.compile(r"(?:东|西|南|北|中)?(?:路(?!过|上|边|途|程|费)|大道|大街)|银行|牌照?|话(?!说)|菜|烧鸡|啤酒")

_AREAS: tuple[tuple[re.Pattern[str], frozenset[str], str], ...] = tuple(
    (compiled(pattern), area, kind)
    for pattern, area, kind in (
        (
            r"(?:离镇[上里]?(?:.{0,8}?)的村(?:子|里)?|镇(?:上|里)?(?:下面|下边|底下|下属|周边|附近)的?(?:一个|"
            r"某个?)?(?:小|自然)?村(?:子|里|庄)?)",
            TOWN_VILLAGE,
            "area",
        ),
        (r"(?:乡(?:里)?(?:下面|下边|底下|下属)的?(?:一个|某个?)?村(?:子|里|庄)?)", TOWNSHIP, "area"),
        (
            r"城中村|村改居|(?:街道|办事处|城区|市区|城里|区里?)(?:下面|下边|底下|下属|周边|附近|郊区)?的?(?:一个|"
            r"某个?)?(?:小|自然)?村(?:子|里|庄)?",
            URBAN_VILLAGE,
            "area",
        ),
        (r"城郊的?(?:农村|村(?:里|子|庄)?)?|郊区农?村?", frozenset({"urban_village", "town_village", "urban"}), "area"),
        (rf"镇上{_NOT_UP}|镇子上?|镇里|镇驻地|镇区|建制镇|(?<![城乡集村小])镇(?:中心|政府|卫生院|中学)", TOWN, "area"),
        (r"(?:我们|俺们?|咱们?|那个?|这个?|一个|某个?)镇(?!静|上|里|下)", TOWN_OR_VILLAGE, "area"),
        (r"(?:我们|俺们?|咱们?|那个?|这个?|一个|某个?)乡(?!下|村|镇)|乡里(?!乡亲)|乡上", TOWNSHIP, "area"),
        (r"下面的?乡镇|乡镇(?!企业)", frozenset({"town", "town_village", "township"}), "area"),
        (
            r"村里|村上(?!班|学|户|交)|村子里?|屯里|庄里|庄上|乡下|农村(?!户口|户籍|集体|信用|商业|土地|宅基|医疗|"
            r"合作|养老|低保)|(?<=在)村(?=$|[,。;!?])|(?:我们|俺们?|咱们?|同一?个?|一个|哪个|他们|她们|婆家|娘家|本|原|邻)村(?!民|镇)|村庄",
            VILLAGE,
            "area",
        ),
        (r"老?县城里?|主城区|老城区|城区|市区|城里边?(?!人户)|城内|市里边?|市内|(?<![小社校片园厂城市郊])区里(?!外)|街上", URBAN, "area"),
        (r"城镇(?!户口|户籍|居民|化|职工|集体|落户)", BUILT_UP, "area"),
        (r"小区(?!别)|楼房|商品房|电梯房|高层(?!次|人才)", BUILT_UP, "building"),
    )
)
_ELSEWHERE = compiled(
    r"(?P<province>外省市?|省外|别的省|其他省份?|其它省份?|另一个省|跨省)|(?P<same>(?:省内|"
    r"本省)(?:的)?(?:别的|其他|其它|外|另一个)(?:地?市|城市|地方)|同省(?:不同|异|别的)市|省内异地|(?:本省|"
    r"省内)外市)"
    r"|(?P<city>外市|市外|别的(?:城)?市|其他(?:城)?市|其它(?:城)?市|外地市|跨市)|(?P<any>外地(?!市)|外面|"
    r"外县市?|外区|异地|别的地方|其他地方|其它地方|别处|区外|县外)"
)
_HERE = compiled(
    r"(?P<province>本省|省内|我省|咱省)|(?P<city>本市|我市|咱市|全市|市域)|(?P<own>本地|当地|本区|我区|"
    r"咱区|全区|咱这儿?里?|我们这儿?里?)|(?P<origin>(?:老家(?!属)|原籍|(?<!丈母)娘家|祖籍)(?:的?(?P<village>农村(?!户口)|"
    r"村里|村上|村子|乡下|村(?!民)))?)"
)


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


_BEYOND = re.compile("以外|之外|外头|外边")


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
        near = found[-1] if found and found[-1].span[1] >= at - 1 and (found[-1].span[1] == at or plain[at - 1] in "的市省") else None
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
        if what in ("镇上", "镇里", "镇驻地"):
            return made(tail.end(), TOWN)
        if what.endswith("乡镇"):
            part: frozenset[str] | None = TOWN_OR_VILLAGE | TOWNSHIP
        else:
            part = URBAN if what.endswith("街道") else TOWNSHIP if what.endswith("乡") else TOWN_OR_VILLAGE
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
        elif match.group() in ("外面", "别处", "异地") and not re.match(r"(?:的|来|户口|户籍|人|迁)", plain[match.end() : match.end() + 2]):
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
            elif home and area == URBAN and home in tree().seats and not words.startswith(("县", "老县", "街", "区")):
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
_FROM = re.compile(
    r"(?:户口|户籍|籍贯|老家|原籍|祖籍|娘家|婆家)(?:本|一直|现在|目前|还|都|也|就|仍|落|挂|留){0,3}(?:在|是|为|:)?$|(?:户口|户籍)(?:还|一直|也|都|是|在|挂|落|跟|随|到|着){0,3}[^,。;想能要没]{0,5}(?:那边|那儿|老家|娘家|婆家)(?:的)?$|来自$|从$|(?:我|俺)(?:家|老家)?(?:是|在)$"
)
_AT = re.compile(r"(?:在|去|回|到|往|来)$")
_THERE = re.compile(
    r"(?:那边|那儿|那|这边|县城|老家)?(?:上班|打工|干活|做|干|工作|务工|买|租|住|上学|读|念|种地|开店|开|养|教书|当|交|有房|[东西南北中]?[一二三四五六七八九十]?(?:路|大街)|的|,|。|;|$)"
)
_OF = re.compile(r"(?:的)?(?:户口|户籍|农村|老家|籍(?!贯))|人(?:氏|,|。|$)")
_ENDS = re.compile(r"(?:的|那边|县城|农村|老家)?(?:,|。|;|\)|、|$)")
# 男50,东明户口: an everyday word right before a register, where a clause or whose register it is comes before it. Any town has a 城区户口.
_BEGINS = re.compile(r"(?:^|[,。;!?:(、我俺他她人是系为]|老[公婆]|[父母夫妻子女爸妈爹娘哥弟姐妹亲]|\d岁?)$")
_REGISTER = re.compile(r"(?:农村|农业|城镇|居民)?(?:户口|户籍)(?!迁移|政策|管理|制度|改革|所在|性质|类)")
_OF_ANY_TOWN = re.compile("[城市][东西南北中关区]|[东西南北中上新老矿郊][区城市街关]|新建|来宾|共和|友谊")


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
