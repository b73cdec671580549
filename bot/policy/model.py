"""The parts of a policy pack, as frozen values.

A *policy* is a government policy document.  A pack is that document as data: its text and article tree, the
settlement routes (落户途径) it creates with the conditions of each, the notes on every open wording, the answers to
the topics residents ask about, and example cases.  Everything that states a fact carries the verbatim quote it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType


class Role(str, Enum):
    """What an article does. Only operative articles create a settlement route."""

    OPERATIVE = "operative"
    DEFINITION = "definition"
    PROCEDURE = "procedure"
    DUTY = "duty"
    PRINCIPLE = "principle"
    RIGHTS_INFO = "rights_info"
    FORMAL = "formal"


@dataclass(frozen=True)
class Statement:
    """A plain-language statement and the verbatim quote, in the article named, that it rests on."""

    text: str
    quote: str
    article: str


@dataclass(frozen=True)
class Quote:
    """A verbatim passage of an article."""

    article: str
    quote: str


@dataclass(frozen=True)
class Article:
    """One node of the article tree: the text that belongs to it alone, not to its items.

    ``spans`` are character offsets into the source; the spans of all articles tile the source.
    ``number_missing`` marks a heading whose number the source has lost.  ``heading`` is verbatim and empty where the text
    has none.  ``undecidable`` holds verbatim sentences that no pre-screening can decide (wishes, duties of an office).
    """

    path: str
    heading: str
    role: Role
    spans: tuple[tuple[int, int], ...]
    text: str
    parent: str | None
    number_missing: bool = False
    undecidable: tuple[str, ...] = ()


# -- conditions -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class In:
    """The fact's value is one of these (enumerated and boolean facts)."""

    values: frozenset[str]


@dataclass(frozen=True)
class Within:
    """The place lies inside one of these regions."""

    places: frozenset[str]


@dataclass(frozen=True)
class Outside:
    """The place lies inside none of these regions."""

    places: frozenset[str]


@dataclass(frozen=True)
class MonthsSince:
    """At least ``min`` and at most ``max`` months have passed since the date."""

    min: int | None = None
    max: int | None = None


@dataclass(frozen=True)
class MonthsUntil:
    """The date lies at least ``min`` and at most ``max`` months ahead; ``min: 0`` means that it has not passed."""

    min: int | None = None
    max: int | None = None


@dataclass(frozen=True)
class MonthsBetween:
    """A duration fact, in whole months, both ends included."""

    min: int | None = None
    max: int | None = None


Test = In | Within | Outside | MonthsSince | MonthsUntil | MonthsBetween


@dataclass(frozen=True)
class Atom:
    """One condition on one fact. Negation is found only in here (``Outside``, or the complement of ``In``).

    Where a note leaves the wording open, ``reading_b`` is the test under the rival reading.
    """

    fact: str
    test: Test
    text: str
    quote: str
    article: str
    reading_b: Test | None = None
    note: str | None = None


@dataclass(frozen=True)
class All:
    """Every condition must hold."""

    of: tuple[Condition, ...]


@dataclass(frozen=True)
class Any_:
    """One condition is enough."""

    of: tuple[Condition, ...]


Condition = Atom | All | Any_


def atoms(condition: Condition) -> Iterator[Atom]:
    """Every atom of a condition, in the order written."""
    if isinstance(condition, Atom):
        yield condition
    else:
        for child in condition.of:
            yield from atoms(child)


@dataclass(frozen=True)
class Route:
    """A way to settle (落户途径) that one article creates.

    ``followers`` says who may register along; ``registers_at`` where; ``settles`` is false for a service to people
    already registered here, which never decides the verdict of the document; ``village`` says that the register comes to a village.
    """

    id: str
    article: str
    title: str
    when: Condition
    followers: Statement | None
    registers_at: Statement | None
    materials: tuple[Statement, ...]
    departments: tuple[Statement, ...]
    notes: tuple[str, ...]
    settles: bool = True
    village: bool = False


@dataclass(frozen=True)
class Note:
    """An open wording of the document: both readings, the default, and the sentence that is safe to say."""

    id: str
    title: str
    article: str
    quote: str
    issue: str
    reading_a: str
    reading_b: str | None
    default: str
    say: str


@dataclass(frozen=True)
class Sentence:
    """One sentence of an answer; ``cites`` is empty only where it states nothing about the document."""

    say: str
    cites: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Topic:
    """The plain answer to one topic. ``kind`` is ``answer`` or ``not_stated``.

    ``leaves_out`` says what the text does not say about it; ``routes`` are the routes a pre-screening of this topic
    is about; ``related`` are the topics residents ask next. ``aspects`` hold what is said of a side that every way has (papers, a fee),
    ``points`` of a detail that only some topics speak of (``data/lexicon/points.yml``).
    """

    id: str
    kind: str
    sentences: tuple[Sentence, ...]
    leaves_out: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    aspects: Mapping[str, tuple[Sentence, ...]] = field(default_factory=lambda: MappingProxyType({}))
    points: Mapping[str, tuple[Sentence, ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def every_sentence(self) -> tuple[Sentence, ...]:
        """Every sentence that a reply may take over: the rule, and what is said of each side and point."""
        beside = (*self.aspects.values(), *self.points.values())
        return (*self.sentences, *(s for sentences in beside for s in sentences))


@dataclass(frozen=True)
class Jurisdiction:
    """The place a document governs: its id in replies, its name, its path in the place tree, other names and look-alikes."""

    id: str
    name: str
    place: str
    aliases: tuple[str, ...]
    lookalikes: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """Another document that this one repeals, implements or refers to."""

    title: str
    doc_no: str | None
    quote: str
    article: str


@dataclass(frozen=True)
class Identity:
    """What identifies a document. ``doc_no`` is null where the file carries none; ``verified_on`` until an operator confirms."""

    id: str
    title: str
    short_title: str
    doc_no: str | None
    issuer: str
    jurisdiction: Jurisdiction
    dated: date
    printed: date
    effective: date | None
    effective_note: str
    expires: date | None
    repeals: tuple[Reference, ...]
    implements: tuple[Reference, ...]
    refers_to: tuple[Reference, ...]
    source_sha256: str
    verified_on: date | None


@dataclass(frozen=True)
class Forbidden:
    """One kind of sentence that must never be said. ``negatable``: a clause saying that the text does not say it is allowed."""

    id: str
    pattern: re.Pattern[str]
    why: str
    negatable: bool


@dataclass(frozen=True)
class Case:
    """An open example case beside the rules: facts in API form, and the verdicts expected."""

    id: str
    story: str
    facts: Mapping[str, object]
    as_of: date
    verdict: str
    routes: Mapping[str, str]


@dataclass(frozen=True)
class Pack:
    """One policy document as data, loaded and frozen; ``never`` is what its silence makes untrue to say of it."""

    identity: Identity
    source: str
    articles: tuple[Article, ...]
    routes: tuple[Route, ...]
    notes: Mapping[str, Note]
    topics: Mapping[str, Topic]
    cases: tuple[Case, ...]
    regions: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    never: tuple[Forbidden, ...] = ()

    @property
    def id(self) -> str:
        """The pack's id, which is also its folder's name."""
        return self.identity.id

    def article(self, path: str) -> Article:
        """The article at ``path``.

        Raises:
            KeyError: the document has no such article.
        """
        for article in self.articles:
            if article.path == path:
                return article
        raise KeyError(path)

    def route(self, route_id: str) -> Route:
        """The route with this id.

        Raises:
            KeyError: the document makes no such route.
        """
        for route in self.routes:
            if route.id == route_id:
                return route
        raise KeyError(route_id)
