"""A place in a clause with what it is named for and of whom it tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.eligibility.values import Choice, Places, Value
from bot.reading.kin.kinship import COUPLE, SELF
from bot.reading.kin.mention import Mention
from bot.reading.person.holders import holder
from bot.reading.place.places import NAMED, PlaceReading
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Who
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

ANYWHERE = frozenset({""})


@dataclass(frozen=True)
class PlaceTold:
    """A place that a clause tells of somebody; ``role`` is what it is named for (:func:`bot.reading.register.roles.roles_of`)."""

    ledger: Ledger
    clause: Clause
    order: int
    plain: str
    home: str | None
    place: PlaceReading
    role: str
    person: str
    mentions: list[Mention]

    @property
    def at(self) -> int:
        """Where the place begins in its clause."""
        return self.place.span[0] - self.clause.start

    @property
    def end(self) -> int:
        """Where the place ends in the text."""
        return self.place.span[1]

    @property
    def before(self) -> str:
        """What stands before the place in its clause."""
        return self.plain[self.clause.start : self.place.span[0]]

    @property
    def after(self) -> str:
        """What stands behind the place in its clause."""
        return self.plain[self.place.span[1] : self.clause.end]

    @property
    def planned(self) -> bool:
        """Whether it is only planned, supposed or urged."""
        return self.clause.planned(self.at)

    @property
    def past(self) -> bool:
        """Whether it is over by now."""
        return self.clause.past_at(self.at)

    @property
    def wanted(self) -> bool:
        """Whether the clause tells of a plan or a wish."""
        return self.planned or bool(cue("relocated.wish").search(self.clause.text))

    @property
    def named(self) -> bool:
        """Whether the place has a name."""
        return self.place.kind in NAMED

    @property
    def no_more_than_a_kind(self) -> bool:
        """Whether the words name a kind of area alone (村里)."""
        return self.place.kind == "area"

    @property
    def at_home(self) -> bool:
        """Whether the place may lie in the jurisdiction."""
        return at_home(self.place.places, self.home)

    @property
    def elsewhere(self) -> Places:
        """Everywhere but there."""
        return Places(ANYWHERE, self.place.places.include)

    def claim(self, fact: str, value: Value, *, person: str | None = None, presumed: bool = False) -> Claim:
        """A fact that the place tells, of whom it tells or of another."""
        span = self.place.span
        return Claim(self.person if person is None else person, fact, value, *span, self.order, self.clause.hedged, presumed=presumed)

    def stands(self, person: str, role: str = "where") -> Iterator[Claim]:
        """Where somebody is told to be, with the kind of area where the words tell it."""
        yield self.claim(role, self.place.places, person=person)
        yield from self.area(person)

    def area(self, person: str) -> Iterator[Claim]:
        """The kind of area somebody is told to be in."""
        if self.place.area is not None:
            yield self.claim("area", Choice(self.place.area), person=person)


def places_told(
    ledger: Ledger, clause: Clause, order: int, who: Who, roles: dict[int, str], plain: str, home: str | None
) -> Iterator[PlaceTold]:
    """The places of a clause from left to right, each with of whom it tells."""
    mentions = [m for m in ledger.people if clause.start <= m.start < clause.end]
    for i, place in enumerate(ledger.places):
        start = place.span[0]
        if clause.start <= start < clause.end:
            person = holder(ledger, order, start, mentions, who, plain) if roles[i] == "hukou" else who(start - clause.start)
            person = _put_right(ledger, plain, clause.start, start, person)
            if person == SELF and _of_the_wedded(plain[clause.start : start], plain[place.span[1] : clause.end]):
                person = "spouse"
            yield PlaceTold(ledger, clause, order, plain, home, place, roles[i], person, mentions)


def _put_right(ledger: Ledger, plain: str, offset: int, start: int, person: str) -> str:
    """Of whom a place tells where the words before it say that somebody was moved, or that it is of two (老公…,我…,户口都在邓州)."""
    before = plain[offset:start]
    if stead := cue("residence.in_their_stead").search(before):
        return next((m.person for m in ledger.people if m.start == offset + stead.start("whom")), person)
    if moved := cue("residence.moved_person").search(before):
        person = next((m.person for m in ledger.people if m.start == offset + moved.end(1)), person)
    if person in (SELF, "spouse") and cue("residence.both").search(before):
        return COUPLE if any(m.person == "spouse" for m in ledger.people) else person
    return person


def _of_the_wedded(before: str, after: str) -> bool:
    """与皇城镇某村|村民登记结婚; 嫁给了凤凰镇的|小伙: where the one is from whom the asker has married."""
    if cue("residence.wed_to").search(before):
        return cue("residence.somebody_wed").match(after) is not None
    return cue("residence.weds_with").search(before) is not None and cue("residence.is_wed").match(after) is not None
