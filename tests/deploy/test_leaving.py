"""A server asked to end is red at once, answers what it has begun, and ends by itself with 0."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import paths
from bot.channels.stopping import linger
from tests.rest.serving import free_port

Begin = Callable[..., "Leaving"]


class Leaving:
    """A process of ``tests/deploy/leaving.py``."""

    def __init__(self, kept: Path, seconds: str) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "tests.deploy.leaving", str(self.port), str(kept)]
        environment = {**os.environ, "LUOHU_LINGER": seconds}
        self.process = subprocess.Popen(command, cwd=paths.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(300):
            try:
                if self.ask("/readyz")[0] == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, path: str, connection: http.client.HTTPConnection | None = None) -> tuple[int, dict[str, bool], str | None]:
        connection = connection or self.connect()
        connection.request("GET", path)
        got = connection.getresponse()
        return got.status, json.loads(got.read()), got.getheader("connection")

    def leave(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def ended(self) -> str:
        """The output of a server that ended by itself, well within the bound, with 0."""
        output, _ = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, output.decode()
        return output.decode()


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    begun: list[Leaving] = []

    def _begin(seconds: str = "0") -> Leaving:
        begun.append(Leaving(tmp_path / "kept", seconds))
        return begun[-1]

    yield _begin
    for one in begun:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


def test_nothing_to_do_ends_at_once(begin: Begin) -> None:
    server = begin()
    idle = server.connect()
    assert server.ask("/readyz", idle)[2] == "keep-alive"  # a client that keeps its connection holds nothing up
    server.leave()
    output = server.ended()
    assert "luohu is asked to end" in output
    assert "luohu has ended." in output


def test_what_was_begun_is_answered_and_the_connection_closed_after_it(begin: Begin) -> None:
    server = begin()
    connection = server.connect()
    connection.request("GET", "/slow")
    time.sleep(0.5)
    server.leave()
    got = connection.getresponse()
    assert got.status == 200
    assert json.loads(got.read()) == {"answered": True}
    assert got.getheader("connection") == "close"
    server.ended()


def test_work_beside_the_requests_is_done_before_the_end(begin: Begin, tmp_path: Path) -> None:
    server = begin()
    assert server.ask("/late")[0] == 200
    server.leave()
    server.ended()
    assert (tmp_path / "kept").read_text() == "kept"


def test_a_server_that_lingers_is_red_and_still_answers(begin: Begin) -> None:
    server = begin("3")
    server.leave()
    time.sleep(0.5)
    assert server.ask("/readyz") == (503, {"model": True, "staying": False}, "close")
    assert server.ask("/slow")[0] == 200
    server.ended()
    with pytest.raises(OSError):
        server.connect().connect()


@pytest.mark.parametrize("given", ["", "-1", "1e3", "301", "ten", "١", "nan"])
def test_a_wrong_linger_is_refused_by_name(given: str) -> None:
    with pytest.raises(RuntimeError, match="LUOHU_LINGER is .*; use a number of seconds from 0 to 300"):
        linger({"LUOHU_LINGER": given})


def test_linger_is_a_number_of_seconds() -> None:
    assert [linger({}), linger({"LUOHU_LINGER": "2.5"}), linger({"LUOHU_LINGER": "300"})] == [0.0, 2.5, 300.0]
