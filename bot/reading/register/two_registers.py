"""A second register of somebody, told in a clause that names nobody before theirs is told by name: the asker's, who was named last.

Nobody has two registers (公婆要跟我们过,房本写的我,户口在茌平。公婆户口在宁阳).
"""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Places, meet
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.ledger import Claim, Ledger, along
from bot.reading.text.cues import cue

_PLACE, _HERE = "hukou.place", "hukou_here"


def settle_two_registers(ledger: Ledger) -> None:
    """Give the asker the register that a relative cannot have beside the one told by their name."""
    if any(c.fact in (_PLACE, _HERE) for c in along(ledger, SELF)):
        return
    for person in {c.person for c in ledger.claims if c.fact == _PLACE} - {SELF, COUPLE, NOBODY}:
        told = [c for c in ledger.claims if c.fact == _PLACE and c.person == person and not c.presumed]
        named = [c for c in told if _by_name(ledger, c)]
        second = [c for c in told if _is_bare(ledger, c) and any(c.order < n.order and _apart(c, n) for n in named)]
        if second:
            ledger.claims[:] = [replace(c, person=SELF) if c in second else c for c in ledger.claims]
            return


def _by_name(ledger: Ledger, claim: Claim) -> bool:
    """Whether the clause of a register names whose it is."""
    clause = ledger.clauses[claim.order]
    return any(m.person == claim.person and clause.start <= m.start < claim.start for m in ledger.people)


def _is_bare(ledger: Ledger, claim: Claim) -> bool:
    """Whether the clause of a register begins with the word for it and names nobody, and the asker is whom the words named last."""
    clause = ledger.clauses[claim.order]
    last = next((m for m in reversed(ledger.people) if m.start < clause.end), None)
    asker = last is not None and last.person in (SELF, COUPLE) and last.start < clause.start
    return asker and cue("registers.bare").match(clause.text) is not None


def _apart(one: Claim, other: Claim) -> bool:
    """Whether two registers cannot lie at one place."""
    return isinstance(one.value, Places) and isinstance(other.value, Places) and meet(one.value, other.value) is None
