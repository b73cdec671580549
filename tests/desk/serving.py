"""The desk alone, served by a process over a database of its own, and a plain client for it. No model and no Rasa."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
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


class Served:
    """A desk in a process and on a port of its own; ``settings`` are added to its environment."""

    def __init__(self, **settings: str) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "tests.desk.serving", str(self.port)]
        self._process = subprocess.Popen(command, env={**os.environ, **settings}, cwd=paths.ROOT)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the desk did not start")

    def stop(self) -> None:
        """Stop serving."""
        self._process.terminate()
        self._process.wait(20)

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


def app() -> Sanic:
    """The desk and nothing else."""
    made = Sanic("desk_alone", configure_logging=False)
    made.config.FALLBACK_ERROR_FORMAT = "json"
    errors.install(made)
    made.blueprint(blueprint(world))
    return made


if __name__ == "__main__":
    app().run("127.0.0.1", int(sys.argv[1]), access_log=False, motd=False)
