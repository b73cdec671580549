"""Messages of nothing but words of settling."""

from __future__ import annotations

import pytest

from bot.reading.asking.bare import bare_settling


@pytest.mark.parametrize("text", ["想落户", "我要入户", "俺想把户口迁过来", "我能落户吗", "帮我看看能不能落户"])
def test_a_bare_wish(text: str) -> None:
    assert bare_settling(text) == "wish"


@pytest.mark.parametrize("text", ["咋落户", "怎么才能落户", "外地人能落户吗", "落户条件", "户口咋迁", "我想落户需要啥条件"])
def test_a_bare_question(text: str) -> None:
    assert bare_settling(text) == "question"


MORE = ["租房能落户吗", "我妈能落户吗", "落户收费吗", "想把户口迁走", "户口本丢了", "村里能落户吗", "想问问", "大学生咋落户", ""]


@pytest.mark.parametrize("text", MORE)
def test_a_message_that_says_more(text: str) -> None:
    assert bare_settling(text) is None
