"""Pre-screening: the facts of one person against every route of one document, with the whole trace.

Every child of every condition is evaluated, so that a reply can show what is met, what is not and what is still open.
A wording that a note leaves open is evaluated under both readings and counts only where both agree.
The verdict is a pre-screening; the authority decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from bot.eligibility.logic import all_of, any_of, holds, holds_unknown
from bot.eligibility.values import Dates, Value
from bot.policy.model import All, Atom, Condition, Pack, Route
from bot.policy.vocabulary import Vocabulary


class Verdict(str, Enum):
    """What a pre-screening says. A document without any settlement route gives ``not_covered``."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    NEED_MORE_INFO = "need_more_info"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True)
class AtomTrace:
    """One condition, evaluated.

    ``value`` is ``None`` where it cannot be decided, and then exactly one of these says why: ``open`` is the id of the note
    whose two readings disagree; ``asks`` is the fact that is not known well enough; ``confirm`` is true where only the
    authority can say (向受理机关确认), which is never asked of the resident: a fact that it alone establishes, or a day on
    which the usual ways to count months disagree.
    """

    atom: Atom
    value: bool | None
    open: str | None = None
    asks: str | None = None
    confirm: bool = False


@dataclass(frozen=True)
class AllTrace:
    """Every child must hold; ``children`` are all of them, in the order written."""

    value: bool | None
    children: tuple[Trace, ...]


@dataclass(frozen=True)
class AnyTrace:
    """One child is enough; ``children`` are all of them, in the order written."""

    value: bool | None
    children: tuple[Trace, ...]


Trace = AtomTrace | AllTrace | AnyTrace


@dataclass(frozen=True)
class RouteResult:
    """One route, screened: its verdict and the trace of its conditions."""

    route: Route
    verdict: Verdict
    trace: Trace

    @cached_property
    def atoms(self) -> tuple[AtomTrace, ...]:
        """Every condition of the trace, in the order written."""
        return tuple(trace_atoms(self.trace))

    @cached_property
    def met(self) -> frozenset[str]:
        """The facts that meet a condition of the route."""
        return frozenset(a.atom.fact for a in self.atoms if a.value is True)

    @cached_property
    def progress(self) -> float:
        """How much of the route is met, from 0 to 1; a screening is put in order several times in a turn."""
        return progress(self.trace)


@dataclass(frozen=True)
class Screening:
    """One document, screened on the day ``as_of``.

    ``notes`` are the ids of the notes whose two readings decide a route that is still open, in the order met.
    """

    policy: str
    as_of: date
    verdict: Verdict
    routes: tuple[RouteResult, ...]
    notes: tuple[str, ...]

    def route(self, route_id: str) -> RouteResult:
        """The result of one route.

        Raises:
            KeyError: the document makes no such route.
        """
        for result in self.routes:
            if result.route.id == route_id:
                return result
        raise KeyError(route_id)


_NONE: Set[str] = frozenset()
_OF = {True: Verdict.ELIGIBLE, False: Verdict.NOT_ELIGIBLE, None: Verdict.NEED_MORE_INFO}


def evaluate_atom(
    atom: Atom,
    facts: Mapping[str, Value],
    as_of: date,
    readings: Mapping[str, str] | None = None,
    vocabulary: Vocabulary | None = None,
) -> AtomTrace:
    """Evaluate one condition; a fact that is not in ``facts`` is unknown.

    Raises:
        TypeError: the value of the fact is of another kind than the test.
    """
    fact = atom.fact
    if vocabulary is not None and vocabulary.facts[fact].answered_by == "authority":
        return AtomTrace(atom, None, confirm=True)
    value = facts.get(fact)
    every = _NONE if vocabulary is None or value is not None else vocabulary.facts[fact].labels.keys()
    rival = atom.reading_b
    chosen = readings.get(atom.note or "") if readings else None
    result: bool | None
    if rival is None or chosen:
        test = rival if chosen == "B" and rival is not None else atom.test
        result = holds_unknown(test, every) if value is None else holds(test, value, as_of)
        return AtomTrace(atom, result) if result is not None else _undecided(atom, value)
    if value is None:
        result, other = holds_unknown(atom.test, every), holds_unknown(rival, every)
    else:
        result, other = holds(atom.test, value, as_of), holds(rival, value, as_of)
    if result is None or other is None:
        return _undecided(atom, value)
    return AtomTrace(atom, result) if result is other else AtomTrace(atom, None, open=atom.note)


def _undecided(atom: Atom, value: Value | None) -> AtomTrace:
    if isinstance(value, Dates) and value.first is not None and value.first == value.last:
        # The day is known; asking again cannot help.
        return AtomTrace(atom, None, open=atom.note, confirm=atom.note is None)
    return AtomTrace(atom, None, asks=atom.fact)


def evaluate(
    condition: Condition,
    facts: Mapping[str, Value],
    as_of: date,
    readings: Mapping[str, str] | None = None,
    vocabulary: Vocabulary | None = None,
) -> Trace:
    """Evaluate a condition and every one of its children."""
    if isinstance(condition, Atom):
        return evaluate_atom(condition, facts, as_of, readings, vocabulary)
    children = tuple([evaluate(child, facts, as_of, readings, vocabulary) for child in condition.of])
    if isinstance(condition, All):
        return AllTrace(all_of([child.value for child in children]), children)
    return AnyTrace(any_of([child.value for child in children]), children)


def screen(
    pack: Pack,
    facts: Mapping[str, Value],
    as_of: date,
    readings: Mapping[str, str] | None = None,
    vocabulary: Vocabulary | None = None,
) -> Screening:
    """Screen one person's facts against every route of a document.

    Args:
        facts: what is known, by fact name; a fact left out is unknown.
        as_of: the day that dates are counted to.
        readings: fixes a note to one of its readings, ``{"N-L07": "B"}``; a note left out is run under both.
        vocabulary: with it, a fact that only the authority can establish is marked ``confirm`` and never counts as known;
            :func:`bot.eligibility.codec.parse_facts` keeps such a fact unknown as well.

    Raises:
        TypeError: a fact's value is of another kind than a test on it.
        ValueError: a reading is neither ``A`` nor ``B``.
    """
    for note, reading in (readings or {}).items():
        if reading not in ("A", "B"):
            raise ValueError(f"reading of {note} must be 'A' or 'B', not {reading!r}")
    results = []
    settling: list[bool | None] = []
    notes: dict[str, None] = {}
    for route in pack.routes:
        trace = evaluate(route.when, facts, as_of, readings, vocabulary)
        results.append(RouteResult(route, _OF[trace.value], trace))
        if route.settles:
            settling.append(trace.value)
        if trace.value is None:
            notes.update(dict.fromkeys(a.open for a in deciding_atoms(trace) if a.open))
    verdict = _OF[any_of(settling)] if settling else Verdict.NOT_COVERED
    return Screening(pack.id, as_of, verdict, tuple(results), tuple(notes))


def trace_atoms(trace: Trace) -> Iterator[AtomTrace]:
    """Every condition of a trace, in the order written."""
    waiting = [trace]
    while waiting:
        at = waiting.pop()
        if isinstance(at, AtomTrace):
            yield at
        else:
            waiting += reversed(at.children)


def progress(trace: Trace, told: Set[str] | None = None) -> float:
    """1 for what holds, 0 for what does not; alternatives count by their best branch.

    With ``told``, what holds counts in full only where it was told, and else like what is not known.
    """
    if isinstance(trace, AtomTrace):
        if trace.value and (told is None or trace.atom.fact in told):
            return 1.0
        return 0.4 if trace.open else 0.0 if trace.value is False else 0.3
    shares = [progress(child, told) for child in trace.children]
    return sum(shares) / len(shares) if isinstance(trace, AllTrace) else max(shares)


def decisive(trace: Trace) -> Trace:
    """The trace without the children that do not carry its value; for short explanations.

    Of a false "all" only the false children carry it, of a true "any" only the true ones; of an unknown one those that
    are unknown; a true "all" and a false "any" rest on every child.
    """
    if isinstance(trace, AtomTrace):
        return trace
    kept = tuple(decisive(child) for child in trace.children if child.value is trace.value)
    return type(trace)(trace.value, kept)


def deciding_atoms(trace: Trace) -> Iterator[AtomTrace]:
    """The conditions that carry the value of a trace, in the order written."""
    if isinstance(trace, AtomTrace):
        yield trace
    else:
        for child in trace.children:
            if child.value is trace.value:
                yield from deciding_atoms(child)
