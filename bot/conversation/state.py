"""The state of a conversation: which place, whose case, what was told, what is waiting for an answer.

Frozen; every turn returns a new one.  It is kept as plain JSON in one slot of the tracker, so that Rasa can be replaced
without touching it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from bot.eligibility.values import Choice, Dates, Months, Places, Value

SAID, HEDGED, PRESUMED = "said", "hedged", "presumed"


@dataclass(frozen=True)
class Told:
    """What is known of one fact, the resident's words for it, and whether it was said, hedged or presumed."""

    value: Value
    words: str = ""
    certainty: str = SAID


@dataclass(frozen=True)
class Dispute:
    """Two statements about one fact that contradict each other; no verdict until the resident settles it."""

    fact: str
    old: Told
    new: Told


@dataclass(frozen=True)
class Case:
    """The pre-screening of one person: facts told, facts already asked, and the routes the resident cares about.

    ``nth`` tells the cases of several relatives of one kind apart, father and mother or two sisters, in the order they came up.
    """

    person: str = "self"
    words: str = ""
    told: Mapping[str, Told] = field(default_factory=lambda: MappingProxyType({}))
    asked: tuple[str, ...] = ()
    topic: str | None = None
    only: bool = False
    pending: str | None = None
    dispute: Dispute | None = None
    nth: int = 1

    @property
    def key(self) -> str:
        """What the case is kept under."""
        return self.person if self.nth == 1 else f"{self.person}#{self.nth}"

    @property
    def said(self) -> frozenset[str]:
        """The facts that were told, and not only taken for granted."""
        return frozenset(name for name, told in self.told.items() if told.certainty != PRESUMED)

    def reopened(self) -> Case:
        """The case with its pending question as one not asked yet, so that it comes again."""
        return replace(self, asked=tuple(fact for fact in self.asked if fact != self.pending))

    @property
    def facts(self) -> dict[str, Value]:
        """The facts as the engine takes them."""
        return {name: told.value for name, told in self.told.items()}


@dataclass(frozen=True)
class Conversation:
    """Everything a turn may depend on besides the message itself.

    ``place`` is the jurisdiction the resident named (it wins until a restart); ``waiting`` the message that waits for the
    place to be told; ``cases`` the pre-screenings by :attr:`Case.key`, the one taken up last at the end, ``person`` of whom the one
    under way is; ``misses`` how many messages in a row were not understood; ``whose`` what was told of a home or of work while it is
    asked whose that is; ``rests_on`` policy, article and words of every passage of the last answer, none after a verdict; ``side``
    which papers were asked about last (:mod:`bot.conversation.of_the_home`); ``question`` what the last question in general supposed of
    nobody in particular (租房房东不同意能落吗).
    """

    place: str | None = None
    asked_place: bool = False
    person: str = "self"
    cases: Mapping[str, Case] = field(default_factory=lambda: MappingProxyType({}))
    topic: str | None = None
    waiting: Mapping[str, Any] | None = None
    misses: int = 0
    whose: str | None = None
    rests_on: tuple[tuple[str, str, str], ...] = ()
    side: str = ""
    question: Case | None = None

    @cached_property
    def case(self) -> Case:
        """The pre-screening under way, empty if none has begun."""
        return next(iter(self.of(self.person)), Case(person=self.person))

    def of(self, person: str) -> tuple[Case, ...]:
        """The cases of everybody of one relation to the asker, the one taken up last first."""
        return tuple(c for c in self.cases.values() if c.person == person)[::-1]

    def with_case(self, case: Case) -> Conversation:
        """This conversation with ``case`` as the one under way."""
        others = {key: other for key, other in self.cases.items() if key != case.key}
        return replace(self, person=case.person, cases=MappingProxyType({**others, case.key: case}))

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; the inverse of :meth:`from_json`."""
        return {
            "place": self.place,
            "asked_place": self.asked_place,
            "person": self.person,
            "topic": self.topic,
            "waiting": self.waiting,
            "misses": self.misses,
            "whose": self.whose,
            **({"side": self.side} if self.side else {}),
            "cases": [_case_to_json(c) for c in self.cases.values()],
            **({"rests_on": [list(passage) for passage in self.rests_on]} if self.rests_on else {}),
            **({"question": _case_to_json(self.question)} if self.question else {}),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any] | None) -> Conversation:
        """The state a slot held; a slot that holds nothing gives a new conversation."""
        if not raw:
            return cls()
        cases = [_case_from_json(c) for c in raw.get("cases", ())]
        return cls(
            raw.get("place"),
            bool(raw.get("asked_place")),
            raw.get("person", "self"),
            MappingProxyType({c.key: c for c in cases}),
            raw.get("topic"),
            raw.get("waiting"),
            int(raw.get("misses", 0)),
            raw.get("whose"),
            tuple((str(policy), str(article), str(quote)) for policy, article, quote in raw.get("rests_on", ())),
            raw.get("side", ""),
            _case_from_json(raw["question"]) if raw.get("question") else None,
        )


def _case_to_json(case: Case) -> dict[str, Any]:
    dispute = case.dispute
    return {
        "person": case.person,
        "words": case.words,
        "told": {k: _told_to_json(v) for k, v in case.told.items()},
        "asked": list(case.asked),
        "topic": case.topic,
        "only": case.only,
        "pending": case.pending,
        "dispute": dispute and [dispute.fact, _told_to_json(dispute.old), _told_to_json(dispute.new)],
        **({"nth": case.nth} if case.nth > 1 else {}),
    }


def _case_from_json(raw: Mapping[str, Any]) -> Case:
    dispute = raw.get("dispute")
    return Case(
        raw["person"],
        raw.get("words", ""),
        MappingProxyType({k: _told_from_json(v) for k, v in raw["told"].items()}),
        tuple(raw.get("asked", ())),
        raw.get("topic"),
        bool(raw.get("only")),
        raw.get("pending"),
        Dispute(dispute[0], _told_from_json(dispute[1]), _told_from_json(dispute[2])) if dispute else None,
        int(raw.get("nth", 1)),
    )


def _told_to_json(told: Told) -> list[Any]:
    return [_value_to_json(told.value), told.words, told.certainty]


def _told_from_json(raw: list[Any]) -> Told:
    return Told(_value_from_json(raw[0]), raw[1], raw[2])


def _value_to_json(value: Value) -> dict[str, Any]:
    if isinstance(value, Choice):
        return {"in": sorted(value.values)}
    if isinstance(value, Dates):
        return {"days": [d and d.isoformat() for d in (value.first, value.last)]}
    if isinstance(value, Months):
        return {"months": [value.min, value.max]}
    return {"places": sorted(value.include), "but": sorted(value.exclude)}


def _value_from_json(raw: Mapping[str, Any]) -> Value:
    if "in" in raw:
        return Choice(frozenset(raw["in"]))
    if "days" in raw:
        first, last = (date.fromisoformat(d) if d else None for d in raw["days"])
        return Dates(first, last)
    if "months" in raw:
        return Months(*raw["months"])
    return Places(frozenset(raw["places"]), frozenset(raw["but"]))
