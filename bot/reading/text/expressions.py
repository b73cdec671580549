"""Expressions written so that Python's engine leaves a place in the text where they cannot match after one look at its character.

The engine itself does so for an expression that begins with plain words alone; most here begin with a group, a class of words or a look
behind, and then every alternative is tried at every character. What is written here matches exactly what its parts would.
"""

from __future__ import annotations

import re
import sre_parse
from collections.abc import Iterable
from typing import Any

_SPACE = re.compile(r"(?<!\\)\s+")
_FEW = 4  # so few beginnings are tried as quickly as looked up
_WIDTHLESS = frozenset({"ASSERT", "ASSERT_NOT", "AT"})


def on_one_line(expression: str) -> str:
    """An expression laid out over several lines, as one: as under ``re.VERBOSE``, white space means nothing that no backslash precedes."""
    return _SPACE.sub("", expression)


def compiled(expression: str) -> re.Pattern[str]:
    """The expression, compiled with its guard.

    Raises:
        re.error: it is not valid.
    """
    return re.compile(guarded(expression))


def guarded(expression: str) -> str:
    """The expression behind a look at the first character, where the characters that it can begin with are known and it needs the look.

    Raises:
        re.error: it is not valid.
    """
    tree = sre_parse.parse(expression)
    letters, nothing = _beginnings(tree)
    if letters is None or nothing or _plain(tree):
        return expression
    return f"(?=[{''.join(sorted(letters))}])(?:{expression})"


def any_of(words: Iterable[str]) -> str:
    """One group for any of the words, the longest that fits first, as ``(?:房本子|房本)`` would be; each common beginning stands once."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    parts = "|".join(_endings(tree))
    return f"(?:{parts})" if len(tree) <= _FEW else f"(?:(?=[{re.escape(''.join(sorted(tree)))}])(?:{parts}))"


def _endings(node: dict[str, Any]) -> list[str]:
    """What may follow in a tree of words: the longer words before the one that ends here."""
    found = []
    for letter, then in sorted(node.items()):
        if letter:
            rest = _endings(then)
            found.append(re.escape(letter) + (rest[0] if len(rest) == 1 else f"(?:{'|'.join(rest)})"))
    return [*found, ""] if "" in node else found


def _plain(tree: Any) -> bool:
    """Whether the engine looks at the first character anyway, or the expression is tried at one place alone."""
    op, arg = str(tree[0][0]), tree[0][1]
    if op == "SUBPATTERN":
        return _plain(arg[3])
    if op == "BRANCH":
        return all(branch and str(branch[0][0]) == "LITERAL" for branch in arg[1])
    return op in ("LITERAL", "IN") or op == "AT" and str(arg) in ("AT_BEGINNING", "AT_BEGINNING_STRING")


def _beginnings(tree: Any) -> tuple[frozenset[str] | None, bool]:
    """Members of a character class for every character that a match may begin with (``None``: any), and whether a match may be empty."""
    found: frozenset[str] = frozenset()
    for op, arg in tree:
        letters, nothing = _first(str(op), arg)
        if letters is None:
            return None, nothing
        found |= letters
        if not nothing:
            return found, False
    return found, True


def _first(op: str, arg: Any) -> tuple[frozenset[str] | None, bool]:
    if op in _WIDTHLESS:
        return frozenset(), True
    if op == "LITERAL":
        return frozenset({re.escape(chr(arg))}), False
    if op == "IN":
        members = [_member(str(kind), value) for kind, value in arg]
        return (None if None in members else frozenset(m for m in members if m is not None)), False
    if op == "BRANCH":
        each = [_beginnings(branch) for branch in arg[1]]
        known = [letters for letters, _ in each if letters is not None]
        return (frozenset().union(*known) if len(known) == len(each) else None), any(nothing for _, nothing in each)
    if op == "SUBPATTERN":
        return _beginnings(arg[3])
    if op in ("MAX_REPEAT", "MIN_REPEAT"):
        letters, nothing = _beginnings(arg[2])
        return letters, nothing or arg[0] == 0
    return None, True


def _member(kind: str, value: Any) -> str | None:
    if kind == "LITERAL":
        return re.escape(chr(value))
    if kind == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s"}.get(str(value)) if kind == "CATEGORY" else None
