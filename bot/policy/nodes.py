"""YAML 1.2 read as nodes that know their line, for closed schemas.

A schema error is collected, not raised, so that an author sees every defect of a file at once; the reading method then
returns a harmless stand-in.  YAML 1.2 has no ``yes``/``no`` booleans: both are strings here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.policy.problem import Problem

_TAG = "tag:yaml.org,2002:"


class Node:
    """One value in a YAML file, with its line and the list that collects what is wrong with it."""

    def __init__(self, raw: Any, file: str, problems: list[Problem]) -> None:
        self._raw = raw
        self._problems = problems
        self.file = file
        self.line: int = raw.start_mark.line + 1

    def problem(self, code: str, message: str, mend: str) -> None:
        """Record a defect at this node."""
        self._problems.append(Problem(self.file, self.line, message, mend, code))

    def _child(self, raw: Any) -> Node:
        return Node(raw, self.file, self._problems)

    @property
    def tag(self) -> str:
        """The resolved YAML type: ``str``, ``int``, ``null``, ``timestamp``, ``map``, ``seq`` …"""
        return str(self._raw.tag).replace(_TAG, "")

    @property
    def is_null(self) -> bool:
        """Whether the value is null or left empty."""
        return self.tag == "null"

    @property
    def is_map(self) -> bool:
        """Whether the value is a mapping."""
        return self.tag == "map"

    @property
    def is_list(self) -> bool:
        """Whether the value is a list."""
        return self.tag == "seq"

    def _wrong(self, wanted: str) -> None:
        self.problem("wrong-type", f"expected {wanted}, found {self.tag}.", f"write {wanted} here.")

    def entries(self) -> dict[str, Node]:
        """A mapping with any keys; duplicate keys and keys that are not strings are problems."""
        if not self.is_map:
            self._wrong("a mapping")
            return {}
        found: dict[str, Node] = {}
        for raw_key, raw_value in self._raw.value:
            key = self._child(raw_key)
            if key.tag != "str":
                key._wrong("a string as key")
                continue
            name = str(raw_key.value)
            if name in found:
                key.problem("duplicate-key", f"the key “{name}” stands twice.", "keep one of the two.")
                continue
            found[name] = self._child(raw_value)
        return found

    def closed(self, required: str, optional: str = "") -> dict[str, Node]:
        """A mapping whose keys are exactly known; ``required`` and ``optional`` are key names separated by blanks."""
        must, may = required.split(), optional.split()
        found = self.entries()
        if self.is_map:
            known = " ".join(must + may)
            for raw_key, _ in self._raw.value:
                if str(raw_key.value) not in must and str(raw_key.value) not in may:
                    self._child(raw_key).problem("unknown-key", f"unknown key “{raw_key.value}”.", f"known keys here: {known}.")
            for name in must:
                if name not in found:
                    self.problem("missing-key", f"the key “{name}” is missing.", f"add “{name}:”.")
        return {name: node for name, node in found.items() if name in must or name in may}

    def items(self) -> list[Node]:
        """The members of a list."""
        if not self.is_list:
            self._wrong("a list")
            return []
        return [self._child(raw) for raw in self._raw.value]

    def text(self) -> str:
        """A string that is not empty."""
        if self.tag != "str":
            self._wrong("text")
            return ""
        if not str(self._raw.value).strip():
            self.problem("empty-text", "the text is empty.", "fill it in.")
        return str(self._raw.value)

    def text_or_null(self) -> str | None:
        """A string, or null."""
        return None if self.is_null else self.text()

    def texts(self) -> tuple[str, ...]:
        """A list of strings (an empty string may stand in it)."""
        found = []
        for item in self.items():
            if item.tag == "str":
                found.append(str(item._raw.value))
            else:
                item._wrong("text")
        return tuple(found)

    def one_of(self, allowed: tuple[str, ...]) -> str:
        """A string out of a closed set."""
        value = self.text()
        if value and value not in allowed:
            self.problem("unknown-value", f"“{value}” is not allowed here.", f"write one of: {', '.join(allowed)}.")
        return value if value in allowed else allowed[0]

    def whole(self) -> int:
        """A whole number that is not negative."""
        if self.tag == "int" and str(self._raw.value).isdigit():
            return int(self._raw.value)
        self._wrong("a whole number")
        return 0

    def truth(self) -> bool:
        """``true`` or ``false``."""
        if self.tag != "bool":
            self._wrong("true or false")
            return False
        return str(self._raw.value).lower() == "true"

    def day(self) -> date:
        """A calendar day, ``YYYY-MM-DD``."""
        if self.tag in ("timestamp", "str"):
            try:
                return date.fromisoformat(str(self._raw.value))
            except ValueError:
                pass
        self._wrong("a day as YYYY-MM-DD")
        return date(1900, 1, 1)

    def day_or_null(self) -> date | None:
        """A calendar day, or null."""
        return None if self.is_null else self.day()


class Lines:
    """Where each named part of a pack stands: ``(kind, name)`` to file and line."""

    def __init__(self) -> None:
        self._of: dict[tuple[str, str], tuple[str, int]] = {}

    def put(self, kind: str, name: str, node: Node) -> None:
        """Remember where a part stands; the first place wins."""
        self._of.setdefault((kind, name), (node.file, node.line))

    def get(self, kind: str, name: str, default: tuple[str, int] = ("", 0)) -> tuple[str, int]:
        """File and line of a part."""
        return self._of.get((kind, name), default)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._of)


def open_yaml(path: Path, problems: list[Problem], name: str | None = None) -> Node | None:
    """The root node of a YAML file, or None where it is missing, unreadable, empty or not YAML (each a problem).

    ``name`` is what the file is called in problems; default ``folder/file``.
    """
    shown = name or f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.append(Problem(shown, 0, "the file is missing.", "create it; docs/packs.md says what it holds.", "missing-file"))
        return None
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(shown, 0, f"the file cannot be read: {error}.", "make it a readable UTF-8 file.", "unreadable"))
        return None
    try:
        raw = _compose(text)
    except (YAMLError, ValueError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        said = error.problem if isinstance(error, MarkedYAMLError) else str(error)
        problems.append(Problem(shown, mark.line + 1 if mark else 0, f"not valid YAML: {said}.", "correct the YAML.", "yaml-syntax"))
        return None
    if raw is None:
        problems.append(Problem(shown, 0, "the file is empty.", "fill it in; docs/packs.md says what it holds.", "empty-file"))
        return None
    return Node(raw, shown, problems)


def _compose(text: str) -> Any:
    # The C composer is ten times faster than the pure one and keeps line marks; it may be absent on other platforms.
    try:
        return YAML(typ="safe").compose(text)
    except (ImportError, AttributeError):  # pragma: no cover
        return YAML(typ="safe", pure=True).compose(text)


def frozen_map(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    """A read-only copy."""
    from types import MappingProxyType

    return MappingProxyType(dict(mapping))
