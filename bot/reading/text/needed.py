"""Which characters a text must hold for an expression to match at all, so that hundreds of patterns cost almost nothing on most clauses."""

from __future__ import annotations

import re
import sre_parse
from typing import Any

_MOST = 4  # sets kept of one way; more tell few texts apart

Needs = tuple[frozenset[str], ...]
"""Sets of characters, the smallest first, of each of which a text holds one at least; empty where nothing is certain."""


def ways(pattern: re.Pattern[str]) -> list[Needs]:
    """The ways in which an expression can match, by its alternatives, and what a text must hold for each."""
    return _ways(sre_parse.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


def _ways(items: Any) -> list[Needs]:
    """One for every alternative of the item that has most of them."""
    branches = [(at, _alternatives(str(op), arg)) for at, (op, arg) in enumerate(items)]
    at, most = max(branches, key=lambda branch: len(branch[1]), default=(0, []))
    if len(most) < 2:
        return [_of_sequence(items)]
    rest = [item for other, item in enumerate(items) if other != at]
    return [_of_sequence([*rest, *branch]) for branch in most]


def _alternatives(op: str, arg: Any) -> list[Any]:
    if op == "SUBPATTERN":
        return _alternatives(str(arg[3][0][0]), arg[3][0][1]) if len(arg[3]) == 1 else []
    if op != "BRANCH":
        return []
    return [inner for branch in arg[1] for inner in (len(branch) == 1 and _alternatives(str(branch[0][0]), branch[0][1]) or [branch])]


def _of_sequence(items: Any) -> Needs:
    found = {letters for op, arg in items for letters in _of_item(str(op), arg)}
    return tuple(sorted(found, key=lambda letters: (len(letters), sorted(letters))))[:_MOST]


def _of_item(op: str, arg: Any) -> Needs:
    if op == "LITERAL":
        return (frozenset({chr(arg)}),)
    if op == "IN":
        return (frozenset(chr(value) for _, value in arg),) if all(str(kind) == "LITERAL" for kind, _ in arg) else ()
    if op == "BRANCH":
        return _of_any([_of_sequence(branch) for branch in arg[1]])
    if op == "SUBPATTERN":
        return _of_sequence(arg[3])
    if op in ("MAX_REPEAT", "MIN_REPEAT"):
        return _of_sequence(arg[2]) if arg[0] > 0 else ()
    return ()


def _of_any(branches: list[Needs]) -> Needs:
    """What each of several ways needs, put together: one set of the first or one of the second, and so on."""
    if not all(branches):
        return ()
    return tuple(frozenset().union(*(sets[min(at, len(sets) - 1)] for sets in branches)) for at in range(max(map(len, branches))))
