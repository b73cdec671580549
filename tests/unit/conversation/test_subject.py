"""What a message is about once the place is known, and once the words decide against the classifier."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.subject import Subject, subject
from bot.conversation.where import Where
from bot.conversation.world import Heard, World, load_world

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def about(world: World, text: str, heard_as: str, **luohu: object) -> Subject:
    intent, _, label = heard_as.partition("/")
    known = {"topic": label if intent == "ask" else None, "matter": label if intent != "ask" else None, "confidence": 0.3}
    found = Heard(text, intent, DAY, {**known, "ranking": [[heard_as, 0.3]], **luohu}, {"jurisdiction": "liaocheng"})
    return subject(world, found, Where("liaocheng"))


def test_the_papers_of_another_matter_are_none_of_settling(world: World) -> None:
    beside = ["out_of_scope/driving", 0.5]
    assert about(world, "电动车上牌照带哪些证件", "ask/materials", beside=beside).matter == "driving"
    assert about(world, "上完牌照落户带哪些证件", "ask/materials", beside=beside).matter is None
    assert about(world, "带哪些证件", "ask/materials", beside=["out_of_scope/driving", 0.2]).matter is None


@pytest.mark.parametrize(("text", "heard_as", "topic"), [
    ("住宿舍能落户吗", "ask/housing_security", "buy_house"),
    ("网约车司机能落户吗", "ask/housing_fund", "employment"),
    ("买房后多久可以落户", "ask/presale", "buy_house"),
    ("租房能落户吗", "ask/rent_settle", "rent_settle"),
])
def test_what_is_supposed_decides_the_topic(world: World, text: str, heard_as: str, topic: str) -> None:
    assert about(world, text, heard_as).topic == topic
