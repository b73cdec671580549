"""The short way through a message and Rasa's own processor must say the same and leave the same row behind."""

from __future__ import annotations

import asyncio
import random
import uuid
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from ruamel.yaml import YAML

from bot import paths
from bot.channels.direct import Direct
from bot.channels.guard import check_message
from bot.channels.loaded import world
from bot.channels.rest import Collector
from bot.channels.trackers import Attempt, SnapshotTrackerStore
from tests.benchmarks.messages import GENERAL, LONG, conversations

pytestmark = pytest.mark.rasa

DAY = "2026-11-22"
TURNS = (
    "怎样才能办", "为什么问这个", "不知道", "那在临淄呢", "哪个地方容易", "我爱人呢", "重新开始", "转人工", "是", "不是", "1", "谢谢", "😂",
    "更多", "没用", "我在聊城租房住，有工作", "不对，是自己买的房", "今天天气怎么样", "你真没用", "本科", "户口在河北",
)
Said = list[list[Any]]


@pytest.fixture(scope="module")
def both(agent_and_loop: tuple) -> Both:
    agent, loop = agent_and_loop
    return Both(agent, loop)


class Both:
    """One loaded model, asked either way."""

    def __init__(self, agent: Agent, loop: asyncio.AbstractEventLoop) -> None:
        self.agent, self.loop = agent, loop
        self.store: SnapshotTrackerStore = agent.tracker_store  # type: ignore[assignment]

    def talk(self, texts: tuple[str, ...], place: str | None, direct: bool, sender: str | None = None) -> Said:
        """What is said to each message, and the row after it; times and the sender's id left out."""
        sender = sender or uuid.uuid4().hex
        found = []
        for text in texts:
            metadata = {"as_of": DAY, **({"jurisdiction": place} if place else {})}
            incoming = check_message({"sender": sender, "message": text, "metadata": metadata}, frozenset(world().packs.by_jurisdiction))
            collector = Collector()
            message = UserMessage(incoming.text, collector, sender, input_channel="rest", metadata=dict(incoming.metadata))
            handle = self.agent.handle_message if direct else self.agent.processor.handle_message  # type: ignore[union-attr]
            self.loop.run_until_complete(handle(message))
            found.append([[{**m, "recipient_id": ""} for m in collector.messages], self.row(sender)])
        return found

    def row(self, sender: str) -> dict[str, Any]:
        """The sender's row without the time of the message."""
        state = self.store.load(sender)
        assert state is not None
        assert state["heard"].pop("at") > 0
        return state


def _talks() -> list[tuple[tuple[str, ...], str | None]]:
    dice = random.Random(20)
    every = [*TURNS, *LONG, *GENERAL]
    mixed = [(tuple(dice.choice(every) for _ in range(8)), dice.choice(["liaocheng", "linzi", None])) for _ in range(25)]
    return [(c.messages, c.place) for c in conversations()[::4]] + mixed


def test_both_ways_say_and_keep_the_same(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    covered = []
    walk = Direct.handle

    async def counted(self: Direct, message: UserMessage, attempt: Attempt) -> bool:
        covered.append(await walk(self, message, attempt))
        return covered[-1]

    monkeypatch.setattr(Direct, "handle", counted)
    loops = set()
    for texts, place in _talks():
        short, long = both.talk(texts, place, direct=True), both.talk(texts, place, direct=False)
        for text, one, other in zip(texts, short, long, strict=True):
            assert one == other, text
            assert one[0], f"no answer to {text}"
        loops |= {row["loop"] for _, row in short}
    assert all(covered)
    assert len(covered) > 300
    assert loops == {None, "screening_form"}


def test_a_session_that_has_expired_is_left_to_rasa(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    sender = uuid.uuid4().hex
    both.talk(("我在聊城租房住，有工作",), "liaocheng", True, sender)
    row = both.store.load(sender)
    assert row is not None
    assert row["loop"] == "screening_form"
    row["heard"]["at"] -= 13 * 3600
    both.store.keep(sender, row, 0.0)
    assert _handled(both, sender, monkeypatch) == [False]
    after = both.row(sender)
    assert after["slots"]["conversation"]["cases"], "a new session keeps what was told"


@pytest.mark.parametrize("change", [{"heard": None}, {"loop": None}])
def test_an_odd_row_is_left_to_rasa(both: Both, change: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    sender = uuid.uuid4().hex
    both.talk(("我在聊城租房住，有工作",), "liaocheng", True, sender)
    row = both.store.load(sender)
    assert row is not None
    both.store.keep(sender, {**row, **change}, 0.0)
    assert _handled(both, sender, monkeypatch) == [False]


def test_an_action_of_rasas_own_is_left_to_rasa(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    sender = uuid.uuid4().hex
    monkeypatch.setattr(Direct, "_predicted", lambda self, before, trail: ("action_default_fallback", ()))
    assert _handled(both, sender, monkeypatch) == [False]
    assert len(both.talk(("谢谢",), "liaocheng", False, sender)[0][0]) == 1


def _handled(both: Both, sender: str, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    found: list[bool] = []
    asked: list[str] = []
    walk, long = Direct.handle, MessageProcessor.handle_message

    async def short_way(self: Direct, message: UserMessage, attempt: Attempt) -> bool:
        found.append(await walk(self, message, attempt))
        return found[-1]

    async def long_way(self: MessageProcessor, message: UserMessage) -> Any:
        asked.append(message.sender_id)
        return await long(self, message)

    monkeypatch.setattr(Direct, "handle", short_way)
    monkeypatch.setattr(MessageProcessor, "handle_message", long_way)
    said = both.talk(("租房可以落户吗",), "liaocheng", True, sender)
    assert said[0][0], "no answer"
    assert asked == [sender]
    return found


def test_it_rests_on_rules_that_look_at_one_intent_and_at_no_slot(both: Both) -> None:
    direct = both.agent.direct  # type: ignore[attr-defined]
    assert not any(slot.has_features() for slot in direct.processor.domain.slots)
    rules = YAML(typ="safe", pure=True).load((paths.DATA / "rules" / "rules.yml").read_text(encoding="utf-8"))["rules"]
    assert len(rules) > 10
    for rule in rules:
        steps = [key for step in rule["steps"] for key in step]
        assert steps.count("intent") <= 1, f"{rule['rule']}: spans two messages, which bot/channels/direct.py does not tell the policy"
        assert not {"user", "slot_was_set", "or", "checkpoint"} & set(steps), rule["rule"]
        assert not any("slot_was_set" in condition for condition in rule.get("condition", ())), rule["rule"]


def test_the_policy_is_asked_beforehand(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    both.agent.direct.prepare()  # type: ignore[attr-defined]
    asked: list[object] = []
    monkeypatch.setattr(MessageProcessor, "_predict_next_with_tracker", lambda self, tracker: asked.append(tracker))
    both.talk(("租房可以落户吗", "你好"), "liaocheng", True)
    assert not asked
