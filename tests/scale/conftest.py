"""What the tests of many servers share: a Redis of their own, and servers in one process that meet there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from bot.channels.fleet.joining import Fleet, join
from tests.scale.meeting import begin, end
from tests.scale.redises import OwnRedis

Begin = Callable[[], Awaitable[Fleet]]


@pytest.fixture(scope="session")
def common_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    """One for all tests that leave it running."""
    own = OwnRedis(tmp_path_factory.mktemp("redis"))
    yield own
    own.stop()


@pytest.fixture
def calm_redis(common_redis: OwnRedis) -> OwnRedis:
    """An empty one."""
    common_redis.client.flushall()
    return common_redis


@pytest.fixture
def own_redis(tmp_path: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    """One for a test that stops it."""
    own = OwnRedis(tmp_path_factory.mktemp("redis"))
    yield own
    own.stop()


@pytest.fixture
async def server(calm_redis: OwnRedis) -> AsyncIterator[Begin]:
    """Begins one server more at the common Redis."""
    begun: list[Fleet] = []

    async def one() -> Fleet:
        begun.append(await begin(join(calm_redis.url)))
        return begun[-1]

    yield one
    for fleet in begun:
        await end(fleet)
