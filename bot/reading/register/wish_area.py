"""What register is wanted: what was moved to in former days, or is refused, is no wish of today.

(当年买房落到城里,想迁回村; 户口还挂在村里; 窗口说可以进集体户,我不接受.)
"""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.cues import cue

_FACT, _TOWN = "wish.area", Choice(frozenset({"town"}))
_HOUSEHOLD, _COLLECTIVE = "wish.household", Choice(frozenset({"collective"}))
_LIES, _HALF = cue("wish_area.lies"), cue("wish_area.half")
_WANTS, _MOVED, _REFUSES = cue("wish_area.wants"), cue("wish_area.moved"), cue("wish_area.refuses")


def settle_wish_area(ledger: Ledger) -> None:
    """Drop a town that was moved to and is not asked for, where a register lies by now, and a collective household that is refused."""
    ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _FACT and _lies_there(ledger, c))]
    ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _FACT and c.value == _TOWN and _moved_before(ledger, c.order))]
    if any(_REFUSES.search(c.text) for c in ledger.clauses):  # 窗口说可以进集体户,我不接受
        ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _HOUSEHOLD and c.value == _COLLECTIVE)]


def _lies_there(ledger: Ledger, claim: Claim) -> bool:
    """Whether the words say where a register lies now (户口还|挂在…村里), or begin within another word (拆|迁分的房在…城区)."""
    clause = ledger.clauses[claim.order]
    start, end = claim.start - clause.start, claim.end - clause.start
    if _HALF.fullmatch(clause.text[max(0, start - 1) : start + 1]):
        return True
    return _LIES.search(clause.text[:end]) is not None and not _WANTS.search(clause.text)


def _moved_before(ledger: Ledger, order: int) -> bool:
    clause = ledger.clauses[order]
    return bool(_MOVED.search(clause.text)) and not _WANTS.search(clause.text)
