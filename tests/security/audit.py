"""Advisories of the locked packages against ``docs/advisories.yml``: ``python -m tests.security.audit`` asks pip-audit and npm.

Ends with 1 where an advisory is known that the list does not explain. Where the service cannot be reached it says so, and that
nothing new could be learned; the list itself is held by ``test_advisories.py`` in every run.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from packaging.version import Version
from ruamel.yaml import YAML

from bot import paths

LIST = paths.ROOT / "docs" / "advisories.yml"
PIP_AUDIT = "pip-audit==2.9.0"
_LOCKED = re.compile(r'^name = "([^"]+)"\nversion = "([^"]+)"', re.MULTILINE)


@dataclass(frozen=True)
class Advisory:
    """An entry of the list."""

    package: str
    version: str
    fixed: str | None
    ids: tuple[str, ...]
    why: str
    absent: tuple[str, ...]


def listed() -> tuple[date, tuple[Advisory, ...]]:
    """The day of the last review, and the entries."""
    raw: dict[str, Any] = YAML(typ="safe", pure=True).load(LIST.read_text(encoding="utf-8"))
    known = {"package", "version", "fixed", "ids", "why", "absent"}
    for row in raw["advisories"]:
        assert set(row) <= known, f"{row['package']}: unknown keys {set(row) - known}"
    rows = (
        Advisory(r["package"], str(r["version"]), r["fixed"], tuple(r["ids"]), r["why"], tuple(r.get("absent", ())))
        for r in raw["advisories"]
    )
    return raw["reviewed"], tuple(rows)


def locked() -> dict[str, str]:
    """Version by package, of ``uv.lock``."""
    return dict(_LOCKED.findall((paths.ROOT / "uv.lock").read_text(encoding="utf-8")))


def faults(advisories: Sequence[Advisory], versions: Mapping[str, str], imported: frozenset[str]) -> list[str]:
    """What is wrong with the list: entries of packages or versions that are not locked, mended ones, and reasons that no longer hold."""
    found = []
    for entry in advisories:
        version = versions.get(entry.package)
        if version != entry.version:
            found.append(f"{entry.package} is locked at {version}, the list speaks of {entry.version}: review the entry")
        elif entry.fixed and Version(version) >= Version(entry.fixed):
            found.append(f"{entry.package} {version} has the mended version {entry.fixed}: take the entry out")
        if not entry.ids or len(entry.why) < 40:
            found.append(f"{entry.package}: an entry needs ids and a reason")
        found += [f"{entry.package}: {module} is said not to be imported, and is" for module in entry.absent if module in imported]
    return found


def unexplained(report: Mapping[str, Any], advisories: Sequence[Advisory]) -> list[str]:
    """Advisories of a report of pip-audit that the list does not explain."""
    explained = {(e.package, i) for e in advisories for i in e.ids}
    return [
        f"{row['name']} {row['version']}: {found['id']} {found.get('aliases', [])}, mended in {found.get('fix_versions')}"
        for row in report.get("dependencies", ())
        for found in row.get("vulns", ())
        if not any((row["name"].lower(), i) in explained for i in (found["id"], *found.get("aliases", ())))
    ]


def ask_pip_audit() -> Mapping[str, Any] | str:
    """Its report on the locked packages, or why there is none."""
    uv = next((str(p) for p in (paths.ROOT / ".uv" / "bin" / "uv",) if p.exists()), "uv")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text("".join(f"{name}=={version}\n" for name, version in locked().items() if name != "luohu"), encoding="utf-8")
        command = [
            uv,
            "run",
            "--no-project",
            "--isolated",
            "--python",
            sys.executable,
            "--with",
            PIP_AUDIT,
            "--",
            "pip-audit",
            "--disable-pip",
        ]
        command += ["--no-deps", "-r", str(file), "-f", "json", "--timeout", "15", "--progress-spinner", "off"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"pip-audit did not run: {type(error).__name__}"
    try:
        report: Mapping[str, Any] = json.loads(done.stdout)
    except ValueError:
        return (done.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1][:300]
    rows = report.get("dependencies", ())
    if not any(row.get("vulns") for row in rows):  # aiohttp alone has several: a service that knows of none was not asked
        return f"the service knew none of the {len(rows)} packages ({sum('skip_reason' in row for row in rows)} skipped)"
    return report


def ask_npm(folder: Path) -> str | list[str]:
    """Advisories of the JavaScript the tests use, or why they cannot be learned."""
    try:
        done = subprocess.run(["npm", "audit", "--json"], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
        report = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return f"npm audit did not run: {type(error).__name__}"
    if "vulnerabilities" not in report:
        return str(report.get("message") or report.get("error"))[:300]
    return [f"{name}: {found['severity']}" for name, found in report["vulnerabilities"].items()]


def main() -> int:
    """Ask the services, and say what was and what was not learned."""
    reviewed, advisories = listed()
    wrong: list[str] = []
    report = ask_pip_audit()
    if isinstance(report, str):
        print(f"NOT CHECKED for new advisories of Python packages: {report}\nthe list of {reviewed} stands ({len(advisories)} packages)")
    else:
        wrong += unexplained(report, advisories)
        print(f"pip-audit looked at {len(report.get('dependencies', ()))} packages: {len(wrong)} unexplained")
    for folder in ("tests/browser", "tests/wechat"):
        found = ask_npm(paths.ROOT / folder)
        if isinstance(found, str):
            print(f"NOT CHECKED for advisories of {folder}: {found}")
        else:
            wrong += found
            print(f"npm audit of {folder}: {len(found)} found")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
