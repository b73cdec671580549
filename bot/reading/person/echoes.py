"""A bare 有 or 没有 of one person, which answers what the clause before tells of another (我没房,我媳妇有; 我有房,她没有)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import NOBODY
from bot.reading.record.ledger import ONES_OWN, Claim, Ledger, Spot, Thing
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_BACK = 2  # clauses in which what is answered may stand (我没房,也没社保,她有)
_OWNED = frozenset({"owned"})
_YES, _NO = Choice(frozenset({"yes"})), Choice(frozenset({"no"}))
_PAID = "insurance.paid"


def read_echo(ledger: Ledger, clause: Clause, order: int) -> None:
    """Enter for whoever the clause names that they have, or have not, what the clauses just before say somebody else lacks or has."""
    named = next((m for m in ledger.people if m.start == clause.start), None)
    if named is None or named.person == NOBODY or clause.asks or clause.hearsay:
        return
    said = clause.text[named.end - clause.start :]
    if cue("echoes.has").fullmatch(said):
        _has(ledger, clause, order, named.person)
    elif cue("echoes.lacks").fullmatch(said):
        _lacks(ledger, clause, order, named.person)
    elif pays := cue("echoes.insures").fullmatch(said) or cue("echoes.insures_not").fullmatch(said):
        _pays(ledger, clause, order, named.person, paid=_NO if pays.re is cue("echoes.insures_not") else _YES)


def _has(ledger: Ledger, clause: Clause, order: int, person: str) -> None:
    """我媳妇有, after 我没房, 我没社保, or 得看有没有房."""
    asked_of = order > 0 and cue("echoes.asked_of_a_home").search(ledger.clauses[order - 1].text)
    lacking = _answered(ledger, order, person)
    if asked_of or any(isinstance(t, Thing) and t in ledger.homes and (t.deny >= _OWNED or t.kind == {"none"}) for t in lacking):
        ledger.homes.append(_thing(clause, order, person, _OWNED))
    if any(isinstance(c, Claim) and c.value == _NO for c in lacking):
        ledger.claims.append(_claim(clause, order, person, _YES))


def _lacks(ledger: Ledger, clause: Clause, order: int, person: str) -> None:
    """她没有, after 我有房, 我有工作, 我有社保."""
    for had in _answered(ledger, order, person):
        if isinstance(had, Claim):
            if had.value == _YES:
                ledger.claims.append(_claim(clause, order, person, _NO))
        elif had in ledger.homes and had.kind & ONES_OWN:
            ledger.homes.append(_thing(clause, order, person, frozenset(), ONES_OWN))
        elif had in ledger.jobs and had.kind - {"none"}:
            ledger.jobs.append(_thing(clause, order, person, frozenset({"none"})))


def _pays(ledger: Ledger, clause: Clause, order: int, person: str, *, paid: Choice) -> None:
    """A bare 交 or 不交 behind what another pays, or a question after it (她交社保,我不交; 得交社保不,俺没交)."""
    last = ledger.clauses[order - 1] if order else None
    asked_of = last is not None and last.asks and cue("echoes.asked_of_insurance").search(last.text)
    told = any(c.order == order and c.fact == _PAID for c in ledger.claims)
    if not told and (asked_of or any(isinstance(c, Claim) for c in _answered(ledger, order, person))):
        ledger.claims.append(_claim(clause, order, person, paid))


def _answered(ledger: Ledger, order: int, person: str) -> list[Thing | Claim]:
    """What the nearest clause that tells such a thing of somebody else tells."""
    for before in _clauses_before(ledger, order):
        told: list[Thing | Claim] = [*ledger.homes, *ledger.jobs, *(c for c in ledger.claims if c.fact == _PAID)]
        if found := [t for t in told if t.order == before and t.person != person]:
            return found
    return []


def _clauses_before(ledger: Ledger, order: int) -> Iterator[int]:
    for before in range(order - 1, max(-1, order - 1 - _BACK), -1):
        if ledger.clauses[before].asks or ledger.clauses[before].hearsay:
            return
        yield before


def _thing(clause: Clause, order: int, person: str, kind: frozenset[str], deny: frozenset[str] = frozenset()) -> Thing:
    return Thing(person, kind, deny, Spot(), clause.start, clause.end, order, clause.hedged)


def _claim(clause: Clause, order: int, person: str, value: Choice) -> Claim:
    return Claim(person, _PAID, value, clause.start, clause.end, order, clause.hedged)
