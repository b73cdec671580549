"""Praise is thanked for, fault is regretted, and what is neither is noted: every phrase that training calls feedback, and others."""

from __future__ import annotations

from datetime import date

import pytest
from ruamel.yaml import YAML

from bot.conversation.manners import feedback
from bot.conversation.state import Conversation
from bot.conversation.world import Heard, World, load_world
from bot.paths import DATA

PRAISE = (
    "有用", "说的很清楚", "不错", "挺好的", "讲得真明白", "给你点个赞", "好评", "五星好评", "满意", "解决了",
    "比打电话强", "这机器人挺好使", "答得真快", "聊城这个做得不错", "有帮助", "很有用，赞一个", "答得挺好",
    "答得挺全的", "挺有用的",
)
NEITHER = ("提个建议，字大点", "我要反馈问题")
MORE_PRAISE = ("没毛病", "说得对", "这下问题解决了", "帮了我大忙", "没得说")
MORE_FAULT = ("没帮到我", "没有用", "没有解决问题", "不太好用", "不满意", "难懂", "说得很难懂", "不是很清楚", "说的不明白")


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def said(world: World, text: str) -> str:
    """The key of the reply."""
    (reply,) = feedback(world, Conversation(), Heard(text, "feedback", date(2026, 11, 22), {}, {})).replies
    by_text = {world.wording[key]: key for key in ("feedback_good", "feedback_bad", "feedback_noted")}
    return by_text[reply.said[0].text]


def phrases() -> list[str]:
    rows = YAML(typ="safe").load((DATA / "nlu" / "dialogue" / "feedback.yml").read_text(encoding="utf-8"))["nlu"][0]["examples"]
    return [line.removeprefix("- ") for line in rows.splitlines()]


@pytest.mark.parametrize("text", [*phrases(), *MORE_PRAISE, *MORE_FAULT])
def test_an_opinion_is_taken_for_what_it_is(world: World, text: str) -> None:
    wanted = "feedback_good" if text in (*PRAISE, *MORE_PRAISE) else "feedback_noted" if text in NEITHER else "feedback_bad"
    assert said(world, text) == wanted


def test_the_lists_name_phrases_of_the_training() -> None:
    assert {*PRAISE, *NEITHER} <= set(phrases())
