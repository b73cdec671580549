"""In whose hands a home or its paper is said to be after it was told of: whose it is (公租房租赁证一本,…在我姥姥手里)."""

from __future__ import annotations

from dataclasses import replace

from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.ledger import Ledger
from bot.reading.text.cues import cue

_HELD = cue("held_by.held")
_BACK = 3  # clauses before it that may tell of what is held


def settle_holder(ledger: Ledger) -> None:
    """Make the home and the certificate told just before, where nobody was named, those of the relative in whose hands they are."""
    for order, clause in enumerate(ledger.clauses):
        if clause.asks or clause.hearsay or not _HELD.fullmatch(clause.text):
            continue
        holder = next((m for m in ledger.people if clause.start <= m.start < clause.end and m.relation not in (SELF, COUPLE)), None)
        if holder is None or holder.person == NOBODY:
            continue
        low = order
        while low and order - low < _BACK and ledger.clauses[low - 1].sentence == clause.sentence and not _names(ledger, low - 1):
            low -= 1
        for at, home in enumerate(ledger.homes):
            if low <= home.order < order and home.person == SELF and home.kind:
                ledger.homes[at] = replace(home, person=holder.person)
        for at, claim in enumerate(ledger.claims):
            if low <= claim.order < order and claim.person == SELF and claim.fact.startswith("public."):
                ledger.claims[at] = replace(claim, person=holder.person)


def _names(ledger: Ledger, order: int) -> bool:
    """Whether a clause names somebody of the case."""
    clause = ledger.clauses[order]
    return any(clause.start <= m.start < clause.end and m.person != NOBODY for m in ledger.people)
