"""Short messages amid a case: what they ask of it, and what is none."""

from __future__ import annotations

import pytest

from bot.reading.asking.follow_ups import (
    BASIS,
    CERTAIN,
    CONDITIONS,
    VERDICT,
    WHAT_TO_DO,
    WHO_DECIDES,
    WHY_NOT,
    WHY_SO,
    back_to,
    counts_as_consent,
    follow_up,
    greets,
    of_oneself,
    speaks_of_elsewhere,
    thanks,
    what_if,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("那咋办", WHAT_TO_DO), ("咋整啊?", WHAT_TO_DO), ("那我该怎么办呢", WHAT_TO_DO),
        ("还有别的路不", WHAT_TO_DO), ("没别的法子了吗", WHAT_TO_DO),
        ("为啥不行", WHY_NOT), ("凭什么不给落户啊", WHY_NOT), ("哪一条不符合", WHY_NOT), ("咋就办不了了", WHY_NOT),
        ("到底行不行", VERDICT), ("那我能落户吗", VERDICT), ("是能还是不能啊", VERDICT), ("那这样能不能办", VERDICT), ("够条件不", VERDICT),
        ("能", None), ("可以", None), ("行", None), ("没有", None), ("有", None), ("怎么办落户", None), ("租房咋办", None),
        ("为啥要问这个", None), ("社保不行咋办", None), ("我妈能落吗", None),
    ],
)  # fmt: skip
def test_what_is_asked_of_the_case(text: str, kind: str | None) -> None:
    assert follow_up(text) == kind


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("那开了呢", "开了"), ("要是房东同意呢", "房东同意"), ("社保补上了呢", "社保补上了"), ("那没毕业呢?", "没毕业"),
        ("万一离婚了咋样", "离婚了"), ("那要是同意了呢", "同意了"), ("那我要是毕业了呢", "毕业了"), ("那如果没签呢", "没签"),
        ("我妈呢", None), ("房东不同意", None), ("开了", None), ("呢", None),
    ],
)  # fmt: skip
def test_what_is_supposed(text: str, what: str | None) -> None:
    assert what_if(text) == what


def test_the_asker_may_mean_themselves() -> None:
    assert of_oneself("那我能落吗")
    assert not of_oneself("那能落吗")


@pytest.mark.parametrize(
    ("rest", "turns"), [("再说", True), ("还是看吧", True), ("那呢", True), ("租房能落户吗", False), ("不去了", False)]
)
def test_turning_to_a_place(rest: str, turns: bool) -> None:
    assert back_to(rest) is turns


@pytest.mark.parametrize(("text", "other"), [("那边呢", True), ("换个地方行不", True), ("那商铺呢", False), ("那以后呢", False)])
def test_a_place_meant_and_not_named(text: str, other: bool) -> None:
    assert speaks_of_elsewhere(text) is other


@pytest.mark.parametrize(("text", "given"), [("谢谢", True), ("好的谢了", True), ("好的", False), ("麻烦吗", False)])
def test_thanks(text: str, given: bool) -> None:
    assert thanks(text) is given


@pytest.mark.parametrize(("text", "greeted"), [("你好聊城", True), ("在吗", True), ("东昌府区的", False), ("临清", False)])
def test_greetings(text: str, greeted: bool) -> None:
    assert greets(text) is greeted


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("条件是什么", CONDITIONS), ("那要啥条件", CONDITIONS), ("有哪些要求呢", CONDITIONS), ("具体条件有哪些", CONDITIONS),
        ("谁来认定", WHO_DECIDES), ("归哪个部门认定啊", WHO_DECIDES), ("最后谁说了算", WHO_DECIDES), ("由谁定的", WHO_DECIDES),
        ("一定给办吗", CERTAIN), ("肯定能落上吗", CERTAIN), ("是不是保证能过", None), ("能保证吗", CERTAIN), ("一定", None), ("肯定", None),
        ("依据是哪一条", BASIS), ("哪条规定的", BASIS), ("有啥依据", BASIS), ("哪一条路", None), ("凭哪条不让落", None),
        ("为啥非得一年", WHY_SO), ("凭什么只认房产证", WHY_SO), ("为啥非要问户口", None), ("要啥材料", None), ("谁来办", None),
    ],
)  # fmt: skip
def test_what_is_asked_of_what_was_said_last(text: str, kind: str | None) -> None:
    assert follow_up(text) == kind


@pytest.mark.parametrize(("text", "asks"), [
    ("微信里同意算数不", True), ("房东电话里答应的,管用吗", True), ("口头答应行不,还是得写个书面的", True), ("这算同意不", True),
    ("微信能办落户吗", False), ("房东在微信上同意了", False), ("书面的在哪领", False),
])  # fmt: skip
def test_whether_a_consent_counts(text: str, asks: bool) -> None:
    assert counts_as_consent(text) is asks
