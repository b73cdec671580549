"""A village outside the jurisdiction that somebody lives in (一直在沂源村里种地): none of those that one comes back to here."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice
from bot.reading.place.places import NAMED, VILLAGE, PlaceReading
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.cues import cue

_YES, _NO = Choice(frozenset({"yes"})), Choice(frozenset({"no"}))
_BACK, _WORK = "origin.back", "rural.return_work"


def settle_back_elsewhere(ledger: Ledger, roles: dict[int, str]) -> None:
    """Who lives in a village elsewhere is not back in one here, and does not go back to work in one here by working there."""
    if ledger.home is None:
        return
    kept = []
    for claim in ledger.claims:
        away = claim.fact in (_BACK, _WORK) and claim.value == _YES and _village_elsewhere(ledger, claim, roles)
        if not away:
            kept.append(claim)
        elif claim.fact == _BACK and cue("back_there.lives_there").search(ledger.clauses[claim.order].text):
            kept.append(replace(claim, value=_NO))
    ledger.claims[:] = kept


def _village_elsewhere(ledger: Ledger, claim: Claim, roles: dict[int, str]) -> bool:
    """Whether the only village that the clause of a claim names lies outside, and is where somebody is and not whence they came."""
    clause = ledger.clauses[claim.order]
    here = [(i, p) for i, p in enumerate(ledger.places) if clause.start <= p.span[0] < clause.end and p.kind in NAMED]
    if not here or any(at_home(p.places, ledger.home) or roles.get(i) not in ("where", "hukou", "origin") for i, p in here):
        return False
    after = clause.text[here[-1][1].span[1] - clause.start :]
    return _is_rural(here[-1][1]) or cue("back_there.village_behind").match(after) is not None


def _is_rural(place: PlaceReading) -> bool:
    return place.area is not None and place.area <= VILLAGE
