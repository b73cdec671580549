"""A server as the unit starts it: its very ExecStart line, its environment, and what can be had of its confinement without systemd."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import paths
from bot.channels.stopping import FINISH_WITHIN
from tests.rest.serving import START_WITHIN

UNIT = paths.ROOT / "deploy" / "systemd" / "luohu@.service"
# Read-only files, no capabilities and no way to new ones, a /tmp of its own: what the unit asks of systemd, by hand.
_CONFINED = (
    'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && mount -o remount,ro,bind / && mount -t tmpfs tmpfs "$1" && shift '
    '&& exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all -- "$@"'
)


def unit(name: str) -> list[str]:
    """The values of a setting of the unit."""
    return re.findall(rf"^{name}=(.*)$", UNIT.read_text(encoding="utf-8"), re.MULTILINE)


def can_be_confined() -> bool:
    """Whether a process may be given a view of the files of its own here."""
    return os.geteuid() == 0 and subprocess.run(["unshare", "--mount", "true"], check=False, capture_output=True).returncode == 0


@dataclass
class Unit:
    """``luohu@PORT.service`` of the project under ``root``; the settings are those of its EnvironmentFile."""

    root: Path
    folder: Path
    port: int
    settings: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; :meth:`ready` waits."""
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / "tmp"
        temporary.mkdir(exist_ok=True)
        (line,) = unit("ExecStart")
        words = [w.replace("%i", str(self.port)) for w in shlex.split(line)]
        # The program is the environment's script; run with -m, it takes the project of the working directory.
        assert words[0] == "/opt/luohu/.venv/bin/luohu"
        command = [sys.executable, "-m", "bot.cli", *words[1:]]
        if can_be_confined():
            command = ["unshare", "--mount", "sh", "-c", _CONFINED, str(self.root), str(temporary), *command]
        (fixed,) = unit("Environment")
        environment = dict(part.split("=", 1) for part in shlex.split(fixed))
        environment |= {"PATH": os.environ["PATH"], "HOME": str(temporary), "TMPDIR": str(temporary)} | self.settings
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.root, env=environment, stdout=log, stderr=subprocess.STDOUT)

    def ready(self) -> None:
        """Wait until ``/readyz`` is green."""
        assert self.process is not None
        until = time.monotonic() + START_WITHIN
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log
            try:
                if self.ask("GET", "/readyz")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(0.2)
        raise AssertionError(self.log)

    def stop(self) -> float:
        """``systemctl stop``: SIGTERM, an end by itself within the bound, exit code 0; the seconds it took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(FINISH_WITHIN + 20) == 0, self.log
        assert "luohu has ended." in self.log
        return time.monotonic() - began

    def kill(self) -> None:
        """End it whatever it does."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    @property
    def log(self) -> str:
        """What it printed."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")[-3000:]

    def ask(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> tuple[int, Any]:
        """A request past nginx."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body and json.dumps(body).encode(), headers or {})
        got = connection.getresponse()
        return got.status, json.loads(got.read())
