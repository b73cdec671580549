"""A process works on few messages at a time, in the order in which they came, and one that hangs holds up nobody."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.channels.room import AT_ONCE, Room


async def crowd(room: Room, many: int, seconds: float) -> tuple[list[int], int]:
    """In which order so many messages are done, and how many were under work at once at most."""
    done, inside, most = [], 0, 0

    async def handle(number: int) -> None:
        nonlocal inside, most
        async with room.enter():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(seconds)
            inside -= 1
            done.append(number)

    await asyncio.gather(*(handle(number) for number in range(many)))
    return done, most


def test_few_at_a_time_and_first_come_first_served() -> None:
    async def run() -> tuple[list[int], int]:
        return await crowd(Room(), 100, 0.001)

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
        room = Room(at_once=2, slow=0.01)

        async def fail() -> None:
            async with room.enter():
                await asyncio.sleep(seconds)
                raise ValueError

        await asyncio.gather(*(fail() for _ in range(20)), return_exceptions=True)
        await asyncio.sleep(0.1)
        return (await crowd(room, 10, 0))[1]

    assert asyncio.run(run()) == 2
