"""Residents over HTTP: how long each message takes, for one resident at a time and for many at once."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import aiohttp

from bot.replies.wording import load_wording
from tests.benchmarks.messages import LONG, LONG_TURNS, Conversation
from tests.benchmarks.server import Server

PATIENCE = aiohttp.ClientTimeout(total=60)


@dataclass
class Load:
    """What was measured: milliseconds of each message, seconds over all, processor seconds, and messages that got no true answer.

    ``late`` counts those that had no answer within WeChat's five seconds, for whatever reason.
    """

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    cpu: float = 0.0
    failed: list[str] = field(default_factory=list)
    late: int = 0

    @property
    def per_second(self) -> float:
        """Messages answered in a second."""
        return len(self.times) / self.seconds

    def add(self, other: Load) -> None:
        """Take in another round of the same load."""
        self.times += other.times
        self.seconds += other.seconds
        self.cpu += other.cpu
        self.failed += other.failed
        self.late += other.late


async def crowd(server: Server, talks: Sequence[Conversation], users: int) -> Load:
    """Hold the conversations, ``users`` of them at a time, each by a sender never seen before."""
    load, waiting = Load(), list(reversed(talks))
    connector = aiohttp.TCPConnector(limit=users)
    async with aiohttp.ClientSession(connector=connector, timeout=PATIENCE) as client:

        async def resident() -> None:
            while waiting:
                talk, sender = waiting.pop(), uuid.uuid4().hex
                for message in talk.messages:
                    load.times.append(await _timed(server, client, sender, message, talk.place, load.failed))

        started, cpu = time.perf_counter(), server.cpu()
        await asyncio.gather(*(resident() for _ in range(users)))
        load.seconds, load.cpu = time.perf_counter() - started, server.cpu() - cpu
    return load


async def long_talk(server: Server) -> Load:
    """One conversation of three hundred turns; ``times`` are in the order of the turns."""
    load, sender = Load(), uuid.uuid4().hex
    async with aiohttp.ClientSession(timeout=PATIENCE) as client:
        started = time.perf_counter()
        for turn in range(LONG_TURNS):
            load.times.append(await _timed(server, client, sender, LONG[turn % len(LONG)], "liaocheng", load.failed))
        load.seconds = time.perf_counter() - started
    return load


async def _timed(server: Server, client: aiohttp.ClientSession, sender: str, text: str, place: str | None, failed: list[str]) -> float:
    started = time.perf_counter()
    replies: list[dict[str, Any]] = []
    try:
        replies = await server.ask(client, sender, text, place)
    except (aiohttp.ClientError, asyncio.TimeoutError, RuntimeError) as error:
        failed.append(f"{text}: {error}")
    took = (time.perf_counter() - started) * 1000
    # The sentence that stands in for an answer costs nothing and must not count as a fast one.
    failed += [f"{text}: the safe sentence" for reply in replies if _safe() in str(reply.get("text"))]
    return took


@lru_cache(maxsize=1)
def _safe() -> str:
    return load_wording().say("safe").text
