"""Which characters a text must hold for an expression to match at all, so that hundreds of patterns cost almost nothing on most clauses."""

from __future__ import annotations

import re
import sre_parse
from typing import Any


def needed(pattern: re.Pattern[str]) -> frozenset[str] | None:
    """Characters of which every match holds at least one; ``None`` where no small set is certain."""
    return _of_sequence(sre_parse.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def _of_sequence(items: Any) -> frozenset[str] | None:
    best: frozenset[str] | None = None
    for op, arg in items:
        one = _of_item(str(op), arg)
        if one is not None and (best is None or len(one) < len(best)):
            best = one
    return best


def _of_item(op: str, arg: Any) -> frozenset[str] | None:
    if op == "LITERAL":
        return frozenset({chr(arg)})
    if op == "IN":
        return frozenset(chr(value) for _, value in arg) if all(str(kind) == "LITERAL" for kind, _ in arg) else None
    if op == "BRANCH":
        parts = [_of_sequence(branch) for branch in arg[1]]
        return None if any(part is None for part in parts) else frozenset().union(*(part for part in parts if part is not None))
    if op == "SUBPATTERN":
        return _of_sequence(arg[3])
    if op in ("MAX_REPEAT", "MIN_REPEAT"):
        return _of_sequence(arg[2]) if arg[0] > 0 else None
    return None
