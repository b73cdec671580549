"""A bare 有 or 没有 of one person, which answers what the clause before tells of another (我没房,我媳妇有; 我有房,她没有)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.eligibility.values import Choice
from bot.reading.clauses import Clause
from bot.reading.cues import cue
from bot.reading.ledger import ONES_OWN, Claim, Ledger, Spot, Thing
from bot.reading.people import NOBODY

_BACK = 2  # clauses in which what is answered may stand (我没房,也没社保,她有)
_OWNED = frozenset({"owned"})
_YES, _NO = frozenset({"yes"}), frozenset({"no"})
_EITHER = ("insurance.paid",)
"""What somebody has or has not, besides a home and work."""


def read_echo(ledger: Ledger, clause: Clause, order: int) -> None:
    """Enter for whoever the clause names that they have, or have not, what the clauses just before say somebody else lacks or has."""
    named = next((m for m in ledger.people if m.start == clause.start), None)
    if named is None or named.person == NOBODY or clause.asks or clause.hearsay:
        return
    said = clause.text[named.end - clause.start :]
    has, lacks = cue("echoes.has").fullmatch(said), cue("echoes.lacks").fullmatch(said)
    if cue("echoes.insures_not").fullmatch(said) or cue("echoes.insures").fullmatch(said) and not has:
        return _insured(ledger, clause, order, named.person, yes=cue("echoes.insures").fullmatch(said) is not None)
    if not has and not lacks:
        return
    at = (clause.start, clause.end, order)
    if has and order and cue("echoes.asked_of_a_home").search(ledger.clauses[order - 1].text):
        ledger.homes.append(Thing(named.person, _OWNED, frozenset(), Spot(), *at, clause.hedged))
        return
    for before in _answered(ledger, order):
        homes = [t for t in ledger.homes if t.order == before and t.person != named.person]
        jobs = [t for t in ledger.jobs if t.order == before and t.person != named.person]
        claims = [c for c in ledger.claims if c.order == before and c.person != named.person and c.fact in _EITHER]
        if has and any(t.deny >= _OWNED or t.kind == {"none"} for t in homes):
            ledger.homes.append(Thing(named.person, _OWNED, frozenset(), Spot(), *at, clause.hedged))
        if lacks and any(t.kind & ONES_OWN for t in homes):
            ledger.homes.append(Thing(named.person, frozenset(), ONES_OWN, Spot(), *at, clause.hedged))
        if lacks and any(t.kind - {"none"} for t in jobs):
            ledger.jobs.append(Thing(named.person, frozenset({"none"}), frozenset(), Spot(), *at, clause.hedged))
        ledger.claims.extend(
            Claim(named.person, c.fact, Choice(_YES if has else _NO), *at, clause.hedged)
            for c in claims
            if isinstance(c.value, Choice) and c.value.values == (_NO if has else _YES)
        )
        if homes or jobs or claims:
            return


def _insured(ledger: Ledger, clause: Clause, order: int, person: str, *, yes: bool) -> None:
    """Enter a bare 交 or 不交 behind what another pays (她交社保,我不交)."""
    asked = order > 0 and cue("echoes.asked_of_insurance").search(ledger.clauses[order - 1].text) and ledger.clauses[order - 1].asks
    answered = {c.order for c in ledger.claims if c.fact == "insurance.paid" and c.person != person}
    if (asked or answered & set(_answered(ledger, order))) and not any(c.order == order and c.fact == "insurance.paid" for c in ledger.claims):
        paid = Choice(_YES if yes else _NO)
        ledger.claims.append(Claim(person, "insurance.paid", paid, clause.start, clause.end, order, clause.hedged))


def _answered(ledger: Ledger, order: int) -> Iterator[int]:
    """The clauses that a bare word may answer, the nearest first."""
    for before in range(order - 1, max(-1, order - 1 - _BACK), -1):
        if ledger.clauses[before].asks or ledger.clauses[before].hearsay:
            return
        yield before
