"""What a message wants: a register moved, a verdict on what it tells, or something else; and whether it says anew what was told."""

from __future__ import annotations

import pytest

from bot.reading.asking.wanting import (
    asks_for_a_look,
    asks_if_enough,
    asks_more,
    asks_whether,
    asks_which,
    told_before_asking,
    wants_own_register,
    wants_to_register,
)
from bot.reading.text.renewing import renews, what_is_right


@pytest.mark.parametrize("text", [
    "娃下半年升初中,户口能整过来不",
    "要是够数就把我这户挪去闺女那边",
    "像我这样的落哪",
    "咋落法",
    "想投奔俺二姐",
    "户口随男方走得通吗",
    "这房子上给不给落",
])
def test_a_register_is_wanted(text: str) -> None:
    assert wants_to_register(text)


@pytest.mark.parametrize("text", [
    "户口前些年就落到了高新区",
    "驾驶证到期了去哪换",
    "公积金还能提多少",
    "低保断了两个月",
    "婚姻登记处周末开门吗",
])
def test_no_register_is_wanted(text: str) -> None:
    assert not wants_to_register(text)


def test_whose_register_is_to_come() -> None:
    assert wants_own_register("前妻占着本子,我的户口落到新楼上行吗")
    assert not wants_own_register("前妻的户口咋迁走")


@pytest.mark.parametrize(("text", "whether", "more"), [
    ("房东点头了,屋里空户,这够格不", True, False),
    ("租的整套楼,给个准话", True, False),
    ("租的整套楼,派出所几点开门", False, True),
    ("高龄补贴咋领", False, True),
])
def test_what_is_asked(text: str, whether: bool, more: bool) -> None:
    assert asks_whether(text) is whether
    assert asks_more(text) is more


@pytest.mark.parametrize("text", [
    "楼房在手,证也齐,这样达标不",
    "儿子在这边,俺这情况使得使不得",
    "合同签了三年,这么着合乎规定吗",
    "厂里有保险,可以不可以",
    "户口还在老家,我能迁不能",
    "店开了两年,请问算数吗",
    "听人说行,真是这么回事吗",
    "我跟着闺女住,有没有份",
    "证是我名,能迁还是不能迁",
])
def test_whether_what_was_told_is_enough(text: str) -> None:
    assert asks_if_enough(text)
    assert asks_whether(text)
    assert not asks_more(text)


@pytest.mark.parametrize("text", ["保险没上,会不会影响落户", "怕挡了我的户口吧", "刚搬来半年,卡不卡落户"])
def test_whether_something_told_stands_in_the_way(text: str) -> None:
    assert asks_if_enough(text)


@pytest.mark.parametrize("text", [
    "医保断了,房东说了算不算",
    "户口在这,车牌能在这上不",
    "老人七十了,高龄补贴一月多少",
    "低保户口,低保还发不发",
])
def test_whether_something_else_is(text: str) -> None:
    assert not asks_if_enough(text)


@pytest.mark.parametrize("text", ["没打算转户口,问问娃在这念初中的事", "我不想迁户,村里的地还在吧"])
def test_a_wish_denied_is_none(text: str) -> None:
    assert not wants_to_register(text)
    assert wants_to_register("没想到这么严,户口还能落过来吗")


def test_which_of_two_things_is_asked() -> None:
    assert asks_which("凭照办的话,户口上到铺面地址还是上到社区")
    assert not asks_which("给个话,能落还是不能落")


def test_a_look_is_asked_for() -> None:
    assert asks_for_a_look("给俺瞧瞧能不能落过去")
    assert asks_for_a_look("我想把户口挪到那边,中不中")
    assert not asks_for_a_look("帮我查查公交几点停")


@pytest.mark.parametrize("text", ["哦不,是表姐", "我记岔了", "昨晚她搬走了", "业主又变卦了", "回家翻了翻,是十月", "我还是打算过去干"])
def test_what_is_said_anew(text: str) -> None:
    assert renews(text)


@pytest.mark.parametrize("text", ["我租着一套楼", "社保没交", "房主同意", "户口在泰安"])
def test_what_only_tells(text: str) -> None:
    assert not renews(text)


def test_what_is_right_after_all() -> None:
    assert what_is_right("哎不对,看错了,是2027年10月") == "2027年10月"


@pytest.mark.parametrize(("text", "told"), [
    ("厂里没给签合同,这样能行不", "厂里没给签合同"),
    ("我还没毕业,应该不要紧吧?", "我还没毕业"),
    ("我妈不跟我住,有没有影响", "我妈不跟我住"),
    ("租的房,没备案,不碍事吧", "租的房,没备案"),
    ("房东要不要签字,这样行不", None),
    ("这样行不", None),
    ("有没有影响", None),
    ("社保断了影响落户吗", None),
])
def test_what_is_told_before_asking_whether_it_matters(text: str, told: str | None) -> None:
    assert told_before_asking(text) == told
