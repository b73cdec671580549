"""Estates, blocks and streets by their names, and which home, job or person they are said of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.eligibility.values import Choice, Places
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

VOCABULARY = load_vocabulary()
LIAOCHENG, LINZI = "山东省/聊城市", "山东省/淄博市/临淄区"
BUILT_UP = Choice(frozenset({"urban", "town"}))


def _facts(text: str, home: str = LINZI) -> dict[str, Any]:
    found = read(text, as_of=date(2026, 11, 22), home=home, vocabulary=VOCABULARY).facts
    return {f.fact: f.value for f in found}


@pytest.mark.parametrize(
    "text",
    [
        "我买了套房，在遄台花园，想落户",
        "房子在桓公小区8号楼，房本我的名",
        "租的齐都苑二期，房东同意",
        "在勇士生活区租了套房",
        "租的是翰林公馆的两居",
        "我在恒锦国际买的房，证下来了",
        "房子在天齐家苑，我名下",
    ],
)
def test_an_estate_with_a_name_is_built_up(text: str) -> None:
    assert _facts(text)["housing.area"] == BUILT_UP


@pytest.mark.parametrize(
    "text",
    ["公司在茂恒大厦十二楼，我在那上班三年了", "我在淄江商城卖衣服", "跟人合伙开了个工作室，租的齐兴路写字楼的一间"],
)
def test_a_block_of_offices_or_shops_is_where_the_work_is(text: str) -> None:
    assert _facts(text)["work.area"] == BUILT_UP


@pytest.mark.parametrize(
    "text", ["我哥家住临园公馆，户口也在那，想投奔他", "姐姐家就在人民医院对面，她户口在那", "亲弟弟在晏婴小区安的家，户口也在那，想投奔他"]
)
def test_who_lives_at_a_site_lives_in_a_built_up_area(text: str) -> None:
    assert _facts(text)["kin.area"] == BUILT_UP


def test_a_firm_called_international_is_no_estate() -> None:
    assert "work.area" not in _facts("我在恒锦国际物流公司上班")


def test_streets_known_everywhere_in_the_city_lie_in_its_seat() -> None:
    facts = _facts("媳妇在昌润路有套房，房本是她的", LIAOCHENG)
    assert facts["kin.area"] == Choice(frozenset({"urban"}))
    assert isinstance(facts["kin.place"], Places)
    assert "山东省/聊城市/东昌府区" in facts["kin.place"].include


def test_a_village_pulled_down_is_not_where_the_flat_is() -> None:
    assert "housing.area" not in _facts("村里拆迁给的回迁楼，证下来了，我的名")


def test_a_register_on_a_home_is_a_register_here() -> None:
    facts = _facts("房是媳妇的名，她户口就在楼上，我想随她")
    assert facts["kin.hukou_here"] == Choice(frozenset({"yes"}))
