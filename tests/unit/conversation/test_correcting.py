"""A fact said anew through the metadata key ``about``."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from bot.conversation.state import Conversation
from bot.conversation.turns import take
from bot.conversation.world import Heard, Turn, World, load_world

DAY = date(2026, 11, 22)


@lru_cache(maxsize=1)
def world() -> World:
    return load_world()


def say(state: Conversation, text: str, turn: str = "answer", **metadata: Any) -> Turn:
    heard = Heard(text, "tell", DAY, {}, {"jurisdiction": "liaocheng", "as_of": DAY.isoformat(), **metadata})
    return take(world(), state, heard, turn)


def fact(turn: Turn, name: str) -> Any:
    screening: Any = turn.replies[0].screening
    found = [f for f in screening["facts"] if f["fact"] == name]
    return found[0]["values"] if found else None


@pytest.fixture
def told() -> Conversation:
    return say(Conversation(), "我是河南的，大专毕业，在东昌府租房住").state


@pytest.mark.parametrize("turn", ["answer", "screen_turn", "fallback", "restart", "feedback", "out_of_scope"])
def test_whatever_the_message_sounds_like_it_is_the_value(told: Conversation, turn: str) -> None:
    after = say(told, "硕士", turn, about="education.level")
    assert fact(after, "education.level") == ["master"]
    assert fact(after, "hukou.place") == ["河南省"]


def test_a_place_is_the_fact_and_not_where_to_register(told: Conversation) -> None:
    after = say(told, "临淄", about="hukou.place")
    assert after.replies[0].jurisdiction == "liaocheng"
    assert fact(after, "hukou.place") == ["山东省/淄博市/临淄区"]
    assert after.state.place != "linzi"


def test_not_knowing_forgets_the_fact_and_it_is_not_asked_at_once(told: Conversation) -> None:
    after = say(told, "不清楚", about="education.level")
    assert fact(after, "education.level") is None
    screening: Any = after.replies[0].screening
    assert screening["question"] is None or screening["question"]["fact"] != "education.level"


def test_what_is_no_value_changes_nothing_and_is_asked_for_again(told: Conversation) -> None:
    after = say(told, "谢谢", about="education.level")
    assert after.state == told
    reply = after.replies[0]
    assert (reply.kind, reply.question) == ("clarify", "您最高学历是什么？")
    assert "硕士" in [o.label for o in reply.options]


def test_a_contradiction_on_the_fact_is_settled(told: Conversation) -> None:
    disputed = say(told, "我是硕士").state
    assert disputed.case.dispute is not None
    after = say(disputed, "本科", about="education.level")
    assert after.state.case.dispute is None
    assert fact(after, "education.level") == ["bachelor"]


def test_a_fact_that_does_not_exist_is_nothing_special(told: Conversation) -> None:
    assert say(told, "硕士", about="no.such").state.case.told == say(told, "硕士").state.case.told


@pytest.mark.parametrize("name", sorted(n for n, f in world().vocabulary.facts.items() if f.labels and f.answered_by != "authority"))
def test_every_option_of_a_fact_can_be_chosen(told: Conversation, name: str) -> None:
    spec = world().vocabulary.facts[name]
    for value, label in spec.labels.items():
        after = say(told, label, about=name)
        values = fact(after, name)
        assert values == [value == "yes" if spec.type == "boolean" else value], label
