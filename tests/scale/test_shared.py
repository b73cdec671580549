"""Limits and memories: alone and at servers that share a Redis they do the same, and nobody is named in Redis."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace

import pytest

from bot.channels import notes
from bot.channels.asking import LAST
from bot.channels.guard import Refused
from bot.channels.shared import Alone, Apart, Shared
from bot.channels.wechat.inflight import Known, dealt
from bot.channels.wechat.shelf import HELD, Held
from bot.channels.wechat.talk import Bubble
from bot.desk.access import Throttle
from tests.scale.conftest import Begin
from tests.scale.redises import OwnRedis

SENDER = "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"
ASKED = notes.Asked("rest", "", "能落户吗", False, "answer", (("answer", 0.5), ("how_to", 0.2)), "r1", "answer", "liaocheng", False)
VALUES = [
    (LAST, ASKED, replace(ASKED, text="别的", ranking=())),
    (HELD, Held(("晚了",), ("还有",), ("1",)), Held((), (), ("是", "不是"))),
    (dealt(asdict, Bubble.of), {"a": Known(1.0, True)}, {"a": Known(1.0, False, Bubble("好", ("好",), ("1",))), "b": Known(2.0, False)}),
]


@pytest.fixture(params=["alone", "fleet"])
async def two(request: pytest.FixtureRequest, server: Begin) -> tuple[Shared, Shared]:
    """Two servers that share something: one process, or a Redis."""
    if request.param == "alone":
        one: Shared = Alone()
        return one, one
    return await server(), await server()


@pytest.mark.parametrize(("kind", "first", "second"), VALUES, ids=[kind.name for kind, *_ in VALUES])
async def test_what_one_server_remembers_the_other_knows(two: tuple[Shared, Shared], kind: object, first: object, second: object) -> None:
    here = two[0].memory(kind)  # type: ignore[var-annotated, arg-type]
    there = here if two[0] is two[1] else two[1].memory(kind)  # type: ignore[arg-type]
    assert await here.get(SENDER) is None
    assert await here.put(SENDER, first) is None
    assert await there.get(SENDER) == first
    assert await there.get("else") is None
    assert await there.put(SENDER, second) == first
    assert await here.get(SENDER) == second
    assert await here.put(SENDER, None) == second
    assert await there.put(SENDER, None) is None


async def test_a_memory_ends_in_time_and_names_nobody(server: Begin, calm_redis: OwnRedis) -> None:
    memory = (await server()).memory(replace(HELD, seconds=0.3))
    await memory.put(SENDER, Held(("晚了",)))
    for key in calm_redis.client.keys("*"):
        assert SENDER not in key
        assert SENDER not in str(calm_redis.client.get(key))
    await asyncio.sleep(0.5)
    assert await memory.get(SENDER) is None


async def test_a_limit_counts_at_all_servers_together(two: tuple[Shared, Shared]) -> None:
    here = two[0].limit("rest", burst=4, per_second=2)
    there = here if two[0] is two[1] else two[1].limit("rest", burst=4, per_second=2)
    assert [await limit.allows(SENDER) for limit in (here, there, here, there, here)] == [True, True, True, True, False]
    assert await there.allows("else")
    await asyncio.sleep(0.7)
    assert await there.allows(SENDER)
    assert not await here.allows(SENDER)


async def test_a_limit_that_many_ask_at_once_gives_no_token_twice(server: Begin, calm_redis: OwnRedis) -> None:
    limits = [(await server()).limit("rest", burst=10, per_second=0) for _ in range(3)]
    allowed = await asyncio.gather(*(limits[n % 3].allows(SENDER) for n in range(60)))
    assert sum(allowed) == 10
    [key] = calm_redis.client.keys("luohu:rate*")
    assert SENDER not in key
    assert calm_redis.client.pttl(key) > 0


async def test_a_bucket_that_is_full_again_is_forgotten(server: Begin, calm_redis: OwnRedis) -> None:
    limit = (await server()).limit("rest", burst=1, per_second=100)
    await limit.allows(SENDER)
    await asyncio.sleep(1.3)
    assert calm_redis.client.keys("luohu:rate*") == []


async def test_guessing_a_password_at_many_servers_is_throttled_as_at_one(two: tuple[Shared, Shared]) -> None:
    desks = [Throttle(shared) for shared in two] if two[0] is not two[1] else [Throttle(two[0])]
    for number in range(5):
        await desks[number % len(desks)].check("wang", "10.0.0.1")
    for desk in desks:
        with pytest.raises(Refused, match="半分钟后再试"):
            await desk.check("WANG", "10.0.0.1")
    await desks[0].check("li", "10.0.0.2")


async def test_without_redis_nothing_is_allowed_by_guess(own_redis: OwnRedis) -> None:
    from bot.channels.fleet.joining import join
    from tests.scale.meeting import begin, end

    fleet = await begin(join(own_redis.url))
    limit, memory = fleet.limit("rest", 20, 2), fleet.memory(HELD)
    assert await limit.allows(SENDER)
    own_redis.stop()
    with pytest.raises(Apart):
        await limit.allows(SENDER)
    with pytest.raises(Apart):
        await memory.get(SENDER)
    await end(fleet)
