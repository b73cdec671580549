"""WeChat at servers that share a Redis: late answers, numbers and erasure, whichever server a message reaches."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.channels.fleet.joining import join
from bot.channels.wechat.inflight import BUDGET
from bot.channels.wechat.wording import load_wording
from tests.scale.conftest import Begin
from tests.scale.meeting import begin, die, end
from tests.scale.redises import OwnRedis
from tests.wechat.serving import Running, said, serving

Two = tuple[Running, Running]
KEPT = load_wording().word("kept")


@pytest.fixture
async def two(server: Begin) -> AsyncIterator[Two]:
    async with AsyncExitStack() as stack:
        here, there = [await stack.enter_async_context(serving(shared=await server())) for _ in range(2)]
        yield here, there


async def late(here: Running, text: str = "问") -> dict[str, str]:
    """A message whose answer came too late to be said; the message."""
    here.bot.gates[text] = asyncio.Event()
    fields = here.wechat.fields(Content=text)
    first = asyncio.ensure_future(here.wechat.send(fields))
    await here.waiting()
    await here.until(lambda: len(here.bot.heard) == 1)
    await here.clock.advance(BUDGET)
    assert "听到" not in ((await first).text or "")
    here.bot.gates[text].set()
    await here.idle()
    return fields


async def test_a_late_answer_is_fetched_at_another_server(two: Two) -> None:
    here, there = two
    await late(here)
    assert "听到：问" in (await there.wechat.say(KEPT) or "")
    assert "听到：问" not in (await here.wechat.say(KEPT) or ""), "it is given once"


async def test_a_retry_at_another_server_fetches_the_late_answer(two: Two) -> None:
    here, there = two
    fields = await late(here)
    assert (await there.wechat.send(fields)).text == "听到：问"
    assert (await here.wechat.send(fields)).text == "听到：问"
    assert [*here.bot.texts, *there.bot.texts] == ["问"]


async def test_a_retry_at_another_server_waits_for_the_answer_that_is_being_made(two: Two) -> None:
    here, there = two
    here.bot.gates["问"] = asyncio.Event()
    fields = here.wechat.fields(Content="问")
    first = asyncio.ensure_future(here.wechat.send(fields))
    await here.until(lambda: len(here.bot.heard) == 1)
    second = asyncio.ensure_future(there.wechat.send(fields))
    await there.waiting()
    here.bot.gates["问"].set()
    assert [(await first).text, (await second).text] == ["听到：问"] * 2
    assert there.bot.heard == []


async def test_numbers_shown_by_one_server_are_understood_by_the_other(two: Two) -> None:
    here, there = two
    here.bot.replies["问"] = [said("哪个？", "ask", ("有", "没有"))]
    await here.wechat.say("问")
    await there.wechat.say("2")
    assert there.bot.texts == ["没有"]


async def test_who_leaves_at_one_server_is_forgotten_at_the_other(two: Two, calm_redis: OwnRedis) -> None:
    here, there = two
    fields = await late(here)
    await there.wechat.event("unsubscribe")
    assert "听到" not in (await here.wechat.say(KEPT) or "")
    assert (await here.wechat.send(fields)).text is None, "known, and nothing left to be said"
    assert "听到：问" not in str([calm_redis.client.get(k) for k in calm_redis.client.keys("luohu:wechat*")])


async def test_a_message_of_a_server_that_died_is_taken_up_by_the_next(calm_redis: OwnRedis) -> None:
    dying, living = await begin(join(calm_redis.url)), await begin(join(calm_redis.url))
    async with serving(shared=dying) as here, serving(shared=living) as there:
        here.bot.gates["问"] = asyncio.Event()
        fields = here.wechat.fields(Content="问")
        first = asyncio.ensure_future(here.wechat.send(fields))
        await here.until(lambda: len(here.bot.heard) == 1)
        await die(dying)
        assert (await there.wechat.send(fields)).text == "听到：问"
        first.cancel()
    await end(living)


async def test_without_redis_a_person_is_told_kindly_and_the_same_message_may_come_again(own_redis: OwnRedis) -> None:
    fleet = await begin(join(own_redis.url))
    async with serving(shared=fleet) as here:
        fields = here.wechat.fields(Content="问")
        own_redis.stop()
        assert "请过一两分钟再发一次" in ((await here.wechat.send(fields)).text or "")
        assert here.bot.heard == []
        own_redis.start()
        await asyncio.sleep(2)
        assert (await here.wechat.send(fields)).text == "听到：问"
    await end(fleet)
