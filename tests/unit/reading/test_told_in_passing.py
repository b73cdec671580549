"""Widows by who died, a title beside another's home, what a form only asks, trades without a post, hands taken on, plans refused."""

from __future__ import annotations

import pytest
from telling import read_of, reading_of


@pytest.mark.parametrize(
    ("text", "marital"),
    [
        ("我妹夫去年病逝了，妹妹没改嫁，想随爸妈落户", "widowed"),
        ("嫂子走了三年了，我哥一直单着，想随爸妈落户", "widowed"),
        ("三姐夫出车祸没了，三姐想随爸妈落户", "widowed"),
        ("表姐夫去年没了，我姐没结过婚，想随爸妈落户", "unmarried"),
        ("妹夫去年没了，我姐离婚了，想随爸妈落户", "divorced"),
    ],
)
def test_who_is_left_by_the_one_who_died(text: str, marital: str) -> None:
    assert read_of(text, "sibling")["marital"].values == {marital}


@pytest.mark.parametrize("word", ["二姐夫", "大妹夫", "小弟媳"])
def test_who_married_a_brother_or_sister_is_neither(word: str) -> None:
    assert read_of(f"{word}在城里有房，我想投靠他")["kin.relation"].values == {"other"}


@pytest.mark.parametrize(
    "text",
    ["我哥跟爹娘住城里，楼是爹娘的，有房产证，我哥想随他们落户", "我妹跟我妈住城里，房子是我妈的，有证，我妹想随妈落户"],
)
def test_a_title_told_right_behind_anothers_home_is_that_homes(text: str) -> None:
    facts = read_of(text, "sibling")
    assert facts["kin.housing"].values == {"owned"}
    assert facts["housing.kind"].values == {"borrowed"}


def test_a_title_told_behind_ones_own_home_is_ones_own() -> None:
    assert read_of("我跟爸妈住城里，我自己买了房，有房本，想落户")["housing.kind"].values == {"owned"}


@pytest.mark.parametrize(
    ("words", "empty"),
    [
        ("屋内有无他人户口：没查过", None),
        ("房屋有无户口登记：尚未核实", None),
        ("有无他人户口：无", {"yes"}),
        ("屋里有没有别人户口，房东说没有", {"yes"}),
        ("房内有无他人户口：有", {"no"}),
        ("屋内无他人户口", {"yes"}),
    ],
)
def test_what_a_form_asks_of_the_register_is_no_answer(words: str, empty: set[str] | None) -> None:
    facts = read_of(f"我在城里租房，产权人同意。{words}。没工作")
    assert facts.get("rent.register_empty") is None if empty is None else facts["rent.register_empty"].values == empty


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("我干瓦工的，户口邯郸，这边单位还没找", {"none"}),
        ("我是钳工，户口邯郸，还没工作", {"none"}),
        ("我在临淄的厂里干钳工，户口邯郸", {"formal", "dispatched", "probation", "informal"}),
    ],
)
def test_a_trade_is_no_post(text: str, work: set[str]) -> None:
    assert read_of(text)["work.status"].values == work


def test_one_firm_is_no_family() -> None:
    facts = read_of("老公在一家国企，合同是正式的，单位给他交社保。我没上班，想随他落户")
    assert facts["work.status"].values == {"none"}
    assert facts["kin.work"].values == {"formal"}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("我是厂里人事，刚招的姑娘户口濮阳，本科毕业证我看过了，跟厂里签了合同，她能落吗", "other"),
        ("我家姑娘在厂里上班，户口濮阳，本科毕业，她能落吗", "child"),
    ],
)
def test_who_was_taken_on_is_no_child(text: str, person: str) -> None:
    reading = reading_of(text)
    assert reading.person == person
    assert {f.fact for f in reading.facts} >= {"education.level", "hukou.place"}


@pytest.mark.parametrize("text", ["我户口德州的，打工没这打算", "户口德州，上班做生意都没那心思", "户口德州，开店也没这想法"])
def test_a_plan_refused_is_no_work(text: str) -> None:
    facts = read_of(text)
    assert facts["intent.work"].values == {"no"}
    assert facts["work.status"].values == {"none"}


@pytest.mark.parametrize(
    ("text", "area"),
    [("退休了想去村里住，户口能带到村里吗", "village"), ("院子租好了，户口能不能挪农村去", "village")],
)
def test_a_register_may_come_along_to_a_village(text: str, area: str) -> None:
    assert read_of(text)["wish.area"].values == {area}


def test_who_moves_along_to_a_village_need_not_wish_for_its_register() -> None:
    assert "wish.area" not in read_of("跟儿子搬到村里住，我户口在张店，想落户")


def test_a_place_right_before_the_askers_home_is_where_it_is() -> None:
    facts = read_of("儿子结婚了户口在寿光，想落到临淄城里我家", "child")
    assert facts["kin.area"].values == {"urban"}


def test_a_register_wished_for_is_not_held() -> None:
    assert str(read_of("就想换个临淄的户口，我家商丘的")["hukou.place"]).count("商丘") == 1


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("我在临淄厂里干了三年，合同年年续着", {"formal"}),
        ("我在临淄厂里干了三年，劳动合同到期就续", {"formal"}),
        ("我在临淄厂里干了三年，租房合同年年续着", {"formal", "dispatched", "probation", "informal"}),
    ],
)
def test_a_contract_renewed_is_one(text: str, work: set[str]) -> None:
    assert read_of(text)["work.status"].values == work
