"""The five-second contract: each message reaches the bot once, however often WeChat sends it, and every try is answered in time.

WeChat drops a connection after five seconds and sends the message again, three times in all.  All tries of a message wait for
one answer, each for at most :data:`BUDGET` seconds.  An answer that is ready when nobody waits is late: it is passed on in
another way or kept, and a try that still comes fetches it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.channels.ordering import Queues
from bot.channels.wechat.clock import Clock

logger = logging.getLogger("luohu.wechat")

BUDGET = 4.0
"""Seconds within which a try is answered; WeChat waits five, and the way there and back takes some of them."""
REMEMBERED = 600.0
"""Seconds for which a message is known again: as long as a request may be old, and as much again for clocks that differ."""

T = TypeVar("T")


@dataclass(frozen=True)
class Job(Generic[T]):
    """What to do about one message of one ``sender``.

    ``work`` makes the answer. ``late`` takes an answer nobody waited for: ``True`` where it reached the person in another way,
    ``False`` where it was kept. ``pick_up`` takes a kept answer back, or gives ``None`` where it has been passed on since.
    """

    sender: str
    work: Callable[[], Awaitable[T | None]]
    late: Callable[[T], Awaitable[bool]]
    pick_up: Callable[[], Awaitable[T | None]]


@dataclass
class _Entry(Generic[T]):
    sender: str
    seen: float
    result: asyncio.Future[T | None]
    waiting: int = 0
    kept: bool = False


class InFlight(Generic[T]):
    """The messages of the last ten minutes, by key, with their answers. For one event loop."""

    def __init__(self, clock: Clock, queues: Queues | None = None, most: int = 10_000) -> None:
        """``most`` is how many answered messages are remembered at most."""
        self._clock, self._most = clock, most
        self._queues = queues or Queues()
        self._entries: OrderedDict[str, _Entry[T]] = OrderedDict()
        self._running: set[asyncio.Task[None]] = set()

    async def answer(self, key: str, job: Job[T]) -> tuple[bool, T | None]:
        """Whether the answer was ready within the budget, and the answer; it is ``None`` where nothing is (or is left) to be said."""
        self._forget()
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = _Entry(job.sender, self._clock.now(), asyncio.get_running_loop().create_future())
            self._start(entry, job, job.work)
        elif entry.kept:
            entry.kept = False
            self._start(entry, job, job.pick_up)
        entry.waiting += 1
        timer = asyncio.ensure_future(self._clock.sleep(BUDGET))
        try:
            either: set[asyncio.Future[Any]] = {entry.result, timer}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            return (True, entry.result.result()) if entry.result.done() else (False, None)
        finally:
            entry.waiting -= 1
            timer.cancel()

    def forget(self, sender: str) -> None:
        """Drop the remembered answers of a sender; the messages stay known, so that none is taken twice."""
        for entry in self._entries.values():
            if entry.sender == sender and entry.result.done():
                entry.result = asyncio.get_running_loop().create_future()
                entry.result.set_result(None)

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while self._running:
            await asyncio.wait(set(self._running))

    def _start(self, entry: _Entry[T], job: Job[T], work: Callable[[], Awaitable[T | None]]) -> None:
        task = asyncio.ensure_future(self._run(entry, job, work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _run(self, entry: _Entry[T], job: Job[T], work: Callable[[], Awaitable[T | None]]) -> None:
        try:
            async with self._queues.turn(job.sender):
                made = await work()
                if made is None or entry.waiting:
                    entry.result.set_result(made)
                elif await job.late(made):
                    entry.result.set_result(None)
                elif entry.waiting:  # a try came while the answer was being put away
                    entry.result.set_result(await job.pick_up())
                else:
                    entry.kept = True
        except Exception as error:  # the log names no person and no words
            logger.error("a message was not answered: %s", type(error).__name__)
            if not entry.result.done():
                entry.result.set_result(None)

    def _forget(self) -> None:
        oldest = self._clock.now() - REMEMBERED
        for _ in range(len(self._entries)):
            key, entry = next(iter(self._entries.items()))
            if entry.seen >= oldest and len(self._entries) <= self._most:
                return
            if entry.result.done() or entry.kept:
                del self._entries[key]
            else:
                self._entries.move_to_end(key)  # never forgotten while under way
