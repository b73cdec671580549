"""WeChat's five seconds over a real port: retries, late answers, the next word, customer-service messages; the clock is held."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from bot.channels import metrics
from bot.channels.wechat.customer import ApiError
from bot.channels.wechat.inflight import BUDGET
from bot.channels.wechat.wording import load_wording
from tests.wechat.serving import OPENID, SAFE, Running, said, serving

WORDING = load_wording()
WITH_SECRET = replace(SAFE, app_secret="0123456789abcdef")
LATE = WORDING.say("late")


class Api:
    """WeChat's API as the channel calls it."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.fails: ApiError | None = None

    async def call(self, method: str, url: str, params: Mapping[str, str], body: Mapping[str, Any] | None) -> dict[str, Any]:
        if url.endswith("/stable_token"):
            return {"access_token": "t", "expires_in": 7200}
        assert url.endswith("/cgi-bin/message/custom/send")
        if self.fails:
            raise self.fails
        assert body
        self.sent.append(dict(body))
        return {"errcode": 0, "errmsg": "ok"}

    @property
    def texts(self) -> list[str]:
        return [m["text"]["content"] for m in self.sent]


def gate(running: Running, *texts: str) -> None:
    for text in texts:
        running.bot.gates[text] = asyncio.Event()


async def overdue(running: Running, text: str) -> str | None:
    """Send a text whose answer takes longer than the budget; what is said meanwhile."""
    gate(running, text)
    sent = running.wechat.later(text)
    await running.waiting()
    await running.clock.advance(BUDGET)
    return await sent


async def finish(running: Running, text: str) -> None:
    running.bot.gates[text].set()
    await running.idle()


async def test_a_retry_waits_for_the_same_answer_and_the_bot_hears_it_once() -> None:
    async with serving() as running:
        gate(running, "问")
        fields = running.wechat.fields(Content="问")
        first = asyncio.ensure_future(running.wechat.send(fields))
        await running.waiting(1)
        await running.clock.advance(3)
        second = asyncio.ensure_future(running.wechat.send(fields))
        await running.waiting(2)
        running.bot.gates["问"].set()
        assert [(await first).text, (await second).text] == ["听到：问", "听到：问"]
        assert running.bot.texts == ["问"]


async def test_a_dropped_connection_and_a_retry() -> None:
    async with serving() as running:
        gate(running, "问")
        wechat = running.wechat
        fields = wechat.fields(Content="问")
        async with aiohttp.ClientSession(f"http://127.0.0.1:{running.port}") as short:
            lost = asyncio.ensure_future(replace(wechat, session=short).send(fields))
            await running.waiting()
            lost.cancel()
        second = asyncio.ensure_future(wechat.send(fields))
        await running.until(lambda: running.clock.sleepers == 1 and len(running.bot.heard) == 1)
        running.bot.gates["问"].set()
        assert (await second).text == "听到：问"
        assert running.bot.texts == ["问"]


async def test_a_late_answer_waits_for_the_word_that_is_asked_for() -> None:
    async with serving() as running:
        said_meanwhile = await overdue(running, "问")
        assert said_meanwhile
        assert said_meanwhile.startswith(WORDING.say("wait", word="看答案"))
        assert "msgmenucontent=看答案&" in said_meanwhile
        await finish(running, "问")
        assert await running.wechat.say("看答案") == "听到：问"
        assert running.bot.texts == ["问"], "the word is not for the bot"
        assert await running.wechat.say("看答案") == WORDING.say("nothing_kept"), "given once"


@pytest.mark.parametrize("word", ["好了吗？", "好的", "1", "？", "嗯", "①", "在吗"])
async def test_any_empty_word_fetches_it_and_answers_no_question_that_was_not_seen(word: str) -> None:
    async with serving() as running:
        running.bot.replies["问"] = [said("您要哪个？", "ask", ("甲", "乙"))]
        await overdue(running, "问")
        await finish(running, "问")
        fetched = await running.wechat.say(word)
        assert fetched
        assert fetched.startswith("您要哪个？")
        assert running.bot.texts == ["问"]
        assert await running.wechat.say("2") == "听到：乙", "now it was seen"


async def test_a_real_next_message_is_answered_after_the_late_answer() -> None:
    async with serving() as running:
        await overdue(running, "第一问")
        await finish(running, "第一问")
        assert await running.wechat.say("第二问") == f"{LATE}\n听到：第一问\n\n听到：第二问"
        assert await running.wechat.say("第三问") == "听到：第三问"


async def test_a_message_sent_while_the_first_is_still_being_answered_brings_both() -> None:
    async with serving() as running:
        await overdue(running, "第一问")
        second = running.wechat.later("第二问")
        await running.waiting()
        await finish(running, "第一问")
        assert await second == f"{LATE}\n听到：第一问\n\n听到：第二问"
        assert running.bot.texts == ["第一问", "第二问"]


async def test_several_late_answers_come_in_order() -> None:
    async with serving() as running:
        gate(running, "第一问", "第二问")
        for text in ("第一问", "第二问"):
            sent = running.wechat.later(text)
            await running.waiting()
            await running.clock.advance(BUDGET)
            await sent
        running.bot.gates["第一问"].set()
        await finish(running, "第二问")
        assert await running.wechat.say("看答案") == "听到：第一问\n\n听到：第二问"


async def test_a_retry_after_the_answer_was_kept_gets_it_and_it_is_not_said_twice() -> None:
    async with serving() as running:
        gate(running, "问")
        fields = running.wechat.fields(Content="问")
        first = asyncio.ensure_future(running.wechat.send(fields))
        await running.waiting()
        await running.clock.advance(BUDGET)
        await first
        await finish(running, "问")
        assert (await running.wechat.send(fields)).text == "听到：问"
        assert await running.wechat.say("下一句") == "听到：下一句"
        assert running.bot.texts == ["问", "下一句"]


async def test_a_late_answer_that_is_long_is_offered_in_parts() -> None:
    long = "".join(f"第{n}句话说的是落户。" for n in range(200))
    async with serving() as running:
        running.bot.replies["问"] = [said(long)]
        await overdue(running, "问")
        await finish(running, "问")
        parts = [str(await running.wechat.say("看答案"))]
        while "回复“更多”" in parts[-1]:
            parts.append(str(await running.wechat.say("更多")))
        assert "".join(p.split("\n后面还有")[0] for p in parts) == long


async def test_who_leaves_loses_what_was_kept() -> None:
    async with serving() as running:
        await overdue(running, "问")
        await finish(running, "问")
        await running.wechat.event("unsubscribe")
        assert await running.wechat.say("你好") == "听到：你好"


async def test_an_answer_still_under_way_is_erased_with_the_rest() -> None:
    async with serving() as running:
        await overdue(running, "问")
        left = asyncio.ensure_future(running.wechat.event("unsubscribe"))
        await running.waiting()
        assert running.bot.erased == [], "after the message under way, or that would be stored again"
        await finish(running, "问")
        assert await left is None
        assert running.bot.erased == [running.wechat.sender]
        assert await running.wechat.say("你好") == "听到：你好"


async def test_a_kept_answer_is_forgotten_after_a_day() -> None:
    async with serving() as running:
        await overdue(running, "问")
        await finish(running, "问")
        await running.clock.advance(24 * 3600 + 1)
        assert await running.wechat.say("下一句") == "听到：下一句"


# -- customer-service messages -----------------------------------------------------------------------------------------


async def test_with_an_app_secret_a_late_answer_comes_by_itself() -> None:
    api = Api()
    async with serving(WITH_SECRET, http=api) as running:
        assert await overdue(running, "问") is None, "success; nothing to be done by the person"
        await finish(running, "问")
        assert api.sent == [{"touser": OPENID, "msgtype": "text", "text": {"content": "听到：问"}}]
        assert await running.wechat.say("下一句") == "听到：下一句"


async def test_an_answer_in_time_uses_no_customer_service_message() -> None:
    api = Api()
    async with serving(WITH_SECRET, http=api) as running:
        assert await running.wechat.say("问") == "听到：问"
        assert api.sent == []


async def test_five_in_48_hours_and_then_the_next_word() -> None:
    api = Api()
    async with serving(WITH_SECRET, http=api) as running:
        for number in range(5):
            assert await overdue(running, f"问{number}") is None
            await finish(running, f"问{number}")
        assert len(api.sent) == 5
        assert "看答案" in str(await overdue(running, "第六问"))
        await finish(running, "第六问")
        assert len(api.sent) == 5
        assert await running.wechat.say("看答案") == "听到：第六问"
        running.wechat.openid = "o_else"
        assert await overdue(running, "别人问") is None, "counted per person"
        await finish(running, "别人问")
        running.wechat.openid = OPENID
        await running.clock.advance(48 * 3600)
        assert await overdue(running, "后天问") is None
        await finish(running, "后天问")
        assert api.texts[-2:] == ["听到：别人问", "听到：后天问"]


@pytest.mark.parametrize("code", [45015, 45047, -1, 0])
async def test_a_message_that_wechat_does_not_take_waits_for_the_next_word(code: int, caplog: pytest.LogCaptureFixture) -> None:
    api = Api()
    api.fails = ApiError(code, "refused")
    async with serving(WITH_SECRET, http=api) as running:
        await overdue(running, "问")
        await finish(running, "问")
        assert await running.wechat.say("看答案") == "听到：问"
        assert await overdue(running, "再问") is None, "it is tried again"
        await finish(running, "再问")
    assert "was not sent" in caplog.text
    assert OPENID not in caplog.text


async def test_an_account_without_the_right_is_not_tried_again() -> None:
    api = Api()
    api.fails = ApiError(48001, "api unauthorized")
    async with serving(WITH_SECRET, http=api) as running:
        await overdue(running, "问")
        await finish(running, "问")
        assert "看答案" in str(await overdue(running, "再问"))
        await finish(running, "再问")
        assert await running.wechat.say("看答案") == "听到：问\n\n听到：再问"


async def test_who_leaves_is_forgotten_in_every_memory_of_the_channel() -> None:
    async with serving(WITH_SECRET, http=Api()) as running:
        fields = running.wechat.fields(Content="早问")
        assert (await running.wechat.send(fields)).text == "听到：早问"
        await overdue(running, "晚问")
        await finish(running, "晚问")
        customer = running.channel._talk._customer
        assert customer
        assert len(customer._sent) == 1
        await running.wechat.event("unsubscribe")
        assert len(customer._sent) == 0
        assert (await running.wechat.send(fields)).raw == "success", "the answer is gone, and the message is not taken anew"
        assert running.bot.texts == ["早问", "晚问"]


async def test_late_answers_are_counted_when_they_are_kept_sent_and_fetched() -> None:
    names = ('answers_total{when="in_time"}', 'answers_total{when="late"}', 'late_total{passed="kept"}', 'late_total{passed="sent"}')

    def counts() -> list[float]:
        lines = metrics.exposition({})[0].decode().splitlines()
        return [float(line.split()[-1]) for n in (*names, "fetched_total") for line in lines if line.startswith(f"luohu_wechat_{n}")]

    before = counts()
    async with serving() as running:
        await overdue(running, "问")
        await finish(running, "问")
        assert "听到：问" in str(await running.wechat.say("看答案"))
    async with serving(WITH_SECRET, http=Api()) as running:
        await overdue(running, "再问")
        await finish(running, "再问")
    assert [now - then for now, then in zip(counts(), before, strict=True)] == [1, 2, 1, 1, 1]
