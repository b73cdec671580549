"""A home that a relative lets to the asker (房东是我表哥,整套租给我): the asker rents it, and the relative is the landlord.

Such a further relative is named as the owner and not as one whom the asker follows.
"""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice, Places
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.move.following import area_told_with
from bot.reading.move.wish import Wish
from bot.reading.record.ledger import ONES_OWN, Ledger, Spot, Thing, names_of, things
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_ASKERS = (SELF, COUPLE)
_FURTHER = frozenset({"other", "friend"})
_RENTED = frozenset({"rented"})
_SPOTS_BACK = 3  # clauses before 租给我 in which the owner may be told to have the home


def letting(ledger: Ledger) -> tuple[str, int] | None:
    """The relative told to let a home to the asker, and in which clause; ``None`` where nobody is."""
    for order, clause in enumerate(ledger.clauses):
        if clause.asks or clause.hearsay:
            continue
        person = _lets(ledger, clause, order) or _rented_from(ledger, clause)
        if person is not None:
            return person, order
    return None


def _lets(ledger: Ledger, clause: Clause, order: int) -> str | None:
    """X把房租给我, or 租给我 behind clauses about X."""
    said = cue("let_by_kin.to_me").search(clause.text)
    if said is None or clause.planned(said.start()) or clause.past_at(said.start()):
        return None
    before = [m for m in ledger.people if clause.start <= m.start < clause.start + said.start()]
    person = before[0].person if before else ledger.subjects[order]
    return None if person in (*_ASKERS, NOBODY) else person


def _rented_from(ledger: Ledger, clause: Clause) -> str | None:
    """我租的是X的楼, 租着X家的房."""
    for m in ledger.people:
        if not clause.start <= m.start < clause.end or m.relation in (*_ASKERS, NOBODY, PRONOUN):
            continue
        before, after = clause.text[: m.start - clause.start], clause.text[m.end - clause.start :]
        if cue("let_by_kin.i_rent").fullmatch(before) and cue("let_by_kin.their_home").match(after):
            return m.person
    return None


def settle_let_by_kin(ledger: Ledger) -> None:
    """Enter the home that a relative lets as the one the asker rents, where the relative's is."""
    found = letting(ledger)
    if found is None:
        return
    owner, order = found
    clause = ledger.clauses[order]
    spot = _spot(ledger, owner, order)
    mine = [t for t in ledger.homes if t.person in (*_ASKERS, owner) and t.kind in (_RENTED, frozenset({"borrowed"}))]
    told = next((t.spot for t in mine if t.kind == _RENTED and t.spot.places is not None), None)
    ledger.homes[:] = [t for t in ledger.homes if t not in mine]
    ledger.homes.append(Thing(SELF, _RENTED, frozenset(), told or spot, clause.start, clause.end, order))


def _spot(ledger: Ledger, owner: str, order: int) -> Spot:
    """Where the relative has the home: by what is told of it, else where a clause near by says that they are or have one."""
    owned = [t.spot for t in things(ledger.homes, owner) if t.kind & ONES_OWN and t.spot.said]
    if owned:
        return replace(owned[-1], assumed=False)
    for stand in reversed(ledger.stands):
        near = stand.person in names_of(owner) and 0 <= order - stand.order <= _SPOTS_BACK
        if near and stand.fact == "where" and isinstance(stand.value, Places):
            area = area_told_with(ledger, stand)
            kinds = area.value.values if area is not None and isinstance(area.value, Choice) else None
            return Spot(stand.value, kinds, stand.start, stand.end)
    return Spot()


def to_no_kin_landlord(ledger: Ledger, found: list[Wish]) -> list[Wish]:
    """The wishes without the landlord's own word on the register (他说户口随便落), which is nobody's wish."""
    let = letting(ledger)
    consents = {c.order for c in ledger.claims if c.fact == "rent.owner_consent"}
    return [w for w in found if let is None or w.person != let[0] or w.followed is not None or w.order not in consents]


def only_lets(ledger: Ledger, person: str) -> bool:
    """Whether a further relative is told of as the asker's landlord."""
    found = letting(ledger)
    return found is not None and found[0] == person and person in _FURTHER
