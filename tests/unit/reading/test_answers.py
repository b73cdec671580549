"""Short answers inside a screening."""

from __future__ import annotations

from datetime import date

import pytest

from bot.eligibility.values import Choice, Dates, Places, Value
from bot.policy.load import load_vocabulary
from bot.reading.asking.answers import Answer, read_answer

AS_OF = date(2026, 11, 22)
HOME = "山东省/聊城市"
VOCABULARY = load_vocabulary()


def _answer(text: str, question: str, options: tuple[str, ...] = ()) -> Answer:
    return read_answer(text, question, options=options, as_of=AS_OF, home=HOME, vocabulary=VOCABULARY)


def _choice(value: str) -> Choice:
    return Choice(frozenset({value}))


@pytest.mark.parametrize(
    "text", ["是", "对", "有", "可以", "嗯对", "嗯，有", "交了", "交着呢", "不是没有", "有，去年开始交的", "是的。", "YES"]
)
def test_yes(text: str) -> None:
    assert _answer(text, "insurance.paid") == Answer("value", {"insurance.paid": _choice("yes")}, text)


@pytest.mark.parametrize("text", ["没有", "不是", "没交", "没", "还没", "断了", "没有啊", "不，没交"])
def test_no(text: str) -> None:
    assert _answer(text, "insurance.paid") == Answer("value", {"insurance.paid": _choice("no")}, text)


@pytest.mark.parametrize("text", ["不知道", "不清楚", "说不好", "忘了", "我也不知道", "好像有"])
def test_unsure(text: str) -> None:
    assert _answer(text, "insurance.paid").kind == "unsure"


@pytest.mark.parametrize("text", ["谢谢", "嗯", "好的", "哦", "👍", "?", "？？", "", "  ", "你好", "为什么问这个", "要带什么材料", "9"])
def test_neither_thanks_nor_a_question_is_an_answer(text: str) -> None:
    assert _answer(text, "insurance.paid", ("有", "没有", "不清楚")).kind == "none"


@pytest.mark.parametrize("text", ["2", "②", "第二个", "选二", "选2", "2."])
def test_an_option_by_its_number(text: str) -> None:
    labels = VOCABULARY.facts["housing.kind"].labels
    options = (labels["owned"], labels["rented"], "不清楚")
    assert _answer(text, "housing.kind", options).facts == {"housing.kind": _choice("rented")}
    assert _answer("3", "housing.kind", options).kind == "unsure"


@pytest.mark.parametrize(
    ("question", "text", "facts"),
    [
        ("housing.kind", "租的", {"housing.kind": _choice("rented")}),
        ("education.level", "大专", {"education.level": _choice("college")}),
        ("education.level", "没上过学", {"education.level": _choice("none")}),
        ("business.license", "没有", {"business.license": _choice("none")}),
        ("kin.relation", "我妈", {"kin.relation": _choice("parent")}),
        ("housing.area", "县城", {"housing.area": _choice("urban")}),
        ("hukou.place", "阳谷", {"hukou.place": Places(frozenset({"山东省/聊城市/阳谷县"}))}),
        ("hukou.place", "就在这里", {"hukou.place": Places(frozenset({HOME}))}),
        ("presale.handover", "明年三月", {"presale.handover": Dates(date(2027, 3, 1), date(2027, 3, 31))}),
        ("presale.handover", "3个月后", {"presale.handover": Dates(date(2027, 2, 22), date(2027, 2, 22))}),
        ("license.issued", "2023年5月办的", {"license.issued": Dates(date(2023, 5, 1), date(2023, 5, 31))}),
    ],
)
def test_labels_places_and_dates(question: str, text: str, facts: dict[str, Value]) -> None:
    assert _answer(text, question) == Answer("value", facts, text)


def test_a_place_may_say_the_kind_of_area_too() -> None:
    facts = _answer("阳谷县城", "housing.place").facts
    assert facts["housing.place"] == Places(frozenset({"山东省/聊城市/阳谷县"}))
    assert facts["housing.area"] == _choice("urban")


def test_every_option_word_belongs_to_a_value_of_the_vocabulary() -> None:
    from bot.reading.asking.answers import _lexicon

    for fact, values in _lexicon()["options"].items():
        assert set(values) <= VOCABULARY.facts[fact].values
