"""A home that was bought and is to be handed over on a day to come (买的楼,合同上交房写的是后年十月) is none that one owns yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.eligibility.values import Dates, meet
from bot.reading.record.ledger import Claim, Ledger, Thing, names_of
from bot.reading.text.cues import cue

_OWNED, _PRESALE = frozenset({"owned"}), frozenset({"presale"})


def settle_not_handed_over(ledger: Ledger, as_of: date) -> None:
    """Make a home told as bought one still to be handed over, where the day of that is told and has not come."""
    for claim in ledger.claims:
        first = claim.value.first if claim.fact == "presale.handover" and isinstance(claim.value, Dates) else None
        if first is None or first <= as_of:
            continue
        theirs = [t for t in ledger.homes if t.person in names_of(claim.person)]
        if any(t.kind == _PRESALE for t in theirs) or any(cue("not_handed_over.deed").search(c.text) for c in ledger.clauses):
            continue
        bought = [t for t in theirs if t.kind == _OWNED and _may_be(ledger, t, claim)]
        ledger.homes[:] = [replace(t, kind=_PRESALE) if t in bought else t for t in ledger.homes]


def _may_be(ledger: Ledger, home: Thing, claim: Claim) -> bool:
    """Whether the home is told by its purchase alone, before the day and where nothing else is told to be."""
    others = [t for t in ledger.homes if t is not home and t.person == home.person and t.kind == _OWNED and t.spot.places is not None]
    if home.spot.places is not None and any(meet(t.spot.places, home.spot.places) is None for t in others if t.spot.places is not None):
        return False
    return home.order <= claim.order and bool(cue("not_handed_over.bought").search(ledger.clauses[home.order].text))
