"""Deployments as they are run for the bench: servers one by one, and what they share."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import psycopg2
from prometheus_client.parser import text_string_to_metric_families

from tests.benchmarks.bots import luohu
from tests.benchmarks.load_many.plan import POSTGRES, SQLITE, Deployment
from tests.benchmarks.load_many.residents import TOKEN
from tests.benchmarks.server import Server
from tests.postgres import POSTGRES as ADDRESS
from tests.postgres import empty_database
from tests.scale.redises import OwnRedis

_COMMON = {"LUOHU_SECRET": "the secret of the load bench", "LUOHU_WECHAT_TOKEN": TOKEN, "LUOHU_LOG": "json"}
_KEPT = ("turns", "turn_replies", "conversations")


class Fleet:
    """Servers of one backing, begun as they are needed; what they keep goes on."""

    def __init__(self, backing: str, folder: Path, stack: AsyncExitStack) -> None:
        """An empty database, and a Redis of its own, where the backing needs them; ended with ``stack``.

        Raises:
            RuntimeError: one of them is missing; the message says how to start it.
        """
        self.servers: list[Server] = []
        self.database: str | None = None
        self._backing = "-".join(backing.lower().split(" + "))
        self._folder, self._stack = folder, stack
        self._settings: Mapping[str, str] = _COMMON
        if backing != SQLITE:
            _redis_there()
            redis = OwnRedis(folder)
            stack.callback(redis.stop)
            self._settings = {**_COMMON, "REDIS_URL": redis.url, "DATABASE_URL": f"sqlite:///{folder / 'together.db'}"}
        if backing == POSTGRES:
            _postgres_there()
            self.database = empty_database("bench")
            self._settings = {**self._settings, "DATABASE_URL": self.database}

    async def grown(self, deployment: Deployment) -> list[Server]:
        """The servers of a deployment; those that are missing are begun."""
        while len(self.servers) < deployment.servers:
            server = luohu(self._folder, self._settings, f"luohu-{self._backing}-{len(self.servers) + 1}")
            self.servers.append(await self._stack.enter_async_context(server))
        return self.servers[: deployment.servers]

    def size(self) -> str:
        """What PostgreSQL keeps of each turn, indexes included; empty for another database."""
        if not self.database:
            return ""
        connection = psycopg2.connect(self.database)
        with connection, connection.cursor() as cursor:
            cursor.execute("select (select count(*) from turns), (select count(*) from conversations)")
            turns, people = cursor.fetchone()
            sizes = []
            for table in _KEPT:
                cursor.execute("select pg_total_relation_size(%s)", (table,))
                sizes.append(int(cursor.fetchone()[0]))
        connection.close()
        journal = (sizes[0] + sizes[1]) / max(1, turns)
        return (
            f"PostgreSQL: {turns:,} turns of {people:,} conversations; {journal:,.0f} bytes for each turn (journal), "
            f"{sizes[2] / max(1, people):,.0f} bytes for each conversation, indexes included"
        )


@asynccontextmanager
async def fleet(backing: str, folder: Path) -> AsyncIterator[Fleet]:
    """A fleet without a server yet."""
    async with AsyncExitStack() as stack:
        yield Fleet(backing, folder, stack)


async def stages(server: Server) -> dict[str, tuple[float, float]]:
    """Seconds and messages so far by stage, as ``/metrics`` has them."""
    async with aiohttp.ClientSession() as client, client.get(f"{server.base}/metrics") as answer:
        told = await answer.text()
    samples = [sample for family in text_string_to_metric_families(told) for sample in family.samples]
    answered = sum(sample.value for sample in samples if sample.name == "luohu_answer_seconds_count")  # one for every channel
    return {sample.labels["stage"]: (sample.value, answered) for sample in samples if sample.name == "luohu_stage_seconds_sum"}


def each(before: Mapping[str, tuple[float, float]], after: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Milliseconds of a message by stage between two readings."""
    return {stage: 1000 * (spent - before[stage][0]) / max(1.0, answered - before[stage][1]) for stage, (spent, answered) in after.items()}


def _redis_there() -> None:
    if shutil.which("redis-server") is None:
        raise RuntimeError("there is no redis-server; install one (apt-get install redis-server)")


def _postgres_there() -> None:
    try:
        psycopg2.connect(f"{ADDRESS}/postgres", connect_timeout=3).close()
    except psycopg2.OperationalError as error:
        raise RuntimeError(
            f"no PostgreSQL at {ADDRESS} ({str(error).splitlines()[0]}); start one, or name another in LUOHU_TEST_POSTGRES"
        ) from error
