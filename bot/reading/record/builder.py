"""Collecting the readings of one frame: agreement, contradiction, correction, convention."""

from __future__ import annotations

from dataclasses import dataclass

from bot.eligibility.values import Choice, Dates, Months, Places, Value, inside, meet
from bot.policy.vocabulary import Vocabulary


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


def _still_parted(known: Value, told: Value) -> bool:
    """Whether a word of being single follows a divorce or a death (二婚也散了,眼下我单着): it does not undo it."""
    parted = isinstance(known, Choice) and known.values <= {"divorced", "widowed"}
    return parted and isinstance(told, Choice) and told.values == {"unmarried"}


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
        if spec is None:
            return
        if isinstance(value, Choice):
            values = value.values & spec.values if spec.values else value.values
            if not values or values == spec.values:
                return
            value = Choice(values)
        if isinstance(value, Places) and value.include == frozenset({""}) and not value.exclude:
            return
        if certainty == "hedged" and not isinstance(value, (Dates, Months, Places)):
            return
        known = self.readings.setdefault(fact, [])
        for i, old in enumerate(known):
            both = meet(old.value, value)
            if both is not None:
                if both == old.value:
                    return
                narrow = (start, end) if both == value else (min(old.span[0], start), max(old.span[1], end))
                known[i] = FactReading(fact, both, "", narrow, "hedged" if "hedged" in (old.certainty, certainty) else old.certainty)
                return
        if known and fact == "public.certificate" and isinstance(value, Choice) and all(isinstance(r.value, Choice) for r in known):
            values = value.values.union(*(r.value.values for r in known if isinstance(r.value, Choice)))
            known[:] = [FactReading(fact, Choice(values), "", (known[0].span[0], end), certainty)]
            return
        if known and fact == "rent.unit" and isinstance(value, Choice):
            # 安置小区的两室一厅: what makes the dwelling another kind says more than how many rooms it has.
            if value == _COMPLETE:
                return
            known[:] = [r for r in known if r.value != _COMPLETE]
        if known and (self.corrects(start) or fact == "marital"):
            if fact == "marital" and (start < known[0].span[0] or _still_parted(known[0].value, value)):
                return
            known[:] = []
        if known and fact == "education.level" and isinstance(value, Choice):
            ladder = list(spec.labels)
            top = max((r.value for r in known if isinstance(r.value, Choice)), key=lambda v: max(ladder.index(x) for x in v.values))
            if max(ladder.index(x) for x in top.values) > max(ladder.index(x) for x in value.values):
                return
            known[:] = []
        known.append(FactReading(fact, value, "", (start, end), certainty))

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
