"""The way to the Redis that the servers share, and this server's sign of life in it.

A server is alive while its key exists. The key is set anew several times a second from a thread of its own, so that a slow statement
on the event loop is not taken for a death; a server that is killed, cut off or stopped is dead :data:`LASTS` seconds later, and with it
every ticket it holds (``turns.py``). So nothing has to be renewed for each message, and what a dead server leaves behind is worth nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import secrets
import threading
import time
from typing import Any

import redis
from redis import asyncio as aioredis

from bot.channels.fleet.wire import FAILURES, Wire
from bot.channels.secret import keyed_hash

logger = logging.getLogger("luohu.fleet")

LASTS = 3.0
"""Seconds after its last sign of life at which a server is taken for dead."""
EVERY = 0.6
"""Seconds between two signs of life."""
STALLED = 20.0
"""Seconds without a move of the event loop after which a server no longer counts itself alive."""
ANSWER = 2.0
"""Seconds that a command may take; WeChat's answer has four."""
PREFIX = "luohu:"
SECRET, SECRET_LASTS = f"{PREFIX}secret", 60_000
"""The key that tells which secret the servers share, and for how many milliseconds after the last sign of life."""


def name(purpose: str, person: str) -> str:
    """The key of something about a person: a keyed hash, which nobody can turn back."""
    return f"{PREFIX}{purpose}:{keyed_hash('redis ' + purpose, person)[:40]}"


def mark_of_secret() -> str:
    """The same for all servers that have the same secret; it does not tell the secret."""
    return keyed_hash("redis", "the secret of the servers")


class Link:
    """This server's way to Redis. ``server`` is its name there, a new one for every start."""

    def __init__(self, url: str, lasts: float = LASTS) -> None:
        """Nothing is opened before :meth:`open`."""
        self.server = secrets.token_hex(8)
        self._lasts, self._every = lasts, min(EVERY, lasts / 4)
        options: dict[str, Any] = {"decode_responses": True, "socket_timeout": ANSWER, "socket_connect_timeout": ANSWER}
        self.client = aioredis.Redis.from_url(url, **options)
        self.wire = Wire(self.client, lambda: self.alive)
        self._beating = redis.Redis.from_url(url, **options)
        self._numbers = itertools.count(1)
        self._seen = -lasts
        self._moved = 0.0
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def sign(self) -> str:
        """The key that exists while this server is alive."""
        return f"{PREFIX}server:{self.server}"

    @property
    def milliseconds(self) -> int:
        """How long a sign of life lasts."""
        return int(self._lasts * 1000)

    @property
    def alive(self) -> bool:
        """Whether the others take this server for alive, as far as it knows."""
        return time.monotonic() - self._seen < self._lasts

    def ticket(self) -> str:
        """A name for one message at this server, which no other message has."""
        return f"{self.server}:{next(self._numbers)}"

    def open(self) -> None:
        """Give signs of life from now on. Called on the event loop, once."""
        self._moved = time.monotonic()
        loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._beat, args=(loop,), name="sign of life", daemon=True)
        self._sign()
        self._thread.start()

    async def close(self) -> None:
        """Be gone for the others at once."""
        self._over.set()
        if self._thread:
            await asyncio.get_running_loop().run_in_executor(None, self._thread.join, ANSWER + 1)
        await self.wire.drained()
        with contextlib.suppress(*FAILURES):  # it ends by itself
            await self.client.delete(self.sign)
        self._seen = -self._lasts
        await self.client.close(close_connection_pool=True)

    def _beat(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._over.wait(self._every):
            try:
                loop.call_soon_threadsafe(self._move)
            except RuntimeError:  # the loop is closed
                return
            if time.monotonic() - self._moved < STALLED:
                self._sign()

    def _move(self) -> None:
        self._moved = time.monotonic()

    def _sign(self) -> None:
        asked = time.monotonic()
        was = self.alive
        try:
            with self._beating.pipeline(transaction=False) as signs:
                signs.set(self.sign, 1, px=self.milliseconds).set(SECRET, mark_of_secret(), px=SECRET_LASTS).execute()
        except FAILURES as error:
            if was and not self.alive:
                logger.error("Redis is away (%s): nothing is handled until it is back", type(error).__name__)
            return
        if not was and self._seen > 0:
            logger.warning("Redis is back")
        self._seen = asked  # counted from the question: the key lasts at least as long as is believed here
