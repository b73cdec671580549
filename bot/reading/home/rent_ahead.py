"""A home still to be rented, whose papers are told to be there already: it is where the message wants to rent.

(想在高唐县城租房落户,合同备案房本无房证明都齐.)
"""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.home.spots import spot_of
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Ledger, Thing
from bot.reading.text.cues import cue

_PAPERS = frozenset({"rent.title_paper", "rent.contract", "rent.filing", "rent.no_home_proof"})
_SEVERAL = 2
_TO_RENT = cue("rent_ahead.to_rent")


def read_rent_ahead(ledger: Ledger, plain: str, roles: dict[int, str]) -> None:
    """Enter the home of a message that tells of several papers of a rented home, and of the home only that and where it is wanted."""
    there = {c.fact for c in ledger.claims if c.fact in _PAPERS and c.value == Choice(frozenset({"yes"})) and not c.hedged}
    if len(there) < _SEVERAL or any(t.kind for t in ledger.homes):
        return
    for order, clause in enumerate(ledger.clauses):
        found = _TO_RENT.search(clause.text)
        if found is None or clause.hearsay:
            continue
        start, end = clause.start + found.start(), clause.start + found.end()
        near = {i: "where" for i, p in enumerate(ledger.places) if start <= p.span[0] < end and roles.get(i) in ("target", "where")}
        spot = spot_of(ledger, clause, end, end, plain, {**roles, **near})
        if spot.places is not None and at_home(spot.places, ledger.home):
            person = ledger.subjects[order] if order < len(ledger.subjects) else SELF
            who = SELF if person in (COUPLE, NOBODY) else person
            ledger.homes.append(Thing(who, frozenset({"rented"}), frozenset(), spot, start, end, order, clause.hedged))
            return
