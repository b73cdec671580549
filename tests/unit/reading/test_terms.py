"""Words of the documents that are asked about, and words of matters beside them."""

from __future__ import annotations

import pytest

from bot.policy.load import load_vocabulary
from bot.reading.cues import cue
from bot.reading.terms import neighbour_named, term_asked


@pytest.mark.parametrize(("text", "topic"), [
    ("近亲属里有没有姑舅,范围到哪", "family_follow"),
    ("借住的屋子算稳定住所不", "buy_house"),
    ("跑网约车属于稳定就业吗", "employment"),
    ("仓库隔出来的门市够不够经营场所", "business_license"),
])
def test_what_a_word_takes_in(text: str, topic: str) -> None:
    assert term_asked(text) == topic


def test_a_word_that_is_not_asked_about() -> None:
    assert term_asked("近亲属在这边。医保算谁管") is None


@pytest.mark.parametrize(("text", "matter"), [
    ("开发商逾期交房", "property_deed"),
    ("技师的津贴标准", "talent_subsidy"),
    ("老板拖欠俺半年", "work_injury"),
    ("我在楼下办了执照开着店", None),
])
def test_a_matter_beside_the_documents(text: str, matter: str | None) -> None:
    assert neighbour_named(text) == matter


def test_every_name_is_one_of_the_vocabulary() -> None:
    vocabulary = load_vocabulary()
    assert set(cue("terms.of").groupindex) <= set(vocabulary.topics)
    assert set(cue("terms.neighbour").groupindex) <= set(vocabulary.matters)
