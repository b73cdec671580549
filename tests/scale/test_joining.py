"""A Redis that cannot be used is refused before anything is loaded: what, where (without the password), how to mend it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bot import paths
from bot.channels.fleet.joining import join
from bot.channels.shared import Alone, shared_from_environment
from tests.scale.redises import PASSWORD, OwnRedis


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    own = OwnRedis(tmp_path_factory.mktemp("redis"), PASSWORD)
    yield own
    own.stop()


def test_without_an_address_a_server_is_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for value in (None, "", " "):
        monkeypatch.delenv("REDIS_URL", raising=False)
        if value is not None:
            monkeypatch.setenv("REDIS_URL", value)
        assert isinstance(shared_from_environment(), Alone)


@pytest.mark.parametrize("url", ["localhost:6379", "http://localhost", "redis", "memcached://x", "redis://localhost:port/0"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(RuntimeError, match="write it as redis://:password@host:6379/0"):
        join(url)


def test_a_redis_that_is_not_there(common_redis: OwnRedis) -> None:
    url = "redis://:very-secret-9@127.0.0.1:1/3"
    with pytest.raises(RuntimeError, match=r"the Redis at redis://127.0.0.1:1/3 cannot be used \(ConnectionError.*start it") as refused:
        join(url)
    assert PASSWORD not in str(refused.value)


def test_a_wrong_password(locked: OwnRedis) -> None:
    for wrong in ("", ":wrong-one-7@"):
        url = f"redis://{wrong}127.0.0.1:{locked.port}/0"
        with pytest.raises(RuntimeError, match="lets nobody in .* correct the name and password in REDIS_URL") as refused:
            join(url)
        assert "wrong-one-7" not in str(refused.value)
    join(locked.url)


def test_a_redis_that_hangs(own_redis: OwnRedis) -> None:
    own_redis.hold()
    began = time.monotonic()
    with pytest.raises(RuntimeError, match="cannot be used"):
        join(own_redis.url)
    assert time.monotonic() - began < 15
    own_redis.go_on()


def test_servers_with_different_secrets_do_not_meet(calm_redis: OwnRedis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUOHU_SECRET", "the secret of the first server")
    join(calm_redis.url)
    join(calm_redis.url)
    monkeypatch.setenv("LUOHU_SECRET", "another secret, by mistake")
    with pytest.raises(RuntimeError, match="give all of them the same LUOHU_SECRET"):
        join(calm_redis.url)


def test_the_command_refuses_with_1_and_a_message(locked: OwnRedis) -> None:
    environment = {**os.environ, "REDIS_URL": f"redis://:wrong-one-7@127.0.0.1:{locked.port}/0"}
    command = [sys.executable, "-m", "bot.cli", "serve", "--port", "6299"]
    done = subprocess.run(command, cwd=paths.ROOT, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert re.fullmatch(r"luohu serve: the Redis at redis://127\.0\.0\.1:\d+/0 lets nobody in .*\n", done.stderr)
    assert "wrong-one-7" not in done.stdout + done.stderr
