"""The desk alone, served from a thread over a database of its own, and a plain client for it. No model and no Rasa."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from sanic import Sanic

from bot import paths
from bot.channels import errors
from bot.channels.loaded import world
from bot.desk.server import blueprint


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Process:
    """A desk in a process of its own, with more settings in its environment (Sanic serves one app a process)."""

    def __init__(self, **settings: str) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "tests.desk.serving", str(self.port)]
        self._process = subprocess.Popen(command, env={**os.environ, **settings}, cwd=paths.ROOT)
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the desk did not start")

    def stop(self) -> None:
        """Stop serving."""
        self._process.terminate()
        self._process.wait(10)


class Served:
    """A desk on a port of its own, until :meth:`stop`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.app = Sanic(f"desk_{self.port}", configure_logging=False)
        self.app.config.FALLBACK_ERROR_FORMAT = "json"
        errors.install(self.app)
        self.app.blueprint(blueprint(world))
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(30)

    def _run(self) -> None:
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        # As many connections as a browser opens; the loop belongs to this thread alone.
        server = self._loop.run_until_complete(
            self.app.create_server(host="127.0.0.1", port=self.port, return_asyncio_server=True, access_log=False)
        )
        self._loop.run_until_complete(server.startup())
        self._loop.run_until_complete(server.start_serving())
        self._ready.set()
        self._loop.run_forever()

    def stop(self) -> None:
        """Stop serving."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.raw)

    @property
    def code(self) -> str:
        """The code of an error."""
        return str(self.json["error"]["code"])


@dataclass
class Client:
    """A browser without a page: keeps its cookie, sends the token once it has read it."""

    port: int
    cookie: str | None = None
    csrf: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request to ``/desk`` + path."""
        sent = {**self.headers, **{k.replace("_", "-"): v for k, v in headers.items()}}
        if self.cookie:
            sent["cookie"] = f"luohu_desk={self.cookie}"
        if self.csrf and method != "GET":
            sent.setdefault("x-luohu-csrf", self.csrf)
        raw = None
        if body is not None:
            sent.setdefault("content-type", "application/json")
            raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        while True:
            answer = self._once(method, path, raw, sent)
            if answer.status != 429 or answer.code != "too_fast":  # a test is faster than people are
                return answer
            time.sleep(0.2)

    def _once(self, method: str, path: str, raw: bytes | None, sent: Mapping[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, quote(f"/desk{path}", safe="/?=&%<>"), raw, dict(sent))
            found = connection.getresponse()
            return Answer(found.status, {k.lower(): v for k, v in found.getheaders()}, found.read())
        finally:
            connection.close()

    def get(self, path: str) -> Any:
        """A read that must succeed."""
        answer = self.ask("GET", path)
        assert answer.status == 200, (path, answer.status, answer.raw[:300])
        return answer.json

    def post(self, path: str, body: Any) -> Any:
        """A write that must succeed."""
        answer = self.ask("POST", path, body)
        assert answer.status == 200, (path, answer.status, answer.raw[:300])
        return answer.json

    def sign_in(self, name: str, password: str) -> Answer:
        """Sign in, keep the cookie, read the token."""
        answer = self.ask("POST", "/api/sign-in", {"name": name, "password": password})
        if answer.status == 200:
            self.cookie = answer.headers["set-cookie"].split("luohu_desk=")[1].split(";")[0]
            self.csrf = self.get("/api/me")["csrf"]
        return answer


if __name__ == "__main__":
    app = Sanic("desk_process", configure_logging=False)
    errors.install(app)
    app.blueprint(blueprint(world))
    app.run("127.0.0.1", int(sys.argv[1]), access_log=False, motd=False)
