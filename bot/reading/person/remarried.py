"""A marriage after a divorce: what is said of the divorce again, as of something once gone through, does not undo it."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.cues import cue

_DIVORCED, _MARRIED = Choice(frozenset({"divorced"})), Choice(frozenset({"married"}))


def settle_remarried(ledger: Ledger) -> None:
    """Drop the divorce told as once gone through by who married again since (离了,前年又娶了,…他也确实离过)."""
    ledger.claims[:] = [c for c in ledger.claims if not (_once_parted(ledger, c) and _married_again(ledger, c))]


def _once_parted(ledger: Ledger, claim: Claim) -> bool:
    """Whether a claim tells a divorce as something one has been through (离过), rather than as what came last."""
    if claim.fact != "marital" or claim.value != _DIVORCED:
        return False
    clause = ledger.clauses[claim.order]
    return bool(cue("bereaved.once_parted").search(clause.text[claim.start - clause.start :]))


def _married_again(ledger: Ledger, claim: Claim) -> bool:
    """Whether the same person was told to be divorced, and then to be married, before the claim."""
    before = [c.value for c in ledger.claims if c.fact == "marital" and c.person == claim.person and c.start < claim.start and not c.hedged]
    return _DIVORCED in before and before[-1:] == [_MARRIED]
