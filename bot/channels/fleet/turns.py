"""Turns over many servers: one queue of tickets per sender in Redis, in the order in which Redis saw them.

The ticket at the head has the turn. A ticket names its server; one whose server is dead (``link.py``) is dropped by whoever finds it at
the head, so a turn is never waited for longer than a sign of life lasts. A ticket may be put into the queue or taken out of it any number
of times, so a command whose answer got lost is simply given again.

A server that is taken for dead and is not (it was stopped, or cut off) may still be at work when the next one begins. What it then writes
is refused by the version of the conversation's row: the order of what is kept never depends on a clock.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from typing import Any

from redis.exceptions import RedisError

from bot.channels.fleet.link import PREFIX, Link, name
from bot.channels.fleet.wire import Script
from bot.channels.shared import Apart

logger = logging.getLogger("luohu.fleet")

LOOK_AGAIN, LONGEST_LOOK = 0.5, 2.0
"""Seconds after which a waiting ticket looks at the queue by itself, for a server that died or a call that got lost: at first, and at
most. A crowd of waiting tickets that all look twice a second keeps Redis and the servers from what they wait for."""
EMPTIED = 300_000
"""Milliseconds after which a queue that nobody touches is gone."""

_HEAD = """
local function head(queue, servers)
  local dropped = false
  while true do
    local first = redis.call('LINDEX', queue, 0)
    if not first then return false, dropped end
    if redis.call('EXISTS', servers .. string.match(first, '^[^:]+')) == 1 then return first, dropped end
    redis.call('LPOP', queue)
    dropped = true
  end
end
local function call(calls, ticket)
  redis.call('PUBLISH', calls .. string.match(ticket, '^[^:]+'), ticket)
end
local queue, ticket, servers, calls = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
"""
_LINE_UP = Script(
    _HEAD
    + """
redis.call('SET', servers .. string.match(ticket, '^[^:]+'), 1, 'PX', ARGV[5])
if not redis.call('LPOS', queue, ticket) then redis.call('RPUSH', queue, ticket) end
redis.call('PEXPIRE', queue, ARGV[4])
local first, dropped = head(queue, servers)
if first == ticket then return 1 end
if dropped then call(calls, first) end
return 0
"""
)
_STEP_OUT = Script(
    _HEAD
    + """
local there = redis.call('LREM', queue, 1, ticket)
local first = head(queue, servers)
if first then call(calls, first) end
return there
"""
)


class FleetTurns:
    """Turns of one purpose. Tickets of this server are called through :meth:`called`."""

    def __init__(self, link: Link, purpose: str) -> None:
        """Nobody waits yet."""
        self._link, self._purpose = link, purpose
        self._waiting: dict[str, asyncio.Event] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def turn(self, sender: str) -> AsyncIterator[None]:
        """Wait until every earlier message of the sender is done, at whichever server.

        Raises:
            Apart: Redis cannot be asked.
        """
        queue, ticket = name(f"turn-{self._purpose}", sender), self._link.ticket()
        called = self._waiting[ticket] = asyncio.Event()
        mine = False
        try:
            mine, patience = await self._is_mine(queue, ticket), LOOK_AGAIN
            while not mine:
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(called.wait(), patience)
                called.clear()
                patience = min(2 * patience, LONGEST_LOOK)
                mine = await self._is_mine(queue, ticket)
            yield
        finally:
            del self._waiting[ticket]
            # Given now, before whatever comes next; the answer need not wait for it, and whoever is cancelled still leaves the queue.
            task = asyncio.get_running_loop().create_task(self._left(self._leave(queue, ticket), queue, ticket, mine))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    def called(self, ticket: str) -> None:
        """It may be this ticket's turn."""
        if waiting := self._waiting.get(ticket):
            waiting.set()

    async def settle(self) -> None:
        """Wait until every ticket of the past is out of its queue."""
        while self._leaving:
            await asyncio.wait(set(self._leaving))

    async def _is_mine(self, queue: str, ticket: str) -> bool:
        return bool(await self._link.wire.run(_LINE_UP, queue, *self._arguments(ticket), EMPTIED, self._link.milliseconds))

    def _leave(self, queue: str, ticket: str) -> asyncio.Future[Any]:
        return self._link.wire.run(_STEP_OUT, queue, *self._arguments(ticket))

    async def _left(self, leaving: asyncio.Future[Any], queue: str, ticket: str, had_its_turn: bool) -> None:
        """Out of the queue, however long Redis is away: the ticket of a living server would hold up everybody behind it."""
        while True:
            try:
                there = await leaving
            except Apart:
                await asyncio.sleep(LOOK_AGAIN)
                leaving = self._leave(queue, ticket)
                continue
            if had_its_turn and not there:
                logger.warning("a turn was given to the next one before it was over; only what was kept before that counts")
            return

    def _arguments(self, ticket: str) -> list[str]:
        return [ticket, f"{PREFIX}server:", f"{PREFIX}call:"]


class Calls:
    """Hears the calls for the tickets of this server, over one connection."""

    def __init__(self, link: Link, turns: dict[str, FleetTurns]) -> None:
        """``turns`` are those of every purpose."""
        self._link, self._turns = link, turns

    async def listen(self) -> None:
        """Until cancelled. While it cannot hear anything, tickets look by themselves (:data:`LOOK_AGAIN`)."""
        while True:
            try:
                async with self._link.client.pubsub(ignore_subscribe_messages=True) as calls:
                    await calls.subscribe(f"{PREFIX}call:{self._link.server}")
                    while True:
                        if message := await calls.get_message(timeout=10):
                            for turns in self._turns.values():
                                turns.called(message["data"])
            except (RedisError, OSError, asyncio.TimeoutError):
                await asyncio.sleep(LOOK_AGAIN)
