"""Messages of one sender are handled in order; senders do not wait for each other."""

from __future__ import annotations

import asyncio

from bot.channels.ordering import Queues


def test_one_sender_in_order_and_others_beside() -> None:
    async def run() -> tuple[list[str], int]:
        queues, done = Queues(), []

        async def handle(sender: str, name: str, seconds: float) -> None:
            async with queues.turn(sender):
                await asyncio.sleep(seconds)
                done.append(name)

        await asyncio.gather(handle("a", "a1", 0.03), handle("a", "a2", 0.0), handle("b", "b1", 0.01), handle("a", "a3", 0.0))
        return done, len(queues)

    done, left = asyncio.run(run())
    assert done == ["b1", "a1", "a2", "a3"]
    assert left == 0


def test_a_failed_message_lets_the_next_one_pass() -> None:
    async def run() -> int:
        queues = Queues()
        for _ in range(2):
            try:
                async with queues.turn("a"):
                    raise ValueError
            except ValueError:
                pass
        return len(queues)

    assert asyncio.run(run()) == 0
