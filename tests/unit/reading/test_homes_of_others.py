"""Whose home it is, where it lies and when it is handed over, as told by deeds, streets, estates and givers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.eligibility.values import Choice, Dates, Places
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

VOCABULARY = load_vocabulary()
LIAOCHENG, LINZI = "山东省/聊城市", "山东省/淄博市/临淄区"


def _facts(text: str, home: str) -> dict[str, Any]:
    found = read(text, as_of=date(2026, 11, 22), home=home, vocabulary=VOCABULARY).facts
    return {f.fact: f.value for f in found}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("楼是老爷子的名，有证，我跟爸妈一起住，临清市里，想跟他们落", "parent"),
        ("证在老公一人名下，我们娘俩跟他住，东昌府区", "spouse"),
        ("房是媳妇婚前的，名是她的，我俩住着，高唐县城", "spouse"),
        ("孩儿他爹的楼，茌平城里，俺跟他一块住，想跟他落", "spouse"),
        ("回来跟父母过，老两口的房在冠县县城有证，想跟爹娘落", "parent"),
    ],
)
def test_the_deed_of_a_relative_is_the_relatives_home(text: str, relation: str) -> None:
    facts = _facts(text, LIAOCHENG)
    assert facts["kin.relation"] == Choice(frozenset({relation}))
    assert facts["kin.housing"] == Choice(frozenset({"owned"}))
    assert facts.get("housing.kind", Choice(frozenset({"borrowed"}))) == Choice(frozenset({"borrowed"}))


def test_who_lives_alone_in_a_relatives_home_lives_there_by_their_leave() -> None:
    facts = _facts("男朋友名下的楼我住着，还没领证，东阿县城", LIAOCHENG)
    assert facts["housing.kind"] == Choice(frozenset({"borrowed"}))


@pytest.mark.parametrize("text", ["我租的桓公路上的楼", "自己买的房，证也有，建设路那块儿", "自己买的楼，小区在桓公路边"])
def test_a_street_is_built_up(text: str) -> None:
    assert _facts(text, LINZI)["housing.area"] == Choice(frozenset({"urban", "town"}))


def test_a_road_across_country_is_no_street() -> None:
    assert "housing.area" not in _facts("自己的房，挨着高速公路", LINZI)


def test_an_estate_called_after_a_town_is_not_in_the_town() -> None:
    facts = _facts("自己买的房，位置在临淄城区齐都花园", LINZI)
    assert facts["housing.place"] == Places(frozenset({LINZI}))
    assert facts["housing.area"] == Choice(frozenset({"urban"}))


def test_a_home_left_to_the_asker_is_where_the_givers_was() -> None:
    facts = _facts("奶奶的楼在辛店街道，公证遗嘱留给我了，她去年没的，还没过户", LINZI)
    assert facts["housing.kind"] == Choice(frozenset({"inherited"}))
    assert facts["housing.area"] == Choice(frozenset({"urban"}))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("期房，明年三月十五交，冠县县城", date(2027, 3, 15)),
        ("开发区买的新楼还在盖，合同写明了2027年5月1号给钥匙", date(2027, 5, 1)),
        ("新盘没交，合同上2027-06-30，高新区", date(2027, 6, 30)),
        ("东昌府区新楼，合同印的是2027年2月5号", date(2027, 2, 5)),
    ],
)
def test_the_day_of_the_handover(text: str, day: date) -> None:
    assert _facts(text, LIAOCHENG)["presale.handover"] == Dates(day, day)


def test_a_house_in_the_village_stands_though_nothing_was_bought_in_town() -> None:
    facts = _facts("村里有祖宅一处，城里啥也没买", LIAOCHENG)
    assert facts["housing.kind"] == Choice(frozenset({"village_house"}))


def test_strangers_who_share_a_flat_are_no_relatives() -> None:
    assert "kin.relation" not in _facts("跟仨姑娘合租一套房我住次卧，临清市里", LIAOCHENG)


def test_asking_whether_a_home_is_enough_denies_none() -> None:
    facts = _facts("东昌府区有套自己的楼，就问有没有住所这条", LIAOCHENG)
    assert facts["housing.kind"] == Choice(frozenset({"owned"}))
