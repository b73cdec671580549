"""A bare word for a relative: when it answers a question, and when it is somebody else's case."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest

from bot.conversation.kin_answers import answers_with_kin, named_alone
from bot.conversation.state import Case, Told
from bot.conversation.world import Heard
from bot.eligibility.values import Choice


def case(person: str = "self", words: str = "", pending: str | None = "education.level", **facts: str) -> Case:
    told = {name.replace("__", "."): Told(Choice(frozenset({value})), said) for name, (value, said) in _pairs(facts).items()}
    return Case(person, words, MappingProxyType(told), pending=pending)


def _pairs(facts: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {name: (value.partition(":")[0], value.partition(":")[2]) for name, value in facts.items()}


@pytest.mark.parametrize("text", ["我舅", "是我二姨", "表哥", "就我姐", "我姐家的", "投靠我哥"])
def test_one_relative_and_nothing_else(text: str) -> None:
    assert named_alone(text) is not None


@pytest.mark.parametrize("text", ["我姐呢", "那我姐呢", "我姐在城里", "我", "房东", "他", "我爸我妈", "没有"])
def test_more_or_nobody(text: str) -> None:
    assert named_alone(text) is None


@pytest.mark.parametrize(
    ("before", "text", "answers"),
    [
        (case(), "我姐", True),
        (case(pending=None), "我姐", False),
        (case(pending="marital"), "对象", False),
        (case(pending="rent.register_empty"), "我哥", False),
        (case("parent", "我妈"), "我哥", True),
        (case("parent", "我妈"), "我爸", False),
        (case("parent", "我妈", "kin.relation"), "我爸", True),
        (case(kin__relation="sibling:我姐"), "我叔", False),
        (case(pending="kin.area", kin__relation="sibling:我姐"), "我叔", True),
        (case(kin__relation="grandparent:我奶奶"), "孙子", True),
        (case(kin__relation="none:没有"), "我姐", True),
    ],
)
def test_whether_it_answers(before: Case, text: str, answers: bool) -> None:
    assert answers_with_kin(before, Heard(text, "tell", date(2026, 11, 22))) is answers
