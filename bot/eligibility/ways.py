"""The ways in which a condition that is still open can come to be decided.

A way is a set of undecided conditions which, all brought to the goal, bring the whole condition there: "房子在市区" and "自己名下
有房产证的住房" together make a route true; "没有住处" alone makes it false.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from itertools import product

from bot.eligibility.cells import cells
from bot.eligibility.codec import full
from bot.eligibility.logic import holds
from bot.eligibility.screening import AllTrace, AtomTrace, Trace
from bot.eligibility.values import Choice, Value
from bot.policy.model import Atom, In, Test
from bot.policy.vocabulary import Vocabulary

Way = tuple[AtomTrace, ...]
Answer = frozenset[Value | str]
"""Answers to one fact: the bare values of an enumerated fact, or representatives of its cells."""


def ways(trace: Trace, goal: bool, usable: Callable[[AtomTrace], bool]) -> list[Way]:
    """Every way to bring a trace to ``goal`` by deciding undecided conditions for which ``usable`` holds.

    A way is empty where the trace is there already; there is none where it can no longer come there.
    """
    if trace.value is goal:
        return [()]
    if isinstance(trace, AtomTrace):
        return [(trace,)] if trace.value is None and usable(trace) else []
    if trace.value is not None:
        return []
    below = [ways(child, goal, usable) for child in trace.children]
    if isinstance(trace, AllTrace) is goal:
        if not all(below):
            return []
        return [tuple(a for part in parts for a in part) for parts in product(*below)]
    return [way for options in below for way in options]


class Answers:
    """Which answers to a fact bring a condition to a goal; a scratch pad for one call, shared with nobody."""

    def __init__(self, facts: Mapping[str, Value], as_of: date, vocabulary: Vocabulary, tests: Mapping[str, list[Test]]) -> None:
        self._facts = facts
        self._as_of = as_of
        self._vocabulary = vocabulary
        self._tests = tests
        self._cells: dict[str, tuple[Value, ...]] = {}
        self._fitting: dict[tuple[int, bool], Answer] = {}

    def value(self, fact: str) -> Value:
        """What is known of the fact."""
        return self._facts.get(fact) or full(self._vocabulary.facts[fact])

    def count(self, fact: str) -> int:
        """How many answers to the fact the document tells apart."""
        value = self.value(fact)
        return len(value.values) if isinstance(value, Choice) else len(self.cells(fact))

    def cells(self, fact: str) -> tuple[Value, ...]:
        """The answers to the fact that the document tells apart."""
        if fact not in self._cells:
            self._cells[fact] = cells(self.value(fact), self._tests.get(fact, ()), self._as_of)
        return self._cells[fact]

    def fitting(self, atom: Atom, goal: bool) -> Answer:
        """The answers that bring the condition to the goal under every reading (for an enumerated fact: its bare values)."""
        key = (id(atom), goal)
        found = self._fitting.get(key)
        if found is None:
            found = self._fitting[key] = self._fit(atom, goal)
        return found

    def _fit(self, atom: Atom, goal: bool) -> Answer:
        value, test, rival = self.value(atom.fact), atom.test, atom.reading_b
        if isinstance(value, Choice) and isinstance(test, In):
            left = value.values & test.values if goal else value.values - test.values
            if isinstance(rival, In):
                left = left & rival.values if goal else left - rival.values
            return frozenset(left)
        return frozenset(
            cell for cell in self.cells(atom.fact)
            if holds(test, cell, self._as_of) is goal and (rival is None or holds(rival, cell, self._as_of) is goal)
        )

    def needs(self, way: Way, goal: bool) -> dict[str, Answer] | None:
        """For every fact of a way the answers that serve all its conditions; ``None`` where a fact has no such answer."""
        found: dict[str, Answer] = {}
        for trace in way:
            fact = trace.atom.fact
            fit = self.fitting(trace.atom, goal)
            both = fit if fact not in found else found[fact] & fit
            if not both:
                return None
            found[fact] = both
        return found

    def as_value(self, answer: Value | str) -> Value:
        """An answer from :meth:`fitting` as a value."""
        return Choice(frozenset((answer,))) if isinstance(answer, str) else answer
