"""A bot as a process: started, waited for until it answers, measured from outside, stopped."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import aiohttp

START_WITHIN = 180.0


class Server:
    """One bot behind ``/webhooks/rest/webhook``; use as ``async with``."""

    def __init__(self, name: str, command: Sequence[str], folder: Path, environment: Mapping[str, str], port: int, log: Path) -> None:
        """Nothing is started yet."""
        self.name, self._command, self._folder, self._environment, self._log = name, list(command), folder, dict(environment), log
        self.base = f"http://127.0.0.1:{port}"
        self.url = f"{self.base}/webhooks/rest/webhook"
        self.started_in = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Server:
        """Start, and wait for the first answer.

        Raises:
            RuntimeError: it ended, or gave no answer in time; the log is named.
        """
        started = time.perf_counter()
        with self._log.open("wb") as output:
            self._process = subprocess.Popen(self._command, cwd=self._folder, env=self._environment, stdout=output,
                                             stderr=subprocess.STDOUT)
        async with aiohttp.ClientSession() as client:
            while time.perf_counter() - started < START_WITHIN:
                if self._process.poll() is not None:
                    raise RuntimeError(f"{self.name} ended with code {self._process.returncode}; see {self._log}")
                try:
                    if await self.ask(client, "bench-start", "你好"):
                        self.started_in = time.perf_counter() - started
                        return self
                except (aiohttp.ClientError, RuntimeError):
                    pass
                await asyncio.sleep(0.1)
        self._stop()
        raise RuntimeError(f"{self.name} did not answer within {START_WITHIN:.0f} s; see {self._log}")

    async def __aexit__(self, *_: Any) -> None:
        """Stop it."""
        self._stop()

    async def ask(self, client: aiohttp.ClientSession, sender: str, text: str, place: str | None = None) -> list[dict[str, Any]]:
        """Send a message; the replies.

        Raises:
            RuntimeError: the answer is no list of at least one reply with status 200.
            aiohttp.ClientError: there was no answer.
        """
        body = {"sender": sender, "message": text, **({"metadata": {"jurisdiction": place}} if place else {})}
        async with client.post(self.url, json=body) as answer:
            replies = await answer.json() if answer.status == 200 else None
            if not isinstance(replies, list) or not replies:
                raise RuntimeError(f"{self.name} answered {answer.status} {replies!r} to {text!r}")
            return replies

    def memory(self) -> float:
        """Resident memory of the process and its children, in MB."""
        assert self._process is not None, "not started"
        return sum(_rss(pid) for pid in _family(self._process.pid)) / 1024

    def cpu(self) -> float:
        """Seconds of processor time spent so far, by the process and its children; no neighbour on the machine changes it."""
        assert self._process is not None, "not started"
        return sum(_ticks(pid) for pid in _family(self._process.pid)) / os.sysconf("SC_CLK_TCK")

    def _stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int) -> list[int]:
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        children += [int(child) for child in task.read_text().split()]
    return [pid, *(p for child in children for p in _family(child))]


def _rss(pid: int) -> int:
    """Kilobytes; none for a process that has just ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")), 0)


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])
