"""A home that somebody has given up and told of no other: it leaves none of one's own (聊城的房子早卖了,如今在苏州干)."""

from __future__ import annotations

from bot.eligibility.values import Places
from bot.reading.home.dwelling_links import GIVEN_AWAY
from bot.reading.home.spots import spot_of
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import ONES_OWN, Ledger, Spot, Thing, names_of
from bot.reading.text.cues import cue

_WENT, _NO_OTHER = cue("given_up.went"), cue("given_up.no_other")
_A_HOME, _NOT_ONES_OWN, _VILLAGE = cue("given_up.a_home"), cue("given_up.not_ones_own"), cue("deeds.village")


def read_given_up(ledger: Ledger, plain: str, roles: dict[int, str]) -> None:
    """Enter that there is no home of one's own any more, for who gave one up, is elsewhere by now and has no other."""
    if _VILLAGE.search(plain):
        return  # 城里房给了闺女,我搬回村住老宅
    for order, clause in enumerate(ledger.clauses):
        found = GIVEN_AWAY.search(clause.text)
        home = _A_HOME.search(clause.text) or (order and _A_HOME.search(ledger.clauses[order - 1].text)) or None
        if found is None or home is None or clause.asks or clause.hearsay or clause.hedged or clause.planned(found.start()):
            continue
        person = ledger.subjects[order] if order < len(ledger.subjects) else SELF
        if not _is_elsewhere(ledger, person):
            continue
        if person == NOBODY or _NOT_ONES_OWN.search(clause.text) or any(t.kind and t.person in names_of(person) for t in ledger.homes):
            continue
        start, end = clause.start + found.start(), clause.start + found.end()
        spot = spot_of(ledger, clause, start, end, plain, roles)
        ledger.homes.append(Thing(person, frozenset(), ONES_OWN, spot, start, end, order, False))
        return


def read_no_other(ledger: Ledger) -> None:
    """Enter that there is no home of one's own, for who has no other than one that went (房子判给她了,…没别的房)."""
    for order, clause in enumerate(ledger.clauses):
        found = _NO_OTHER.search(clause.text)
        if found is None or clause.asks or clause.hearsay or clause.planned(found.start()):
            continue
        person = ledger.subjects[order] if order < len(ledger.subjects) else SELF
        person = SELF if person == NOBODY else person
        if any(t.kind - {"none"} and t.kind <= ONES_OWN | {"none"} and t.person in names_of(person) for t in ledger.homes):
            continue
        start, end = clause.start + found.start(), clause.start + found.end()
        ledger.homes.append(Thing(person, frozenset(), ONES_OWN, Spot(), start, end, order, clause.hedged))


def forget_given_up(ledger: Ledger) -> None:
    """Drop the home of one's own that a later clause tells as sold or given away (买过一套楼,住了十来年,后来卖了,现在租房)."""
    for order, clause in enumerate(ledger.clauses):
        if clause.asks or clause.hearsay or clause.hedged or _WENT.search(clause.text) is None:
            continue
        person = ledger.subjects[order] if order < len(ledger.subjects) else SELF
        person = SELF if person == NOBODY else person
        before = [t for t in ledger.homes if t.kind and t.kind <= ONES_OWN and t.person in names_of(person) and t.order < order]
        if before:
            ledger.homes[:] = [t for t in ledger.homes if t is not before[-1]]


def _is_elsewhere(ledger: Ledger, person: str) -> bool:
    """Whether somebody is told to be or to work outside the jurisdiction."""
    people = names_of(person)
    stays = [c.value for c in ledger.stands if c.person in people and c.fact == "where" and isinstance(c.value, Places)]
    works = [t.spot.places for t in ledger.jobs if t.person in people and t.spot.places is not None]
    return any(not at_home(place, ledger.home) for place in [*stays, *works])
