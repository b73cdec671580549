"""Whose case a message tells: an elder who is to come, somebody who works for the asker, a neighbour's child, a caller's relatives."""

from __future__ import annotations

import pytest
from telling import YES, at, reading_of
from telling import told as told_by

from bot.eligibility.values import Choice


def _one(value: str) -> Choice:
    return Choice(frozenset({value}))


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("俺爸七十六了想跟我过，我在临淄城里有楼有户口", "parent"),
        ("婆婆想过来跟我们一起住，我在临淄城里买了楼", "parent_in_law"),
        ("俺妹夫在临淄城里跑保安，户口想挪这边", "other"),
        ("我开了个面馆，有个洗碗的阿姨干了半年，户口在河南，她想落临淄", "other"),
        ("我是厂里人事，有个员工户口在安徽，想落户临淄，给办不", "other"),
        ("单位有个同事去年户口迁过来了，我户口在济南，在临淄租房，能落吗", "self"),
        ("替对门大娘问，她闺女离了婚，跟大娘住在临淄城里大娘的房。闺女没工作，户口想迁来", "other"),
        ("公司派我来临淄上班的，户口在济南，能落户吗", "self"),
    ],
)
def test_who_it_is_of(text: str, person: str) -> None:
    assert reading_of(text).person == person


def test_whoever_works_for_the_asker_works_there_and_follows_nobody() -> None:
    told = told_by(reading_of("我在临淄城里开面馆，有个洗碗的阿姨干了半年，没签合同，她想落过来"))
    assert told["work.status"] == _one("informal")
    assert not any(fact.startswith("kin.") for fact in told)


def test_the_asker_and_a_relative_both_want_it() -> None:
    reading = reading_of("我在临淄城里厂里上班，想把户口迁过来，我妹妹也想跟着迁")
    assert reading.person == "self"
    assert [w.person for w in reading.wishes] == ["sibling"]


def test_a_caller_who_asks_for_a_parent_is_whom_the_parent_comes_to() -> None:
    reading = reading_of("来电人代其父咨询。其在临淄城里有住房，其父户口在河北，与其同住。问其父户口能否迁来")
    told = told_by(reading)
    assert reading.person == "parent"
    assert told["hukou.place"] == at("河北省")
    assert told["kin.relation"] == _one("child")
    assert told["kin.together"] == YES


def test_a_caller_who_tells_of_the_others_work_has_none() -> None:
    told = told_by(reading_of("来电人称其妻在临淄城里医院上班。本人无业，户口在河南，能否随其妻迁入"))
    assert told["work.status"] == _one("none")
    assert told["kin.relation"] == _one("spouse")


def test_what_a_married_child_and_the_other_have_is_the_childs() -> None:
    told = told_by(reading_of("我闺女嫁到德州了，两口子都在德州上班，在临淄没房没工作，户口能迁回我这不"))
    assert told["work.status"] == told["housing.kind"] == _one("none")


def test_whoever_was_married_into_a_village_goes_to_it() -> None:
    told = told_by(reading_of("我嫁到朱台镇的村里三年了，老公是这村的户，我户口在河北，想随老公落户"))
    assert told["kin.area"] == _one("town_village")


def test_the_child_of_a_grandmother_is_one_however_called() -> None:
    reading = reading_of("娃他爹妈在外地，孩子一直跟奶奶在临淄城里住，奶奶户口在这，想把孙女落奶奶这")
    told = told_by(reading)
    assert reading.person == "grandchild"
    assert told["kin.relation"] == _one("grandparent")
    assert told["kin.hukou_here"] == YES
    assert "kin.work" not in told
