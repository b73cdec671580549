"""A message is answered once, what is said is kept with the conversation, and a server that was overtaken begins anew."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered

from bot.channels import recording
from bot.channels.asking import Collector
from bot.channels.once import TRIES, answer, key_of, named
from bot.channels.secret import person
from bot.channels.trackers import UNDER_WAY, Attempt, SnapshotTrackerStore
from bot.conversation.replay import Record
from bot.conversation.state import Conversation
from bot.conversation.world import Heard
from bot.store import gaps, turns
from bot.store.errors import Overtaken, Unavailable
from bot.store.gaps import Gap
from tests.channels.test_trackers import DOMAIN
from tests.postgres import emptied_database

assert isinstance(DOMAIN, Domain)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    made = f"sqlite:///{tmp_path / 'luohu.db'}" if request.param == "sqlite" else emptied_database("once")
    monkeypatch.setenv("DATABASE_URL", made)
    monkeypatch.setenv("LUOHU_SECRET", "a secret of the tests")
    return made


class Server:
    """One server: a store of its own on the common database, and a bot that counts the messages of a conversation."""

    def __init__(self, url: str) -> None:
        self.store = SnapshotTrackerStore(DOMAIN, url=url)
        self.handled = 0
        self.before_keeping: Callable[[], Any] | None = None
        self.by_rasa = False

    async def say(self, text: str, name: str | None = None, sender: str = "s") -> list[dict[str, Any]]:
        """What the channel gets."""
        collector = Collector(lambda said: Gap("hash", "rest", text, "declined", reply=said[0]["custom"]["id"]) if "彩礼" in text else None)
        message = UserMessage(text, collector, sender, input_channel="rest", message_id=named("rest", name))
        await answer(message, self.store, self._short, self._long)
        return collector.messages

    async def _short(self, message: UserMessage, attempt: Attempt) -> bool:
        if self.by_rasa:
            return False
        state, said = self._turn(attempt.state)
        attempt.said.append(said)
        await self._pause()
        await self.store.finish(attempt, state, 1.0)
        return True

    async def _long(self, message: UserMessage) -> None:
        tracker = await self.store.get_or_create_tracker(message.sender_id, append_action_listen=False)
        tracker.update(UserUttered(message.text, {"name": "tell"}, parse_data={"text": message.text}))
        state, said = self._turn({"slots": {"conversation": tracker.get_slot("conversation")}})
        await message.output_channel.send_response(message.sender_id, said)
        tracker.update(SlotSet("conversation", state["slots"]["conversation"]))
        tracker.update(BotUttered("x"))
        await self._pause()
        await self.store.save(tracker)

    def _turn(self, state: dict[str, Any] | None) -> tuple[dict[str, Any], dict[str, Any]]:
        self.handled += 1
        count = ((state or {"slots": {}})["slots"].get("conversation") or 0) + 1
        recording.taken("answer", Conversation(misses=count - 1), Heard("租房住", "tell", date(2026, 11, 22)))
        custom = {"schema": "luohu.reply/1", "kind": "answer", "id": f"reply-{count}"}
        return {"slots": {"conversation": count}, "loop": None}, {"text": f"第{count}句", "custom": custom, "heard": {"intent": "tell"}}

    async def _pause(self) -> None:
        if self.before_keeping:
            then, self.before_keeping = self.before_keeping, None
            done = then()
            if asyncio.iscoroutine(done):
                await done


@pytest.fixture(params=["short way", "Rasa's own"])
def server(url: str, request: pytest.FixtureRequest) -> Server:
    made = Server(url)
    made.by_rasa = request.param == "Rasa's own"
    return made


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [m["text"] for m in messages]


def count(server: Server, sender: str = "s") -> int | None:
    state = server.store.load(sender)
    return state["slots"]["conversation"] if state else None


def journal(server: Server) -> list[Any]:
    with server.store._engine.connect() as connection:
        return connection.execute(sa.select(turns.TURNS).order_by(turns.TURNS.c.id)).all()


def test_a_message_sent_again_gets_the_same_answer_from_whichever_server(server: Server, url: str) -> None:
    async def run() -> None:
        first = await server.say("我在上班", "m1")
        assert texts(first) == ["第1句"]
        other = Server(url)
        assert await other.say("我在上班", "m1") == first
        assert await server.say("我在上班", "m1") == first
        assert (server.handled, other.handled) == (1, 0)
        assert texts(await other.say("我在上班", "m2")) == ["第2句"], "another name, another message"
        assert texts(await other.say("你好", "m1", "somebody else")) == ["第1句"], "names are the sender's own"

    asyncio.run(run())
    assert count(server) == 2
    assert len(journal(server)) == 3


def test_messages_without_a_name_are_all_different(server: Server) -> None:
    async def run() -> None:
        assert texts(await server.say("是")) == ["第1句"]
        assert texts(await server.say("是")) == ["第2句"]

    asyncio.run(run())
    assert [row.key for row in journal(server)] == [None, None]


def test_a_name_that_rasa_made_up_is_none() -> None:
    assert key_of(UserMessage("x", input_channel="rest")) is None
    assert key_of(UserMessage("x", input_channel="rest", message_id=named("rest", "7"))) == "rest:7"
    assert named("rest", None) is None


def test_what_was_said_and_how_is_in_the_journal_and_found_by_the_reply(server: Server) -> None:
    asyncio.run(server.say("我在上班", "m1"))
    asyncio.run(server.say("租房住", "m2"))
    (found,) = turns.of_reply("reply-2")
    assert texts(list(found.said)) == ["第2句"]
    record = Record.from_json(found.how)
    assert (record.heard.text, record.before.misses, [s.name for s in record.steps]) == ("租房住", 1, ["answer"])
    assert (found.channel, found.sender) == ("rest", person("s"))
    assert found.key not in (None, "m2", "rest:m2")
    assert turns.find(found.id) == found
    assert turns.of_reply("nosuch") == ()
    raw = json.dumps([[found.sender, found.key, list(found.said), found.how]])
    assert '"s"' not in raw, "the sender is named by a hash only"
    assert "m2" not in raw, "and so is the message"


def test_the_conversation_and_the_answer_are_kept_together_or_not_at_all(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    collector: list[list[dict[str, Any]]] = []

    def broken(*_: Any) -> Iterator[Any]:  # after the conversation has been replaced
        raise RuntimeError("the power went out")
        yield

    async def run() -> None:
        await server.say("一", "m1")
        monkeypatch.setattr(turns, "recording", broken)
        with pytest.raises(RuntimeError, match="power"):
            collector.append(await server.say("二", "m2"))
        monkeypatch.undo()
        monkeypatch.setenv("LUOHU_SECRET", "a secret of the tests")
        assert (count(server), len(journal(server))) == (1, 1)
        assert texts(await server.say("二", "m2")) == ["第2句"]

    asyncio.run(run())
    assert collector == [], "nothing is said that is not kept"
    assert (count(server), len(journal(server))) == (2, 2)


def test_a_gap_is_kept_with_its_answer_once(server: Server, url: str) -> None:
    other = Server(url)

    async def run() -> None:
        server.before_keeping = lambda: other.say("租房")  # so that the message is handled anew
        await server.say("彩礼要不要退", "m1")
        await other.say("彩礼要不要退", "m1")
        await server.say("租房", "m2")

    asyncio.run(run())
    assert [(g.message, g.reason, g.reply, g.sender) for g in gaps.list()] == [("彩礼要不要退", "declined", "reply-2", "hash")]


def test_a_gap_is_not_kept_without_its_answer(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        monkeypatch.setattr(gaps, "recording", lambda gap: (sa.text("INSERT INTO gaps (id) VALUES (:id)"), {"id": 1}))
        with pytest.raises((Unavailable, Overtaken)):
            await server.say("彩礼要不要退", "m1")
        monkeypatch.undo()
        monkeypatch.setenv("LUOHU_SECRET", "a secret of the tests")

    asyncio.run(run())
    assert (count(server), journal(server)) == (None, [])


def test_a_message_to_which_nothing_is_said_is_not_kept_as_answered(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    attempt = asyncio.run(server.store.begin("s", "rest", "rest:m1"))
    with pytest.raises(RuntimeError, match="nothing was said"):
        asyncio.run(server.store.finish(attempt, {"slots": {}}, 1.0))
    assert (count(server), journal(server)) == (None, [])


def test_a_server_that_wakes_late_takes_nothing_back(server: Server, url: str) -> None:
    async def run() -> list[str]:
        await server.say("一")
        other = Server(url)
        server.before_keeping = lambda: other.say("二")  # while this one sleeps over the third message
        return texts(await server.say("三"))

    assert asyncio.run(run()) == ["第3句"], "it is handled anew from what the other server kept"
    assert count(server) == 3
    assert len(journal(server)) == 3


def test_the_first_message_of_a_sender_on_two_servers_at_once(server: Server, url: str) -> None:
    async def run() -> list[str]:
        other = Server(url)
        server.before_keeping = lambda: other.say("一")
        return texts(await server.say("二"))

    assert asyncio.run(run()) == ["第2句"]
    assert count(server) == 2


def test_the_same_message_on_two_servers_at_once_is_answered_once(server: Server, url: str) -> None:
    async def run() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        other = Server(url)
        elsewhere: list[dict[str, Any]] = []

        async def meanwhile() -> None:
            elsewhere.extend(await other.say("一", "m1"))

        server.before_keeping = meanwhile
        return await server.say("一", "m1"), elsewhere

    here, elsewhere = asyncio.run(run())
    assert here == elsewhere
    assert (count(server), len(journal(server))) == (1, 1)


def test_what_was_erased_meanwhile_does_not_come_back(server: Server, url: str) -> None:
    async def run() -> list[str]:
        server.store.keep("s", {"slots": {"conversation": 10}, "loop": None}, 1.0)

        async def erased_and_begun_anew() -> None:
            server.store.delete("s")
            await Server(url).say("新的")

        server.before_keeping = erased_and_begun_anew
        return texts(await server.say("三"))

    assert asyncio.run(run()) == ["第2句"], "from the conversation that was begun after the erasure"
    assert count(server) == 2


def test_a_conversation_that_is_written_every_time_gets_nothing_kept(server: Server, url: str) -> None:
    async def run() -> None:
        other = Server(url)

        async def always() -> None:
            await other.say("又")
            server.before_keeping = always

        server.before_keeping = always
        with pytest.raises(Overtaken):
            await server.say("一", "m1")
        assert other.handled == server.handled == TRIES

    asyncio.run(run())
    assert count(server) == TRIES
    assert all(row.key is None for row in journal(server))


def test_nothing_of_an_attempt_is_left_for_the_next_message(server: Server) -> None:
    asyncio.run(server.say("一"))
    assert UNDER_WAY.get() is None
