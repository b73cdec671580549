"""Schools told in short, posts not got, work that comes after the register, and villages left and gone back to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.eligibility.values import Choice, Places, Value
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

AS_OF = date(2026, 11, 22)
LIAOCHENG, LINZI = "山东省/聊城市", "山东省/淄博市/临淄区"
VOCABULARY = load_vocabulary()


def _facts(text: str, home: str = LINZI) -> dict[str, Value]:
    return {found.fact: found.value for found in read(text, as_of=AS_OF, home=home, vocabulary=VOCABULARY).facts}


def _of(*values: str) -> Choice:
    return Choice(frozenset(values))


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("青理工去年毕业", _of("college", "bachelor", "master", "doctor")),
        ("我成都理工毕业的", _of("college", "bachelor", "master", "doctor")),
        ("重庆邮电二三年毕的业", _of("college", "bachelor", "master", "doctor")),
        ("矿大前年毕业", _of("college", "bachelor", "master", "doctor")),
        ("沈阳农业大学今年毕业", _of("bachelor", "master", "doctor")),
        ("理工科毕业", None),
        ("家住理工大学附近", None),
    ],
)
def test_a_university_named_in_short_is_one(text: str, level: Choice | None) -> None:
    assert _facts(text).get("education.level") == level


@pytest.mark.parametrize("text", ["职高烹饪班出来的", "中专护理专业出来的", "技校里出来七八年了", "卫校药剂班念出来的"])
def test_who_came_out_of_a_class_has_graduated(text: str) -> None:
    assert _facts(text)["education.status"] == _of("graduated")


@pytest.mark.parametrize("text", ["技校电焊班还没出来", "中专会计班快出来了", "租在中专旁边"])
def test_who_is_not_out_of_it_yet_has_not(text: str) -> None:
    assert _facts(text).get("education.status") != _of("graduated")


@pytest.mark.parametrize("text", ["没考上公务员", "大专毕业，没能考进医院", "没进成事业单位", "今年也没招进银行", "没考上教师编"])
def test_a_post_not_got_is_no_job(text: str) -> None:
    assert "work.status" not in _facts(text)


@pytest.mark.parametrize("text", ["去年考上了公务员", "没考上公务员，后来考进了县医院", "房子没买，事业编"])
def test_a_post_got_is_one(text: str) -> None:
    assert "formal" in _choice(_facts(text)["work.status"])


@pytest.mark.parametrize("text", ["先落户后上班行不行", "想先把户口迁过来再上班", "先落下户以后进厂"])
def test_work_that_comes_after_the_register_is_none_yet(text: str) -> None:
    assert "work.status" not in _facts(text)


def test_the_job_spoken_of_again_is_the_one_told() -> None:
    told = _facts("我在淄川一家药店卖药，凭这份工作能落临淄城里不")
    assert told["work.place"] == Places(frozenset({"山东省/淄博市/淄川区"}))
    assert "work.status" in _facts("凭现在这份工作能落临淄城里不，在临淄城里厂里上班")


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("户口从临淄老家村里迁城里去了", "settled"),
        ("那年进城把户口从庄里转到市里了", "settled"),
        ("俺户口早就从村里挪进城了", "settled"),
        ("从村里考出去，户口落了青岛", "study"),
        ("打俺庄上考学出来的", "study"),
        ("上大学时户口从村里迁到城里的", "study"),
        ("想把户口从村里迁到城里", None),
        ("问问按上班落户那条行不行", None),
    ],
)
def test_how_a_register_left_the_village(text: str, moved: str | None) -> None:
    assert _facts(text).get("origin.moved") == (_of(moved) if moved else None)


@pytest.mark.parametrize(
    ("text", "village"),
    [
        ("毕业了想把户口退回老家村里", True),
        ("户口想转回俺那个乡的村里", True),
        ("打算把户口挪回庄上来", True),
        ("搬回村里住三年了", False),
    ],
)
def test_a_register_wanted_back_in_the_village(text: str, village: bool) -> None:
    assert (_facts(text, LIAOCHENG).get("wish.area") == _of("village")) is village


@pytest.mark.parametrize("text", ["户口在甘肃，我配不配落聊城户口", "户口在甘肃，够格落聊城户口不", "户口在甘肃，凭啥落聊城户口"])
def test_a_register_one_may_deserve_is_not_held(text: str) -> None:
    registers = [f.value for f in read(text, as_of=AS_OF, home=LIAOCHENG, vocabulary=VOCABULARY).facts if f.fact == "hukou.place"]
    assert registers == [Places(frozenset({"甘肃省"}))]


@pytest.mark.parametrize("text", ["我在贵州老家，没打算过去住也不去上班", "我不打算搬过去住"])
def test_who_means_to_live_elsewhere_has_no_dwelling_there(text: str) -> None:
    assert _facts(text)["housing.kind"] == _of("none")


@pytest.mark.parametrize("text", ["我买了房，没打算过去住", "房子买了不打算去住行吗", "我上班住济南，平时不过去住", "孩子没打算来住"])
def test_a_home_one_does_not_live_in_is_a_home_all_the_same(text: str) -> None:
    assert _facts(text).get("housing.kind") != _of("none")


@pytest.mark.parametrize("text", ["租房住，前一家的户口还在屋里没迁走", "租的房，上一家租户的户口赖着没迁出去"])
def test_whoever_left_a_register_in_the_home_left_no_village(text: str) -> None:
    told = _facts(text)
    assert told["rent.register_empty"] == _of("no")
    assert "origin.moved" not in told


def test_another_household_is_not_the_askers() -> None:
    reading = read("我弟妹在临淄城里租房，上一家租户没迁户口。只问租房这条，能落不", as_of=AS_OF, home=LINZI, vocabulary=VOCABULARY)
    assert reading.person_words == "我弟妹"
    assert _facts("俺一家租房住在临淄城里")["housing.kind"] == _of("rented")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("想把户口落到我姐婆家那个村", "sibling"),
        ("户口想落到我闺女婆家村里", "child"),
        ("想把户口迁到我媳妇娘家村里", "spouse"),
    ],
)
def test_the_village_somebody_married_into_is_where_they_are_followed_to(text: str, relation: str) -> None:
    assert _facts(text)["kin.relation"] == _of(relation)


def test_a_child_born_and_bred_elsewhere_has_no_dwelling_here() -> None:
    told = _facts("外孙生在潍坊长在潍坊，今年八岁，想落到俺村里，俺是临淄农村的")
    assert told["housing.place"] == Places(frozenset({"山东省/潍坊市"}))
    assert "housing.place" not in _facts("外孙生在潍坊，今年八岁，想落到俺村里，俺是临淄农村的")


def _choice(value: Value) -> frozenset[str]:
    assert isinstance(value, Choice)
    return value.values
