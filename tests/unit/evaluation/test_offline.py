"""The bot without Rasa: rules, thresholds and the screening loop, around a model that hears what it is told to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bot.conversation.world import World, load_world
from bot.evaluation.offline import Bot, Rules, Talk, read_rules, read_thresholds
from bot.evaluation.run import places_of
from bot.nlu.model import TopicModel
from bot.nlu.understanding import Thresholds

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def hearing(world: World, intent: str, place: str | None = None) -> Talk:
    """A conversation in which every message is heard as one intent."""
    model = TopicModel((intent, "other"), {}, np.zeros(0), np.zeros((0, 2)), np.array([5.0, 0.0]))
    return Talk(Bot(world, model, Thresholds(0.3, 0.15, 0.0), read_rules()), DAY, {"jurisdiction": place} if place else {})


def test_the_rules_of_the_project() -> None:
    rules = read_rules()
    assert rules.turn("ask", False) == "answer"
    assert rules.turn("tell", False) == "answer"
    assert rules.turn("tell", True) == "ask_again"
    assert rules.turn("greet", True) == "chitchat"
    assert rules.turn("never_heard_of", False) == "fallback"


def test_rules_are_read_from_their_files(tmp_path: Path) -> None:
    (tmp_path / "rules.yml").write_text(
        "rules:\n- rule: one\n  steps: [{intent: a}, {action: action_x}]\n"
        "- rule: two\n  condition: [{active_loop: form}]\n  steps: [{intent: a}, {action: action_y}]\n"
        "- rule: no intent\n  steps: [{action: action_z}]\n",
        encoding="utf-8",
    )
    assert read_rules(tmp_path) == Rules({"a": "x"}, {"a": "y"})


def test_thresholds_are_those_of_the_pipeline(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text("pipeline: [{name: x}, {name: y, threshold: 0.1, topic_threshold: 0.2, coverage: 0.3}]", encoding="utf-8")
    assert read_thresholds(file) == Thresholds(0.1, 0.2, 0.3)
    file.write_text("pipeline: [{name: x}]", encoding="utf-8")
    with pytest.raises(LookupError, match="topic_threshold"):
        read_thresholds(file)


def test_a_screening_runs_until_its_verdict_and_bears_a_greeting(world: World) -> None:
    place = next(iter(world.packs.by_jurisdiction))
    talk = hearing(world, "tell", place)
    _, replies = talk.say("我想落户")
    assert [r.kind for r in replies] == ["ask"]
    assert talk.screening
    pending = talk.state.case.pending
    talk.bot = hearing(world, "greet").bot
    _, replies = talk.say("你好")
    assert [r.kind for r in replies] == ["chitchat", "ask"]
    assert talk.state.case.pending == pending
    talk.bot = hearing(world, "restart").bot
    talk.say("重新开始")
    assert not talk.screening


def test_a_number_of_a_person_is_masked(world: World) -> None:
    found, replies = hearing(world, "greet").say("我电话13800138000")
    assert len(replies[0].said) > 1
    assert replies[0].said[-1] == world.wording.say("masked")


def test_where_a_question_is_asked() -> None:
    served = ["here", "there"]
    assert places_of({"place": "here"}, served) == ["here"]
    assert places_of({"place": "none"}, served) == ["here", "there"]
    assert places_of({"place": "other"}, served) == [None]
