"""Registers told by whom they are with: a relative whose place the message tells (户口跟着我爸,我爸在焦作)."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Places
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.person.subjects import mentions_in, subject_of
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.cues import cue

_REGISTER = ("hukou.place", "hukou_here")
_WEDDED = frozenset({"spouse", "child_in_law"})


def settle_register_with(ledger: Ledger, plain: str) -> None:
    """Enter the register of whoever has it with a relative, at the place that is told of that relative anywhere in the message."""
    for order, clause in enumerate(ledger.clauses[: len(ledger.subjects)]):
        told = cue("register_with.told").search(clause.text)
        if told is None or clause.asks or clause.hearsay or clause.planned(told.start()):
            continue
        mentions = mentions_in(ledger, clause)
        owner = subject_of(clause, mentions, clause.start + told.start(), ledger.subjects[order], plain)
        claim = _along_with(ledger, order, owner) or _with_whom(ledger, order, clause.start + told.end())
        claim = claim or _with_a_former(ledger, clause.start + told.end(), owner)
        if claim is None or claim.person == owner or owner == NOBODY or _is_told(ledger, owner, order):
            continue
        span = (clause.start + told.start(), clause.end)
        ledger.claims[:] = [c for c in ledger.claims if not (c.person == owner and c.order == order and c.fact in _REGISTER)]
        ledger.claims.append(Claim(owner, "hukou.place", claim.value, *span, order, clause.hedged))


def _is_told(ledger: Ledger, owner: str, order: int) -> bool:
    """Whether another clause tells where the owner's register is."""
    return any(c.person == owner and c.fact in _REGISTER and c.order != order and not c.presumed for c in ledger.claims)


def _with_whom(ledger: Ledger, order: int, at: int) -> Claim | None:
    """Where the person is whose name stands right behind the words, and nothing else after it."""
    clause = ledger.clauses[order]
    named = next((m for m in ledger.people if m.start == at and m.relation not in (COUPLE, NOBODY)), None)
    if named is None or not cue("register_with.with_them").fullmatch(clause.text, named.end - clause.start):
        return None
    registers = [c for c in ledger.claims if c.person == named.person and c.fact == "hukou.place" and isinstance(c.value, Places)]
    if registers or named.person == SELF:
        return registers[0] if len({c.value for c in registers}) == 1 else None
    lives = [c for c in ledger.stands if c.person == named.person and c.fact == "where" and isinstance(c.value, Places)]
    lives = [c for c in lives if c.value != Places(frozenset({""})) and not ledger.clauses[c.order].asks]
    return lives[0] if len({c.value for c in lives}) == 1 else None


def _with_a_former(ledger: Ledger, at: int, owner: str) -> Claim | None:
    """Where the owner is told to be with a husband or wife of before, whom the register is with (前妻带着儿子在县城,儿子户口也跟她)."""
    named = next((m for m in ledger.people if m.start == at and m.person == NOBODY), None)
    if named is None:
        return None
    for stand in ledger.stands:
        clause = ledger.clauses[stand.order]
        beside = any(clause.start <= m.start < clause.end and cue("register_with.former").match(m.words) for m in ledger.people)
        if stand.person == owner and stand.fact == "where" and isinstance(stand.value, Places) and beside:
            return replace(stand, person=NOBODY)
    return None


def _along_with(ledger: Ledger, order: int, owner: str) -> Claim | None:
    """The register of the wife or husband told of right before, where somebody's went after theirs (媳妇是潍坊的,户口也跟过去了)."""
    if not order or not cue("register_with.went_along").search(ledger.clauses[order].text):
        return None
    before = [c for c in ledger.claims if c.order == order - 1 and c.fact == "hukou.place"]
    wedded = [c for c in before if c.person.split("/")[-1] in _WEDDED and isinstance(c.value, Places) and not at_home(c.value, ledger.home)]
    return wedded[0] if len(wedded) == 1 and wedded[0].person != owner else None
