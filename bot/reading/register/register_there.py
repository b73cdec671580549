"""A register told without its place, by what was said of the place before it (在天津念的大学,户口还压在学校; 老家沈丘,户口没动过)."""

from __future__ import annotations

from re import Pattern as Regex

from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.place.places import NAMED, PlaceReading
from bot.reading.record.ledger import Claim, Ledger, Who
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_TOLD = cue("register_there.told")
_TO_COME = cue("register_there.to_come")
_AROUND = {
    "school": cue("register_there.school_place"),
    "unit": cue("register_there.unit_place"),
    "married": cue("register_there.married_place"),
    "unmoved": cue("register_there.unmoved_place"),
    "stayed": cue("register_there.stayed_place"),
    "went": cue("register_there.went_place"),
    "back": cue("register_there.back_place"),
}
_FAR = 3  # clauses between the place and the register


def read_register_there(ledger: Ledger, clause: Clause, order: int, who: Who, roles: dict[int, str]) -> bool:
    """Enter the register of whoever is said to have it there; whether it was told so."""
    told = _TOLD.search(clause.text)
    if told is None or clause.planned(told.start()) or _TO_COME.search(clause.text, 0, told.start()):
        return False  # 想把户口落那: it is to come there
    at = clause.start + told.start()
    if any(p.kind in NAMED and at <= p.span[0] < clause.end for p in ledger.places):
        return False  # 户口没从威海迁来: the words name it themselves
    person = who(told.start())
    if person == NOBODY or any(c.person == person and c.fact == "hukou.place" and not c.presumed for c in ledger.claims):
        return False
    sort = str(told.lastgroup)
    place = _place_of(ledger, order, at, person, sort, roles)
    if place is None:
        return False
    ledger.claims.append(Claim(person, "hukou.place", place.places, at, clause.start + told.end(), order, clause.hedged))
    return True


def _place_of(ledger: Ledger, order: int, at: int, person: str, sort: str, roles: dict[int, str]) -> PlaceReading | None:
    """The last place named of the person before the register, where the words around it fit."""
    for i in range(len(ledger.places) - 1, -1, -1):
        place = ledger.places[i]
        if place.kind not in NAMED or place.span[1] > at or roles.get(i) in ("target", "not", "speaks"):
            continue
        index = next((n for n, c in enumerate(ledger.clauses) if c.start <= place.span[0] < c.end), None)
        if index is None or order - index > _FAR or ledger.clauses[index].asks:
            return None
        if not _is_of(ledger, index, place, person) or not _fits(ledger.clauses[index], roles.get(i), _AROUND[sort], sort):
            return None
        return place
    return None


def _fits(clause: Clause, role: str | None, around: Regex[str], sort: str) -> bool:
    """Whether the clause with the place tells that the person studied, worked, married or comes from there."""
    return sort == "unmoved" and role in ("origin", "hukou") or around.search(clause.text) is not None


def _is_of(ledger: Ledger, index: int, place: PlaceReading, person: str) -> bool:
    """Whether nobody else is spoken of where the place is named."""
    clause = ledger.clauses[index]
    named = [m for m in ledger.people if clause.start <= m.start < place.span[0] and m.relation != NOBODY]
    if named:
        return named[-1].person == person or cue("register_there.by_marriage").search(clause.text) is not None
    return person == SELF or (index < len(ledger.subjects) and ledger.subjects[index] == person)
