"""The five-second contract: each message reaches the bot once, however often WeChat sends it, and every try is answered in time.

WeChat drops a connection after five seconds and sends the message again, three times in all, to whichever server.  Tries at one server
wait for one answer, each for at most :data:`BUDGET` seconds; a try at another server waits for the person's turn and then finds what
became of the message.  An answer that is ready when nobody waits is late: it is passed on in another way or kept, and a try that still
comes fetches it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.channels.memory import Kind, LocalMemory, Memory
from bot.channels.ordering import Queues
from bot.channels.shared import Apart, Turns
from bot.channels.wechat.clock import Clock

logger = logging.getLogger("luohu.wechat")

BUDGET = 4.5
"""Seconds within which a try is answered; WeChat waits five, and the way there and back takes some of them."""
REMEMBERED = 600.0
"""Seconds for which a message is known again: as long as a request may be old, and as much again for clocks that differ."""
PEOPLE = 10_000
"""People whose last messages one process remembers at most."""

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


@dataclass(frozen=True)
class Known(Generic[T]):
    """What became of a message: ``kept`` for a try that fetches it, or answered with ``said`` (``None``: nothing more is to be said)."""

    seen: float
    kept: bool
    said: T | None = None


Dealt = Mapping[str, Known[T]]
"""The messages of one person in the last ten minutes, by key."""


def dealt(encode: Callable[[T], Any], decode: Callable[[Any], T], most: int = PEOPLE) -> Kind[Dealt[T]]:
    """The kind of memory an :class:`InFlight` needs, for answers that are encoded and decoded so."""

    def to_json(value: Dealt[T]) -> Any:
        return {key: [k.seen, k.kept, None if k.said is None else encode(k.said)] for key, k in value.items()}

    def from_json(plain: Any) -> Dealt[T]:
        return {key: Known(seen, kept, None if said is None else decode(said)) for key, (seen, kept, said) in plain.items()}

    return Kind("wechat-dealt", REMEMBERED, most, from_json, to_json)


@dataclass
class _Entry(Generic[T]):
    result: asyncio.Future[T | None]
    waiting: int = 0


class InFlight(Generic[T]):
    """The messages under way at this server, by key. For one event loop."""

    def __init__(self, clock: Clock, turns: Turns | None = None, memory: Memory[Dealt[T]] | None = None) -> None:
        """``turns`` and ``memory`` are those of all servers; without them, of this process."""
        self._clock = clock
        self._turns: Turns = turns or Queues()
        self._memory = memory or LocalMemory(dealt(lambda said: said, lambda said: said), clock.now)
        self._entries: dict[str, _Entry[T]] = {}
        self._present: dict[str, Dealt[T]] = {}  # of those whose turn it is, so that it is asked for once
        self._running: set[asyncio.Task[None]] = set()

    async def answer(self, key: str, job: Job[T]) -> tuple[bool, T | None]:
        """Whether the answer was ready within the budget, and the answer; it is ``None`` where nothing is (or is left) to be said.

        Raises:
            Apart: the servers cannot agree on whose turn it is; nothing was done, and a later try begins anew.
        """
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = _Entry(asyncio.get_running_loop().create_future())
            task = asyncio.ensure_future(self._run(key, entry, job))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        entry.waiting += 1
        timer = asyncio.ensure_future(self._clock.sleep(BUDGET))
        try:
            either: set[asyncio.Future[Any]] = {entry.result, timer}
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            return (True, entry.result.result()) if entry.result.done() else (False, None)
        finally:
            entry.waiting -= 1
            timer.cancel()

    async def forget(self, sender: str) -> None:
        """Drop the remembered answers of a sender, in their turn; the messages stay known, so that none is taken twice."""
        known = await self._known(sender)
        self._present.pop(sender, None)
        await self._memory.put(sender, {key: Known(one.seen, False) for key, one in known.items()} or None)

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def _run(self, key: str, entry: _Entry[T], job: Job[T]) -> None:
        seen = self._clock.now()
        try:
            async with self._turns.turn(job.sender):
                try:
                    said = await self._deal(key, entry, job, seen)
                except Apart:
                    raise
                except Exception as error:  # the log names no person and no words
                    logger.error("a message was not answered: %s", type(error).__name__)
                    await self._remember(job.sender, key, Known(seen, False))
                    said = None
                finally:
                    self._present.pop(job.sender, None)
                del self._entries[key]
                entry.result.set_result(said)
        except Apart as error:
            logger.error("a message was not answered: %s", error)
            self._entries.pop(key, None)
            if entry.waiting and not entry.result.done():
                entry.result.set_exception(error)

    async def _deal(self, key: str, entry: _Entry[T], job: Job[T], seen: float) -> T | None:
        """What is to be said to whoever waits here; done in the person's turn, so no other server is at work on the message."""
        known = (await self._known(job.sender)).get(key)
        if known is not None and (not known.kept or not entry.waiting):
            return known.said
        made = await (job.work() if known is None else job.pick_up())
        if made is not None and not entry.waiting:
            kept = not await job.late(made)
            await self._remember(job.sender, key, Known(seen, kept))
            if not kept or not entry.waiting:
                return None
            made = await job.pick_up()  # a try came while the answer was being put away
        await self._remember(job.sender, key, Known(seen, False, made))
        return made

    async def _known(self, sender: str) -> Dealt[T]:
        if sender not in self._present:
            oldest = self._clock.now() - REMEMBERED
            self._present[sender] = {key: one for key, one in (await self._memory.get(sender) or {}).items() if one.seen >= oldest}
        return self._present[sender]

    async def _remember(self, sender: str, key: str, one: Known[T]) -> None:
        try:
            known = self._present[sender] = {**await self._known(sender), key: one}
            await self._memory.put(sender, known)
        except Apart as error:  # the answer is there all the same
            logger.error("an answer was not remembered: %s", error)
