"""schemathesis against the OpenAPI document, on the whole server with a stand-in for the trained bot.

The tool has an environment of its own (``tests/fuzz/schemathesis``), which uv makes under ``var/`` at the first run.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import paths

pytestmark = pytest.mark.server
EXAMPLES = 25
PROJECT = Path(__file__).parent / "schemathesis"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,negative_data_rejection"


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server over a database of its own."""
    from tests.security.serving import house

    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'luohu.db'}")
    monkeypatch.setenv("LUOHU_SECRET", "a secret for the tests of the document")
    monkeypatch.setenv("LUOHU_RATE", "0")
    with house(tmp_path) as running:
        yield running.port


def uv() -> str:
    """The program uv, as the Makefile finds it."""
    found = shutil.which("uv") or str(paths.ROOT / ".uv" / "bin" / "uv")
    assert Path(found).exists(), "uv is missing; `make` installs it into .uv"
    return found


def test_schemathesis_finds_nothing(port: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(paths.VAR / "schemathesis"), "VIRTUAL_ENV": ""}
    command = [uv(), "run", "--project", str(PROJECT), "--locked", "--python", sys.executable, "--", "schemathesis", "run"]
    command += [
        f"http://127.0.0.1:{port}/api/v1/openapi.json",
        "--checks",
        CHECKS,
        "--max-examples",
        str(EXAMPLES),
        "--seed",
        "1",
        "--no-color",
    ]
    command += ["--request-timeout", "30", "--phases", "examples,coverage,fuzzing", "--suppress-health-check", "all"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=280, check=False)
    told = done.stdout + done.stderr
    cases = re.search(r"([\d,]+) generated", told)
    with capsys.disabled():
        print(f"\nschemathesis: {cases[1] if cases else '?'} requests")
    assert done.returncode == 0, told[-6000:]
    assert cases
    assert int(cases[1].replace(",", "")) > 100
