"""A real server process on a port of its own, with a database and a log of its own, and a plain HTTP client for it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot import paths

HOOK = "/webhooks/rest/webhook"
AS_OF = "2026-11-22"
# A start trains first where no model is there yet, for instance when this suite is run by itself in a fresh clone.
START_WITHIN = 280.0
STOP_WITHIN = 20.0


@dataclass(frozen=True)
class Answer:
    """What came back: status, content type, the raw body and the JSON in it (``None`` where it is none)."""

    status: int
    content_type: str
    raw: bytes
    json: Any

    @property
    def error(self) -> dict[str, Any]:
        """The error object, checked for its form."""
        assert isinstance(self.json, dict), self.raw[:300]
        assert set(self.json) == {"error"}
        error: dict[str, Any] = self.json["error"]
        assert set(error) == {"code", "message", "path"}
        assert all(isinstance(v, str) for v in error.values())
        assert error["code"]
        assert error["message"]
        assert "Traceback" not in error["message"]
        return error


@dataclass
class Server:
    """``luohu serve`` in a process of its own; everything it keeps lies under ``folder``, unless ``settings`` say otherwise."""

    folder: Path
    port: int = 0
    settings: Mapping[str, str] = field(default_factory=dict)
    within: float = START_WITHIN
    process: subprocess.Popen[bytes] | None = None
    _articles: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        """Everything the server wrote to standard error: its log."""
        return self.folder / "server.log"

    @property
    def printed(self) -> Path:
        """Everything the server wrote to standard output."""
        return self.folder / "server.out"

    def start(self) -> None:
        """Start, and wait until the server says that it is ready."""
        self.port = self.port or free_port()
        own = {"DATABASE_URL": f"sqlite:///{self.folder / 'luohu.db'}", "LUOHU_RATE": "0", "PYTHONUNBUFFERED": "1", **self.settings}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LUOHU_")} | own
        with self.log.open("ab") as log, self.printed.open("ab") as printed:
            self.process = subprocess.Popen(serve_command(self.port), cwd=paths.ROOT, env=environment, stdout=printed, stderr=log)
        began = time.monotonic()
        while time.monotonic() - began < self.within:
            assert self.process.poll() is None, f"the server ended:\n{self.tail()}"
            try:
                if self.get("/readyz").status == 200:
                    return
            except (ConnectionError, OSError, http.client.HTTPException):
                pass
            time.sleep(0.2)
        raise AssertionError(f"not ready within {self.within:.0f} s:\n{self.tail()}")

    def stop(self) -> int:
        """Ask the process to end, and return its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError(f"the server did not end within {STOP_WITHIN:.0f} s") from None
        return self.process.returncode

    def tail(self) -> str:
        """The end of what it printed and of its log."""
        return "".join(f.read_text(encoding="utf-8", errors="replace")[-3000:] for f in (self.printed, self.log) if f.exists())

    def kept(self) -> bytes:
        """Every byte the server has written: database, write-ahead log and log file."""
        return b"".join(f.read_bytes() for f in sorted(self.folder.rglob("*")) if f.is_file())

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """One request; the path goes out as it is given."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers={"Content-Type": "application/json", **(headers or {})})
            got = connection.getresponse()
            raw = got.read()
            kind = got.getheader("Content-Type") or ""
            return Answer(got.status, kind, raw, json.loads(raw) if "json" in kind else None)
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        """GET."""
        return self.ask("GET", path)

    def post(self, path: str, body: Any) -> Answer:
        """POST as JSON; bytes go out as they are."""
        return self.ask("POST", path, body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode())

    def article(self, url: str) -> str:
        """The text of the article at the address that a citation gives."""
        if url not in self._articles:
            answer = self.get(quote(url, safe="/:%"))
            assert answer.status == 200, (url, answer.raw[:200])
            self._articles[url] = answer.json["text"]
        return self._articles[url]

    def talk(self, place: str | None = None, sender: str | None = None) -> Talk:
        """A conversation of a new sender."""
        return Talk(self, sender or f"rest-{uuid.uuid4().hex}", {"as_of": AS_OF, **({"jurisdiction": place} if place else {})})


@dataclass
class Talk:
    """One sender's conversation over the wire."""

    server: Server
    sender: str
    metadata: dict[str, Any]

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send a message; the replies, checked for the wire format."""
        answer = self.server.post(HOOK, {"sender": self.sender, "message": text, "metadata": self.metadata})
        assert answer.status == 200, answer.raw[:500]
        assert isinstance(answer.json, list)
        assert answer.json, "an empty list"
        assert all(m["recipient_id"] == self.sender for m in answer.json)
        replies: list[dict[str, Any]] = answer.json
        return replies

    def screening(self, text: str) -> dict[str, Any]:
        """Send a message; the last screening in the answer."""
        found = [m["custom"]["screening"] for m in self.say(text) if m["custom"]["screening"]]
        assert found, f"no screening after {text!r}"
        screening: dict[str, Any] = found[-1]
        return screening


def serve_command(port: int) -> list[str]:
    """The command that serves on a port."""
    return [sys.executable, "-m", "bot.cli", "serve", "--host", "127.0.0.1", "--port", str(port)]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
