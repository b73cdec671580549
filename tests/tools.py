"""What tests need besides the Python environment: Debian's Chromium, and axe-core from npm. Brought where that is possible, once."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.paths import ROOT

AXE = ROOT / "tests" / "browser"  # where package.json and its lock name the version
FLAGS = (  # nothing that reaches out of the machine, nothing that asks for a display
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_INSTALL = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk"


def missing(what: str) -> None:
    """Fail in CI, where everything must run; elsewhere leave out the tests that need it."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process at a time, since the workers of one run share what they bring."""
    folder = ROOT / "var"
    folder.mkdir(exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def chromium() -> str:
    """The path of a Chromium: ``LUOHU_CHROMIUM``, the one that is there, or Debian's, which root installs."""
    if given := os.environ.get("LUOHU_CHROMIUM"):
        return given
    with alone("chromium"):
        if not _found() and os.geteuid() == 0 and shutil.which("apt-get"):
            subprocess.run(["sh", "-c", _INSTALL], check=False, capture_output=True, timeout=250)
    found = _found()
    if not found:
        missing("Chromium is missing; install it with: apt-get install -y chromium fonts-noto-cjk, or name one in LUOHU_CHROMIUM")
    return str(found)


def axe() -> str:
    """The source of axe-core at the version of the lock file."""
    file: Path = AXE / "node_modules" / "axe-core" / "axe.min.js"
    with alone("axe"):
        if not file.exists():
            npm = shutil.which("npm")
            if not npm:
                missing("npm is missing; install Node.js (apt-get install -y nodejs npm)")
            done = subprocess.run([str(npm), "ci", "--no-audit", "--no-fund"], cwd=AXE, capture_output=True, text=True, timeout=250)
            if done.returncode:
                missing(f"`npm ci` in tests/browser failed: {done.stderr[-400:]}")
    return file.read_text(encoding="utf-8")


def _found() -> str | None:
    return next((path for path in map(shutil.which, _NAMES) if path), None)
