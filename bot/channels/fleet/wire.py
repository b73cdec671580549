"""Commands to Redis that are given while others are under way go together, in the order they were given.

A message costs some four commands, and a way to Redis and back costs far more than Redis' work. So there is one batch under way at a time;
what is asked meanwhile is the next batch. Whoever comes alone waits for nobody, and in a crowd a way is shared by many. The order of
two commands of this server is the order in which :meth:`Wire.ask` was called, also before anybody waits for the answer.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import redis
from redis import asyncio as aioredis
from redis.exceptions import NoScriptError, RedisError

from bot.channels.shared import Apart

FAILURES = (RedisError, OSError, asyncio.TimeoutError)
"""What a Redis that does not answer, or not as it should, looks like."""


@dataclass(frozen=True)
class Script:
    """A Lua script, which Redis runs alone; it is sent whole only where Redis does not know it yet."""

    source: str

    @cached_property
    def digest(self) -> str:
        """What Redis calls it."""
        return hashlib.sha1(self.source.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class _Asked:
    command: tuple[Any, ...]
    options: dict[str, Any]
    whole: tuple[Any, ...] | None
    """The command with the whole script, for a Redis that does not know it."""
    answer: asyncio.Future[Any]


class Wire:
    """The way of one server's commands; ``alive`` tells whether the others still take this server for alive."""

    def __init__(self, client: aioredis.Redis, alive: Callable[[], bool]) -> None:
        """Nothing is asked yet."""
        self._client, self._alive = client, alive
        self._next: list[_Asked] = []
        self._sending: asyncio.Task[None] | None = None

    def ask(self, *command: Any, **options: Any) -> asyncio.Future[Any]:
        """Give a command; the future is its answer, or fails with :class:`Apart`. ``options`` are redis-py's for reading the answer."""
        return self._give(_Asked(command, options, None, asyncio.get_running_loop().create_future()))

    def run(self, script: Script, key: str, *arguments: Any) -> asyncio.Future[Any]:
        """Give a script with one key; as :meth:`ask`."""
        rest = (1, key, *arguments)
        whole = ("EVAL", script.source, *rest)
        return self._give(_Asked(("EVALSHA", script.digest, *rest), {}, whole, asyncio.get_running_loop().create_future()))

    async def drained(self) -> None:
        """Wait until nothing is under way."""
        if self._sending:
            await asyncio.wait({self._sending})

    def _give(self, asked: _Asked) -> asyncio.Future[Any]:
        self._next.append(asked)
        if self._sending is None:
            self._sending = asyncio.get_running_loop().create_task(self._send())
        return asked.answer

    async def _send(self) -> None:
        try:
            while self._next:
                batch, self._next = self._next, []
                answers = await self._answers(batch)
                again = []
                for asked, answer in zip(batch, answers, strict=True):
                    if isinstance(answer, NoScriptError) and asked.whole:
                        again.append(_Asked(asked.whole, asked.options, None, asked.answer))
                    elif not asked.answer.done():  # else nobody waits for it any more
                        _settle(asked.answer, answer)
                self._next[:0] = again
        finally:
            self._sending = None

    async def _answers(self, batch: list[_Asked]) -> list[Any]:
        if not self._alive():
            return [Apart("Redis is away")] * len(batch)
        try:
            try:
                return await self._together(batch)
            except redis.ConnectionError:  # one that Redis has closed is noticed only now; what is asked here may be asked again
                return await self._together(batch)
        except Exception as error:  # whatever it is, nobody is to wait for ever
            return [_apart(error)] * len(batch)

    async def _together(self, batch: list[_Asked]) -> list[Any]:
        async with self._client.pipeline(transaction=False) as together:
            for asked in batch:
                together.execute_command(*asked.command, **asked.options)
            return list(await together.execute(raise_on_error=False))


def _settle(future: asyncio.Future[Any], answer: Any) -> None:
    if isinstance(answer, Apart):
        future.set_exception(answer)
    elif isinstance(answer, Exception):
        future.set_exception(_apart(answer))
    else:
        future.set_result(answer)


def _apart(error: Exception) -> Apart:
    return Apart(f"Redis did not answer ({type(error).__name__})")
