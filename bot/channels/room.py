"""How many messages one process works on at a time.

Without a bound everybody of a crowd is begun and nobody is done: a message waits anew at each of its questions to the database, in turn
with all the others, and the last of them for longer than a resident, or the database's patience, lasts. With it, whoever came first is
done first, and everybody waits about equally long.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 8
"""Messages under work: while some wait for the database, the others keep the processor busy."""
SLOW = 0.25
"""Seconds after which a message makes room for the next although it is not done: a database that hangs holds up nobody else."""


class Room:
    """Room for a number of messages; those that find none wait in the order in which they came. For one event loop."""

    def __init__(self, at_once: int = AT_ONCE, slow: float = SLOW) -> None:
        """All of it is free. ``slow`` is in seconds."""
        self._free, self._slow = asyncio.Semaphore(at_once), slow

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Wait for room, and have it for what is inside."""
        await self._free.acquire()
        loop = asyncio.get_running_loop()
        leaving = loop.call_later(self._slow, self._free.release)
        try:
            yield
        finally:
            if leaving.when() > loop.time():  # else it has been called, or is about to be
                leaving.cancel()
                self._free.release()
