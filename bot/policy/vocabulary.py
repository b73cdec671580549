"""The shared vocabulary of facts: what may be known about a resident, and how it is asked.

Read from ``data/vocabulary/facts.yml``.  Packs name facts; they never define them, so that one resident's facts can be
screened against every place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

# Which side of a topic a question asks about; ``count`` is how many years or months, ``area`` how many square metres, ``validity`` whether
# the document is in force. The reader finds the same ones.
ASPECTS = ("materials", "fee", "time", "office", "steps", "online", "phone", "validity", "count", "area", "age", "consent")


@dataclass(frozen=True)
class FactSpec:
    """One fact.

    ``type`` is ``enum``, ``boolean``, ``place``, ``date`` or ``months``; ``about`` is ``self`` (the person who wants to
    register) or ``kin`` (the relative followed); ``answered_by`` is ``resident``, ``document``, ``authority`` or ``world``;
    ``labels`` maps each value to its plain Chinese, in the order the options are shown; ``presumed`` holds the values taken
    for granted until told otherwise; ``burden`` is 1 (known at once) to 5 (a paper must be fetched). ``narrowed`` is the question where
    part of the answer is known already (在厂里上班 leaves open in which form); without it, ``question`` is asked again. ``taken`` is how a
    value is put that is taken for granted, so that it says by itself what it is of (房子在城区或县城里). ``loosely`` holds, for a value
    that people also tell of what is nearly it (有房), the closer values that may be told of it later (没房本) without contradicting it.
    """

    name: str
    type: str
    about: str
    answered_by: str
    label: str
    question: str
    labels: Mapping[str, str]
    burden: int
    sensitive: str
    presumed: tuple[str, ...] = ()
    narrowed: str = ""
    taken: str = "{value}"
    loosely: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def ask(self, who: str = "您", kin: str = "对方", among: int = 0) -> str:
        """The question with the person who wants to register and the relative followed filled in.

        ``among`` is how many values are still possible (0: not known).
        """
        part_known = self.narrowed and 0 < among < len(self.labels)
        return (self.narrowed if part_known else self.question).replace("{who}", who).replace("{kin}", kin)

    def noted(self, value: str) -> str:
        """A value with what it is of, as it is noted down: "租赁合同：没签"."""
        return f"{self.label.removeprefix('有没有').removeprefix('是否')}：{self.labels[value]}"

    def granted(self, value: str) -> str:
        """A value as a reply says that it is taken for granted."""
        return self.taken.replace("{value}", self.labels[value])

    @cached_property
    def values(self) -> frozenset[str]:
        """Every value of an enumerated or boolean fact; empty for the other types."""
        return frozenset(self.labels)


Settling = tuple[Mapping[str, frozenset[str]], Mapping[str, tuple[str, ...]]]
"""Facts and the values among which they must be known to lie, and what is then so of others."""


@dataclass(frozen=True)
class Vocabulary:
    """Every fact, what one statement settles about untold facts, and what being a minor settles.

    ``implications`` hold of whatever is read; ``presumptions`` only of a screening, of facts that nobody mentioned.

    ``follows`` maps a place fact to another: untold, it is taken to lie in the place asked about where the other one does.
    ``villageless`` is what holds of whoever speaks of no village of their own.
    ``supposed`` gives, by fact and value, the topics of a question in general that supposes it (宿舍能落户吗), the nearest first.
    ``points`` are the details that a pack may say something of (``data/lexicon/points.yml``).
    """

    facts: Mapping[str, FactSpec]
    implications: tuple[Settling, ...]
    minor: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, str]
    matters: Mapping[str, str]
    follows: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    supposed: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=lambda: MappingProxyType({}))
    villageless: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    presumptions: tuple[Settling, ...] = ()
    points: frozenset[str] = frozenset()
