"""A conversation begun with another version of the data goes on with this one."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from bot.channels.loaded import world
from bot.conversation.carried import carried
from bot.conversation.state import Conversation
from bot.conversation.turns import TURNS, take
from bot.conversation.world import Heard

DAY = date(2026, 11, 22)
TOLD = {
    "housing.kind": [{"in": ["rented", "houseboat"]}, "租房住", "said"],
    "education.level": [{"in": ["wizard"]}, "巫师", "said"],
    "insurance.months": [{"in": ["yes"]}, "交着", "said"],
    "pet.kind": [{"in": ["cat"]}, "有只猫", "said"],
    "hukou.place": [{"places": ["河南省"], "but": []}, "河南的", "said"],
}


def begun_elsewhere(**other: Any) -> Conversation:
    """As another version wrote it: facts, values, a topic, a person, a place and a question that this one does not know."""
    case = {"person": "self", "words": "", "told": TOLD, "asked": ["pet.kind", "housing.kind"], "topic": "pets", "only": True}
    case |= {"pending": "pet.kind", "dispute": ["pet.kind", TOLD["pet.kind"], TOLD["pet.kind"]]}
    robot = {**case, "person": "robot"}
    raw = {"place": "liaocheng", "person": "self", "topic": "pets", "misses": 1, "cases": [case, robot], **other}
    return Conversation.from_json(json.loads(json.dumps(raw)))


def test_what_this_version_knows_is_kept_and_the_rest_is_gone() -> None:
    state = carried(world(), begun_elsewhere())
    assert state.place == "liaocheng"
    assert set(state.cases) == {"self"}
    assert set(state.case.told) == {"housing.kind", "hukou.place"}
    assert state.case.told["housing.kind"].value.values == {"rented"}
    assert state.case.told["hukou.place"].words == "河南的"
    assert (state.topic, state.case.topic, state.case.pending, state.case.dispute) == (None, None, None, None)
    assert state.case.asked == ("housing.kind",)


def test_a_place_no_longer_served_is_asked_for_again() -> None:
    assert carried(world(), begun_elsewhere(place="atlantis")).place is None
    assert carried(world(), begun_elsewhere(person="robot")).person == "self"


def test_a_message_that_waits_for_its_place_waits_on_without_the_finding_of_the_other_version() -> None:
    waiting = {"text": "养猫能落户吗", "intent": "ask", "luohu": {"topic": "pets", "confidence": 0.9}}
    state = carried(world(), begun_elsewhere(place=None, waiting=waiting))
    assert state.waiting == {**waiting, "luohu": {}}
    turn = take(world(), state, Heard("聊城", "tell", DAY), "answer")
    assert turn.replies


def test_a_conversation_of_this_version_is_carried_over_whole() -> None:
    heard = Heard("我户口在河南，租房住，在聊城上班", "tell", DAY, metadata={"jurisdiction": "liaocheng"})
    told = take(world(), Conversation(), heard, "answer")
    assert told.state.case.told
    assert carried(world(), told.state) == told.state


@pytest.mark.parametrize("name", sorted(TURNS))
@pytest.mark.parametrize("text", ["是", "我是大专毕业", "怎样才能办"])
def test_every_turn_goes_on(name: str, text: str) -> None:
    heard = Heard(text, "tell", DAY, {"topic": None})
    turn = take(world(), carried(world(), begun_elsewhere()), heard, name)
    assert turn.replies or turn.loop in ("rejected", "off", "keep")


def test_without_being_carried_over_it_would_not() -> None:
    with pytest.raises(KeyError):
        take(world(), begun_elsewhere(), Heard("我是大专毕业", "tell", DAY), "answer")
