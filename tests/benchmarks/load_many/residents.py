"""Residents who all talk at once, over a bounded number of connections: the next message goes out when the answer has come.

Every message goes to the server that has the fewest under way, in turn among equals, as the proxy in front of a fleet chooses (nginx'
``least_conn``), so no conversation stays at one. The time of a message is what its resident waits: for
a free connection, for the answer, for all of it to be read.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from typing import Protocol
from xml.sax.saxutils import escape

import aiohttp
from defusedxml.ElementTree import fromstring

from bot.channels.loaded import world
from bot.channels.wechat.wording import load_wording as wechat_wording
from bot.replies.wording import load_wording
from tests.benchmarks.load import PATIENCE, Load
from tests.benchmarks.load_many.plan import REST, WECHAT
from tests.benchmarks.messages import Conversation
from tests.benchmarks.server import Server

TOKEN = "luohuload"
ACCOUNT = "gh_97417a04a28d"
WECHAT_WAITS = 5.0
CONNECTIONS = 512
"""At most, to all servers together."""
APART = 0.002
"""Seconds between the first messages of two residents: a crowd, but not in the same millisecond."""
IDLE = 4.0
"""Seconds after which a connection is not used again; Sanic closes it after 5."""
_FIXED = ("safe", "unkept", "apart", "too_fast")


class Wire(Protocol):
    """How a message is brought and its answer read."""

    def opening(self, talk: Conversation) -> tuple[str, ...]:
        """All that is said in a conversation."""

    async def say(self, client: aiohttp.ClientSession, base: str, sender: str, text: str, place: str | None) -> bool:
        """Whether the message was answered; false where the resident was asked to come back for the answer.

        Raises:
            RuntimeError: there was no answer, or a fixed sentence instead of one.
            aiohttp.ClientError: there was none at all.
        """


class Rest:
    """Rasa's wire format, with a name for each message."""

    def opening(self, talk: Conversation) -> tuple[str, ...]:
        return talk.messages

    async def say(self, client: aiohttp.ClientSession, base: str, sender: str, text: str, place: str | None) -> bool:
        where = {"metadata": {"jurisdiction": place}} if place else {}
        body = {"sender": sender, "message": text, "message_id": uuid.uuid4().hex, **where}
        async with client.post(f"{base}/webhooks/rest/webhook", json=body) as answer:
            replies = await answer.json() if answer.status == 200 else None
        if not isinstance(replies, list) or not replies:
            raise RuntimeError(f"{answer.status} {str(replies)[:200]}")
        _refuse_fixed(" ".join(str(reply.get("text")) for reply in replies))
        return True


class Wechat:
    """The callback of an Official Account in plain mode, signed as WeChat signs it."""

    def __init__(self) -> None:
        self._ids = count(24_000_000_000_000_000)

    def opening(self, talk: Conversation) -> tuple[str, ...]:
        """A resident on WeChat says where they are, where a front end of one place would say it for them."""
        return (_place(talk.place), *talk.messages) if talk.place else talk.messages

    async def say(self, client: aiohttp.ClientSession, base: str, sender: str, text: str, place: str | None) -> bool:
        at, number = str(int(time.time())), next(self._ids)
        told = {"ToUserName": ACCOUNT, "FromUserName": sender, "CreateTime": at, "MsgType": "text", "Content": text, "MsgId": str(number)}
        body = "<xml>" + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in told.items()) + "</xml>"
        query = signed(at, str(number % 10**9)) | {"openid": sender}
        async with client.post(f"{base}/webhooks/wechat/webhook", params=query, data=body.encode()) as answer:
            raw = await answer.text()
        if answer.status != 200 or not raw.startswith("<xml>"):
            raise RuntimeError(f"{answer.status} {raw[:200]}")
        said = fromstring(raw).findtext("Content") or ""
        _refuse_fixed(said)
        return _wait_for_it() not in said


def signed(timestamp: str, nonce: str) -> dict[str, str]:
    """The query of a plain request."""
    told = "".join(sorted((TOKEN, timestamp, nonce)))
    return {"timestamp": timestamp, "nonce": nonce, "signature": hashlib.sha1(told.encode()).hexdigest()}


WIRES = {REST: Rest, WECHAT: Wechat}


async def crowd(servers: Sequence[Server], talks: Sequence[Conversation], users: int, wire: Wire, load: Load | None = None) -> Load:
    """Hold the conversations, ``users`` of them at a time, each by a sender never seen before; ``load`` can be watched meanwhile."""
    load, waiting, proxy = load or Load(), list(reversed(talks)), Proxy([server.base for server in servers])
    connector = aiohttp.TCPConnector(limit=min(users, CONNECTIONS), keepalive_timeout=IDLE)
    async with aiohttp.ClientSession(connector=connector, timeout=PATIENCE) as client:

        async def resident(number: int) -> None:
            await asyncio.sleep(number * APART)
            while waiting:
                talk, sender = waiting.pop(), uuid.uuid4().hex
                for text in wire.opening(talk):
                    with proxy.chosen() as base:
                        await _timed(wire, client, base, sender, text, talk.place, load)

        began, cpu = time.perf_counter(), _cpu(servers)
        await asyncio.gather(*(resident(n) for n in range(users)))
        load.seconds, load.cpu = time.perf_counter() - began, _cpu(servers) - cpu
    return load


class Proxy:
    """Chooses a server for each message."""

    def __init__(self, bases: Sequence[str]) -> None:
        """Nothing is under way."""
        self._under_way = dict.fromkeys(bases, 0)

    @contextmanager
    def chosen(self) -> Iterator[str]:
        """A server for a message that is under way as long as what is inside."""
        base = min(self._under_way, key=lambda one: self._under_way[one])
        # Put last, so that among equals the next one is chosen the next time.
        self._under_way[base] = self._under_way.pop(base) + 1
        try:
            yield base
        finally:
            self._under_way[base] -= 1


async def _timed(wire: Wire, client: aiohttp.ClientSession, base: str, sender: str, text: str, place: str | None, load: Load) -> None:
    began, answered = time.perf_counter(), False
    try:
        answered = await wire.say(client, base, sender, text, place)
    except (aiohttp.ClientError, asyncio.TimeoutError, RuntimeError) as error:
        load.failed.append(f"{text}: {type(error).__name__} {error}")
    took = time.perf_counter() - began
    load.times.append(took * 1000)
    load.late += not answered or took > WECHAT_WAITS


def _cpu(servers: Sequence[Server]) -> float:
    return sum(server.cpu() for server in servers)


def _refuse_fixed(text: str) -> None:
    for phrase, said in _fixed().items():
        if said in text:
            raise RuntimeError(f"the sentence {phrase!r} instead of an answer")


@lru_cache(maxsize=1)
def _fixed() -> dict[str, str]:
    wording = load_wording()
    return {phrase: wording.say(phrase).text for phrase in _FIXED}


@lru_cache(maxsize=1)
def _wait_for_it() -> str:
    wording = wechat_wording()
    return wording.say("wait", word=wording.word("kept"))


def _place(place: str) -> str:
    return world().packs.by_jurisdiction[place].identity.jurisdiction.name
