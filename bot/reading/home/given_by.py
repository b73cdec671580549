"""A home that a relative bought or paid for in somebody else's name is not the giver's (房子是爸妈出的钱,写我名下).

Who gave it is named by the way: nothing is told of where they live.
"""

from __future__ import annotations

from dataclasses import replace

from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.ledger import ONES_OWN, Ledger
from bot.reading.text.cues import cue

_GIVES, _MINE = cue("given_by.gives"), cue("given_by.mine")
_NEAR_BY = 2  # clauses after the gift in which the name on the deed may be told
_ASKERS = (SELF, COUPLE)


def is_gift(ledger: Ledger, order: int) -> bool:
    """Whether a clause tells that a relative bought or paid for a home which it, or the next words, put in the asker's name."""
    clause = ledger.clauses[order]
    gift = _GIVES.search(clause.text)
    if gift is None or clause.asks or clause.hearsay or clause.planned(gift.start()):
        return False
    after = [c.text for c in ledger.clauses[order + 1 : order + 1 + _NEAR_BY]]
    return bool(_MINE.search(clause.text, gift.start())) or any(_MINE.search(text) for text in after)


def settle_given(ledger: Ledger) -> None:
    """Drop the home of the giver, and leave its place to the asker."""
    for order, clause in enumerate(ledger.clauses):
        if not is_gift(ledger, order):
            continue
        giver = next((m.person for m in ledger.people if clause.start <= m.start < clause.end and m.person not in (*_ASKERS, NOBODY)), None)
        own = any(t.person in _ASKERS and t.kind & ONES_OWN and 0 <= t.order - order <= _NEAR_BY for t in ledger.homes)
        if giver is None or not own:
            continue
        near = range(order, order + _NEAR_BY + 1)
        ledger.homes[:] = [t for t in ledger.homes if not (t.person == giver and t.order == order)]
        ledger.stands[:] = [
            replace(c, person=SELF) if c.person == giver and c.order in near and c.fact in ("where", "area") else c for c in ledger.stands
        ]
