"""Whether a register in town or in a village is wanted: what was moved to in former days is no wish of today (当年买房落到城里,想迁回村)."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.cues import cue
from bot.reading.ledger import Ledger

_FACT, _TOWN, _VILLAGE = "wish.area", Choice(frozenset({"town"})), Choice(frozenset({"village"}))
_WANTS, _MOVED = cue("wish_area.wants"), cue("wish_area.moved")


def settle_wish_area(ledger: Ledger) -> None:
    """Drop a town that was moved to and is not asked for; of a town and a village asked for, the message stands by both."""
    ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _FACT and c.value == _TOWN and _moved_before(ledger, c.order))]


def _moved_before(ledger: Ledger, order: int) -> bool:
    clause = ledger.clauses[order]
    return bool(_MOVED.search(clause.text)) and not clause.asks and not _WANTS.search(clause.text)
