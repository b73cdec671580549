"""The next question: the fact whose answer decides most for the least trouble.

Asked is only what can still change a verdict, never what the authority alone can say, never the same fact twice.  An
"不清楚" leaves the fact unknown for good, and with it every way that rests on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.eligibility.cells import fact_tests
from bot.eligibility.screening import AllTrace, AtomTrace, RouteResult, Screening, Trace, Verdict, evaluate, screen
from bot.eligibility.values import Choice, Value
from bot.eligibility.ways import Answer, Answers, Way, ways
from bot.policy.model import Atom, In, Pack, Quote
from bot.policy.vocabulary import Vocabulary

_ASKABLE = ("resident", "document")
# What is presumed of everyone is asked only when nothing else is left.
_PRESUMED = 0.001
_NONE = "none"
WHENCE = frozenset({"hukou.place", "marital", "wish.area", "wish.household"})
"""Where somebody is from and what they wish is told by nearly everybody, so that it speaks for no route."""
# Bounds the search for a case in which an answer rules the last route out; where it is not found the question is not asked.
_TRIES = 150
# A condition that no value meets under the reading taken, only under the other.
_NEVER = In(frozenset())


@dataclass(frozen=True)
class Option:
    """One answer to choose: its plain Chinese and the value it gives the fact."""

    label: str
    value: Value


@dataclass(frozen=True)
class Question:
    """A question to the resident.

    ``text`` may hold the placeholders ``{who}`` and ``{kin}``, which the caller fills; ``options`` are the values still
    possible of an enumerated or boolean fact and empty for a place, a date or a duration; "不清楚" is the caller's to add.
    ``because`` is the passage that makes the answer matter.
    """

    fact: str
    text: str
    options: tuple[Option, ...]
    because: Quote


def next_question(
    pack: Pack,
    facts: Mapping[str, Value],
    as_of: date,
    vocabulary: Vocabulary,
    asked: Collection[str] = (),
    focus: Collection[str] = (),
    screening: Screening | None = None,
    presumed: Collection[str] = (),
) -> Question | None:
    """The most useful question, or ``None`` where no answer can change a verdict any more.

    Args:
        asked: facts asked before, whatever was answered; they are never asked again.
        focus: ids of the routes in question; their verdicts count then, and without it the verdict of the document.
        screening: the screening of these facts on this day, where it is at hand already.
        presumed: facts nobody told; a route is no nearer for what is presumed of everyone, nor for where somebody is from.

    Raises:
        KeyError: the document makes no route of that id.
    """
    screening = screening or screen(pack, facts, as_of, vocabulary=vocabulary)
    if focus:
        targets: Sequence[RouteResult] = [screening.route(route_id) for route_id in focus]
    elif screening.verdict is Verdict.NEED_MORE_INFO:
        targets = [r for r in screening.routes if r.route.settles]
    else:
        return None
    undecided = [r for r in targets if r.trace.value is None]
    if not undecided:
        return None
    no_nearer = frozenset(presumed) | WHENCE if presumed else frozenset()
    finder = _Finder(Answers(facts, as_of, vocabulary, fact_tests(pack)), vocabulary, asked, no_nearer)
    can_hold = [finder.open_ways(r.trace, True) for r in undecided]
    ranked = finder.rank(undecided, can_hold, True)
    if focus and ranked:
        return finder.question(ranked[0])
    for candidate in ranked:
        # The way may be barred by another that holds without this fact; then the answer changes nothing.
        if finder.matters(undecided, facts, as_of, candidate):
            return finder.question(candidate)
    if not focus and any(can_hold):
        return None
    can_fail = [finder.open_ways(r.trace, False) for r in undecided]
    if not focus and not all(can_fail):
        return None    # a route stays open whatever is answered, and so does the document
    # Of a route in question its own verdict counts, of the document that of all together.
    parts = [([r], [options]) for r, options in zip(undecided, can_fail, strict=True)] if focus else [(undecided, can_fail)]
    for candidate in finder.rank(undecided, can_fail, False):
        if any(finder.rules_out(facts, as_of, candidate.fact, routes, options) for routes, options in parts):
            return finder.question(candidate)
    return None


def best_met(screening: Screening, told: Collection[str]) -> tuple[str, ...]:
    """The open ways that the facts told fit best, of those they fit at all: that answers can settle, or else that they can close."""
    known = frozenset(told) - WHENCE
    still_open = [r for r in screening.routes if r.route.settles and r.verdict is Verdict.NEED_MORE_INFO]
    return _most(still_open, lambda r: _carried(r.trace, known) or ()) or _most(still_open, lambda r: touched(r) & known)


def _most(results: Sequence[RouteResult], met: Callable[[RouteResult], Collection[str]]) -> tuple[str, ...]:
    fits = [(r.route.id, len(met(r))) for r in results]
    most = max((n for _, n in fits), default=0)
    return tuple(route for route, n in fits if n == most) if most else ()


def touched(result: RouteResult) -> frozenset[str]:
    """The facts that meet a condition of a route, or leave one to its open wording."""
    return frozenset(a.atom.fact for a in result.atoms if a.value is True or a.open)


def can_be_met(trace: Trace) -> bool:
    """Whether answers alone can still bring a trace to true, so that nothing is left that only an authority can confirm."""
    return _carried(trace, frozenset()) is not None


def _carried(trace: Trace, known: frozenset[str]) -> frozenset[str] | None:
    """The facts told that meet a condition on the way by which answers can make the trace true; ``None`` where there is no such way.

    What only an authority can confirm stays open whatever is answered.
    """
    if isinstance(trace, AtomTrace):
        may_hold = trace.value is True or trace.value is None and trace.asks is not None and trace.atom.test != _NEVER
        return (known & {trace.atom.fact} if trace.value is True else frozenset()) if may_hold else None
    parts = [_carried(child, known) for child in trace.children]
    if isinstance(trace, AllTrace):
        return None if None in parts else frozenset().union(*(p for p in parts if p))
    return max((p for p in parts if p is not None), key=len, default=None)


_Fits = Mapping[str, Answer]
_Open = list[tuple[Way, _Fits]]


@dataclass(frozen=True)
class _Candidate:
    score: float
    fact: str
    atom: Atom
    fits: _Fits


class _Finder:
    """Weighs the facts that can still decide a route; lives for one call."""

    def __init__(self, answers: Answers, vocabulary: Vocabulary, asked: Collection[str], no_nearer: Collection[str]) -> None:
        self._answers = answers
        self._no_nearer = no_nearer
        self._vocabulary = vocabulary
        self._asked = asked
        self._leaders: dict[str, str] = {}
        for name in vocabulary.facts:
            self._leaders.setdefault(name.split(".", 1)[0], name)

    def _usable(self, trace: AtomTrace) -> bool:
        return trace.asks is not None and trace.asks not in self._asked and self._vocabulary.facts[trace.asks].answered_by in _ASKABLE

    def open_ways(self, trace: Trace, goal: bool) -> _Open:
        """Every way by which answers can bring the route to the goal, with the answers each of its facts needs."""
        found: _Open = []
        for way in ways(trace, goal, self._usable):
            fits = self._answers.needs(way, goal)
            if fits is not None:
                found.append((way, fits))
        return found

    def rank(self, results: Sequence[RouteResult], open_ways: Sequence[_Open], goal: bool) -> list[_Candidate]:
        """The facts worth asking, best first.

        A fact weighs what its answer can decide: the share of answers that decide the way, times how near the route is to
        being decided, over all routes, divided by its burden.
        """
        best: dict[str, tuple[float, Atom, _Fits]] = {}
        scores: dict[str, float] = {}
        for result, options in zip(results, open_ways, strict=True):
            met = sum(1 for a in result.atoms if a.value is True and a.atom.fact not in self._no_nearer)
            in_route: dict[str, float] = {}
            for way, fits in options:
                near = (1 + met) / sum(self._vocabulary.facts[f].burden for f in fits)
                for trace in way:
                    fact = trace.atom.fact
                    share = len(fits[fact]) / self._answers.count(fact)
                    weight = near * (1 - share if goal else share)
                    if weight <= 0 or self._barred(fact):
                        continue
                    in_route[fact] = max(weight, in_route.get(fact, 0.0))
                    if fact not in best or weight > best[fact][0]:
                        best[fact] = (weight, trace.atom, fits)
            for fact, weight in in_route.items():
                scores[fact] = scores.get(fact, 0.0) + weight
        found = [_Candidate(scores[f] * self._ease(f), f, atom, fits) for f, (_, atom, fits) in best.items()]
        # Of two that decide alike, the one that is easier to be asked.
        return sorted(found, key=lambda c: (-c.score, self._vocabulary.facts[c.fact].sensitive != "low"))

    def _ease(self, fact: str) -> float:
        spec = self._vocabulary.facts[fact]
        return (_PRESUMED if spec.presumed else 1.0) / spec.burden

    def _barred(self, fact: str) -> bool:
        """Whether an earlier question comes first: nobody is asked where a relative lives before there is one.

        The first fact of a group (``kin``, ``housing``, ``work``) whose values include ``none`` leads it.
        """
        leader = self._leaders[fact.split(".", 1)[0]]
        if leader == fact or _NONE not in self._vocabulary.facts[leader].labels:
            return False
        value = self._answers.value(leader)
        return isinstance(value, Choice) and _NONE in value.values

    def matters(self, undecided: Sequence[RouteResult], facts: Mapping[str, Value], as_of: date, candidate: _Candidate) -> bool:
        """Whether, with everything else that the way needs, the document is eligible only through this fact."""
        for pick in (min, max):
            told = dict(facts)
            for fact, fits in candidate.fits.items():
                if fact != candidate.fact:
                    told[fact] = self._answers.as_value(pick(fits, key=repr))
            # A route that is decided without these answers stays decided; only the undecided ones can come true.
            if not any(evaluate(r.route.when, told, as_of, vocabulary=self._vocabulary).value is True for r in undecided):
                return True
        return False

    def rules_out(
        self, facts: Mapping[str, Value], as_of: date, fact: str, undecided: Sequence[RouteResult], can_fail: Sequence[_Open]
    ) -> bool:
        """Whether the document can come to a no that it would not come to without this fact.

        Looks for other answers that close every other route and leave one that this fact alone closes.
        """
        tries = [_TRIES]

        def value(n: int, told: Mapping[str, Value]) -> bool | None:
            tries[0] -= 1
            return evaluate(undecided[n].route.when, told, as_of, vocabulary=self._vocabulary).value

        def close(n: int, kept: int, told: dict[str, Value], answer: Value) -> bool:
            if n == len(undecided):
                return True
            if n == kept or value(n, {**told, fact: answer}) is False:
                return close(n + 1, kept, told, answer)
            for _, fits in can_fail[n]:
                more = self._adding(told, fits, fact, answer)
                if tries[0] > 0 and more is not None and value(kept, more) is not False and close(n + 1, kept, more, answer):
                    return True
            return False

        for kept, options in enumerate(can_fail):
            for _, fits in options:
                for pick in sorted(fits.get(fact, ()), key=repr):
                    answer = self._answers.as_value(pick)
                    told = self._adding(dict(facts), fits, fact, answer)
                    if told is not None and value(kept, told) is not False and close(0, kept, told, answer):
                        return True
        return False

    def _adding(self, told: dict[str, Value], fits: _Fits, fact: str, answer: Value) -> dict[str, Value] | None:
        """What is told with answers for every other fact of a way; ``None`` where it contradicts what is told or the answer."""
        more = dict(told)
        for name, wanted in fits.items():
            values = [self._answers.as_value(w) for w in sorted(wanted, key=repr)]
            if name == fact:
                if answer not in values:
                    return None
            elif more.get(name) not in values:
                if self._settled_anew(more.get(name), name):
                    return None
                more[name] = values[0]
        return more

    def _settled_anew(self, told: Value | None, fact: str) -> bool:
        """Whether the fact has been given an answer on the way, beyond what the person said."""
        return told is not None and told != self._answers.value(fact)

    def question(self, candidate: _Candidate) -> Question:
        """The candidate as a question, with the values still possible as options."""
        spec = self._vocabulary.facts[candidate.fact]
        value = self._answers.value(candidate.fact)
        options = tuple(
            Option(label, Choice(frozenset((v,)))) for v, label in spec.labels.items() if isinstance(value, Choice) and v in value.values
        )
        return Question(candidate.fact, spec.question, options, Quote(candidate.atom.article, candidate.atom.quote))
