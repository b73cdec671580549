"""docs/architecture.md names every module that decides something, none that is gone, and the packages with what they import."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import paths

TEXT = (paths.ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
MAPPED = ("conversation", "eligibility", "reading", "replies")
BESIDE = {"bot.paths", "bot/web"}
"""Rows of the table of packages that import nothing: what all may import, and the page of the chat."""


def rows(head: str) -> list[list[str]]:
    """The cells of the table whose head begins with these cells, without head and rule."""
    (table,) = re.findall(rf"^{re.escape(head)}.*\n\| ---.*\n((?:\|.*\n)+)", TEXT, re.MULTILINE)
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()]


def mapped(package: str) -> list[str]:
    """The modules that the page names of a package, with the part they lie in where it has parts."""
    if package == "conversation":
        return [name for row in rows("| module | what it decides |") for name in re.findall(r"`(\w+)`", row[0])]
    if package == "reading":
        return [
            f"{row[0].strip('`')}/{name}".removeprefix("-/")
            for row in rows("| part | holds | modules of `bot.reading` |")
            for name in re.findall(r"`(\w+)`", row[2])
        ]
    return [name for row in rows(f"| group | modules of `bot.{package}` |") for name in re.findall(r"`(\w+)`", row[1])]


def sources(package: str) -> Iterator[Path]:
    """The files of a package, or the one of a module."""
    at = paths.ROOT / package.replace(".", "/")
    yield from at.rglob("*.py") if at.is_dir() else [at.with_suffix(".py")]


def imported(package: str) -> set[str]:
    """The packages below ``bot`` that a package imports anywhere in it."""
    found: set[str] = set()
    for file in sources(package):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "bot":
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("bot."):
                found.add(node.module.split(".")[1])
            elif isinstance(node, ast.Import):
                found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("bot.")}
    return found - {package.removeprefix("bot."), "paths"}


@pytest.mark.parametrize("package", MAPPED)
def test_every_module_stands_in_the_map_once(package: str) -> None:
    folder = paths.ROOT / "bot" / package
    there = {f.relative_to(folder).with_suffix("").as_posix() for f in folder.rglob("*.py") if f.stem != "__init__"}
    named = Counter(mapped(package))
    assert there - named.keys() == set(), "write them into docs/architecture.md"
    assert named.keys() - there == set(), "no such module"
    assert [name for name, times in named.items() if times > 1] == []


def test_every_package_has_a_row() -> None:
    packages = {f"bot.{f.stem}" for f in (paths.ROOT / "bot").iterdir() if f.stem not in ("__init__", "__pycache__", "web")}
    named = [row[0].strip("`") for row in rows("| package | holds | imports |")]
    assert sorted(named) == sorted({*packages, *BESIDE, "actions"})


def test_a_package_imports_what_its_row_says() -> None:
    for package, _, imports in rows("| package | holds | imports |"):
        name = package.strip("`")
        said = set() if imports == "-" else set(imports.split(", "))
        assert name in BESIDE or imported(name) == said, name
