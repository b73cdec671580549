"""The evaluation rows as they lie in ``tests/evaluation``; their conventions stand in the tests beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot import paths

FOLDER = paths.ROOT / "tests" / "evaluation"
UNDATED = date(2026, 11, 22)
"""The day of a row in which no date counts."""
Row = Mapping[str, Any]


def load(name: str, split: str = "all", folder: Path = FOLDER) -> list[dict[str, Any]]:
    """The rows of ``questions``, ``stories`` or ``dialogues`` that belong to a split.

    Raises:
        FileNotFoundError: the rows are not there (an installed package does not carry them).
    """
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [r for r in rows if split == "all" or r["split"] == split]


def day_of(row: Row) -> date:
    """The day a row is told on."""
    return date.fromisoformat(row["as_of"]) if row.get("as_of") else UNDATED
