"""What stands before a question without being part of it, and what is said of an answer."""

from __future__ import annotations

import pytest

from bot.reading.asking.follow_ups import BASIS, WHERE_TO, follow_up
from bot.reading.asking.reactions import Doubt, behind_manners, blames, doubts, gives_up, side_asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("多谢了,再问一下技校的能落不", "技校的能落不"),
        ("辛苦了,还有个事,我爸能来吗", "我爸能来吗"),
        ("行,谢谢您,我妈户口能过来不", "我妈户口能过来不"),
        ("麻烦问下,期房咋落", "期房咋落"),
        ("查一下,堂姐", "堂姐"),
        ("谢谢", None), ("谢谢,我明白该去哪办了", None), ("谢谢,不懂的回头再问您", None), ("谢谢,没别的问题了", None),
        ("谢谢,在镇上", None), ("谢家村的能落吗", None), ("查一下户口", None), ("查一下,我户口在哪", None), ("租房能落吗,谢谢", None),
    ],
)  # fmt: skip
def test_what_is_asked_behind_manners(text: str, asked: str | None) -> None:
    assert behind_manners(text) == asked


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("真的吗", Doubt()), ("是真的假的啊", Doubt()), ("你能保证吗?", Doubt()), ("靠谱不", Doubt()), ("咱别又让我白跑", Doubt()),
        ("可别让我白跑一趟", Doubt()), ("真行吗?昨天大厅说不给办", Doubt(refused=True)), ("我都跑了三趟了", Doubt(refused=True)),
        ("真的假的,就凭一本房产证?", Doubt(alone=True)),
        ("真的", None), ("肯定", None), ("行啊", None), ("房东说不让落", None), ("他不同意", None), ("我真没房", None), ("确定了", None),
    ],
)  # fmt: skip
def test_an_answer_is_doubted(text: str, doubt: Doubt | None) -> None:
    assert doubts(text) == doubt


@pytest.mark.parametrize(
    ("text", "given_up"),
    [
        ("那我白折腾了", True), ("合着白交了三年", True), ("那就是没戏了呗", True), ("那办不了呗", True),
        ("我白天上班", False), ("落不了咋办", False), ("没房", False), ("不行", False), ("为啥落不了", False),
    ],
)  # fmt: skip
def test_somebody_gives_it_up(text: str, given_up: bool) -> None:
    assert gives_up(text) is given_up


def test_the_document_is_blamed() -> None:
    assert blames("啥都没写清楚,这不是坑人吗")
    assert not blames("没写合同")
    assert not blames("文件没写咋办")


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("得六十以上不", "age"), ("不用满五十五吧", "age"), ("不满十八行不行", "age"), ("听人家说要退休才行", "retired"),
        ("得等几年", "count"), ("结婚要满几年", "count"), ("不用住够一年吧", "count"),
        ("六十五了", None), ("一年", None), ("住了三年了", None), ("我退休了", None), ("满一年了", None), ("要租六十平的吗", None),
    ],
)  # fmt: skip
def test_a_side_in_a_breath(text: str, side: str | None) -> None:
    assert side_asked(text) == side


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("写在哪一条", BASIS), ("这规定写在哪", BASIS), ("原文给我念一下", BASIS), ("念一下原文", BASIS), ("两边各依据哪条", BASIS),
        ("写在合同上行不", None), ("合同写在谁名下", None),
        ("落在我店里行不", WHERE_TO), ("落单位集体户行吗", WHERE_TO), ("落哪,公司还是哪", WHERE_TO), ("落公司没人管", None),
    ],
)  # fmt: skip
def test_where_it_is_written_and_where_it_goes(text: str, kind: str | None) -> None:
    assert follow_up(text) == kind
