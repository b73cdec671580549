"""Joining the other servers: the Redis is looked at before anything else starts, and what is wrong with it is said."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

import redis
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError, ResponseError

from bot.channels.fleet.bucket import Bucket
from bot.channels.fleet.link import ANSWER, SECRET, SECRET_LASTS, Link, mark_of_secret
from bot.channels.fleet.memory import FleetMemory
from bot.channels.fleet.turns import Calls, FleetTurns
from bot.channels.memory import Kind, Memory
from bot.channels.shared import Limit, Turns

logger = logging.getLogger("luohu.fleet")
T = TypeVar("T")

OLDEST = (6, 2)
"""The Redis that has every command used here."""
_SCHEMES = ("redis", "rediss", "unix")


class Fleet:
    """The servers that share a Redis, seen from one of them."""

    def __init__(self, link: Link) -> None:
        """Nothing is asked yet."""
        self.link = link
        self._turns: dict[str, FleetTurns] = {}

    def turns(self, purpose: str) -> Turns:
        """The turns of one purpose."""
        return self._turns.setdefault(purpose, FleetTurns(self.link, purpose))

    def limit(self, purpose: str, burst: float, per_second: float) -> Limit:
        """A limit counted by all servers together."""
        return Bucket(self.link, purpose, burst, per_second)

    def memory(self, kind: Kind[T], now: Callable[[], float] | None = None) -> Memory[T]:
        """A memory of all servers; the time is Redis' own."""
        return FleetMemory(self.link, kind)

    def readiness(self) -> dict[str, bool]:
        """Whether Redis has answered lately."""
        return {"redis": self.link.alive}

    async def run(self) -> None:
        """Give signs of life, and hear which ticket's turn it is, until cancelled. The signs go on for what is still to be finished."""
        self.link.open()
        await Calls(self.link, self._turns).listen()

    async def close(self) -> None:
        """Finish leaving the queues, and be gone."""
        for turns in self._turns.values():
            await turns.settle()
        await self.link.close()


def join(url: str) -> Fleet:
    """The servers that share this Redis.

    Raises:
        RuntimeError: it cannot be used; the message says how to mend it and holds no password.
    """
    where = shown(url)
    try:
        asked = redis.Redis.from_url(url, decode_responses=True, socket_timeout=ANSWER, socket_connect_timeout=ANSWER)
    except ValueError as error:
        raise RuntimeError(f"REDIS_URL cannot be used ({error}); write it as redis://:password@host:6379/0") from None
    try:
        _check(asked, where)
    except (AuthenticationError, NoPermissionError) as error:
        raise RuntimeError(f"the Redis at {where} lets nobody in ({error}); correct the name and password in REDIS_URL") from None
    except (RedisError, OSError) as error:
        raise RuntimeError(
            f"the Redis at {where} cannot be used ({type(error).__name__}: {error}); start it or correct REDIS_URL, "
            "or leave REDIS_URL out where this is the only server"
        ) from None
    finally:
        asked.close()
    return Fleet(Link(url))


def shown(url: str) -> str:
    """The address as a person may read it: without name and password."""
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES:
        raise RuntimeError("REDIS_URL is no address of a Redis; write it as redis://:password@host:6379/0")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _check(asked: redis.Redis, where: str) -> None:
    """That the Redis takes what is to be written and is shared by servers of one secret only."""
    version = asked.info("server")["redis_version"]
    if tuple(int(part) for part in str(version).split(".")[:2]) < OLDEST:
        raise RuntimeError(f"the Redis at {where} is {version}; take {'.'.join(map(str, OLDEST))} or a newer one")
    asked.set(SECRET, mark_of_secret(), px=SECRET_LASTS, nx=True)
    if asked.get(SECRET) != mark_of_secret():
        raise RuntimeError(
            f"other servers use the Redis at {where} with another secret, so they would not know a person again; give all of them "
            f"the same LUOHU_SECRET (a new one: end all of them, and wait {SECRET_LASTS // 1000} seconds)"
        )
    try:
        policy = asked.config_get("maxmemory-policy").get("maxmemory-policy", "noeviction")
    except ResponseError:
        return  # a managed Redis may not tell
    if policy != "noeviction":
        logger.warning("the Redis at %s drops keys when it is full (maxmemory-policy %s); choose noeviction", where, policy)
