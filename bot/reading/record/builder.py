"""Collecting the readings of one frame: agreement, contradiction, correction, convention."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.eligibility.values import Choice, Dates, Months, Places, Value, inside, meet
from bot.policy.vocabulary import FactSpec, Vocabulary


@dataclass(frozen=True)
class FactReading:
    """One fact read: its name in the vocabulary, what is still possible, the resident's words, their span, and how sure the words are.

    ``certainty`` is ``said``, ``hedged`` (the words waver but bound it) or ``presumed`` (settled by a convention, to be shown as such).
    """

    fact: str
    value: Value
    words: str
    span: tuple[int, int]
    certainty: str


_COMPLETE = Choice(frozenset({"complete"}))


# -- what is taken ---------------------------------------------------------------------------------------------------------
def _admitted(spec: FactSpec, value: Value, certainty: str) -> Value | None:
    """What a value says of a fact; ``None`` where it says nothing: every value there is, anywhere at all, wavering between choices."""
    if isinstance(value, Choice):
        values = value.values & spec.values if spec.values else value.values
        says_nothing = not values or values == spec.values or certainty == "hedged"
        return None if says_nothing else Choice(values)
    if isinstance(value, Places) and value.include == frozenset({""}) and not value.exclude:
        return None
    return value if certainty != "hedged" or isinstance(value, (Dates, Months, Places)) else None


# -- readings that agree ---------------------------------------------------------------------------------------------------
def _agreed(known: list[FactReading], said: FactReading) -> list[FactReading] | None:
    """The known readings with the one that agrees narrowed to what it has in common with what is said; ``None`` where none agrees."""
    for i, old in enumerate(known):
        both = meet(old.value, said.value)
        if both is not None:
            return known if both == old.value else [*known[:i], _narrowed(old, said, both), *known[i + 1 :]]
    return None


def _narrowed(old: FactReading, said: FactReading, both: Value) -> FactReading:
    """What two readings have in common, at the words of the one that says just this, else at those of both."""
    span = said.span if both == said.value else (min(old.span[0], said.span[0]), max(old.span[1], said.span[1]))
    return FactReading(old.fact, both, "", span, "hedged" if "hedged" in (old.certainty, said.certainty) else old.certainty)


# -- readings that contradict each other -----------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Contradiction:
    """What is said of a fact against what is known of it; ``corrects`` where it stands after a marked correction."""

    spec: FactSpec
    known: list[FactReading]
    said: FactReading
    corrects: bool

    @property
    def choice(self) -> Choice | None:
        """The said value, where it is a choice."""
        return self.said.value if isinstance(self.said.value, Choice) else None


def _later_corrects(at: _Contradiction) -> list[FactReading]:
    """Both are kept, to be asked about, unless a correction is marked: then the later word alone counts."""
    return [at.said] if at.corrects else [*at.known, at.said]


def _any_certificate(at: _Contradiction) -> list[FactReading]:
    """Certificates of public housing: whichever of those named it may be, which is no contradiction."""
    chosen = [r.value.values for r in at.known if isinstance(r.value, Choice)]
    if at.choice is None or len(chosen) < len(at.known):
        return _later_corrects(at)
    values = at.choice.values.union(*chosen)
    return [FactReading(at.said.fact, Choice(values), "", (at.known[0].span[0], at.said.span[1]), at.said.certainty)]


def _kind_over_rooms(at: _Contradiction) -> list[FactReading]:
    """What makes a dwelling another kind says more than how many rooms it has (安置小区的两室一厅)."""
    if at.choice is None:
        return _later_corrects(at)
    if at.choice == _COMPLETE:
        return at.known
    return _later_corrects(replace(at, known=[r for r in at.known if r.value != _COMPLETE]))


def _last_of_marriage(at: _Contradiction) -> list[FactReading]:
    """A marriage changes in the course of a telling: what is told last holds."""
    first = at.known[0]
    return at.known if at.said.span[0] < first.span[0] or _still_parted(first.value, at.said.value) else [at.said]


def _still_parted(known: Value, told: Value) -> bool:
    """Whether a word of being single follows a divorce or a death (二婚也散了,眼下我单着): it does not undo it."""
    parted = isinstance(known, Choice) and known.values <= {"divorced", "widowed"}
    return parted and isinstance(told, Choice) and told.values == {"unmarried"}


def _highest_degree(at: _Contradiction) -> list[FactReading]:
    """Of several degrees the highest is meant, unless a correction takes it back."""
    if at.choice is None or at.corrects:
        return _later_corrects(at)
    ladder = list(at.spec.labels)

    def height(degree: Choice) -> int:
        return max(ladder.index(step) for step in degree.values)

    known = max(height(r.value) for r in at.known if isinstance(r.value, Choice))
    return at.known if known > height(at.choice) else [at.said]


_PLAIN_FOLK = Choice(frozenset({"other"}))


def _profession_besides(at: _Contradiction) -> list[FactReading]:
    """Who is a graduate or an official besides what they do all day (本科毕业,在社区当网格员) is that as well, which is what counts."""
    if at.choice == _PLAIN_FOLK:
        return at.known
    others = [r for r in at.known if r.value != _PLAIN_FOLK]
    return [at.said] if not others else _later_corrects(replace(at, known=others))


_CONTRADICTED: Mapping[str, Callable[[_Contradiction], list[FactReading]]] = {
    "public.certificate": _any_certificate,
    "rent.unit": _kind_over_rooms,
    "marital": _last_of_marriage,
    "education.level": _highest_degree,
    "rural.profession": _profession_besides,
}
"""How two readings that contradict each other are settled, for the facts where it is not left to a correction."""


class Builder:
    """Collects the readings of one frame; a marked correction makes the later word count, else both are kept."""

    def __init__(self, vocabulary: Vocabulary, corrects_from: int | None = None) -> None:
        """Start empty; ``corrects_from`` is the offset from which on a message puts right what it said, where it marks a correction."""
        self.vocabulary = vocabulary
        self.corrects_from = corrects_from
        self.readings: dict[str, list[FactReading]] = {}

    def corrects(self, start: int) -> bool:
        """Whether what is told at an offset counts for more than what was told before it."""
        return self.corrects_from is not None and start >= self.corrects_from

    def add(self, fact: str, value: Value, start: int, end: int, certainty: str = "said") -> None:
        """Take one reading; readings that agree become one, the narrower."""
        spec = self.vocabulary.facts.get(fact)
        taken = _admitted(spec, value, certainty) if spec is not None else None
        if spec is None or taken is None:
            return
        known, said = self.readings.get(fact, []), FactReading(fact, taken, "", (start, end), certainty)
        agreed = _agreed(known, said) if known else [said]
        settle = _CONTRADICTED.get(fact, _later_corrects)
        self.readings[fact] = agreed if agreed is not None else settle(_Contradiction(spec, known, said, self.corrects(start)))

    def presume(self, fact: str, value: Value, start: int = 0, end: int = 0) -> None:
        """Take a convention's value for a fact that was not told."""
        if fact not in self.readings and fact in self.vocabulary.facts:
            self.readings[fact] = [FactReading(fact, value, "", (start, end), "presumed")]

    def told(self) -> dict[str, Value]:
        """The single told or presumed value of each fact."""
        return {fact: found[0].value for fact, found in self.readings.items() if len(found) == 1}


def overlap(a: Places | None, b: Places | None) -> bool:
    """Whether two sets of places have any in common; ``None`` has none."""
    return a is not None and b is not None and meet(a, b) is not None


def at_home(spot: Places | None, home: str | None) -> bool:
    """Whether a place may lie in the jurisdiction asked about."""
    if not spot or not home or any(inside(home, p) for p in spot.exclude):
        return False
    return any(inside(p, home) or inside(home, p) for p in spot.include)
