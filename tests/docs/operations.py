"""What docs/operations.md shows, cut out of it: its two languages, commands with their marks, settings, sentences, alarms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot import paths

FILE = paths.ROOT / "docs" / "operations.md"
_BLOCK = re.compile(r"(?:<!-- (.*?) -->\n)?```sh\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A block of shell: ``mark`` is ``run``, or says after ``not run here:`` why not; empty where there is none."""

    mark: str
    body: str


@dataclass(frozen=True)
class Setting:
    """A row of the table of settings: the variable, its default, and what the start says to a wrong value."""

    name: str
    wrong: str
    said: str


def languages() -> tuple[str, str]:
    """The Chinese and the English part."""
    chinese, english = FILE.read_text(encoding="utf-8").split("\n---\n")
    return chinese, english


def blocks(text: str) -> list[Block]:
    """The blocks of shell, in order."""
    return [Block(mark or "", body) for mark, body in _BLOCK.findall(text)]


def settings(text: str) -> list[Setting]:
    """The table of settings."""
    return [Setting(*row) for row in re.findall(r"^\| `(\w+)` \|.*\| `\1=(.*?)`: `(.*)` \|$", text, re.MULTILINE)]


def table(text: str, heading: str) -> list[list[str]]:
    """The rows of the table under the heading that ends with these words, without its head."""
    (section,) = re.findall(rf"^## [^\n]*{heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in section.splitlines() if line.startswith("| ")]
    return rows[2:]
