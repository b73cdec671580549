"""How far the purchase of a second-hand home has come: told over several clauses.

(二手房,首付给了,等银行放款再过户; 跟原房东签了合同,还没去不动产中心.) Until it is transferred, what single clauses make of it (买的: a home
owned) gives way.
"""

from __future__ import annotations

from dataclasses import replace

from bot.reading.home.spots import spot_of
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.ledger import Ledger, Thing
from bot.reading.text.cues import cue

_SECONDHAND, _UNDER_WAY, _DONE = cue("purchase.secondhand"), cue("purchase.under_way"), cue("purchase.done")
_ANOTHER_MATTER = cue("purchase.another_matter")
_NEAR_BY = 3  # clauses after the home within which words still tell of its purchase
_REPLACED = frozenset({"owned", "untitled", "presale", "subscription"})


def read_purchase(ledger: Ledger, plain: str, roles: dict[int, str]) -> None:
    """Make a home bought second-hand one not yet transferred, where a step before the transfer is told and the transfer itself is not."""
    if not _SECONDHAND.search(plain):
        return
    for order, clause in enumerate(ledger.clauses):
        found = _SECONDHAND.search(clause.text)
        if found is None or clause.planned(found.start()) or _ANOTHER_MATTER.search(clause.text):
            continue
        told = [c.text for c in ledger.clauses[order : order + _NEAR_BY + 1]]
        if any(_DONE.search(text) for text in told) or not any(_UNDER_WAY.search(text) for text in told):
            continue
        same = [t for t in ledger.homes if 0 <= t.order - order <= _NEAR_BY and t.kind and t.kind <= _REPLACED]
        ledger.homes[:] = [t for t in ledger.homes if not (t.order == order and t.kind == {"borrowed"})]  # 买了邻居的老房子
        if any(t.kind == {"secondhand"} for t in ledger.homes if 0 <= t.order - order <= _NEAR_BY):
            ledger.homes[:] = [t for t in ledger.homes if t not in same]
            return
        if same:
            ledger.homes[:] = [t for t in ledger.homes if t not in same[1:]]
            at = ledger.homes.index(same[0])
            spot = next((t.spot for t in same if t.spot.said), same[0].spot)
            sellers = same[0].order > order and same[0].person != COUPLE and _UNDER_WAY.search(ledger.clauses[same[0].order].text)
            buyer = SELF if same[0].person == NOBODY or sellers else same[0].person  # 从同事手里接的,证还在他名下
            ledger.homes[at] = replace(same[0], kind=frozenset({"secondhand"}), spot=spot, person=buyer)
            return
        start, end = clause.start + found.start(), clause.start + found.end()
        person = ledger.subjects[order] if order < len(ledger.subjects) else SELF
        spot = spot_of(ledger, clause, start, end, plain, roles)
        buyer = SELF if person in (NOBODY, COUPLE) else person
        ledger.homes.append(Thing(buyer, frozenset({"secondhand"}), frozenset(), spot, start, end, order, clause.hedged))
        return
