"""Whose register is to be taken from a place: the mover's, whoever the clause is about (我妈说想把户口从甘肃迁到我这)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.eligibility.values import Places
from bot.reading.move.wish import Wish
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.cues import cue


def of_the_mover(ledger: Ledger, wishes: Sequence[Wish], plain: str) -> Ledger:
    """The ledger with every register that a wish wants moved from a place elsewhere told of the one who moves."""
    movers = {w.order: w.person for w in wishes if w.order >= 0}

    def settled(claim: Claim) -> Claim:
        clause = ledger.clauses[claim.order]
        elsewhere = isinstance(claim.value, Places) and not at_home(claim.value, ledger.home)
        taken = elsewhere and claim.order in movers and cue("taken_from.out_of").search(plain[clause.start : claim.start])
        return replace(claim, person=movers[claim.order]) if taken else claim

    claims = [settled(c) if c.fact == "hukou.place" else c for c in ledger.claims]
    return replace(ledger, claims=claims) if claims != ledger.claims else ledger
