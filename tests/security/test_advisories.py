"""The list of accepted advisories fits the lock and what a server imports."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

from bot import paths
from tests.security.audit import faults, listed, locked, unexplained

_IMPORTED = "import json, sys, bot.channels.server, bot.desk.server; print('\\n' + json.dumps(sorted(sys.modules)))"


def test_the_list_fits_the_lock_and_what_a_server_imports() -> None:
    _, advisories = listed()
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", _IMPORTED], cwd=paths.ROOT, capture_output=True, text=True, check=True)
    imported = frozenset(json.loads(done.stdout.splitlines()[-1]))
    assert "sanic" in imported
    assert "rasa.core.agent" in imported
    assert faults(advisories, locked(), imported) == []


def test_an_entry_that_no_longer_holds_is_told() -> None:
    _, advisories = listed()
    one = advisories[0]
    versions = locked()
    assert faults([replace(one, version="0.1")], versions, frozenset())
    assert faults([one], {}, frozenset())
    assert faults([replace(one, fixed=one.version)], versions, frozenset())
    assert faults([replace(one, absent=("sys",))], versions, frozenset({"sys"}))
    assert faults([replace(one, ids=())], versions, frozenset())
    report = {
        "dependencies": [
            {"name": "aiohttp", "version": "3.9.5", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-2025-53643"]}, {"id": "CVE-1"}]}
        ]
    }
    assert unexplained(report, advisories) == ["aiohttp 3.9.5: CVE-1 [], mended in None"]


def test_versions_that_once_were_a_danger_are_behind_us() -> None:
    from packaging.version import Version

    versions = locked()
    for package, least in (
        ("rasa", "3.6.21"),
        ("sanic", "21.12.2"),
        ("cryptography", "44.0.1"),
        ("urllib3", "2.7.0"),
        ("jinja2", "3.1.6"),
        ("defusedxml", "0.7.1"),
    ):
        assert Version(versions[package]) >= Version(least), package
