"""Turns at servers that share a Redis: one at a time, in order, past whoever dies, and nothing is left behind."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import pytest

from bot.channels.fleet import link
from bot.channels.fleet.joining import Fleet, join
from bot.channels.fleet.link import LASTS
from bot.channels.fleet.turns import LOOK_AGAIN
from bot.channels.fleet.wire import Script
from bot.channels.shared import Apart
from tests.scale.conftest import Begin
from tests.scale.meeting import begin, die, end
from tests.scale.redises import OwnRedis

SENDER = "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"


class Desk:
    """Handles messages and notes what happened."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.at_work: dict[str, int] = {}
        self.most = 0

    async def handle(self, fleet: Fleet, text: str, sender: str = SENDER, seconds: float = 0.01) -> None:
        async with fleet.turns("bot").turn(sender):
            self.at_work[sender] = self.at_work.get(sender, 0) + 1
            self.most = max(self.most, self.at_work[sender])
            await asyncio.sleep(seconds)
            self.at_work[sender] -= 1
            self.done.append(text)


async def queued(own: OwnRedis, tickets: int) -> None:
    """Until so many tickets stand in the queues."""
    for _ in range(400):
        if sum(own.client.llen(key) for key in own.client.keys("luohu:turn-*")) == tickets:
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to that")


async def test_twenty_messages_of_one_sender_at_three_servers_go_one_by_one_in_the_order_they_came(
    server: Begin, calm_redis: OwnRedis
) -> None:
    desk, fleets = Desk(), [await server() for _ in range(3)]
    tasks = []
    async with fleets[0].turns("bot").turn(SENDER):
        for number in range(20):
            tasks.append(asyncio.create_task(desk.handle(fleets[number % 3], str(number))))
            await queued(calm_redis, number + 2)
    await asyncio.gather(*tasks)
    assert desk.done == [str(number) for number in range(20)]
    assert desk.most == 1


async def test_messages_that_come_at_once_to_one_server_keep_their_order(server: Begin) -> None:
    desk, fleet = Desk(), await server()
    await asyncio.gather(*(desk.handle(fleet, str(number), seconds=0) for number in range(40)))
    assert desk.done == [str(number) for number in range(40)]


async def test_a_turn_is_handed_on_at_once_and_not_by_looking_now_and_then(server: Begin) -> None:
    desk, fleets = Desk(), [await server() for _ in range(2)]
    await asyncio.sleep(0.2)  # both hear calls by now
    began = time.monotonic()
    await asyncio.gather(*(desk.handle(fleets[number % 2], str(number), seconds=0) for number in range(60)))
    assert time.monotonic() - began < 60 * LOOK_AGAIN / 4


async def test_senders_do_not_wait_for_each_other(server: Begin) -> None:
    desk, fleets = Desk(), [await server() for _ in range(2)]
    slow = asyncio.create_task(desk.handle(fleets[0], "slow", seconds=5))
    await asyncio.sleep(0.1)
    await asyncio.wait_for(desk.handle(fleets[1], "other", sender="else"), 2)
    assert desk.done == ["other"]
    slow.cancel()


async def test_what_a_killed_server_held_and_waited_for_is_passed_over(server: Begin, calm_redis: OwnRedis) -> None:
    desk, (dead, living) = Desk(), [await server() for _ in range(2)]
    lost = [asyncio.create_task(desk.handle(dead, "held", seconds=60))]
    await queued(calm_redis, 1)
    lost += [asyncio.create_task(desk.handle(dead, f"waited {n}", seconds=60)) for n in range(5)]
    await queued(calm_redis, 6)
    next_one = asyncio.create_task(desk.handle(living, "next"))
    await queued(calm_redis, 7)
    await die(dead)
    began = time.monotonic()
    await asyncio.wait_for(next_one, LASTS + 5)
    assert desk.done == ["next"]
    assert time.monotonic() - began > LASTS / 4, "it waited for the death to be certain"
    for task in lost:
        task.cancel()


async def test_a_server_that_is_slow_keeps_its_turn(server: Begin) -> None:
    desk, (slow, other) = Desk(), [await server() for _ in range(2)]
    first = asyncio.create_task(desk.handle(slow, "slow", seconds=LASTS + 1.5))
    await asyncio.sleep(0.1)
    await asyncio.gather(first, desk.handle(other, "next"))
    assert desk.done == ["slow", "next"]


async def test_an_event_loop_that_is_busy_is_no_death(server: Begin, calm_redis: OwnRedis) -> None:
    fleet = await server()
    async with fleet.turns("bot").turn(SENDER):
        time.sleep(LASTS + 1)  # a statement that waits for a database
        assert calm_redis.client.exists(fleet.link.sign)
    assert fleet.link.alive


async def test_whoever_is_cancelled_leaves_the_queue(server: Begin, calm_redis: OwnRedis) -> None:
    desk, fleet = Desk(), await server()
    held = asyncio.create_task(desk.handle(fleet, "held", seconds=30))
    await queued(calm_redis, 1)
    gone = asyncio.create_task(desk.handle(fleet, "gone"))
    await queued(calm_redis, 2)
    for task in (gone, held):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await queued(calm_redis, 0)
    await asyncio.wait_for(desk.handle(fleet, "next"), 2)
    assert desk.done == ["next"]


async def test_a_failed_message_lets_the_next_one_pass(server: Begin) -> None:
    desk, fleet = Desk(), await server()
    with pytest.raises(ValueError):
        async with fleet.turns("bot").turn(SENDER):
            raise ValueError
    await asyncio.wait_for(desk.handle(fleet, "next"), 2)


async def test_everything_expires_and_nobody_is_named(server: Begin, calm_redis: OwnRedis) -> None:
    desk, fleet = Desk(), await server()
    tasks = [asyncio.create_task(desk.handle(fleet, "held", seconds=0.5)) for _ in range(3)]
    await queued(calm_redis, 3)
    found = calm_redis.client.keys("*")
    assert len(found) == 3, "a queue, a sign of life, the mark of the secret"
    assert all(0 < calm_redis.client.pttl(key) <= 300_000 for key in found)
    assert SENDER not in " ".join([*found, *(t for k in calm_redis.client.keys("luohu:turn*") for t in calm_redis.client.lrange(k, 0, -1))])
    await asyncio.gather(*tasks)
    await end(fleet)
    assert calm_redis.client.keys("*") == ["luohu:secret"]


async def test_a_redis_that_is_stopped_and_started(own_redis: OwnRedis) -> None:
    from bot.channels.fleet.joining import join

    desk, fleet = Desk(), await begin(join(own_redis.url))
    await asyncio.gather(*(fleet.turns("bot")._is_mine("luohu:turn-x", fleet.link.ticket()) for _ in range(60)))  # many connections
    own_redis.client.delete("luohu:turn-x")
    held = asyncio.create_task(desk.handle(fleet, "held", seconds=1))
    await queued(own_redis, 1)
    waiting = asyncio.create_task(desk.handle(fleet, "waiting"))
    await queued(own_redis, 2)
    own_redis.stop()
    with pytest.raises(Apart):
        await asyncio.wait_for(waiting, 5)
    with pytest.raises(Apart):
        await asyncio.wait_for(desk.handle(fleet, "new"), 5)
    await asyncio.wait_for(held, 5)
    for _ in range(100):
        if fleet.readiness() == {"redis": False}:
            break
        await asyncio.sleep(0.1)
    assert fleet.readiness() == {"redis": False}
    own_redis.start()
    for _ in range(100):
        if fleet.readiness() == {"redis": True}:
            break
        await asyncio.sleep(0.1)
    await asyncio.wait_for(asyncio.gather(*(desk.handle(fleet, str(n), sender=str(n)) for n in range(40))), 10)
    assert desk.done[0] == "held"
    assert sorted(desk.done[1:], key=int) == [str(n) for n in range(40)], "no turn was given without Redis, and every connection is mended"
    await end(fleet)


async def test_a_redis_that_hangs(own_redis: OwnRedis) -> None:
    from bot.channels.fleet.joining import join

    desk, fleet = Desk(), await begin(join(own_redis.url))
    await desk.handle(fleet, "before")
    own_redis.hold()
    began = time.monotonic()
    results = await asyncio.gather(*(desk.handle(fleet, str(n), sender=str(n)) for n in range(100)), return_exceptions=True)
    assert {type(result) for result in results} == {Apart}
    assert time.monotonic() - began < 10
    while fleet.link.alive:
        await asyncio.sleep(0.1)
    began = time.monotonic()
    with pytest.raises(Apart):
        await desk.handle(fleet, "refused")
    assert time.monotonic() - began < 0.5, "once it is known to be away nobody waits for it"
    own_redis.go_on()
    for _ in range(100):
        if fleet.link.alive:
            break
        await asyncio.sleep(0.1)
    await asyncio.wait_for(asyncio.gather(*(desk.handle(fleet, f"after {n}", sender=str(n)) for n in range(100))), 10)
    assert desk.done[0] == "before"
    assert len(desk.done) == 101
    assert all(text.startswith(("before", "after")) for text in desk.done)
    await end(fleet)
    assert own_redis.client.keys("luohu:turn*") == []


async def test_a_crowd_is_no_failure(calm_redis: OwnRedis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(link, "ANSWER", 1.0)
    fleet = await begin(join(calm_redis.url))
    try:  # together they take longer than one answer may; Redis sends nothing until it has done all that it read at once
        slow = Script("for count = 1, 180000 do end return ARGV[1]")
        asked = [fleet.link.wire.run(slow, "nothing", number) for number in range(5000)]
        assert [int(answer) for answer in await asyncio.gather(*asked)] == list(range(5000))
    finally:
        await end(fleet)


async def test_commands_keep_the_order_in_which_they_are_given(calm_redis: OwnRedis) -> None:
    fleet = await begin(join(calm_redis.url))
    wire = fleet.link.wire
    push = Script("return redis.call('RPUSH', KEYS[1], ARGV[1])")
    try:
        calm_redis.client.script_flush()
        given = [wire.run(push, "luohu:order", number) if number % 2 else wire.ask("RPUSH", "luohu:order", number) for number in range(50)]
        await asyncio.gather(*given)
        odd = [number for number in calm_redis.client.lrange("luohu:order", 0, -1) if int(number) % 2]
        assert odd == [str(number) for number in range(1, 50, 2)], "also where Redis had to be sent the script"
        calm_redis.client.delete("luohu:order")
        await asyncio.gather(*(wire.run(push, "luohu:order", number) for number in range(50)))
        assert calm_redis.client.lrange("luohu:order", 0, -1) == [str(number) for number in range(50)]
    finally:
        await end(fleet)


async def test_one_wrong_command_harms_no_other(calm_redis: OwnRedis) -> None:
    fleet = await begin(join(calm_redis.url))
    wire = fleet.link.wire
    try:
        before, wrong, after = wire.ask("SET", "luohu:a", "1"), wire.ask("LPUSH", "luohu:a", "2"), wire.ask("GET", "luohu:a")
        with pytest.raises(Apart, match="ResponseError"):
            await wrong
        assert await before
        assert await after == "1"
        gone = wire.ask("GET", "luohu:a")
        gone.cancel()  # nobody waits for it any more
        assert await wire.ask("GET", "luohu:a") == "1"
    finally:
        await end(fleet)
