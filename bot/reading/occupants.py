"""Whose register is at a rented home by now: who stood on it may have left (他儿子户口在这房上,上个月迁走了), or turn up later."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.cues import cue
from bot.reading.ledger import Claim, Ledger
from bot.reading.people import SELF

_FACT = "rent.register_empty"
_LEFT, _NOT_LEFT, _EMPTY_NOW = cue("occupants.left"), cue("occupants.not_left"), cue("occupants.empty_now")
_ONCE = cue("occupants.once")
_WITHIN = 3  # clauses after the occupants in which they may be said to have left


def settle_occupants(ledger: Ledger) -> None:
    """Make what a message tells of the register of the rented home one word: the occupants told last, unless they left since."""
    told = sorted((c for c in ledger.claims if c.fact == _FACT), key=lambda c: c.start)
    taken = [c for c in told if c.value == Choice(frozenset({"no"}))] or ([] if told else _once(ledger))
    if not taken:
        return
    last = taken[-1]
    gone = _gone(ledger, last)
    if not told and gone is None:
        return
    ledger.claims[:] = [c for c in ledger.claims if c.fact != _FACT]
    ledger.claims.append(gone or last)


def _once(ledger: Ledger) -> list[Claim]:
    """Who is told to have been on the register once (原先挂着房东儿子的户口)."""
    return [
        Claim(SELF, _FACT, Choice(frozenset({"no"})), clause.start + m.start(), clause.start + m.end(), order, False, True)
        for order, clause in enumerate(ledger.clauses)
        if (m := _ONCE.search(clause.text)) and not clause.asks
    ]


def _gone(ledger: Ledger, last: Claim) -> Claim | None:
    """The words after the occupants that say they are off the register."""
    for order in range(last.order, min(last.order + _WITHIN + 1, len(ledger.clauses))):
        clause = ledger.clauses[order]
        for pattern in (_LEFT, _EMPTY_NOW):
            found = pattern.search(clause.text, max(0, last.end - clause.start) if order == last.order else 0)
            if found and not clause.asks and not clause.hedged and not clause.planned(found.start()) and not _NOT_LEFT.search(clause.text):
                start, end = clause.start + found.start(), clause.start + found.end()
                return Claim(last.person, _FACT, Choice(frozenset({"yes"})), start, end, order, False, True)
    return None
