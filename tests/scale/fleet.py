"""Three real servers on one database and one Redis, and a client that knows what to do when one of them fails it."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import sqlalchemy as sa

from bot.channels.secret import person
from bot.store import turns
from bot.store.conversations import CONVERSATIONS
from tests.postgres import empty_database
from tests.rest.serving import AS_OF, HOOK, Server
from tests.scale.redises import OwnRedis

SECRET = "the secret of three servers"
WECHAT_TOKEN = "luohu2026"
SERVERS = 3
BEGIN = "我在聊城租房住，能落户吗"
TELLING = {
    "我大专毕业": "education.level",
    "我是全日制的": "education.form",
    "我在聊城上班": "work.place",
    "我结婚了": "marital",
    "房东同意我落户": "rent.owner_consent",
    "租的房子上没有别人的户口": "rent.register_empty",
    "我签了租房合同": "rent.contract",
    "合同备案了": "rent.filing",
    "我有高级技工证": "skill.certificate",
    "我有中级职称": "title.level",
    "我当过兵": "veteran",
    "我是留学回来的": "returnee",
    "租的是公租房": "public.type",
    "我有营业执照": "business.license",
    "我的社保交在聊城": "insurance.place",
    "我老家是聊城的": "origin.place",
    "我想落在城区": "wish.area",
    "租的房子有房产证": "rent.title_paper",
    "我租的是单元房": "rent.unit",
    "我是紧缺人才": "talent.urgent",
}
"""Twenty messages of one screening, each with the fact it tells whatever was told before."""


@dataclass
class Told:
    """One message and what became of it: the answer as the client got it, the server that gave it, how often it was sent."""

    name: str
    text: str
    answer: list[dict[str, Any]]
    server: int
    tries: int


@dataclass
class Trio:
    """The servers; ``redis`` and ``database`` are what they share."""

    servers: list[Server]
    redis: OwnRedis
    database: str
    answered: int = 0
    _names: Iterator[int] = field(default_factory=itertools.count)

    async def under_load(self, more: int) -> None:
        """Until so many more messages have been answered: in the middle of what has been sent, however fast the machine is."""
        wanted = self.answered + more
        while self.answered < wanted:
            await asyncio.sleep(0.005)

    @property
    def ports(self) -> list[int]:
        return [server.port for server in self.servers]

    async def send(self, session: aiohttp.ClientSession, sender: str, text: str, first: int, seconds: float = 90) -> Told:
        """Send a message to a server, and under the same name to the next one where that fails, until it is answered."""
        name = f"m{next(self._names)}"
        body = {"sender": sender, "message": text, "message_id": name, "metadata": {"jurisdiction": "liaocheng", "as_of": AS_OF}}
        until = time.monotonic() + seconds
        for tries in itertools.count(1):
            server = (first + tries - 1) % len(self.servers)
            try:
                async with session.post(f"http://127.0.0.1:{self.ports[server]}{HOOK}", json=body) as answer:
                    if answer.status == 200:
                        self.answered += 1
                        return Told(name, text, await answer.json(), server, tries)
                    assert answer.status == 503, await answer.text()
            except (aiohttp.ClientError, ConnectionError, asyncio.TimeoutError):
                pass
            assert time.monotonic() < until, f"{name} was never answered"
            await asyncio.sleep(0.05)
        raise AssertionError

    async def burst(self, session: aiohttp.ClientSession, sender: str, order: int) -> list[Told]:
        """Twenty messages at once, spread over the servers, after one that begins the screening."""
        begun = await self.send(session, sender, BEGIN, order)
        texts = shuffled(order)
        return [begun, *await asyncio.gather(*(self.send(session, sender, text, n) for n, text in enumerate(texts)))]

    async def row(self, session: aiohttp.ClientSession, sender: str, order: int) -> list[Told]:
        """The same messages one after the other, each to the next server, as a person would."""
        return [await self.send(session, sender, text, order + n) for n, text in enumerate([BEGIN, *shuffled(order)])]

    def journal(self, sender: str) -> list[turns.Turn]:
        """What was kept of a sender's messages, in the order in which they were handled."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(turns.TURNS).where(turns.TURNS.c.sender == person(sender)).order_by(turns.TURNS.c.id)).all()
        return [
            turns.Turn(id=r.id, sender=r.sender, channel=r.channel, said=turns.unpack(r.said), how=turns.unpack(r.how), key=r.key, at=r.at)
            for r in rows
        ]

    def told(self, sender: str) -> dict[str, Any]:
        """The facts of the sender's own screening as they are in the database."""
        with self._engine.connect() as connection:
            state = connection.execute(sa.select(CONVERSATIONS.c.state).where(CONVERSATIONS.c.sender == sender)).scalar()
        return facts_in(json.loads(state)) if state else {}

    @property
    def _engine(self) -> sa.engine.Engine:
        return sa.create_engine(self.database, poolclass=sa.pool.NullPool)

    def kill(self, number: int) -> None:
        """kill -9."""
        process = self.servers[number].process
        assert process
        process.send_signal(signal.SIGKILL)
        process.wait()

    def start(self, *numbers: int) -> None:
        """Start servers, several at once."""
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda number: self.servers[number].start(), numbers))


def facts_in(state: dict[str, Any] | None) -> dict[str, Any]:
    """The facts of the own screening in a snapshot of a conversation."""
    kept = ((state or {}).get("slots") or {}).get("conversation") or {}
    return facts_of(json.loads(kept) if isinstance(kept, str) else kept)


def facts_of(conversation: dict[str, Any]) -> dict[str, Any]:
    """The facts of the own screening in a conversation, as the slot and the journal hold it."""
    return next((case.get("told", {}) for case in conversation.get("cases", ()) if case["person"] == "self"), {})


def shuffled(order: int) -> list[str]:
    """The twenty messages in an order of their own."""
    texts = list(TELLING)
    random.Random(order).shuffle(texts)
    return texts


@contextmanager
def trio(folder: Path, database: str) -> Iterator[Trio]:
    """Three servers that are ready; ``database`` is ``PostgreSQL``, or ``SQLite`` for servers of one machine."""
    own = OwnRedis(folder)
    settings = {
        "DATABASE_URL": empty_database("scale") if database == "PostgreSQL" else f"sqlite:///{folder / 'together.db'}",
        "REDIS_URL": own.url,
        "LUOHU_SECRET": SECRET,
        "LUOHU_WECHAT_TOKEN": WECHAT_TOKEN,
    }
    servers = [Server(folder / str(number), settings=settings, within=800) for number in range(SERVERS)]
    for server in servers:
        server.folder.mkdir()
    running = Trio(servers, own, settings["DATABASE_URL"])
    try:
        running.start(*range(SERVERS))
        yield running
    finally:
        for server in servers:
            if server.process and server.process.poll() is None:
                server.process.kill()
                server.process.wait()
        own.stop()
