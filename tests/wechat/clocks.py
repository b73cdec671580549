"""A clock that stands still until it is told."""

from __future__ import annotations

import asyncio


class FakeClock:
    """Starts at a real moment; :meth:`advance` lets waiting ones go on whose time has come."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self._now = now
        self._waiting: list[tuple[float, asyncio.Future[None]]] = []

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        due = asyncio.get_running_loop().create_future()
        self._waiting.append((self._now + seconds, due))
        await due

    @property
    def sleepers(self) -> int:
        """How many wait."""
        self._waiting = [(at, due) for at, due in self._waiting if not due.done()]
        return len(self._waiting)

    async def advance(self, seconds: float) -> None:
        """Let time pass, and everything that it sets free happen."""
        await settle()
        self._now += seconds
        for at, due in self._waiting:
            if at <= self._now and not due.done():
                due.set_result(None)
        await settle()


async def settle() -> None:
    """Let everything happen that can happen now."""
    for _ in range(20):
        await asyncio.sleep(0)
