"""What would have to change for a route to be open ("怎样才能办"): the smallest honest sets of changes.

A set is sound: with all of it the route is true, or everything left to decide in it is named as the authority's to confirm.
It is minimal: no part of it would do.  Nothing is offered that would be a sham if it were done for a registration: what
cannot honestly change is of kind ``fixed``, and sets with such a change come last.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, product

from bot.eligibility.cells import cells, fact_tests
from bot.eligibility.codec import full
from bot.eligibility.logic import holds, latest, month_limits
from bot.eligibility.means import Means
from bot.eligibility.screening import AllTrace, AtomTrace, RouteResult, Trace, evaluate, evaluate_atom, screen
from bot.eligibility.values import Choice, Dates, Value, meet
from bot.policy.model import All, Atom, Condition, MonthsSince, MonthsUntil, Pack, Test
from bot.policy.vocabulary import Vocabulary

# Least trouble first; what cannot change at all weighs more than any number of other changes.
_WEIGHT = {"confirm": 1, "wait": 2, "authority": 2, "choose": 3, "paper": 3, "consent": 4, "fixed": 100}
# Half a year can be counted 181 to 184 days long; a search a little wider than that finds the first day of a wait.
_SLACK_DAYS = 10
# A condition names at most this many values that meet it.
_NAMED = 3


@dataclass(frozen=True)
class Change:
    """One thing to change.

    ``kind`` is one of :data:`bot.eligibility.means.KINDS`; ``condition`` the condition in the pack's plain words and ``text``
    the sentence for the resident; ``from_`` the first day on which a wait is over, where the facts tell it; ``to`` the value
    that the fact then has, or ``None`` where it stays (a wait until a known day, or something to be confirmed).
    """

    kind: str
    fact: str
    text: str
    condition: str
    from_: date | None
    to: Value | None
    note: str | None
    article: str
    quote: str


@dataclass(frozen=True)
class ChangeSet:
    """Changes that together open one route.

    ``honest`` is false where one of them cannot be made for this purpose. ``capped`` is true where the route is then still
    for the authority to confirm.
    """

    route: str
    changes: tuple[Change, ...]
    honest: bool
    capped: bool


def changes(
    pack: Pack,
    facts: Mapping[str, Value],
    as_of: date,
    vocabulary: Vocabulary,
    means: Means,
    route_id: str | None = None,
) -> tuple[ChangeSet, ...]:
    """The smallest sound sets of changes for every settlement route that is not true yet, or for one route.

    Ordered: honest sets first, then the least trouble, then the order of the routes. Empty where the route is true already.

    Raises:
        KeyError: the document makes no such route.
    """
    screening = screen(pack, facts, as_of, vocabulary=vocabulary)
    results = [r for r in screening.routes if r.route.settles] if route_id is None else [screening.route(route_id)]
    tests = fact_tests(pack)
    found: list[tuple[int, ChangeSet]] = []
    for result in results:
        if result.trace.value is not True:
            found.extend(_Planner(facts, as_of, vocabulary, means, tests).plan(result))
    return tuple(s for _, s in sorted(found, key=lambda pair: (not pair[1].honest, pair[0])))


def applied(change_set: ChangeSet, facts: Mapping[str, Value], as_of: date) -> tuple[dict[str, Value], date]:
    """The facts and the day on which the changes have been made."""
    told = dict(facts)
    told.update({c.fact: c.to for c in change_set.changes if c.to is not None})
    return told, max([as_of, *(c.from_ for c in change_set.changes if c.from_)])


def opens(change_set: ChangeSet, pack: Pack, facts: Mapping[str, Value], as_of: date, vocabulary: Vocabulary) -> bool:
    """Whether the changes open their route, up to what they themselves leave to be confirmed."""
    told, day = applied(change_set, facts, as_of)
    trace = evaluate(pack.route(change_set.route).when, told, day, vocabulary=vocabulary)
    return _open(trace, change_set.changes)


def _open(trace: Trace, made: Iterable[Change]) -> bool:
    return _holds_if(trace, _granted(made)) is True


def _holds_if(trace: Trace, granted: set[tuple[str, str]]) -> bool | None:
    """The value of the trace if what is granted were confirmed."""
    if isinstance(trace, AtomTrace):
        confirmable = trace.value is None and trace.asks is None
        return True if confirmable and (trace.atom.fact, trace.atom.text) in granted else trace.value
    below = [_holds_if(child, granted) for child in trace.children]
    if isinstance(trace, AllTrace):
        return False if False in below else None if None in below else True
    return True if True in below else None if None in below else False


def _combinations(trace: Trace) -> list[tuple[AtomTrace, ...]]:
    """Every set of conditions that together carry the route, met or not."""
    if isinstance(trace, AtomTrace):
        return [(trace,)]
    below = [_combinations(child) for child in trace.children]
    if isinstance(trace, AllTrace):
        return [tuple(a for part in parts for a in part) for parts in product(*below)]
    return [way for options in below for way in options]


class _Judge:
    """Whether sets of changes open one route. Remembers each condition under each value it has met; lives for one call."""

    def __init__(self, when: Condition, facts: Mapping[str, Value], as_of: date, vocabulary: Vocabulary) -> None:
        self._when = when
        self._facts = facts
        self._as_of = as_of
        self._vocabulary = vocabulary
        self._atoms: dict[tuple[int, int, date], tuple[bool, bool]] = {}
        self._sets: dict[frozenset[Change], bool] = {}

    def sound(self, made: frozenset[Change]) -> bool:
        """Whether with these changes the route is true, up to what they leave to be confirmed."""
        known = self._sets.get(made)
        if known is None:
            told = {c.fact: (c.to,) for c in made if c.to is not None}
            day = max([self._as_of, *(c.from_ for c in made if c.from_)])
            known = self._sets[made] = self._opens(self._when, told, (day,), _granted(made))
        return known

    def minimal(self, made: frozenset[Change]) -> bool:
        """Whether no part of the set would do."""
        spare = [c for c in made if self._may_do(made - {c})]
        return not any(self.sound(made - set(gone)) for size in range(1, len(spare) + 1) for gone in combinations(spare, size))

    def _may_do(self, made: frozenset[Change]) -> bool:
        """Whether some part of the set, or the whole, might be sound: each condition is taken as any part would find it at best.

        Most changes of a set cannot be spared, and then the many parts without them need not be tried.
        """
        told = {c.fact: (c.to, self._facts.get(c.fact)) for c in made if c.to is not None}
        days = (self._as_of, *{c.from_ for c in made if c.from_})
        return self._opens(self._when, told, days, _granted(made))

    def _opens(
        self, condition: Condition, told: Mapping[str, tuple[Value | None, ...]], days: Sequence[date], left: Collection[tuple[str, str]]
    ) -> bool:
        """Whether a condition holds, or is left to be confirmed, with one of the values of its fact on one of the days."""
        if isinstance(condition, Atom):
            fact = condition.fact
            for value in told.get(fact) or (self._facts.get(fact),):
                for day in days:
                    met, confirmable = self._found(condition, value, day)
                    if met or confirmable and (fact, condition.text) in left:
                        return True
            return False
        if isinstance(condition, All):
            return all(self._opens(child, told, days, left) for child in condition.of)
        return any(self._opens(child, told, days, left) for child in condition.of)

    def _found(self, atom: Atom, value: Value | None, day: date) -> tuple[bool, bool]:
        """Whether the condition is met, and whether it can only be confirmed."""
        key = (id(atom), id(value), day)
        known = self._atoms.get(key)
        if known is None:
            trace = evaluate_atom(atom, {} if value is None else {atom.fact: value}, day, vocabulary=self._vocabulary)
            known = self._atoms[key] = trace.value is True, trace.value is None and trace.asks is None
        return known


def _granted(made: Iterable[Change]) -> set[tuple[str, str]]:
    return {(c.fact, c.condition) for c in made if c.kind in ("confirm", "authority")}


class _Planner:
    """Plans for one person; lives for one call."""

    def __init__(
        self, facts: Mapping[str, Value], as_of: date, vocabulary: Vocabulary, means: Means, tests: Mapping[str, Sequence[Test]]
    ) -> None:
        self._facts = facts
        self._as_of = as_of
        self._vocabulary = vocabulary
        self._means = means
        self._tests = tests
        self._cells: dict[tuple[str, Value], tuple[Value, ...]] = {}

    def plan(self, result: RouteResult) -> Iterator[tuple[int, ChangeSet]]:
        judge = _Judge(result.route.when, self._facts, self._as_of, self._vocabulary)
        options: dict[tuple[int, ...], list[tuple[Change, ...]]] = {}
        kept: dict[frozenset[Change], None] = {}
        for way in _combinations(result.trace):
            by_fact: dict[str, list[AtomTrace]] = {}
            for atom in way:
                by_fact.setdefault(atom.atom.fact, []).append(atom)
            choices = []
            for group in by_fact.values():
                if any(a.value is not True for a in group):
                    key = tuple(id(a) for a in group)
                    if key not in options:
                        options[key] = list(self._options(group))
                    choices.append(options[key])
            for parts in product(*choices):
                made = frozenset(c for part in parts for c in part)
                if made and made not in kept and judge.sound(made):
                    kept[made] = None
        for made in kept:
            if not any(other < made for other in kept) and judge.minimal(made):
                yield self._set(result, made)

    def _set(self, result: RouteResult, made: frozenset[Change]) -> tuple[int, ChangeSet]:
        ordered = sorted(made, key=lambda c: (_WEIGHT[c.kind], c.fact, c.condition))
        honest = all(c.kind != "fixed" for c in ordered)
        capped = any(c.kind in ("confirm", "authority") for c in ordered)
        return sum(_WEIGHT[c.kind] for c in ordered), ChangeSet(result.route.id, tuple(ordered), honest, capped)

    def _options(self, group: list[AtomTrace]) -> Iterator[tuple[Change, ...]]:
        """The ways to meet the conditions of a way on one fact."""
        missing = [a for a in group if a.value is not True]
        fact = group[0].atom.fact
        if all(a.asks is None and a.value is None for a in missing):
            yield tuple(self._change("authority" if self._by_authority(fact) else "confirm", a.atom) for a in missing)
            if self._by_authority(fact):
                return
        if (day := self._wait(missing)) is not None:
            yield (self._change("wait", missing[0].atom, from_=day),)
            return
        yield from self._targets(group, missing)

    def _by_authority(self, fact: str) -> bool:
        return self._vocabulary.facts[fact].answered_by == "authority"

    def _targets(self, group: list[AtomTrace], missing: list[AtomTrace]) -> Iterator[tuple[Change, ...]]:
        fact = group[0].atom.fact
        spec = self._vocabulary.facts[fact]
        atoms_ = [a.atom for a in group]
        value = self._facts.get(fact) or full(spec)
        # What may be so already comes before what would have to become so.
        for possible in (value, full(spec)):
            strict = [c for c in self._told_apart(fact, possible) if all(self._value(a, c) is True for a in atoms_)]
            if strict:
                yield self._to(fact, strict, missing, ())
                return
        # No value satisfies every reading: the nearest leaves the note to be confirmed.
        every = self._told_apart(fact, full(spec))
        loose = [c for c in every if all(self._value(a, c) is not False for a in atoms_)]
        if loose:
            left = [a for a in atoms_ if any(self._value(a, c) is None for c in loose)]
            yield self._to(fact, loose, missing, left)

    def _told_apart(self, fact: str, possible: Value) -> tuple[Value, ...]:
        key = (fact, possible)
        if key not in self._cells:
            self._cells[key] = cells(possible, self._tests.get(fact, ()), self._as_of)
        return self._cells[key]

    def _value(self, atom: Atom, cell: Value) -> bool | None:
        value = holds(atom.test, cell, self._as_of)
        return value if atom.reading_b is None or holds(atom.reading_b, cell, self._as_of) is value else None

    def _to(self, fact: str, fitting: Sequence[Value], missing: list[AtomTrace], left: Iterable[Atom]) -> tuple[Change, ...]:
        mean = self._means.facts[fact]
        # A date that is known does not change; only one that is not known yet can still come.
        dated = isinstance(self._facts.get(fact), Dates) and self._facts[fact] != Dates()
        if dated and not any(meet(c, self._facts[fact]) for c in fitting):
            return (self._change("fixed", missing[0].atom, to=fitting[0]), *(self._change("confirm", a) for a in left))
        kinds = [mean.of(next(iter(c.values))) if isinstance(c, Choice) else mean.kind for c in fitting]
        kind = min(kinds, key=lambda k: _WEIGHT[k])
        best = [c for c, k in zip(fitting, kinds, strict=True) if k == kind]
        choice = frozenset(v for c in best if isinstance(c, Choice) for v in c.values)
        target = Choice(choice) if choice else best[0]
        first = missing[0].atom
        confirmed = tuple(self._change("confirm", a) for a in left)
        return (self._change(kind, first, to=target), *confirmed)

    def _wait(self, missing: list[AtomTrace]) -> date | None:
        """The first day on which conditions on a known date are met without doing anything."""
        value = self._facts.get(missing[0].atom.fact)
        if not isinstance(value, Dates):
            return None
        days = []
        for trace in missing:
            tests = [t for t in (trace.atom.test, trace.atom.reading_b) if t is not None]
            found = [_first_day(t, value, self._as_of) for t in tests]
            days.extend(found)
        known = [d for d in days if d is not None]
        return max(known) if known and len(known) == len(days) else None

    def _change(self, kind: str, atom: Atom, from_: date | None = None, to: Value | None = None) -> Change:
        pattern = self._means.texts["wait_until" if kind == "wait" and from_ else kind]
        text = pattern.replace("{condition}", atom.text + self._meant(atom, to))
        if from_:
            text = text.replace("{date}", f"{from_.year}年{from_.month}月{from_.day}日")
        note = atom.note if kind == "confirm" else None
        return Change(kind, atom.fact, text, atom.text, from_, to, note, atom.article, atom.quote)

    def _meant(self, atom: Atom, to: Value | None) -> str:
        """Where the wording is open, what surely meets it, in brackets."""
        labels = self._vocabulary.facts[atom.fact].labels
        if atom.reading_b is None or not isinstance(to, Choice) or not 0 < len(to.values) <= _NAMED:
            return ""
        if self._vocabulary.facts[atom.fact].type != "enum":
            return ""
        meant = [label for value, label in labels.items() if value in to.values]
        said = all(part in atom.text for label in meant for part in re.split("[或里]", label) if part)
        return "" if said else f"（{'，或'.join(meant)}）"


def _first_day(test: Test, value: Dates, as_of: date) -> date | None:
    """The first day from ``as_of`` on which the test on dates holds; ``None`` where none comes or it cannot be told."""
    if isinstance(test, MonthsSince) and test.min is not None:
        day = latest(value, test.min)
        if day is None:
            return None
        day = max(day, as_of)
    elif isinstance(test, MonthsUntil) and test.max is not None and value.last is not None:
        day = max(as_of, month_limits(value.last, -test.max)[0] - timedelta(days=_SLACK_DAYS))
        for _ in range(3 * _SLACK_DAYS):
            if month_limits(day, test.max)[0] >= value.last:
                break
            day += timedelta(days=1)
    else:
        return None
    return day if holds(test, value, day) is True else None
