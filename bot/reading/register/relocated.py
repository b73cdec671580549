"""Where a register has lain since it left: the place that a finished move led to (考学迁到西安; 转业到了哈尔滨; 在周村买楼落的户)."""

from __future__ import annotations

from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.place.places import NAMED, PlaceReading
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_NEAR = 3
"""Clauses around the one that tells of the move in which the place it led to may stand."""

_NOT_REACHED = frozenset({"origin", "hukou", "not", "from", "speaks"})


def settle_relocated(ledger: Ledger, roles: dict[int, str], plain: str) -> None:
    """Enter the register of whoever is told to have moved it away, where no register is told of them otherwise.

    It went with school, army or marriage to wherever these led, and with a home to wherever that was bought; whoever was sent on is
    registered at the last place.
    """
    for left in [c for c in ledger.claims if c.fact == "origin.moved" and not c.presumed]:
        if left.person == NOBODY or any(c.person == left.person and c.fact == "hukou.place" for c in ledger.claims):
            continue
        place = _led_to(ledger, left, roles, plain)
        if place is not None:
            order = next(n for n, c in enumerate(ledger.clauses) if c.start <= place.span[0] < c.end)
            ledger.claims.append(Claim(left.person, "hukou.place", place.places, *place.span, order, left.hedged))


def _led_to(ledger: Ledger, left: Claim, roles: dict[int, str], plain: str) -> PlaceReading | None:
    """The last place that somebody of this story went to, settled in or bought a home in, around the telling of the move."""
    found = None
    for i, place in enumerate(ledger.places):
        clause, order = _clause_of(ledger, place)
        if clause is None or abs(order - left.order) > _NEAR or clause.asks or clause.planned(place.span[0] - clause.start):
            continue
        if place.kind not in NAMED or roles.get(i) in _NOT_REACHED or not _is_theirs(ledger, order, place, left):
            continue
        before, after = plain[clause.start : place.span[0]], plain[place.span[1] : clause.end]
        if cue("relocated.wish").search(clause.text) or cue("relocated.village").match(after):
            continue
        if cue("relocated.went_to").search(before) or cue("relocated.bought_in").search(before) and cue("relocated.bought").search(after):
            found = place
    return found


def _clause_of(ledger: Ledger, place: PlaceReading) -> tuple[Clause | None, int]:
    return next(((c, n) for n, c in enumerate(ledger.clauses) if c.start <= place.span[0] < c.end), (None, -1))


def _is_theirs(ledger: Ledger, order: int, place: PlaceReading, left: Claim) -> bool:
    """Whether the clause with the place speaks of whoever moved: it names nobody else."""
    clause = ledger.clauses[order]
    named = [m for m in ledger.people if clause.start <= m.start < place.span[0] and m.relation != NOBODY]
    named = [m for m in named if not cue("relocated.for_whom").search(clause.text[: m.start - clause.start])]
    if named:
        return named[-1].person in (left.person, SELF)
    return order < len(ledger.subjects) and ledger.subjects[order] in (left.person, SELF)
