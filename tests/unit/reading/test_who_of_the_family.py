"""Who of a family moves and whom they follow, told by what the asker has not, in the other's words, or by the way."""

from __future__ import annotations

from datetime import date

import pytest

from bot.eligibility.values import Choice
from bot.policy.load import load_vocabulary
from bot.reading.reader import Reading, read

_HOMES = {"聊": "山东省/聊城市", "临": "山东省/淄博市/临淄区"}


def _read(place: str, text: str) -> Reading:
    return read(text, as_of=date(2026, 11, 29), home=_HOMES[place], vocabulary=load_vocabulary())


def _one(found: Reading, fact: str) -> str | None:
    value = next((f.value for f in found.facts if f.fact == fact), None)
    return next(iter(value.values)) if isinstance(value, Choice) and len(value.values) == 1 else None


@pytest.mark.parametrize(
    ("place", "text", "person", "relation"),
    [
        ("聊", "小姑子在茌平城里一家超市收银，合同签了，户口是河南濮阳的。我跟她哥都在濮阳，帮不上啥忙。这算稳定就业不？", "other", None),
        ("聊", "大外甥大专毕业，证到手了，户口在安徽亳州，没上班。我这当舅的人在外地。听说大专就能进集体户，真的吗？", "other", None),
        ("聊", "我妈户口在河北，我在聊城没房没工作，能落不？", "self", None),
        ("临", "我婆婆在临淄城里有房，她愿意让儿媳落她户口上，我户口在桓台，能行不。", "self", "parent_in_law"),
        ("聊", "我表弟户口在河南，他爸在聊城有房，他爸同意让儿子落过去，行不", "other", "parent"),
        ("临", "儿媳妇户口在青州，我在临淄城里有房，我愿意让儿媳落我这。", "child_in_law", "parent_in_law"),
        ("临", "不是我迁，是我公公迁。他户口在博兴，我和老公在临淄辛店有房，他跟我们住好几年了。", "parent_in_law", "child_in_law"),
        ("临", "孩子是我跟前妻生的，八岁，户口在桓台他妈那，跟我住临淄城里，房是我的，能落我本上不？", "child", "parent"),
        ("聊", "儿子是我从邯郸抱养的，五岁了，户口在他亲妈那。我在莘县县城有房，能迁我这不？", "child", "step_parent"),
        ("聊", "外甥女十五，她妈（我二姐）去年没了，她爸在外地打工。我在茌平城里有楼，想把她户口落我这，行不？", "other", "other"),
        ("临", "我公公说要么落他那，要么落我自己买的这套，楼在临淄城里，我户口桓台。", "self", "parent_in_law"),
    ],
)
def test_who_moves_and_what_the_other_is_to_them(place: str, text: str, person: str, relation: str | None) -> None:
    found = _read(place, text)
    assert found.person == person
    assert _one(found, "kin.relation") == relation


@pytest.mark.parametrize(
    "text",
    [
        "我表哥在临淄城里有套房，租给我住着，他同意我落，能落不？",
        "我租的是俺舅在临淄城里的楼，房上没别人户口。我不投靠他，按租房办，行不？",
        "房东是我表姐，临淄城里的楼，整套租给我。她说户口随便落，成吗？",
    ],
)
def test_a_relative_who_lets_the_home_is_no_one_followed(text: str) -> None:
    found = _read("临", text)
    assert found.person == "self"
    assert (_one(found, "housing.kind"), _one(found, "kin.relation")) == ("rented", None)


def test_where_one_believed_a_firm_to_be_is_not_where_it_is() -> None:
    found = _read("临", "原以为我单位在临淄，后来才知道归桓台管。户口在潍坊。")
    assert any(f.fact == "work.place" and "桓台县" in str(f.value) for f in found.facts)


def test_a_strangers_late_mother_widows_nobody() -> None:
    found = _read("聊", "同学他妈就是跟着他落的。我也想让我妈来，我在东昌府租的房，我妈在德州平原。")
    assert found.person == "parent"
    assert _one(found, "marital") is None
