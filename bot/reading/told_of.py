"""Whom a message is about that names no mover: the one relative it tells of what only somebody who moves has.

公公在县城给自己买了套房,没学历,户口能迁吗 is about the father-in-law: of a relative who is followed nobody tells the schooling.
"""

from __future__ import annotations

from bot.reading.cues import cue
from bot.reading.ledger import Ledger, along, things
from bot.reading.people import COUPLE, NOBODY, SELF
from bot.reading.standing import NOT_RELATIVES, registered_elsewhere, silent

_MOVERS = frozenset({"education.level", "education.status", "skill.certificate", "title.level", "returnee", "intent.work"})
"""Facts that are told of the one who moves, never of the one followed."""
_FIRST_HAND = ("rent.", "presale.", "public.", "license.", "origin.", "rural.")
"""So are the details of a home or a shop, and of a village left."""


def told_of(ledger: Ledger, plain: str) -> str | None:
    """The one person, other than the asker, who is told of as one who moves; ``None`` where the asker is told of, or several are."""
    if not silent(ledger) or any(m.relation in (SELF, COUPLE) and cue("told_of.asker_acts").match(plain, m.end) for m in ledger.people):
        return None
    named = dict.fromkeys(m.person for m in ledger.people if m.relation not in NOT_RELATIVES and m.person not in (SELF, COUPLE, NOBODY))
    moving = [person for person in named if _moves(ledger, person, plain)]
    return moving[0] if len(moving) == 1 else None


def _moves(ledger: Ledger, person: str, plain: str) -> bool:
    own = along(ledger, person)
    if any(c.fact in _MOVERS or c.fact.startswith(_FIRST_HAND) for c in own) or registered_elsewhere(ledger, person):
        return True
    if any(t.kind == {"presale"} or t.kind == {"none"} for t in [*things(ledger.homes, person), *things(ledger.jobs, person)]):
        return True
    return any(m.person == person and cue("told_of.may").match(plain, m.end) for m in ledger.people)
