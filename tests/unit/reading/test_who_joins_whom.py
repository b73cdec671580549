"""Who moves and whom they join, where a construction and no single word tells it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.eligibility.values import Choice
from bot.policy.load import load_vocabulary
from bot.reading.person.people import find_people
from bot.reading.reader import Reading, read

_HOMES = {"聊": "山东省/聊城市", "临": "山东省/淄博市/临淄区"}


def _read(place: str, text: str) -> Reading:
    return read(text, as_of=date(2026, 11, 29), home=_HOMES[place], vocabulary=load_vocabulary())


def _relation(found: Reading) -> str | None:
    value = next((f.value for f in found.facts if f.fact == "kin.relation"), None)
    return next(iter(value.values)) if isinstance(value, Choice) and len(value.values) == 1 else None


@pytest.mark.parametrize(
    ("place", "text", "person", "relation"),
    [
        ("临", "女儿未婚，跟她爸在村里，我在城里，户口都在临淄，想叫她来我这边", "child", "parent"),
        ("临", "我女儿没成家，跟着她爸在村里住，我住临淄城里，都是临淄户口，打算让她过来我这边", "child", "parent"),
        ("临", "俺娘想回村，她跟俺哥住村里，俺哥户口在村里", "parent", "child"),
        ("临", "孩子爷爷想过来，楼是我老公的名，在临淄城里", "parent_in_law", "child"),
        ("临", "娃他奶奶想过来，楼是我媳妇的名，在临淄城里", "parent", "child_in_law"),
        ("聊", "孩子姥爷跟我们住，房子是我老婆的名，在临清城里，能给姥爷迁来不", "parent_in_law", "child"),
        ("临", "我对象户口在临淄城里，我想过去", "self", "fiance"),
        ("临", "我弟在临淄城里住，户口是外地的，能投靠不", "self", "sibling"),
        ("临", "我在城里有房，我弟在临淄打工，户口外地，能投靠不", "sibling", "sibling"),
        ("聊", "想上我姐户口，她高新区有房，我俩住一块", "self", "sibling"),
        ("临", "我妹想落到我老公名下的房子里，房子在临淄城里", "sibling", "sibling"),
        ("聊", "我舅家的表弟想来聊城跟着我住，能把户口挪过来不", "other", "other"),
    ],
)
def test_who_moves_and_whom_they_join(place: str, text: str, person: str, relation: str) -> None:
    found = _read(place, text)
    assert (found.person or "self", _relation(found)) == (person, relation)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("孩子姥姥想来", ["child/grandparent"]),
        ("孩子奶奶想来，房子是俺对象的", ["parent_in_law", "spouse"]),
        ("孩子爷爷想来，房子是我媳妇的", ["parent", "spouse"]),
        ("孩子跟他姥姥住", ["child", "child/grandparent"]),
        ("爷爷想过来，房子是儿子的，儿子就是我老公", ["grandparent", "child", "child", "spouse"]),
        ("俺大爷家的哥", ["other"]),
        ("俺姨家表姐", ["other"]),
        ("俺哥家的孩子", ["other"]),
    ],
)
def test_relatives_named_by_others(text: str, people: list[str]) -> None:
    assert [m.person for m in find_people(text)] == people


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("我哥想投靠我，我住临淄区里的一个村", {"town_village", "urban_village"}),
        ("我哥想投靠我，我住临淄区里农村", {"town_village", "urban_village"}),
        ("我哥想投靠我，我住临淄区里", {"urban"}),
    ],
)
def test_a_village_of_the_district(text: str, areas: set[str]) -> None:
    told = {f.fact: f.value for f in _read("临", text).facts}
    assert told["kin.area"] == Choice(frozenset(areas))


def test_who_lives_with_another_does_not_live_with_the_asker() -> None:
    told = {f.fact for f in _read("聊", "闺女没结婚跟她姥姥住村里，我在东昌府区有楼，想让闺女户口过来").facts}
    assert "kin.together" not in told


def test_a_place_of_another_kind_is_not_where_the_home_lies() -> None:
    told = {f.fact: f.value for f in _read("临", "村里有老房子，城里户口想迁回村").facts}
    assert told["housing.area"] == Choice(frozenset({"town_village", "urban_village"}))
