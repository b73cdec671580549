"""Messages, opinions and erasure over the routes of the page."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.erasure import Erased, erase, purge
from bot.channels.secret import person
from bot.channels.sessions import sender_of
from bot.channels.trackers import CONVERSATIONS
from bot.channels.upkeep import keep_tidy
from bot.store import feedback, gaps
from bot.store.database import shared_engine
from tests.postgres import postgres_url
from tests.web.serving import Web

Serve = Callable[..., Any]
ID = "11010519491231002X"


async def settled() -> None:
    """Let what is noted after an answer be written."""
    for _ in range(50):
        await asyncio.sleep(0.01)


def remember(sender: str, seen: float = 2e9) -> None:
    """A conversation row, as the tracker store writes it."""
    with shared_engine().begin() as connection:
        connection.execute(CONVERSATIONS.insert().values(sender=sender, state="{}", seen=seen))


def conversations() -> list[str]:
    with shared_engine().connect() as connection:
        return list(connection.execute(CONVERSATIONS.select()).scalars())


def test_a_message_is_answered_and_no_sender_is_told(serve: Serve) -> None:
    async def test(web: Web) -> None:
        token = await web.begin()
        status, body = await web.say(token, "租房", metadata={"jurisdiction": "linzi", "about": "housing.kind", "x": 1})
        assert status == 200
        assert [r["text"] for r in body["replies"]] == ["答：租房"]
        assert set(body["replies"][0]) == {"text", "custom"}
        (heard,) = web.bot.heard
        assert (heard.sender_id, heard.input_channel) == (sender_of(token), "web")
        assert heard.metadata == {"jurisdiction": "linzi", "about": "housing.kind"}

    serve(test)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 401, "session_unknown"),
        ({"message": "你好"}, 401, "session_unknown"),
        ({"token": "x", "message": "你好"}, 401, "session_unknown"),
        ({"token": "T"}, 400, "message_missing"),
        ({"token": "T", "message": ""}, 400, "message_empty"),
        ({"token": "T", "message": 7}, 400, "message_not_text"),
        ({"token": "T", "message": "你好", "id": 7}, 400, "bad_id"),
        ({"token": "T", "message": "你好", "metadata": {"about": "<b>"}}, 400, "bad_fact"),
        ({"token": "T", "message": "你好", "metadata": {"jurisdiction": "moon"}}, 400, "unknown_jurisdiction"),
        (b"{", 400, "not_json"),
        (b"[]", 400, "not_an_object"),
    ],
)
def test_what_cannot_be_is_refused(serve: Serve, body: Any, status: int, code: str) -> None:
    async def test(web: Web) -> None:
        sent = {**body, "token": await web.begin()} if isinstance(body, dict) and body.get("token") == "T" else body
        got, answer, _ = await web.ask("POST", "/chat/message", sent)
        assert (got, answer["error"]["code"]) == (status, code)
        assert web.bot.heard == []

    serve(test)


def test_a_sender_in_the_body_changes_nothing(serve: Serve) -> None:
    async def test(web: Web) -> None:
        token = await web.begin()
        await web.say(token, "你好", sender="somebody-else")
        assert web.bot.heard[0].sender_id == sender_of(token)

    serve(test)


@pytest.mark.parametrize("message", ["坏", "租" * 1001])
def test_there_is_always_an_answer(serve: Serve, message: str) -> None:
    async def test(web: Web) -> None:
        status, body = await web.say(await web.begin(), message)
        assert status == 200
        assert body["replies"][0]["text"]
        assert body["replies"][0]["custom"]["schema"] == "luohu.reply/1"

    serve(test)


def test_a_message_sent_again_reaches_the_bot_once(serve: Serve) -> None:
    async def test(web: Web) -> None:
        token = await web.begin()
        first = asyncio.create_task(web.say(token, "慢", id="m1"))
        await asyncio.sleep(0.03)
        second = await web.say(token, "慢", id="m1")
        assert second == await first
        assert await web.say(token, "慢", id="m1") == second
        assert len(web.bot.heard) == 1
        await web.say(token, "慢", id="m2")
        assert len(web.bot.heard) == 2

    serve(test)


def test_a_message_sent_again_is_noted_once(serve: Serve) -> None:
    async def test(web: Web) -> None:
        token = await web.begin()
        for _ in range(3):
            await web.say(token, "彩礼", id="m1")
        assert len(gaps.list()) == 1

    serve(test)


def test_what_was_not_answered_well_is_kept_masked_and_nothing_else(serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    async def test(web: Web) -> None:
        token = await web.begin()
        for text in ("你好", "租房", "是", "彩礼", "收费吗", "啊这", "大概能行", f"彩礼{ID}"):
            await web.say(token, text)
        await web.say(token, "啊这", metadata={"about": "housing.kind"})
        await settled()
        who = person(sender_of(token))
        kept = [(g.message, g.reason, g.kind, g.jurisdiction, g.sender == who, g.channel) for g in reversed(gaps.list())]
        assert kept == [
            ("彩礼", "declined", "out_of_scope", "linzi", True, "web"),
            ("收费吗", "declined", "not_stated", "linzi", True, "web"),
            ("啊这", "unsure", "clarify", "linzi", True, "web"),
            ("大概能行", "unsure", "answer", "linzi", True, "web"),
        ]
        assert gaps.list()[0].ranking == (("ask/fee", 0.31), ("greet", 0.1))
        assert {g.status for g in gaps.list()} == {"new"}

    with caplog.at_level(logging.DEBUG):
        serve(test)
    assert "彩礼" not in caplog.text


def test_a_message_with_personal_data_is_kept_without_it(serve: Serve, own_database: Path) -> None:
    async def test(web: Web) -> None:
        token = await web.begin()
        await web.say(token, "坏")
        await web.ask(
            "POST", "/chat/feedback", {"token": token, "reply": "r", "useful": False, "reason": f"我是{ID}", "message": f"给{ID}办"}
        )
        await settled()

    serve(test)
    assert [f.reason for f in feedback.latest()] == ["我是［已隐去身份证号］"]
    assert [(g.message, g.reason) for g in gaps.list()] == [("给［已隐去身份证号］办", "useless"), ("坏", "unsure")]
    assert all(ID.encode() not in f.read_bytes() for f in own_database.parent.iterdir())


def test_feedback_in_words_is_about_the_answer_before(serve: Serve) -> None:
    async def test(web: Web) -> None:
        token = await web.begin()
        await web.say(token, "没用")
        await settled()
        assert feedback.latest() == ()
        await web.say(token, "租房")
        await web.say(token, "没用")
        await settled()
        await web.say(token, "租房")
        await web.say(token, "有用")
        await settled()
        assert [(f.reply, f.useful, f.reason) for f in reversed(feedback.latest())] == [("id-2", False, "没用"), ("id-4", True, "有用")]
        assert [(g.message, g.reason, g.reply) for g in gaps.list()] == [("租房", "useless", "id-2")]

    serve(test)


@pytest.mark.parametrize(
    ("body", "status", "path"),
    [
        ({"reply": "r", "useful": True}, 401, "/token"),
        ({"token": "T", "useful": True}, 400, "/reply"),
        ({"token": "T", "reply": "r" * 65, "useful": True}, 400, "/reply"),
        ({"token": "T", "reply": "r"}, 400, "/useful"),
        ({"token": "T", "reply": "r", "useful": "yes"}, 400, "/useful"),
        ({"token": "T", "reply": "r", "useful": False, "reason": 7}, 400, "/reason"),
        ({"token": "T", "reply": "r", "useful": False, "reason": "很" * 501}, 400, "/reason"),
        ({"token": "T", "reply": "r", "useful": False, "message": "很" * 1001}, 400, "/message"),
    ],
)
def test_an_opinion_that_is_none_is_refused(serve: Serve, body: dict[str, Any], status: int, path: str) -> None:
    async def test(web: Web) -> None:
        sent = {**body, "token": await web.begin()} if body.get("token") == "T" else body
        got, answer, _ = await web.ask("POST", "/chat/feedback", sent)
        assert (got, answer["error"]["path"]) == (status, path)
        assert feedback.latest() == ()

    serve(test)


def test_deleting_the_record_deletes_it_everywhere_at_once(serve: Serve, own_database: Path) -> None:
    async def test(web: Web) -> None:
        mine, other = await web.begin(), await web.begin()
        for token in (mine, other):
            remember(sender_of(token))
            await web.say(token, "彩礼")
            await web.ask(
                "POST", "/chat/feedback", {"token": token, "reply": "r", "useful": False, "reason": f"理由{token[:6]}", "message": "问"}
            )
        await settled()
        assert (len(gaps.list()), len(feedback.latest()), len(conversations())) == (4, 2, 2)
        status, body, _ = await web.ask("DELETE", "/chat/session", {"token": mine})
        assert (status, body) == (200, {"erased": 4})
        left = {person(sender_of(other))}
        assert {g.sender for g in gaps.list()} == {f.sender for f in feedback.latest()} == left
        assert conversations() == [sender_of(other)]
        await web.say(mine, "没用")  # what was said before is forgotten: no opinion on it
        await settled()
        assert len(feedback.latest()) == 1
        assert all(f"理由{mine[:6]}".encode() not in f.read_bytes() for f in own_database.parent.iterdir())
        assert (await web.ask("DELETE", "/chat/session", {"token": mine}))[1] == {"erased": 0}
        assert (await web.ask("DELETE", "/chat/session", {}))[0] == 401

    serve(test)


def test_deleting_waits_for_what_is_under_way(serve: Serve) -> None:
    async def test(web: Web) -> None:
        token = await web.begin()
        slow = asyncio.create_task(web.say(token, "慢"))
        await asyncio.sleep(0.03)
        await web.ask("DELETE", "/chat/session", {"token": token})
        assert slow.done() or len(web.bot.heard) == 1
        await slow
        assert web.bot.heard[0].text == "慢"

    serve(test)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_erase_and_purge_count_what_is_gone(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if database == "postgresql":
        monkeypatch.setenv("DATABASE_URL", postgres_url("web"))
        purge(0, now=1e12)
    remember("s", seen=1000.0)
    remember("t", seen=9_000_000.0)
    gaps.record(gaps.Gap(person("s"), "rest", "问", "unsure", at=1000.0))
    feedback.record(feedback.Feedback(person("t"), "rest", "r", True, at=9_000_000.0))
    assert purge(30, now=1000.0 + 30 * 86400) == Erased(0, 0, 0)
    assert purge(30, now=1001.0 + 30 * 86400) == Erased(1, 0, 1)
    assert erase("t") == Erased(1, 1, 0)
    assert erase("t") == Erased(0, 0, 0)
    with pytest.raises(ValueError, match="0 or more"):
        purge(-1)


def test_the_server_purges_by_itself_and_goes_on_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    remember("old", seen=1000.0)
    remember("new")

    async def run(seconds: float) -> None:
        task = asyncio.create_task(keep_tidy(every=0.05))
        await asyncio.sleep(seconds)
        task.cancel()

    monkeypatch.setenv("LUOHU_RETENTION_DAYS", "soon")
    asyncio.run(run(0.2))
    assert conversations() == ["old", "new"]
    monkeypatch.setenv("LUOHU_RETENTION_DAYS", "30")
    asyncio.run(run(0.4))
    assert conversations() == ["new"]


@pytest.mark.parametrize("days", ["soon", "0", "-3", "3651", "1.5", ""])
def test_a_retention_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    from bot.channels.erasure import retention

    monkeypatch.setenv("LUOHU_RETENTION_DAYS", days)
    with pytest.raises(RuntimeError, match="LUOHU_RETENTION_DAYS.*1 to 3650"):
        retention()


def test_the_commands_for_operators(capsys: pytest.CaptureFixture[str]) -> None:
    from bot.cli import main

    numbers = [
        gaps.record(gaps.Gap("h", "web", text, "declined", ranking=(("out_of_scope/school_district", 0.5),)))
        for text in ("学区房能上哪个学校", "学区房对应哪个学校", "彩礼给多少")
    ]
    assert main(["gaps"]) == 0
    out = capsys.readouterr().out
    assert "   2  学区房对应哪个学校    nearest: out_of_scope/school_district" in out
    assert "3 gaps in 2 groups" in out
    assert main(["gaps", "--set", "in_work", str(numbers[0]), str(numbers[1])]) == 0
    assert "2 of 2 gaps are now in_work" in capsys.readouterr().out
    assert main(["gaps"]) == 0
    assert "1 gaps in 1 groups" in capsys.readouterr().out
    assert main(["gaps", "--delete", str(numbers[2])]) == 0
    assert main(["gaps", "--status", "all", "--json"]) == 0
    assert "彩礼" not in capsys.readouterr().out.split("erased")[-1]
    assert main(["gaps", "--set", "in_work"]) == 2
    assert main(["gaps", "3"]) == 2
    assert main(["purge", "--days", "-1"]) == 2
    assert main(["purge", "--days", "0"]) == 0
    assert "2 gaps" in capsys.readouterr().out
    assert gaps.list() == ()
