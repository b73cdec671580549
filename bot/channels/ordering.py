"""Messages of one sender are handled one after the other, in the order they came.

Rasa's own lock does that too, but a message that has to wait there sleeps a whole second at a time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Queues:
    """One queue per sender, forgotten when it is empty. For one event loop (``bot/channels/fleet/turns.py`` has those of many servers)."""

    def __init__(self) -> None:
        """No queues yet."""
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def turn(self, sender: str) -> AsyncIterator[None]:
        """Wait until every earlier message of the sender is done."""
        lock, waiting = self._locks.get(sender) or (asyncio.Lock(), 0)
        self._locks[sender] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks[sender]
            if waiting == 1:
                del self._locks[sender]
            else:
                self._locks[sender] = (lock, waiting - 1)

    def __len__(self) -> int:
        return len(self._locks)
