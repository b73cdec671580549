"""A condition that is asked about: what it is, and that nobody tells it of themselves by asking."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.world import load_world
from bot.reading.asking.answers import read_answer
from bot.reading.asking.follow_ups import come_about, what_if
from bot.reading.reader import read
from bot.reading.text.clauses import condition

VOCABULARY = load_world().vocabulary
TODAY = date(2026, 11, 28)
HOME = "山东省/聊城市"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("干够一年就能办了是吧", "干够一年"), ("只要参上社保就可以了吗", "参上社保"), ("非得住一起才能落吗", "住一起"),
        ("没人占着户口就没问题了吧", "没人占着户口"), ("备案办下来就行了呗", "备案办下来"), ("要是离了婚就能落吧", "离了婚"),
        ("以后先补缴社保行不行", "以后先补缴社保"), ("离交房不到半年才可以是吧", "离交房不到半年"),
        # what is asked for, the wish, what somebody says they have, and plain tellings
        ("交几个月才行", None), ("集体户就行", None), ("能落户就行", None), ("我有房就能落吧", None), ("社保一直交着就能办吧", None),
        ("这样就可以了吧", None), ("满一年了", None), ("房东同意", None), ("能落户吗", None), ("公租房能落户吗", None),
    ],
)  # fmt: skip
def test_what_is_asked_to_be_enough(text: str, what: str | None) -> None:
    assert condition(text) == what


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("license.issued", "开满一年就行了吧"), ("insurance.paid", "交上就能办吧"), ("kin.together", "一起住就行吗"),
        ("marital", "没结婚才能落是吧"), ("license.issued", "再等五个月"),
    ],
)  # fmt: skip
def test_it_answers_nothing(question: str, text: str) -> None:
    assert read_answer(text, question, options=(), as_of=TODAY, home=HOME, vocabulary=VOCABULARY).kind == "none"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("我在东昌府一家厂里上班，社保交了就能落户吧", "insurance.paid"), ("我租的整套房，办了备案就可以了吧", "rent.filing"),
        ("孩子学费明年三月交", "presale.handover"), ("社保没交，明年三月交", "housing.kind"), ("社保从下月交", "insurance.paid"),
        ("成套的", "premises.kind"), ("高中毕业，在县城上职高", "education.status"),
    ],
)  # fmt: skip
def test_nobody_tells_it(text: str, fact: str) -> None:
    read_of = {f.fact for f in read(text, as_of=TODAY, home=HOME, vocabulary=VOCABULARY).facts}
    assert fact not in read_of


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("我买了期房，明年三月交", "presale.handover"), ("首付交了，明年三月交房", "presale.handover"),
        ("社保早就交上了", "insurance.paid"), ("门面独立成套的", "premises.kind"),
        ("高中毕业，没再上学", "education.status"), ("租房住，备案补上了", "rent.filing"),
    ],
)  # fmt: skip
def test_what_is_told_still_is(text: str, fact: str) -> None:
    assert fact in {f.fact for f in read(text, as_of=TODAY, home=HOME, vocabulary=VOCABULARY).facts}


def test_it_supposes_and_comes_about() -> None:
    assert what_if("参上社保就行了吧") == "参上社保"
    assert [come_about(w) for w in ("去补个备案", "租客迁走", "签了合同")] == ["备案补了", "租客迁走了", "合同签了"]
