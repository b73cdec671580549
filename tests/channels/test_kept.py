"""What is kept of people, with the real bot behind the real channel: it can be erased, it survives a backup, a message is taken once."""

from __future__ import annotations

import asyncio
import copy
import os
import shutil
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.agent import Agent

from bot.channels.direct import Direct, DirectAgent
from bot.channels.erasure import erase
from bot.channels.secret import person
from bot.channels.sessions import new_token, sender_of
from bot.channels.trackers import SnapshotTrackerStore
from bot.channels.web import WebChannel
from bot.conversation.replay import Record
from bot.conversation.state import Conversation
from bot.replies.wording import load_wording
from bot.store import audit, staff, turns
from bot.store.schema import every_table
from tests.postgres import POSTGRES, emptied_database, empty_database

WORD = "凤凰牌自行车修理铺"


class Page:
    """A resident at the page, with a bot of its own on a database."""

    def __init__(self, agent: Agent, loop: asyncio.AbstractEventLoop, url: str, token: str | None = None) -> None:
        self.store = SnapshotTrackerStore(agent.domain, url=url)
        assert isinstance(agent, DirectAgent)
        assert agent.processor is not None
        assert agent.direct is not None
        self.agent = DirectAgent(tracker_store=self.store, action_endpoint=agent.action_endpoint)
        self.agent.processor = copy.copy(agent.processor)
        self.agent.processor.tracker_store = self.store
        self.agent.direct = Direct(self.agent.processor, self.store, agent.direct._actions)
        self.channel, self.loop = WebChannel(), loop
        self.channel._asker._rate = None
        self.token = token or new_token()
        self.sender = sender_of(self.token)

    def say(self, text: str, number: str | None = None) -> list[dict[str, Any]]:
        body = {"token": self.token, "message": text, "id": number, "metadata": {"jurisdiction": "linzi", "as_of": "2026-11-22"}}
        return self._run(self.channel._ask(body, self.agent.handle_message))["replies"]

    def finds_useless(self, reply: str, reason: str, message: str) -> None:
        self._run(self.channel._keep_feedback({"token": self.token, "reply": reply, "useful": False, "reason": reason, "message": message}))

    def erases(self) -> int:
        return int(self._run(self.channel._erase({"token": self.token}))["erased"])

    def _run(self, work: Any) -> Any:
        async def settled() -> Any:
            done = await work
            await asyncio.gather(*self.channel._asker._tasks)
            return done

        return self.loop.run_until_complete(settled())


Open = Callable[..., Page]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    made = f"sqlite:///{tmp_path / 'db' / 'luohu.db'}" if request.param == "sqlite" else emptied_database("kept")
    monkeypatch.setenv("DATABASE_URL", made)
    return made


@pytest.fixture
def opened(agent_and_loop: tuple, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setenv("LUOHU_SECRET", "a secret of the tests")
    agent, loop = agent_and_loop
    domain_of = agent.tracker_store
    yield lambda url, token=None: Page(agent, loop, url, token)
    assert agent.tracker_store is domain_of


def scan(url: str, word: str) -> set[str]:
    """The tables, and for SQLite the files, in which a word stands, compressed or not."""
    found = set()
    with sa.create_engine(url).connect() as connection:
        for table in every_table().sorted_tables:
            for row in connection.execute(sa.select(table)):
                if any(word.encode() in _plain(value) for value in row):
                    found.add(table.name)
    for file in files(url):
        if word.encode() in file.read_bytes():
            found.add(file.suffix)
    return found


def files(url: str) -> list[Path]:
    return sorted(Path(url.removeprefix("sqlite:///")).parent.iterdir()) if url.startswith("sqlite") else []


def _plain(value: Any) -> bytes:
    if isinstance(value, (bytes, memoryview)):
        return zlib.decompress(bytes(value))
    return str(value).encode()


@pytest.mark.rasa
def test_after_an_erasure_nothing_of_the_conversation_is_found_anywhere(url: str, opened: Open) -> None:
    other, mine = opened(url), opened(url)
    other.say("我在临淄租房住，房东同意落户")
    mine.say("你好", "m1")
    mine.say(f"我在临淄开了个{WORD}，租房住", "m2")
    (declined,) = mine.say(f"{WORD}的执照怎么办", "m3")[:1]
    mine.finds_useless(declined["custom"]["id"], f"没说{WORD}", f"{WORD}的执照怎么办")
    before = scan(url, WORD)
    assert {"turns", "feedback", "gaps"} <= before, "the scan finds what there is"
    assert scan(url, mine.sender) >= {"conversations"}
    with mine.store._engine.connect() as connection:
        mine_only = sa.select(turns.TURNS.c.said, turns.TURNS.c.how).where(turns.TURNS.c.sender == person(mine.sender))
        packed = [bytes(value)[8:] for row in connection.execute(mine_only) for value in row]
    assert len(packed) == 6
    assert mine.erases() >= 6
    assert scan(url, WORD) == scan(url, mine.sender) == scan(url, person(mine.sender)) == set()
    on_disk = b"".join(file.read_bytes() for file in files(url))
    assert not any(one in on_disk for one in packed), "and no compressed byte of it is left in the files"
    assert mine.erases() == 0
    assert scan(url, person(other.sender)) >= {"turns"}, "others keep theirs"
    assert scan(url, other.sender) >= {"conversations"}


@pytest.mark.rasa
def test_a_message_sent_again_to_the_real_bot_changes_nothing(url: str, opened: Open) -> None:
    here, there = opened(url), None
    first = here.say("我在临淄城里租房住", "m1")
    state = here.store.load(here.sender)
    there = opened(url, here.token)
    assert there.say("我在临淄城里租房住", "m1") == first
    assert there.store.load(here.sender) == state
    (turn,) = turns.of_reply(first[-1]["custom"]["id"])[:1]
    assert turn.how["text"] == "我在临淄城里租房住"
    assert turn.how["turns"]
    assert Record.from_json(turn.how).before == Conversation()
    assert [m["text"] for m in turn.said] == [m["text"] for m in first]


@pytest.mark.rasa
@pytest.mark.parametrize("fault", ["raises", "is slow"])
def test_an_action_that_fails_is_answered_and_leaves_nothing_behind(
    fault: str, url: str, opened: Open, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page = opened(url)
    page.say("我在临淄城里租房住，房东同意落户", "m1")
    before = page.store.load(page.sender)

    async def action(*_: Any) -> list[dict[str, Any]]:
        if fault == "raises":
            raise KeyError(WORD)
        await asyncio.sleep(60)
        return []

    assert page.agent.direct is not None
    with monkeypatch.context() as broken:
        broken.setattr("bot.channels.asking.ANSWER_WITHIN", 0.5)
        broken.setattr(page.agent.direct._actions, "run", action)
        (said,) = page.say(f"{WORD}没有别人的户口", "m2")
    assert said["text"] == load_wording().say("safe").text
    assert page.store.load(page.sender) == before
    assert WORD not in caplog.text
    assert page.say("没有别人的户口", "m3")[0]["custom"]["kind"] == "screening", "the next message is answered as ever"


@pytest.mark.rasa
def test_a_backup_of_postgresql_is_restored_and_the_conversation_goes_on(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in ("pg_dump", "pg_restore"):
        if shutil.which(program) is None:
            message = f"{program} is missing; install PostgreSQL's client programs (postgresql-client)"
            pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    url, restored = emptied_database("backup"), empty_database("restored")
    assert restored.startswith(POSTGRES)
    monkeypatch.setenv("DATABASE_URL", url)
    page = opened(url)
    page.say("我在临淄城里租房住，房东同意落户", "m1")
    asked = page.say("多少钱", "m2")
    page.finds_useless(asked[0]["custom"]["id"], "没说清", "多少钱")
    staff.add("坐席01", "editor", "a password of some length")
    audit.record("坐席01", "find", "租房")
    dump = tmp_path / "luohu.dump"
    subprocess.run(["pg_dump", "--format=custom", "--file", str(dump), "--dbname", url], check=True, timeout=60)
    subprocess.run(["pg_restore", "--exit-on-error", "--no-owner", "--clean", "--if-exists", "--dbname", restored, str(dump)],
                   check=True, timeout=60)  # fmt: skip
    assert _counts(restored) == _counts(url)
    assert all(_counts(restored)[name] for name in ("conversations", "turns", "turn_replies", "feedback", "gaps", "staff", "audit"))
    ahead = page.say("没有别人的户口", "m3")
    monkeypatch.setenv("DATABASE_URL", restored)
    after = opened(restored, page.token)
    assert after.say("多少钱", "m2") == asked, "a message that was answered before the backup is not taken twice"
    assert after.say("没有别人的户口", "m3") == ahead, "the conversation goes on where it was"
    assert staff.check("坐席01", "a password of some length") is not None


def _counts(url: str) -> dict[str, int]:
    with sa.create_engine(url).connect() as connection:
        return {t.name: connection.execute(sa.select(sa.func.count()).select_from(t)).scalar() or 0 for t in every_table().sorted_tables}


def test_erasing_a_sender_nobody_knows_does_nothing(url: str) -> None:
    assert erase("nobody").total == 0
