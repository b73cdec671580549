"""The list of threats names tests that exist, and files that exist."""

from __future__ import annotations

import ast
import re

from bot import paths

LIST = paths.ROOT / "docs" / "threats.md"
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows() -> list[str]:
    return [line for line in LIST.read_text(encoding="utf-8").splitlines() if line.startswith("| ")][2:]


def test_every_threat_has_a_test_that_exists() -> None:
    assert len(rows()) > 50
    defined: dict[str, set[str]] = {}
    for row in rows():
        named = _TEST.findall(row)
        assert named, row
        for file, test in named:
            if file not in defined:
                tree = ast.parse((paths.ROOT / file).read_text(encoding="utf-8"))
                defined[file] = {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
            assert test in defined[file], f"{file} has no {test}"


def test_every_file_that_stops_a_threat_exists() -> None:
    for row in rows():
        for file in re.findall(r"`(bot/[\w/.]+)`", row.split("|")[2]):
            assert (paths.ROOT / file).exists(), file
