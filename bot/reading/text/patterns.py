"""The patterns of ``data/lexicon/facts/``, compiled: which words of a clause settle which fact."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from re import Pattern as Regex

from ruamel.yaml import YAML

from bot.paths import LEXICON
from bot.reading.text.classes import expanded
from bot.reading.text.cues import cue
from bot.reading.text.expressions import any_of, compiled
from bot.reading.text.groups import group
from bot.reading.text.needed import ways


@dataclass(frozen=True)
class Pattern:
    """One way of saying a fact; the keys are explained in ``data/lexicon/facts/README.md``."""

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


@dataclass(frozen=True)
class KindPattern:
    """One way of telling of a dwelling or a job; ``deny`` rows say which kinds there are none of."""

    kind: frozenset[str]
    deny: frozenset[str]
    re: Regex[str]
    unless: Regex[str] | None


@dataclass(frozen=True)
class Hit:
    """A pattern found in a clause; offsets count from the start of the clause."""

    pattern: Pattern
    value: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True)
class Index:
    """Which patterns a clause can match at all, by the characters it holds: a bit for each way in which one of them can match.

    Each layer is one thing that the ways need: the bits of those that need nothing more, and of those that each character is enough for.
    """

    owners: tuple[int, ...]
    layers: tuple[tuple[int, Mapping[str, int]], ...]

    @classmethod
    def of(cls, patterns: Sequence[Regex[str]]) -> Index:
        """The index of the expressions."""
        needs = [(owner, sets) for owner, pattern in enumerate(patterns) for sets in ways(pattern)]
        layers: list[tuple[int, Mapping[str, int]]] = []
        for depth in range(max((len(sets) for _, sets in needs), default=0)):
            enough, by_letter = 0, dict[str, int]()
            for bit, (_, sets) in enumerate(needs):
                enough |= (depth >= len(sets)) << bit
                for letter in sets[depth] if depth < len(sets) else ():
                    by_letter[letter] = by_letter.get(letter, 0) | 1 << bit
            layers.append((enough, by_letter))
        return cls(tuple(owner for owner, _ in needs), tuple(layers))

    def possible(self, text: str) -> list[int]:
        """The positions of the patterns that may match the text, in order."""
        letters, bits = set(text), (1 << len(self.owners)) - 1
        for enough, by_letter in self.layers:
            held = enough
            for letter in letters:
                held |= by_letter.get(letter, 0)
            bits &= held
        found: list[int] = []
        while bits:
            low = bits & -bits
            owner = self.owners[low.bit_length() - 1]
            if not found or found[-1] != owner:
                found.append(owner)
            bits ^= low
        return found


@dataclass(frozen=True)
class Lexicon:
    """Every compiled pattern."""

    facts: tuple[Pattern, ...]
    lodgings: tuple[KindPattern, ...]
    jobs: tuple[KindPattern, ...]
    index: Index  # of all three, in this order


def _set(value: object) -> frozenset[str]:
    return frozenset(value) if isinstance(value, list) else frozenset({str(value)})


def _re(row: Mapping[str, object], key: str) -> Regex[str] | None:
    return compiled(expanded(str(row[key]))) if row.get(key) else None


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The compiled patterns, read once.

    Raises:
        re.error: a row's expression is not valid.
        ClassError: a row names a word class that does not exist.
        KeyError: a row lacks its fact or expression.
    """
    raw: dict[str, list[dict[str, object]]] = {"facts": [], "lodgings": [], "jobs": []}
    for file in sorted((LEXICON / "facts").glob("*.yml")):
        for section, rows in YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")).items():
            raw[section] += rows
    facts = tuple(
        Pattern(
            str(row["fact"]),
            _set(row["value"]),
            compiled(expanded(str(row["re"]))),
            _set(row["no"]) if "no" in row else None,
            _re(row, "unless"),
            _re(row, "when"),
            str(row["when_story"]) if "when_story" in row else None,
            bool(row.get("lasting")),
            bool(row.get("anyone")),
            bool(row.get("raw")),
            bool(row.get("presumed")),
        )
        for row in raw["facts"]
    )

    def kinds(rows: list[dict[str, object]]) -> tuple[KindPattern, ...]:
        return tuple(
            KindPattern(
                _set(row.get("kind", [])),
                _set(row.get("deny", [])),
                compiled(expanded(str(row["re"]))),
                _re(row, "unless_near"),
                )
            for row in rows
        )

    lodgings, jobs = kinds(raw["lodgings"]), kinds(raw["jobs"])
    return Lexicon(facts, lodgings, jobs, Index.of([*(p.re for p in facts), *(p.re for p in (*lodgings, *jobs))]))


_UNDER_WAY = 32
"""How many clauses are remembered: several readers look at one, one after the other."""


@lru_cache(maxsize=_UNDER_WAY)
def _possible(text: str) -> tuple[list[Pattern], list[KindPattern], list[KindPattern]]:
    """The facts, lodgings and jobs of the lexicon that may match a clause."""
    known = lexicon()
    found = known.index.possible(text)
    lodgings, jobs = len(known.facts), len(known.facts) + len(known.lodgings)
    return (
        [known.facts[at] for at in found if at < lodgings],
        [known.lodgings[at - lodgings] for at in found if lodgings <= at < jobs],
        [known.jobs[at - jobs] for at in found if jobs <= at],
    )


_DENIED_BEFORE = cue("patterns.denied_before")
_DENIED_AFTER = cue("patterns.denied_after")


def denied(text: str, start: int, end: int) -> bool:
    """Whether the words around a stretch of a clause deny it (没有大专学历, 中级职称也没考); 不是没有 affirms."""
    before = _DENIED_BEFORE.search(text[:start])
    if before:
        return not cue("patterns.affirmed").search(text[max(0, before.start() - 2) : start])
    if cue("patterns.held").search(text[:start]) and cue("patterns.denies_next").match(text[end:]):
        return False
    return bool(_DENIED_AFTER.match(text[end:]))


_LONG, _AROUND = 34, 16
_WORDS_IN_NAMES = frozenset(group("patterns.words_in_names"))


@lru_cache(maxsize=1)
def _place_names() -> Regex[str]:
    """The names of places that hold a word by which a row is called off (张店, 枣庄): in a name it means nothing."""
    found: set[str] = set()
    pending: list[object] = [json.loads((LEXICON / "places.json").read_text(encoding="utf-8"))]
    while pending:
        entry = pending.pop()
        if isinstance(entry, dict):
            pending += [*entry.keys(), *entry.values()]
        elif isinstance(entry, list):
            pending += entry
        elif isinstance(entry, str):  # a short name after "-" is a common word as well
            found |= {name for name in entry.split("|") if 2 <= len(name) <= _NAME and _WORDS_IN_NAMES & set(name) and name[0] != "-"}
    return re.compile(any_of(found))


_NAME = 5


@lru_cache(maxsize=_UNDER_WAY)
def _without_names(text: str) -> str:
    return _place_names().sub(lambda m: "○" * len(m.group()), text) if _WORDS_IN_NAMES & set(text) else text


def near(text: str, match: re.Match[str]) -> str:
    """What a row's ``unless`` looks at: the clause, or the words around the match where the speaker runs on without a mark."""
    text = _without_names(text)
    return text if len(text) <= _LONG else text[max(0, match.start() - _AROUND) : match.end() + _AROUND]


def halves_a_question(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends inside 是不是 or 交没交: half of that question says nothing."""
    return any(m.start() < start < m.end() or m.start() < end < m.end() for m in cue("patterns.either").finditer(text))


def without_husbands(text: str) -> str:
    """The clause with the last letter of 老公, 公公 and 外公 covered where the next words would make a word with it (我老公租房)."""
    return cue("patterns.husband_before").sub("○", text) if "公" in text else text


def hits(text: str, story: frozenset[str]) -> Iterator[Hit]:
    """Every fact pattern found in one clause; ``story`` names what the rest of the message tells of (``rented`` …)."""
    text = cue("patterns.ironmongery").sub("○○", without_husbands(text))
    for pattern in _possible(text)[0]:
        if pattern.when_story and pattern.when_story not in story:
            continue
        match = pattern.re.search(text)
        if match is None or not match.group() or halves_a_question(text, match.start(), match.end()):
            continue
        if pattern.unless and pattern.unless.search(near(text, match)):
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


def _word_at(match: re.Match[str]) -> int:
    """Where the telling word stands, so that it is asked who is named before it: the group ``at``, or the whole match."""
    at = match.start("at") if "at" in match.re.groupindex else -1
    return at if at >= 0 else match.start()


def lodging_hits(text: str) -> list[KindHit]:
    """Every dwelling told of in one clause, in order of place."""
    return _kind_hits(text, _possible(without_husbands(text))[1])


def job_hits(text: str) -> list[KindHit]:
    """Every job told of in one clause, in order of place."""
    return _kind_hits(text, _possible(text)[2])


def _kind_hits(text: str, patterns: list[KindPattern]) -> list[KindHit]:
    text = without_husbands(text)
    found: list[KindHit] = []
    for pattern in patterns:
        match = pattern.re.search(text)
        if not match or not match.group() or halves_a_question(text, *match.span()):
            continue
        if not (pattern.unless and pattern.unless.search(near(text, match))):
            found.append(KindHit(pattern.kind - {""}, pattern.deny - {""}, _word_at(match), match.end()))
    return sorted(found, key=lambda h: (h.start, h.end))
