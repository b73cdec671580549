"""What was read of each person, before it is known who wants to register and whom they follow: claims, dwellings, jobs, whereabouts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.eligibility.values import Places, Value
from bot.reading.kin.kinship import COUPLE, SELF
from bot.reading.kin.mention import Mention
from bot.reading.place.places import PlaceReading
from bot.reading.text.clauses import Clause

AREAS = frozenset({"urban", "town", "town_village", "urban_village", "township"})
ONES_OWN = frozenset({"owned", "apartment", "inherited", "untitled", "presale", "secondhand", "small_title", "village_house"})
"""Dwellings that somebody has as their own, whatever the title."""
NOT_ONES_OWN = frozenset({"rented", "public_rental", "borrowed", "dormitory", "none"})
"""What 没房 leaves possible."""


Who = Callable[[int], str]


@dataclass(frozen=True)
class Claim:
    """A fact said of a person; ``order`` is the clause it stands in, ``hedged`` whether the words waver."""

    person: str
    fact: str
    value: Value
    start: int
    end: int
    order: int
    hedged: bool = False
    anyone: bool = False
    presumed: bool = False


@dataclass(frozen=True)
class Spot:
    """Where something is: the places it may be and the kinds of area, ``None`` where not said."""

    places: Places | None = None
    area: frozenset[str] | None = None
    start: int = 0
    end: int = 0
    assumed: bool = False

    @property
    def said(self) -> bool:
        """Whether the words name anything at all."""
        return self.places is not None or self.area is not None


@dataclass(frozen=True)
class Thing:
    """A dwelling or a job told of a person: its possible kinds (empty where only denied), where, and in which clause."""

    person: str
    kind: frozenset[str]
    deny: frozenset[str]
    spot: Spot
    start: int
    end: int
    order: int
    hedged: bool = False
    away: bool = False


@dataclass
class Ledger:
    """Everything read from a message, before the frame is built."""

    clauses: list[Clause]
    people: list[Mention]
    places: list[PlaceReading]
    home: str | None = None
    subjects: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    homes: list[Thing] = field(default_factory=list)
    jobs: list[Thing] = field(default_factory=list)
    stands: list[Claim] = field(default_factory=list)


@dataclass(frozen=True)
class Passage:
    """One clause under reading, with all that the clauses before it settled.

    ``subject`` is whom the clause as a whole is about, ``carried`` whom the one before was, ``topic`` the relative spoken of last;
    ``where`` the place the scene is set in; ``roles`` what each place is named for; ``story`` what the message as a whole tells of.
    """

    ledger: Ledger
    clause: Clause
    order: int
    plain: str
    roles: dict[int, str]
    mentions: list[Mention]
    who: Who
    subject: str
    carried: str
    topic: str
    where: Spot
    story: frozenset[str]


def only_asked(ledger: Ledger, clause: Clause) -> bool:
    """Whether a clause asks whether something would be enough; alone and of nobody (小产权房就能落户吗) it asks in general instead."""
    return clause.condition and bool(ledger.people or sum(len(c.text) > 1 for c in ledger.clauses) > 1)


def names_of(person: str) -> frozenset[str]:
    """Under which names a person may stand: a couple holds for both, a relative's relative (``grandchild/parent``) is also named bare.

    Not so a brother's brother (``sibling/sibling``): the bare name is the first one's.
    """
    whose, _, bare = person.rpartition("/")
    return frozenset({person, *({bare} - {whose})} | ({COUPLE} if person in (SELF, "spouse") else set()))


def same_person(one: str, other: str) -> bool:
    """Whether two names may stand for one person: husband and wife are two, and either is one of the couple."""
    return one in names_of(other) or other in names_of(one)


def along(ledger: Ledger, person: str) -> list[Claim]:
    """The claims of one person; what a couple is said to be holds for both."""
    people = names_of(person)
    return [c for c in ledger.claims if c.person in people]


def things(entries: list[Thing], person: str) -> list[Thing]:
    """The dwellings or jobs of one person, a couple's included."""
    people = names_of(person)
    return [t for t in entries if t.person in people]
