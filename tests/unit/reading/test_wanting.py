"""What a message wants: a register moved, a verdict on what it tells, or something else; and whether it says anew what was told."""

from __future__ import annotations

import pytest

from bot.reading.renewing import renews, what_is_right
from bot.reading.wanting import asks_for_a_look, asks_more, asks_whether, wants_own_register, wants_to_register


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
