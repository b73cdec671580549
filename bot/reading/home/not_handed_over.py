"""A home that was bought and is to be handed over on a day to come (买的楼,合同上交房写的是后年十月) is none that one owns yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.eligibility.values import Dates, meet
from bot.reading.record.ledger import Claim, Ledger, Spot, Thing, names_of
from bot.reading.text.cues import cue

_OWNED, _PRESALE, _SUBSCRIPTION = frozenset({"owned"}), frozenset({"presale"}), frozenset({"subscription"})
_NO_HOME = frozenset({"none", "rented"})
"""What 房合同还没签 sounds like where it is read as 房…还没."""


def settle_not_handed_over(ledger: Ledger, as_of: date) -> None:
    """Make a home told as bought one still to be handed over, where the day of that has not come, or has gone by for nothing."""
    overdue = any(cue("not_handed_over.overdue").search(c.text) and not c.hearsay for c in ledger.clauses)
    for claim in ledger.claims:
        first = claim.value.first if claim.fact == "presale.handover" and isinstance(claim.value, Dates) else None
        if first is None or first <= as_of and not overdue:
            continue
        theirs = [t for t in ledger.homes if t.person in names_of(claim.person)]
        deed = any(cue("not_handed_over.deed").search(c.text) for c in ledger.clauses)
        if deed or not overdue and any(t.kind == _PRESALE for t in theirs):
            continue
        bought = [t for t in theirs if t.kind == _OWNED and _may_be(ledger, t, claim, overdue)]
        ledger.homes[:] = [replace(t, kind=_PRESALE) if t in bought else t for t in ledger.homes]


def settle_unsigned(ledger: Ledger) -> None:
    """Make a home still to be handed over one without a contract, where that is told to be signed only later (下周才签合同)."""
    unsigned = [order for order, c in enumerate(ledger.clauses) if cue("not_handed_over.unsigned").search(c.text) and not c.hearsay]
    if not unsigned or any(cue("not_handed_over.another_contract").search(c.text) for c in ledger.clauses):
        return
    claims = [c for c in ledger.claims if c.fact == "presale.handover"]
    awaited = {c.person for c in claims}
    for at, home in enumerate(ledger.homes):
        misread = home.order in unsigned and home.kind >= _NO_HOME and bool(awaited & set(names_of(home.person)))
        if home.kind == _PRESALE or misread:
            ledger.homes[at] = replace(home, kind=_SUBSCRIPTION)
    for claim in claims:  # 交房明年三月,合同月底签: no home is named
        if not any(home.person in names_of(claim.person) for home in ledger.homes):
            ledger.homes.append(Thing(claim.person, _SUBSCRIPTION, frozenset(), Spot(), claim.start, claim.end, claim.order, False))


def _may_be(ledger: Ledger, home: Thing, claim: Claim, overdue: bool) -> bool:
    """Whether the home is told by its purchase alone, before the day unless that went by, and where nothing else is told to be."""
    others = [t for t in ledger.homes if t is not home and t.person == home.person and t.kind == _OWNED and t.spot.places is not None]
    if home.spot.places is not None and any(meet(t.spot.places, home.spot.places) is None for t in others if t.spot.places is not None):
        return False
    return (overdue or home.order <= claim.order) and bool(cue("not_handed_over.bought").search(ledger.clauses[home.order].text))
