"""Whom a long tale is about, whoever else it names on the way."""

from __future__ import annotations

import pytest

from tests.unit.reading.telling import at, reading_of, told


@pytest.mark.parametrize(
    ("text", "followed"),
    [
        ("闺女心疼我，去年秋天把我接来一块住，我户口还在夏津，能不能迁到闺女这边来", "child"),
        ("儿子把我接到临淄跟他一块住，我户口在泰安，想迁到儿子这儿来", "child"),
        ("我姐在临淄城里买的房，她出主意让我也找个地方落下，我户口在高青", None),
    ],
)
def test_the_asker_moves_though_a_relative_is_told_of(text: str, followed: str | None) -> None:
    reading = reading_of(text)
    assert reading.person == "self"
    if followed is not None:
        assert told(reading)["kin.relation"].values == {followed}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    [
        "前年我堂弟叫我来临淄，在他亲戚的物流园里看大门，户口还在淄川，像我这样能把户口落到临淄不",
        "大姨介绍我来的临淄，在城里饭店端盘子，户口还在淄川，能落不",
        "从小就是姥姥把我带大的，户口还在淄川，在临淄城里当保安，能落不",
    ],
)
def test_who_was_called_here_goes_on_with_the_tale(text: str) -> None:
    reading = reading_of(text)
    assert reading.person in (None, "self")
    assert told(reading)["hukou.place"] == at("山东省/淄博市/淄川区")
    assert "work.status" in told(reading)


def test_who_moved_a_register_once_is_nobody_who_wants_to_move() -> None:
    reading = reading_of("户口后来让我爸给迁到江西九江他那里去了，姥姥在临淄城里住，我想落到她那里")
    assert reading.person == "self"
    assert told(reading)["hukou.place"] == at("江西省/九江市")


@pytest.mark.parametrize(
    ("text", "person", "followed"),
    [
        ("俺婆婆非说外地户口人家不给落，俺在临淄城里买的房，俺户口能往这房上落不", "self", None),
        ("我妈非让我把户口迁到她那，她在临淄城里有房，我户口在博山，能迁不", "self", "parent"),
        ("他是临淄人，城里有房，他妈老拦着，说先把户口落过来看看，我还在宿州娘家，没领证户口能落他家不", "self", "fiance"),
        ("俺娘在博山老家，说想把户口迁来，我在临淄城里有房，户口能落俺家不", "parent", "child"),
        ("孩子他爸户口在临淄城里，孩子当初报在我娘家了，孩子现在随他爸把户口迁回来行不", "child", "parent"),
        ("侄女户口在博山，嫂子让我把她户口迁到我临淄这个家来，我在城里有房", "other", "other"),
        ("俺爹户口在博山，拿他攒的钱加上俺兄弟俩凑的在临淄城里买了房，他想把户口迁到这房上", "parent", None),
        ("俺那口子有焊工职业资格证，户口在馆陶，俺们在这哪样都没有，落集体户也中，他能算人才不", "spouse", None),
        ("俺婆婆一个人在桓台，俺在临淄城里有房，俺男人是独子，想让婆婆过来住，户口也迁来行不行", "parent_in_law", None),
        ("想让我妈过来住几天，我户口也想迁来，我在临淄城里有房", "self", None),
    ],
)
def test_who_moves_among_those_who_speak_and_give(text: str, person: str, followed: str | None) -> None:
    reading = reading_of(text)
    assert reading.person == person
    if followed is not None:
        assert told(reading)["kin.relation"].values == {followed}  # type: ignore[union-attr]
