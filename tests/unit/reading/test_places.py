from __future__ import annotations

import json

import pytest

from bot.eligibility.values import ANYWHERE, Places
from bot.paths import LEXICON
from bot.reading.place.destinations import jurisdictions_named, names_place_elsewhere
from bot.reading.place.place_tree import children, kind_of, known
from bot.reading.place.places import find_places

CITY = "山东省/聊城市"
DISTRICT = "山东省/淄博市/临淄区"
FOUR = frozenset(f"{CITY}/{name}" for name in ("东昌府区", "经济技术开发区", "高新区", "旅游度假区"))
HOMES = {"liaocheng": CITY, "linzi": DISTRICT}


def at(*paths: str) -> Places:
    return Places(frozenset(paths))


def areas(words: str) -> frozenset[str] | None:
    return frozenset(words.split()) if words else None


def test_the_tree_holds_the_whole_country_and_the_two_places_down_to_the_towns() -> None:
    data = json.loads((LEXICON / "places.json").read_text(encoding="utf-8"))
    assert len(data["provinces"]) == 34
    assert sum(len(counties) for prefectures in data["provinces"].values() for counties in prefectures.values()) > 2800
    assert (LEXICON / "places.json").stat().st_size < 1_500_000
    assert len(children(CITY)) == 11
    assert all(children(county) for county in children(CITY) if county.split("/")[-1] not in ("经济技术开发区", "高新区", "旅游度假区"))
    assert {kind_of(town) for county in children(CITY) for town in children(county)} == {"town", "township", "subdistrict"}
    assert {kind_of(town) for town in children(DISTRICT)} == {"town", "subdistrict"}
    assert all(known(path) for path in FOUR | {DISTRICT, "北京市/朝阳区", "河南省/济源市", "台湾省"})


@pytest.mark.parametrize(
    "plain, path, kind, area",
    [
        ("莘县", f"{CITY}/莘县", "county", ""),
        ("阳谷", f"{CITY}/阳谷县", "county", ""),
        ("高唐", f"{CITY}/高唐县", "county", ""),
        ("茌平县", f"{CITY}/茌平区", "county", ""),
        ("茌平城区", f"{CITY}/茌平区", "county", "urban"),
        ("临清市", f"{CITY}/临清市", "county", ""),
        ("临清市里", f"{CITY}/临清市", "county", "urban"),
        ("临淄", DISTRICT, "county", ""),
        ("临淄城区", DISTRICT, "county", "urban"),
        ("聊城", CITY, "prefecture", ""),
        ("河南", "河南省", "province", ""),
        ("内蒙古", "内蒙古自治区", "province", ""),
        ("邯郸", "河北省/邯郸市", "prefecture", ""),
        ("恩施", "湖北省/恩施土家族苗族自治州", "prefecture", ""),
        ("东莞", "广东省/东莞市", "prefecture", ""),
        ("泗水", "山东省/济宁市/泗水县", "county", ""),
        ("巨野", "山东省/菏泽市/巨野县", "county", ""),
        ("济南市中区", "山东省/济南市/市中区", "county", ""),
        ("北京朝阳区", "北京市/朝阳区", "county", ""),
        ("淄博张店", "山东省/淄博市/张店区", "county", ""),
        ("济南高新区", "山东省/济南市", "prefecture", ""),
        ("东昌府区", f"{CITY}/东昌府区", "county", "urban"),
        ("聊城市东昌府区", f"{CITY}/东昌府区", "county", "urban"),
        ("聊城经开区", f"{CITY}/经济技术开发区", "county", "urban"),
        ("聊城的开发区", f"{CITY}/经济技术开发区", "county", "urban"),
        ("江北水城度假区", f"{CITY}/旅游度假区", "county", "urban"),
        ("东昌府区下面的一个村", f"{CITY}/东昌府区", "county", "town_village urban_village"),
        ("阳谷县城", f"{CITY}/阳谷县", "county", "urban"),
        ("东阿县城里", f"{CITY}/东阿县", "county", "urban"),
        ("莘县下面的村里", f"{CITY}/莘县", "county", "town_village urban_village"),
        ("阳谷的村里", f"{CITY}/阳谷县", "county", "town_village urban_village township"),
        ("临淄农村", DISTRICT, "county", "town_village urban_village"),
        ("柳园街道", f"{CITY}/东昌府区/柳园街道", "subdistrict", "urban"),
        ("柳园办事处", f"{CITY}/东昌府区/柳园街道", "subdistrict", "urban"),
        ("张炉集镇", f"{CITY}/东昌府区/张炉集镇", "town", "town town_village"),
        ("张炉集镇上", f"{CITY}/东昌府区/张炉集镇", "town", "town"),
        ("张炉集镇上班", f"{CITY}/东昌府区/张炉集镇", "town", "town town_village"),
        ("张炉集镇下面的村", f"{CITY}/东昌府区/张炉集镇", "town", "town_village"),
        ("侯营镇王屯村", f"{CITY}/东昌府区/侯营镇", "town", "town_village"),
        ("沙镇", f"{CITY}/东昌府区/沙镇镇", "town", "town town_village"),
        ("斜店乡", f"{CITY}/冠县/斜店乡", "township", "township"),
        ("冠县斜店乡某村", f"{CITY}/冠县/斜店乡", "township", "township"),
        ("山东聊城阳谷县阿城镇", f"{CITY}/阳谷县/阿城镇", "town", "town town_village"),
        ("齐都镇", f"{DISTRICT}/齐都镇", "town", "town town_village"),
    ],
)
def test_a_named_place(plain: str, path: str, kind: str, area: str) -> None:
    (reading,) = find_places(plain + "的")
    assert (reading.places, reading.kind, reading.area) == (at(path), kind, areas(area))
    assert reading.assumed is False


@pytest.mark.parametrize(
    "plain, home, places, area",
    [
        ("开发区", CITY, at(f"{CITY}/经济技术开发区"), "urban"),
        ("高新区", CITY, at(f"{CITY}/高新区"), "urban"),
        ("市里", CITY, Places(FOUR), "urban"),
        ("城区", CITY, Places(FOUR), "urban"),
        ("四区", CITY, Places(FOUR), ""),
        ("县城", CITY, at(CITY), "urban"),
        ("镇上", CITY, at(CITY), "town"),
        ("离镇六七里的村", CITY, at(CITY), "town_village"),
        ("村里", CITY, at(CITY), "town_village urban_village township"),
        ("村里", DISTRICT, at(DISTRICT), "town_village urban_village"),
        ("乡里", CITY, at(CITY), "township"),
        ("城中村", CITY, at(CITY), "urban_village"),
        ("城里", DISTRICT, at(DISTRICT), "urban"),
        ("市里", DISTRICT, at("山东省/淄博市"), "urban"),
        ("辛店", DISTRICT, at(f"{DISTRICT}/辛店街道"), "urban"),
        ("本地", CITY, at(CITY), ""),
        ("本区", DISTRICT, at(DISTRICT), ""),
        ("本省", DISTRICT, at("山东省"), ""),
        ("外地", CITY, Places(frozenset({""}), frozenset({CITY})), ""),
        ("外省", CITY, Places(frozenset({""}), frozenset({"山东省"})), ""),
        ("省内别的市", CITY, Places(frozenset({"山东省"}), frozenset({CITY})), ""),
        ("外市", DISTRICT, Places(frozenset({""}), frozenset({"山东省/淄博市"})), ""),
    ],
)
def test_a_bare_name_is_resolved_by_the_conversation(plain: str, home: str, places: Places, area: str) -> None:
    (reading,) = find_places(plain, home)
    assert (reading.places, reading.area) == (places, areas(area))
    assert reading.assumed


@pytest.mark.parametrize("plain, area", [("村里", "town_village urban_village township"), ("商品房", "urban town"), ("市里", "urban")])
def test_without_a_conversation_a_kind_may_be_anywhere(plain: str, area: str) -> None:
    (reading,) = find_places(plain)
    assert (reading.places, reading.area, reading.assumed) == (ANYWHERE, areas(area), False)


@pytest.mark.parametrize("plain", ["户口在村里以外", "县城以外"])
def test_outside_of_a_kind_that_may_be_anywhere_is_anywhere(plain: str) -> None:
    assert [p.places for p in find_places(plain, None)] == [Places(frozenset({""}))]


@pytest.mark.parametrize("plain", ["聊城市里", "聊城市区", "聊城城区"])
def test_the_city_proper_is_the_four_areas(plain: str) -> None:
    (reading,) = find_places(plain)
    assert (reading.places, reading.area, reading.kind) == (Places(FOUR), areas("urban"), "group")


def test_a_name_shared_by_several_places_is_any_of_them() -> None:
    (reading,) = find_places("鼓楼区")
    assert len(reading.places.include) == 4


@pytest.mark.parametrize(
    "plain",
    [
        "黄河南岸",
        "登高唐诗",
        "免费县里",
        "聊城路",
        "高密度",
        "惠民政策",
        "一路平安",
        "朝阳产业",
        "和平解决",
        "新华书店",
        "市中心",
        "镇上班",
        "开发区",
    ],
)
def test_what_is_no_place(plain: str) -> None:
    assert [reading for reading in find_places(plain) if reading.kind != "area"] == []


def test_a_seldom_heard_county_is_read_where_only_a_place_can_stand() -> None:
    assert [reading.places for reading in find_places("户口也在正定")] == [at("河北省/石家庄市/正定县")]
    assert find_places("心神正定下来") == []


def test_inside_a_housing_estate_is_not_inside_the_district() -> None:
    assert [reading.kind for reading in find_places("住在小区里", CITY)] == ["building"]


def test_the_museum_of_one_place_is_not_in_the_place_whose_name_it_holds() -> None:
    assert [reading.places for reading in find_places("临淄博物馆附近")] == [at(DISTRICT)]


def test_several_places_in_order_with_their_spans() -> None:
    plain = "户口在河南老家,房子在莘县县城,人在东昌府区上班"
    readings = find_places(plain, CITY)
    assert [plain[slice(*reading.span)] for reading in readings] == ["河南", "老家", "莘县县城", "东昌府区"]
    assert all(reading.name == plain[slice(*reading.span)] for reading in readings)


@pytest.mark.parametrize(
    "plain, targets",
    [
        ("怎么落户佛山", [None]),
        ("桓台咋落户", [None]),
        ("青岛落户新规", [None]),
        ("青岛2026年落户新规", [None]),
        ("淄博落户条件", [None]),
        ("我是河南的", []),
        ("户口在济南", []),
        ("从北京调到聊城", ["liaocheng"]),
        ("下个月从武汉调到临淄,户口能跟去不", ["linzi"]),
        ("我是临淄人,想落户济南", [None]),
        ("在聊城租房能落户吗", ["liaocheng"]),
        ("我是河南的,在聊城高新区上班", ["liaocheng"]),
        ("我户口在安徽,人在聊城", ["liaocheng"]),
        ("那在临淄呢", ["linzi"]),
        ("户口在聊城,想迁到临淄", ["linzi"]),
        ("户口从聊城迁到济南要啥", [None]),
        ("七几年户口迁到周村城里,想迁回临淄村里", ["linzi"]),
        ("招工把户口迁到周村城里,想迁回老家村里", []),
        ("户口想迁到周村城里", [None]),
        ("户口在临淄,想往张店迁", [None]),
        ("我聊城的户口要转济南,找谁", [None]),
        ("想从张店往临淄挪户口", ["linzi"]),
        ("聊城户口往省城济南挪,咋办", [None]),
        ("聊城和临淄哪个容易", ["liaocheng", "linzi"]),
        ("临清市能落户不", ["liaocheng"]),
        ("我是聊城阳谷的,想落户", ["liaocheng"]),
        ("我在张店上班,能落户吗", [None]),
        ("我在张店上班", []),
        ("落户", []),
    ],
)
def test_where_somebody_wants_to_settle(plain: str, targets: list[str | None]) -> None:
    assert [target.jurisdiction for target in jurisdictions_named(plain, HOMES)] == targets


def test_a_target_told_by_its_words_is_sure_and_one_merely_mentioned_is_not() -> None:
    assert jurisdictions_named("怎么落户佛山", HOMES)[0].sure
    assert not jurisdictions_named("我户口在安徽,人在聊城", HOMES)[0].sure


@pytest.mark.parametrize(
    "plain, elsewhere",
    [("济南怎么办", True), ("聊城怎么办", False), ("临清的房子", False), ("山东的", False), ("外地的", False), ("张店区", True)],
)
def test_a_place_elsewhere_is_noticed(plain: str, elsewhere: bool) -> None:
    assert names_place_elsewhere(plain, HOMES.values()) is elsewhere


@pytest.mark.timeout(10)  # an exponential pattern would take hours
@pytest.mark.parametrize("piece", ["聊城", "市", "莘县村", "镇上", "聊城的", "离镇", "山东省", "老家", "的村"])
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    find_places("热身聊城")
    text = (piece * 1000)[:1000]
    assert all(reading.span[1] <= len(text) for reading in find_places(text, CITY))
    assert all(target.span[1] <= len(text) for target in jurisdictions_named(text, HOMES))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("听说聊城那边要满一年,临淄这边能落吗", "linzi"),
        ("我姐说聊城租房不让落,我在临淄租呢", "linzi"),
        ("我在聊城干过,现在临淄租房,能落不", "linzi"),
        ("以前在临淄租房,现在聊城买了房,想落户", "liaocheng"),
    ],
)
def test_a_place_others_speak_of_or_that_was_left_is_no_destination(text: str, named: str) -> None:
    homes = {"liaocheng": "山东省/聊城市", "linzi": "山东省/淄博市/临淄区"}
    assert [target.jurisdiction for target in jurisdictions_named(text, homes)] == [named]
