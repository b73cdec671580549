"""Whose register is to be taken from a place: the mover's, whoever the clause is about (我妈说想把户口从甘肃迁到我这)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.eligibility.values import Places
from bot.reading.kin.kinship import SELF
from bot.reading.move.wish import Wish
from bot.reading.person.subjects import mentions_in
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.cues import cue


def of_the_mover(ledger: Ledger, wishes: Sequence[Wish], plain: str) -> Ledger:
    """The ledger with every register that a wish wants moved from a place elsewhere told of the one who moves.

    So is one told right behind the wish for a relative without saying whose it is (想把我妈接过来,户口在河北).
    """
    movers = {w.order: w.person for w in wishes if w.order >= 0}
    registered = {c.person for c in ledger.claims if c.fact == "hukou.place"}

    def settled(claim: Claim) -> Claim:
        clause = ledger.clauses[claim.order]
        elsewhere = isinstance(claim.value, Places) and not at_home(claim.value, ledger.home)
        if elsewhere and claim.person == SELF and (fetched := _fetched_before(ledger, claim, plain)) in {*movers.values()} - registered:
            return replace(claim, person=fetched)
        taken = elsewhere and claim.order in movers and cue("taken_from.out_of").search(plain[clause.start : claim.start])
        return replace(claim, person=movers[claim.order]) if taken else claim

    claims = [settled(c) if c.fact == "hukou.place" else c for c in ledger.claims]
    if claims == ledger.claims:
        return ledger
    # The same words stand for where somebody is; what else the clause says of a place is of whom it was (把我妈接到临淄来,…).
    theirs = {(new.start, new.value): new.person for old, new in zip(ledger.claims, claims, strict=True) if new.person != old.person}
    return replace(ledger, claims=claims, stands=[replace(s, person=theirs.get((s.start, s.value), s.person)) for s in ledger.stands])


def _fetched_before(ledger: Ledger, claim: Claim, plain: str) -> str | None:
    """The relative whom the clause before a register has fetched, where the register's own clause names nobody."""
    clause, before = ledger.clauses[claim.order], ledger.clauses[claim.order - 1] if claim.order else None
    if before is None or not cue("taken_from.register_first").match(clause.text) or mentions_in(ledger, clause):
        return None
    fetched = [m for m in mentions_in(ledger, before) if _is_fetched(plain[before.start : m.start])]
    return fetched[0].person if len(fetched) == 1 and cue("taken_from.hither").match(plain, fetched[0].end) else None


def _is_fetched(before: str) -> bool:
    """Whether the words before a name have somebody brought (想把|我妈|接过来, 给|俺爹|办过来)."""
    return any(cue(name).search(before) for name in ("moving.take", "moving.let_or_fetch"))
