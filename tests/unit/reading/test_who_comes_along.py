"""Who is brought, taken along or only named beside: none of them takes over what is told of another."""

from __future__ import annotations

import pytest
from telling import NO, YES, at, reading_of, told

from bot.eligibility.values import Choice

_HENAN = at("河南省/濮阳市")
SHOP = Choice(frozenset({"self_employed"}))


@pytest.mark.parametrize(
    "text, person, relation",
    [
        ("能不能让我弟跟着我落户？他户口濮阳，我在临淄有房", "sibling", "sibling"),
        ("想不想让俺娘随俺落户都行，就问能不能，她户口濮阳", "parent", "child"),
        ("我爹一个人在濮阳，我在临淄有房有户口，想把他接过来跟我住，户口能一块迁吗", "parent", "child"),
        ("俺娘在濮阳没人管，打算接到我这住，户口能迁不", "parent", "child"),
        ("姥姥八十了在濮阳，就我妈一个闺女在临淄，想把老人户口挂到我妈这", "grandparent", "child"),
        ("外孙女三岁，孩子户口随她爸在濮阳。一直是我带着，想落我临淄的户上，行不", "grandchild", "grandparent"),
        ("抱养的闺女六岁，户口在濮阳，我们临淄户口自有住房，怎么转", "child", "step_parent"),
    ],
)
def test_who_is_brought_is_the_one_who_moves(text: str, person: str, relation: str) -> None:
    reading = reading_of(text)
    seen = {"step_child": "child"}.get(reading.person or "self", reading.person or "self")
    assert (seen, told(reading).get("kin.relation")) == (person, Choice(frozenset({relation}))), text


@pytest.mark.parametrize("along", ["带着媳妇孩子都五年了", "领着俩娃", "带着老娘"])
def test_who_is_taken_along_takes_nothing_over(along: str) -> None:
    reading = reading_of(f"俺在临淄干装修的，{along}，濮阳户口，中不中")
    facts = told(reading)
    assert (reading.person or "self") == "self"
    assert facts["hukou.place"] == _HENAN
    assert facts["work.status"] == Choice(frozenset({"flexible"}))


@pytest.mark.parametrize("whose", ["执照是他媳妇的名字", "照写的他媳妇的名", "营业执照用他妈的名字办的"])
def test_on_whose_name_the_licence_is_says_no_more(whose: str) -> None:
    reading = reading_of(f"朋友在临淄开修车铺，{whose}，店面独立的，户口濮阳，托我问问，他想落户咋弄")
    facts = told(reading)
    assert reading.person == "friend"
    assert facts["hukou.place"] == _HENAN
    assert facts["work.status"] == SHOP
    assert facts["business.license"] == Choice(frozenset({"other"}))


def test_a_child_brought_into_a_marriage_has_its_own_register() -> None:
    facts = told(reading_of("我是二婚，带过来的闺女八岁，户口还在濮阳，我自己户口在临淄"))
    assert facts.get("hukou.place") != _HENAN


@pytest.mark.parametrize("when", ["赶在生之前", "开学之前", "年前"])
def test_what_is_to_come_before_something_is_not_past(when: str) -> None:
    assert told(reading_of(f"媳妇怀孕了，想{when}把她户口从濮阳迁来"))["hukou.place"] == _HENAN


@pytest.mark.parametrize("says", ["算灵活就业吧", "算自由职业吧"])
def test_who_calls_own_work_so_has_it(says: str) -> None:
    assert told(reading_of(f"我在临淄租房，{says}"))["work.status"] == Choice(frozenset({"flexible"}))


def test_a_collective_register_said_in_passing_is_had() -> None:
    facts = told(reading_of("户口前几年落的是临淄人才市场集体户，如今跟媳妇买了楼，想迁到自家楼上"))
    assert facts["collective.member"] == YES
    assert facts["housing.kind"] == Choice(frozenset({"owned"}))
    assert told(reading_of("没落过集体户"))["collective.member"] == NO


@pytest.mark.parametrize("whose", ["写的媳妇的名", "用我爸的名字办的"])
def test_whose_name_is_on_a_licence_is_no_home(whose: str) -> None:
    facts = told(reading_of(f"我在临淄城里开店，执照前年办的，{whose}，独立门面"))
    assert facts["business.license"] == Choice(frozenset({"other"}))
    assert "housing.kind" not in facts
