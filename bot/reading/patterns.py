"""The patterns of ``data/lexicon/facts.yml``, compiled: which words of a clause settle which fact."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from re import Pattern as Regex

from ruamel.yaml import YAML

from bot.paths import LEXICON
from bot.reading.needed import needed


@dataclass(frozen=True)
class Pattern:
    """One way of saying a fact; the keys are explained at the head of ``data/lexicon/facts.yml``."""

    fact: str
    value: frozenset[str]
    re: Regex[str]
    no: frozenset[str] | None
    unless: Regex[str] | None
    when: Regex[str] | None
    when_story: str | None
    lasting: bool
    anyone: bool
    raw: bool
    presumed: bool = False
    needs: frozenset[str] | None = None


@dataclass(frozen=True)
class KindPattern:
    """One way of telling of a dwelling or a job; ``deny`` rows say which kinds there are none of."""

    kind: frozenset[str]
    deny: frozenset[str]
    re: Regex[str]
    unless: Regex[str] | None
    needs: frozenset[str] | None = None


@dataclass(frozen=True)
class Hit:
    """A pattern found in a clause; offsets count from the start of the clause."""

    pattern: Pattern
    value: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """Every compiled pattern."""

    facts: tuple[Pattern, ...]
    lodgings: tuple[KindPattern, ...]
    jobs: tuple[KindPattern, ...]


def _set(value: object) -> frozenset[str]:
    return frozenset(value) if isinstance(value, list) else frozenset({str(value)})


def _re(row: Mapping[str, object], key: str) -> Regex[str] | None:
    return re.compile(str(row[key])) if row.get(key) else None


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The compiled patterns, read once.

    Raises:
        re.error: a row's expression is not valid.
        KeyError: a row lacks its fact or expression.
    """
    raw = YAML(typ="safe", pure=True).load((LEXICON / "facts.yml").read_text(encoding="utf-8"))
    facts = tuple(
        Pattern(
            row["fact"],
            _set(row["value"]),
            re.compile(row["re"]),
            _set(row["no"]) if "no" in row else None,
            _re(row, "unless"),
            _re(row, "when"),
            row.get("when_story"),
            bool(row.get("lasting")),
            bool(row.get("anyone")),
            bool(row.get("raw")),
            bool(row.get("presumed")),
            needed(re.compile(row["re"])),
        )
        for row in raw["facts"]
    )

    def kinds(rows: list[dict[str, object]]) -> tuple[KindPattern, ...]:
        return tuple(
            KindPattern(
                _set(row.get("kind", [])),
                _set(row.get("deny", [])),
                re.compile(str(row["re"])),
                _re(row, "unless_near"),
                needed(re.compile(str(row["re"]))),
            )
            for row in rows
        )

    return Lexicon(facts, kinds(raw["lodgings"]), kinds(raw["jobs"]))


_DENIED_BEFORE = re.compile(
    r"(?:没有?|不是|无|未|也没|没考|没拿|没评)(?:过|有|啥|什么|任何|一个|个|考|拿|办|评|上|读|念|别的|其他|正式|高|"
    r"技术|技能|职业|专业|学历|职称|证书?|文凭|大专|本科|[、和跟及或])*$"
)
_DENIED_AFTER = re.compile(r"^(?:证书?|学历|文凭|毕业证)?(?:也|都|还|啥的)*(?:没有|没考(?!过?证)|没拿|没办|没评|没读完?|没$|没的|没上)")


def denied(text: str, start: int, end: int) -> bool:
    """Whether the words around a stretch of a clause deny it (没有大专学历, 中级职称也没考); 不是没有 affirms."""
    before = _DENIED_BEFORE.search(text[:start])
    if before:
        return not re.search(r"不是没|不是无|没有?不", text[max(0, before.start() - 2) : start])
    return bool(_DENIED_AFTER.match(text[end:]))


def hits(text: str, story: frozenset[str]) -> Iterator[Hit]:
    """Every fact pattern found in one clause; ``story`` names what the rest of the message tells of (``rented`` …)."""
    letters = frozenset(text)
    for pattern in lexicon().facts:
        if pattern.needs is not None and letters.isdisjoint(pattern.needs):
            continue
        if pattern.when_story and pattern.when_story not in story:
            continue
        match = pattern.re.search(text)
        if match is None or not match.group():
            continue
        if pattern.unless and pattern.unless.search(text):
            continue
        if pattern.when and not pattern.when.search(text):
            continue
        value: frozenset[str] | None = pattern.value
        if not pattern.raw and denied(text, match.start(), match.end()):
            value = pattern.no
        if value is not None:
            yield Hit(pattern, value, match.start(), match.end())


@dataclass(frozen=True)
class KindHit:
    """A dwelling or job found in a clause."""

    kind: frozenset[str]
    deny: frozenset[str]
    start: int
    end: int


def kind_hits(text: str, patterns: tuple[KindPattern, ...]) -> list[KindHit]:
    """Every dwelling (or job) told of in one clause, in order of place."""
    found: list[KindHit] = []
    letters = frozenset(text)
    for pattern in patterns:
        if pattern.needs is not None and letters.isdisjoint(pattern.needs):
            continue
        match = pattern.re.search(text)
        if match and match.group() and not (pattern.unless and pattern.unless.search(text)):
            found.append(KindHit(pattern.kind - {""}, pattern.deny - {""}, match.start(), match.end()))
    return sorted(found, key=lambda h: (h.start, h.end))
