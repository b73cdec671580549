"""A process works on few messages at a time, in the order in which they came, and one that hangs holds up nobody."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.channels.room import AT_ONCE, Room


def test_few_at_a_time_and_first_come_first_served() -> None:
    async def run() -> tuple[list[int], int]:
        room, done, inside, most = Room(), [], 0, 0

        async def handle(number: int) -> None:
            nonlocal inside, most
            async with room.enter():
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0.001)
                inside -= 1
                done.append(number)

        await asyncio.gather(*(handle(number) for number in range(100)))
        return done, most

    done, most = asyncio.run(run())
    assert most == AT_ONCE
    # Side by side they may overtake each other by a moment, but nobody who came later than those is done before.
    assert all(abs(place - number) < AT_ONCE for place, number in enumerate(done)), done


def test_who_hangs_makes_room_for_the_next() -> None:
    async def run() -> float:
        room = Room(at_once=2, slow=0.05)
        let_go = asyncio.Event()

        async def hang() -> None:
            async with room.enter():
                await let_go.wait()

        hanging = [asyncio.create_task(hang()) for _ in range(6)]
        await asyncio.sleep(0)
        began = time.monotonic()
        async with room.enter():
            waited = time.monotonic() - began
        let_go.set()
        await asyncio.gather(*hanging)
        return waited

    assert 0.1 <= asyncio.run(run()) < 2  # three rounds of two


@pytest.mark.parametrize("seconds", [0.0, 0.05], ids=["quick", "slow"])
def test_room_is_given_back_once(seconds: float) -> None:
    async def run() -> int:
        room, inside, most = Room(at_once=2, slow=0.01), 0, 0

        async def fail() -> None:
            async with room.enter():
                await asyncio.sleep(seconds)
                raise ValueError

        await asyncio.gather(*(fail() for _ in range(20)), return_exceptions=True)
        await asyncio.sleep(0.1)

        async def count() -> None:
            nonlocal inside, most
            async with room.enter():
                inside += 1
                most = max(most, inside)
                await asyncio.sleep(0)
                inside -= 1

        await asyncio.gather(*(count() for _ in range(10)))
        return most

    assert asyncio.run(run()) == 2
