"""What is known of one fact: the non-empty set of values that are still possible.

A resident rarely states a fact exactly.  "外省的" leaves thirty provinces open and still decides that the
household is not registered in 聊城; "一年多" leaves the day open and still decides that a year has passed.
Every value here is frozen, and :func:`meet` (what two statements leave possible together) is the only way
to combine two of them.  Unknown is the full set, never false.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Union

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Choice:
    """A subset of an enumerated fact's values; a boolean fact has the values ``yes`` and ``no``."""

    values: frozenset[str]

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError("a Choice needs at least one possible value")


@dataclass(frozen=True)
class Dates:
    """An interval of calendar days, both ends included; ``None`` is an open end."""

    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if self.first and self.last and self.first > self.last:
            raise ValueError(f"the interval {self.first}..{self.last} holds no day")


@dataclass(frozen=True)
class Months:
    """An interval of whole months, both ends included; ``None`` is an open end."""

    min: int | None = None
    max: int | None = None

    def __post_init__(self) -> None:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"the interval {self.min}..{self.max} holds no month")


@dataclass(frozen=True)
class Places:
    """A set of places in the administrative tree.

    ``include`` and ``exclude`` hold place paths such as ``山东省/聊城市/东昌府区``; a place stands for everything
    inside it and the empty path for the whole world.  The set is everything inside an included place and in no
    excluded one, so "外地的" is ``include={""}, exclude={"山东省/聊城市"}``.
    """

    include: frozenset[str]
    exclude: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if len(self.include) == 1 and not self.exclude:
            return  # one place and nothing cut out of it: the usual set, and already as short as it can be
        kept = frozenset(p for p in self.include if not any(inside(p, e) for e in self.exclude))
        kept = frozenset(p for p in kept if not any(p != q and inside(p, q) for q in kept))
        if not kept:
            raise ValueError("a Places needs at least one possible place")
        cut = frozenset(e for e in self.exclude if any(inside(e, p) for p in kept))
        cut = frozenset(e for e in cut if not any(e != f and inside(e, f) for f in cut))
        object.__setattr__(self, "include", kept)
        object.__setattr__(self, "exclude", cut)


Value = Union[Choice, Dates, Months, Places]
ANYWHERE = Places(frozenset({""}))


def inside(place: str, region: str) -> bool:
    """Whether ``place`` is ``region`` or lies in it (paths of the administrative tree)."""
    return region == "" or place == region or place.startswith(region + "/")


def among(known: Mapping[str, Value], limits: Mapping[str, Collection[str]]) -> bool:
    """Whether every enumerated fact named is known to have one of the values given for it."""
    return all(isinstance(value := known.get(fact), Choice) and value.values <= frozenset(values) for fact, values in limits.items())


def meet(a: Value, b: Value) -> Value | None:
    """What both statements leave possible, or ``None`` where they contradict each other.

    Raises:
        TypeError: the two values are of different kinds, so they cannot be about one fact.
    """
    if a == b:
        return a
    if isinstance(a, Choice) and isinstance(b, Choice):
        both = a.values & b.values
        return Choice(both) if both else None
    if isinstance(a, Dates) and isinstance(b, Dates):
        first = max((d for d in (a.first, b.first) if d), default=None)
        last = min((d for d in (a.last, b.last) if d), default=None)
        return None if first and last and first > last else Dates(first, last)
    if isinstance(a, Months) and isinstance(b, Months):
        low = max((m for m in (a.min, b.min) if m is not None), default=None)
        high = min((m for m in (a.max, b.max) if m is not None), default=None)
        return None if low is not None and high is not None and low > high else Months(low, high)
    if isinstance(a, Places) and isinstance(b, Places):
        if ANYWHERE in (a, b):
            return b if a == ANYWHERE else a
        parts = {p for p in a.include for q in b.include if inside(p, q)}
        parts |= {q for p in a.include for q in b.include if inside(q, p)}
        cut = a.exclude | b.exclude
        parts = {p for p in parts if not any(inside(p, e) for e in cut)}
        return Places(frozenset(parts), cut) if parts else None
    raise TypeError(f"cannot meet {type(a).__name__} and {type(b).__name__}")


def refines(a: Value, b: Value) -> bool:
    """Whether ``a`` says at least as much as ``b`` (every value possible under ``a`` is possible under ``b``)."""
    return meet(a, b) == a
