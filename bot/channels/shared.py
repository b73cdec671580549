"""What the channels keep between two messages, and what several servers have to keep together: turns, limits, memories.

Without ``REDIS_URL`` it is all in this process. With it, every server that names the same Redis shares it (``bot/channels/fleet``).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol, TypeVar

from bot.channels.guard import Rate
from bot.channels.memory import Kind, LocalMemory, Memory
from bot.channels.ordering import Queues

T = TypeVar("T")


class Apart(Exception):
    """The servers cannot reach what they share, so nothing may be handled now; the message names no person."""


class Turns(Protocol):
    """Lets one message of a sender be handled at a time, in the order they came."""

    def turn(self, sender: str) -> AbstractAsyncContextManager[None]:
        """Wait until every earlier message of the sender is done, and let later ones wait.

        Raises:
            Apart: nobody can tell whose turn it is.
        """


class Limit(Protocol):
    """A token bucket per key."""

    async def allows(self, key: str) -> bool:
        """Whether the key may go on now; takes a token if so.

        Raises:
            Apart: nobody can tell.
        """


class Shared(Protocol):
    """What one server shares with the others; one of them per process."""

    def turns(self, purpose: str) -> Turns:
        """The turns of one purpose; those of different purposes do not wait for each other."""

    def limit(self, purpose: str, burst: float, per_second: float) -> Limit:
        """A limit: ``burst`` at once, ``per_second`` on average."""

    def memory(self, kind: Kind[T], now: Callable[[], float] | None = None) -> Memory[T]:
        """The memory of one kind; ``now`` is the time of a memory in this process."""

    def readiness(self) -> dict[str, bool]:
        """What is to be added to the parts of ``/readyz``."""

    async def run(self) -> None:
        """Keep in touch with the other servers until cancelled."""


class Alone:
    """This process is the only server."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._turns: dict[str, Queues] = {}

    def turns(self, purpose: str) -> Turns:
        """In this event loop."""
        return self._turns.setdefault(purpose, Queues())

    def limit(self, purpose: str, burst: float, per_second: float) -> Limit:
        """In memory."""
        return Rate(burst, per_second)

    def memory(self, kind: Kind[T], now: Callable[[], float] | None = None) -> Memory[T]:
        """In memory."""
        return LocalMemory(kind, now) if now else LocalMemory(kind)

    def readiness(self) -> dict[str, bool]:
        """Nothing can be missing."""
        return {}

    async def run(self) -> None:
        """Nothing to do."""


def shared_from_environment() -> Shared:
    """What ``REDIS_URL`` asks for: :class:`Alone` without one.

    Raises:
        RuntimeError: the Redis it names cannot be used; the message says how to mend it.
    """
    url = os.environ.get("REDIS_URL", "").strip()
    if not url:
        return Alone()
    from bot.channels.fleet.joining import join  # a server alone loads nothing of it

    return join(url)
