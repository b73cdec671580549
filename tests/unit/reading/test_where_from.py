"""Where somebody is from: notes in pieces, natives whose register has left, and who married into a place here."""

from __future__ import annotations

import pytest
from telling import at, read_of, reading_of, told

from bot.eligibility.values import Choice, Places
from bot.reading.text.normalise import normalise

CITY, DISTRICT = "山东省/聊城市", "山东省/淄博市/临淄区"


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("山西的 在高新区租楼 没交社保", "山西的,在高新区租楼,没交社保"),
        ("安徽人 开店两年 铺子独立", "安徽人,开店两年,铺子独立"),
        ("电厂上班的 山西的", "电厂上班的,山西的"),
        ("博士 外省 没工作", "博士,外省,没工作"),
        ("四十岁 有执照 摊位在城里", "四十岁,有执照,摊位在城里"),
        ("高唐的 户口 能迁不", "高唐的户口能迁不"),
        ("我 想 落户", "我想落户"),
        ("老人 想 落户", "老人想落户"),
    ],
)
def test_spaces_part_the_pieces_of_a_note(typed: str, plain: str) -> None:
    assert normalise(typed).plain == plain


@pytest.mark.parametrize("text", ["山西的 租房在茌平 有备案", "山西的 在茌平租房 有备案", "山西人 租房在茌平 有备案"])
def test_whence_a_caller_is_says_nothing_of_the_home(text: str) -> None:
    facts = told(reading_of(text, CITY))
    assert facts["housing.place"] == at(f"{CITY}/茌平区")
    assert facts["hukou.place"] == at("山西省")


@pytest.mark.parametrize("text", ["技工证 外省 没房", "博士 外地 待业"])
def test_a_note_of_no_named_place_is_of_the_register(text: str) -> None:
    register = told(reading_of(text, CITY))["hukou.place"]
    assert isinstance(register, Places)
    assert register.exclude


@pytest.mark.parametrize(
    ("text", "register"),
    [
        ("我是临淄人,上大学那年户口迁走了,想落回去", None),
        ("俺临淄的,户口早先迁到青岛了,想弄回来", "山东省/青岛市"),
        ("我是临淄人,在城里买了房", DISTRICT),
        ("我是临淄人,户口迁出去过,后来又迁回来了", DISTRICT),
    ],
)
def test_a_native_whose_register_left(text: str, register: str | None) -> None:
    assert told(reading_of(text)).get("hukou.place") == (at(register) if register else None)


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("俺嫁到朱台镇一个村,户口想挪过去", {"town_village"}),
        ("我前年嫁到临淄城里,户口还搁菏泽", {"urban"}),
        ("我入赘到临淄农村了,户口迁得过去不", {"town_village", "urban_village"}),
    ],
)
def test_who_married_into_a_place_follows_husband_or_wife(text: str, area: set[str]) -> None:
    facts = read_of(text)
    assert (facts["kin.relation"], facts["kin.area"]) == (Choice(frozenset({"spouse"})), Choice(frozenset(area)))


@pytest.mark.parametrize(
    "text",
    ["我嫁到外地了,户口想迁回临淄", "我嫁到临淄了,自己在城里买了房,户口想迁来", "我嫁到临淄村里,后来离了", "我妹嫁到临淄村里,我想投靠她"],
)
def test_who_needs_no_spouse_follows_none(text: str) -> None:
    assert told(reading_of(text)).get("kin.relation") != Choice(frozenset({"spouse"}))


@pytest.mark.parametrize(
    ("text", "mover", "relation"),
    [
        ("俺爸户口在农村,想跟我", "parent", "child"),
        ("我婆婆户口在乡下老家,想来跟我", "parent_in_law", "child_in_law"),
        ("姥爷户口在村里,就想投奔我", "grandparent", "grandchild"),
    ],
)
def test_who_wishes_to_come_to_the_asker_moves(text: str, mover: str, relation: str) -> None:
    assert read_of(text, mover)["kin.relation"] == Choice(frozenset({relation}))


def test_a_former_husband_is_no_divorce_of_the_child() -> None:
    assert "marital" not in read_of("我带来的儿子是前夫的,想跟我落户", "child")
    assert read_of("我跟前夫两年没联系了,想落临淄")["marital"] == Choice(frozenset({"divorced"}))


@pytest.mark.parametrize(
    "text",
    [
        "娃七岁,想投奔姥爷,姥爷临淄城里的户口,爹妈在南方打工",
        "八岁女孩,想投靠奶奶,奶奶住临淄城里楼上,父母都在省外",
    ],
)
def test_father_and_mother_of_a_child_are_no_grandparents(text: str) -> None:
    facts = read_of(text, "child")
    assert (facts["kin.relation"], facts["kin.place"]) == (Choice(frozenset({"grandparent"})), at(DISTRICT))
    assert "kin.work" not in facts
