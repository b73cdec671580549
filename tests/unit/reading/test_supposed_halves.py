"""Half a question that puts another value, and what is planned and not held yet."""

from __future__ import annotations

from datetime import date

import pytest

from bot.eligibility.values import Choice
from bot.policy.load import load_packs
from bot.reading.asking.answers import only_yes_or_no
from bot.reading.asking.follow_ups import at_the_shop, half_asked, lies_there, place_asked, what_if
from bot.reading.reader import read

_HOME, _DAY = "山东省/聊城市", date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "put"),
    [
        ("没房呢", "没房"),
        ("那大专呢", "大专"),
        ("房本其实是我哥的呢", "房本是我哥的"),
        ("社保在莘县交的行不", "社保在莘县交的"),
        ("还有五个月呢", None),
        ("还没下来呢", None),
        ("那咋办呢", None),
        ("要等多久呢", None),
        ("没房", None),
    ],
)
def test_half_a_question(text: str, put: str | None) -> None:
    assert half_asked(text) == put


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("高唐的房呢", "房在高唐"),
        ("那临清那边的单位行不", "单位在临清"),
        ("我的房呢", None),
        ("高唐有房", None),
    ],
)
def test_a_home_in_another_place(text: str, told: str | None) -> None:
    assert lies_there(text) == told


def test_a_place_alone() -> None:
    assert place_asked("那高新区呢") == "高新区"
    assert place_asked("高新区有房") is None


def test_changed_into_something() -> None:
    assert what_if("换成租的行不") == "租的"
    assert what_if("要是改成公寓呢") == "公寓"


def test_whether_it_is_put_at_the_shop() -> None:
    assert at_the_shop("落我店里行不")
    assert at_the_shop("能落到门面那个地址吗")
    assert not at_the_shop("店里几个人")
    assert not at_the_shop("落哪")


def test_a_plain_yes_says_nothing_of_what() -> None:
    assert only_yes_or_no("办了")
    assert not only_yes_or_no("他户口迁走了")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("买的期房合同还没签，后年四月交房", "subscription"),
        ("下周才签合同，后年四月交房", "subscription"),
        ("期房，签了合同，后年十月交房", "presale"),
        ("期房，合同没签什么补充协议，后年十月交房", "presale"),
    ],
)
def test_a_contract_to_be_signed(text: str, kind: str) -> None:
    assert _told(text)["housing.kind"] == Choice(frozenset({kind}))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("本科毕业，考上研究生了", "enrolled"),
        ("我在读研", "enrolled"),
        ("考上研究生，毕业后在东阿上班", "graduated"),
        ("研究生毕业", "graduated"),
    ],
)
def test_admitted_is_not_graduated(text: str, status: str) -> None:
    assert _told(text)["education.status"] == Choice(frozenset({status}))


def test_who_read_for_a_degree_once_is_no_student() -> None:
    assert "education.status" not in _told("读研究生的时候户口迁出去了")


def _told(text: str) -> dict[str, object]:
    vocabulary = load_packs().vocabulary
    return {f.fact: f.value for f in read(text, as_of=_DAY, home=_HOME, vocabulary=vocabulary).facts}
