"""Who is named as of another nation, and who only was abroad; whose text is asked for."""

from __future__ import annotations

import pytest

from bot.reading.text.terms import of_another_nation, of_higher_rank

OTHERS = ["老婆是越南的,能落户吗", "越南媳妇落户", "我对象韩国籍", "老公是台湾人", "外籍媳妇投靠丈夫", "外国女婿想落户"]
ABROAD = [
    "从美国留学回来能落户吗", "在日本打工三年", "韩国人开的厂里上班", "香港大学毕业的硕士", "学位是英国的,认不认",
    "越南媳妇给我生的儿子",
]


@pytest.mark.parametrize("plain", OTHERS)
def test_somebody_of_another_nation(plain: str) -> None:
    assert of_another_nation(plain)


@pytest.mark.parametrize("plain", ABROAD)
def test_abroad_is_no_nation_of_somebodys(plain: str) -> None:
    assert not of_another_nation(plain)


def test_a_text_above_is_no_text_of_the_place() -> None:
    assert of_higher_rank("国务院那个户籍文件原文发一下")
    assert not of_higher_rank("这个意见根据国家哪个文件出的")
    assert not of_higher_rank("落户文件原文发一下")
