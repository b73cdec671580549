"""What waits for a person: replaced, forgotten in time, bounded."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.memory import LocalMemory
from bot.channels.wechat.shelf import HELD, NOTHING, Held, Shelf
from tests.wechat.clocks import FakeClock


async def test_it_keeps_replaces_and_forgets() -> None:
    memory = LocalMemory(HELD, FakeClock().now)
    shelf = Shelf(memory)
    assert await shelf.get("a") == NOTHING
    await shelf.put("a", Held(("x",)))
    await shelf.put("a", Held(("y",), ("z",), ("1",)))
    assert await shelf.get("a") == Held(("y",), ("z",), ("1",))
    await shelf.put("a", NOTHING)
    assert len(memory) == 0
    await shelf.put("a", Held(("x",)))
    await shelf.delete("a")
    await shelf.delete("a")
    assert await shelf.get("a") == NOTHING


async def test_it_is_bounded_in_time_and_number() -> None:
    clock = FakeClock()
    memory = LocalMemory(replace(HELD, seconds=100, most=2), clock.now)
    shelf = Shelf(memory)
    for name in "abc":
        await shelf.put(name, Held((name,)))
    assert [await shelf.get(n) for n in "abc"] == [NOTHING, Held(("b",)), Held(("c",))]
    await clock.advance(101)
    assert await shelf.get("b") == NOTHING
    await shelf.put("d", Held(("d",)))
    assert len(memory) == 1
