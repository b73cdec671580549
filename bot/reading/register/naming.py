"""A place as it is named in a message: the words on both sides of it in its clause, and what the places before it are named for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.eligibility.values import inside
from bot.reading.place.places import PlaceReading
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Ledger
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_OF_IT = group("roles.of_it")
_NEAR = 3  # clauses of a sentence within which the register was spoken of


@dataclass(frozen=True)
class Naming:
    """A place where it is named, in the clause of number ``order``; ``roles`` is what each place before it is named for."""

    ledger: Ledger
    index: int
    place: PlaceReading
    clause: Clause
    order: int
    plain: str
    before: str
    after: str
    roles: Mapping[int, str]

    @property
    def start(self) -> int:
        """Where the name begins in the text."""
        return self.place.span[0]

    @property
    def end(self) -> int:
        """Where the name ends in the text."""
        return self.place.span[1]

    @property
    def proper(self) -> bool:
        """Whether it is a place, and no kind of area (村里) nor just here (本地)."""
        return self.place.kind not in ("area", "here")

    @property
    def outside(self) -> bool:
        """Whether the place lies outside the jurisdiction."""
        return not at_home(self.place.places, self.ledger.home)

    @property
    def last_clause(self) -> Clause | None:
        """The clause before."""
        return self.ledger.clauses[self.order - 1] if self.order else None

    @property
    def with_mark_before(self) -> str:
        """What stands before the place in its clause, and the mark that the clause begins behind."""
        return self.plain[max(0, self.clause.start - 1) : self.start]

    @property
    def place_before(self) -> PlaceReading | None:
        """The place named before it."""
        return self.ledger.places[self.index - 1] if self.index else None

    @property
    def role_before(self) -> str | None:
        """What the place before it is named for."""
        return self.roles.get(self.index - 1)

    @property
    def right_behind_another(self) -> bool:
        """Whether nothing stands between it and the place before it."""
        return self.place_before is not None and self.place_before.span[1] == self.start

    def register_spoken_of(self) -> bool:
        """Whether the register was spoken of in the sentence, not long before."""
        near = self.ledger.clauses[max(0, self.order - _NEAR) : self.order]
        return any(cue("roles.register").search(c.text) and c.sentence == self.clause.sentence for c in near)


def naming_of(ledger: Ledger, index: int, plain: str, roles: Mapping[int, str]) -> Naming | None:
    """A place of the ledger with the words around it; ``None`` where it stands in no clause."""
    place = ledger.places[index]
    start, end = place.span
    order = next((n for n, c in enumerate(ledger.clauses) if c.start <= start < c.end), None)
    if order is None:
        return None
    clause = ledger.clauses[order]
    after = _until_named_again(ledger, index, plain[end : clause.end])
    return Naming(ledger, index, place, clause, order, plain, plain[clause.start : start], after, roles)


def _until_named_again(ledger: Ledger, i: int, after: str) -> str:
    """What follows a place, up to where it is named once more in full (曹县人|菏泽的曹县)."""
    following = ledger.places[i + 1] if i + 1 < len(ledger.places) else None
    gap = following.span[0] - ledger.places[i].span[1] if following is not None else 0
    same = following is not None and following.places == ledger.places[i].places
    return after[:gap] if same and after[:gap] in _OF_IT else after


def nested(before: PlaceReading, place: PlaceReading) -> bool:
    """Whether one of two places may lie in the other, so that the second names the first more closely."""
    pairs = [(p, q) for p in before.places.include for q in place.places.include]
    return not pairs or any(inside(p, q) or inside(q, p) for p, q in pairs)
