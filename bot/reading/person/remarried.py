"""Marriages and divorces in the order in which they came about: what is told again of an earlier one does not undo the later."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.cues import cue

_DIVORCED, _MARRIED, _WIDOWED = (Choice(frozenset({state})) for state in ("divorced", "married", "widowed"))


def settle_remarried(ledger: Ledger) -> None:
    """Drop what is over: a divorce gone through before a marriage told (离了,前年又娶了,…他也确实离过), a wedding before a divorce told."""
    over = [c for c in ledger.claims if _once_parted(ledger, c) and _married_again(ledger, c) or _once_wed(ledger, c)]
    ledger.claims[:] = [c for c in ledger.claims if c not in over]


def _once_parted(ledger: Ledger, claim: Claim) -> bool:
    """Whether a claim tells a divorce as something one has been through (离过), rather than as what came last."""
    if claim.fact != "marital" or claim.value != _DIVORCED:
        return False
    clause = ledger.clauses[claim.order]
    return bool(cue("bereaved.once_parted").search(clause.text[claim.start - clause.start :]))


def _married_again(ledger: Ledger, claim: Claim) -> bool:
    """Whether the same person was told to be divorced, and then to be married, before the claim."""
    before = _told_before(ledger, claim)
    return _DIVORCED in before and before[-1:] == [_MARRIED]


def _once_wed(ledger: Ledger, claim: Claim) -> bool:
    """Whether a claim tells of a wedding of former days behind the divorce or the death (前年离了,…当年她出嫁把户口迁走了)."""
    if claim.fact != "marital" or claim.value != _MARRIED or _told_before(ledger, claim)[-1:] not in ([_DIVORCED], [_WIDOWED]):
        return False
    clause = ledger.clauses[claim.order]
    return clause.past_at(claim.start - clause.start)


def _told_before(ledger: Ledger, claim: Claim) -> list[object]:
    """What was told of the same person's marriage before, in order."""
    own = (c for c in ledger.claims if c.fact == "marital" and c.person == claim.person and c.start < claim.start and not c.hedged)
    return [c.value for c in own]
