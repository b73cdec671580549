"""Whose name is on the book of a home that seemed to be the asker's: the book decides.

(妈给我买的房,写的她的名; 钱是我出的,挂在我弟名下.) The home becomes that of whom the book names.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.ledger import Ledger
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_NAMES, _NOT_A_BOOK, _MINE_TOO = cue("booked.names"), cue("booked.not_a_book"), cue("booked.mine_too")
_NEAR_BY = 3  # clauses after the home within which a name still is that on its book


def read_book_names(ledger: Ledger) -> None:
    """Give a home told as the asker's to the one relative whom a clause after it names as its owner on paper."""
    for order, clause in enumerate(ledger.clauses):
        found = _NAMES.search(clause.text)
        if found is None or clause.asks or clause.hearsay or clause.planned(found.start()) or clause.past_at(found.start()):
            continue
        if _NOT_A_BOOK.search(clause.text) or _MINE_TOO.search(clause.text):
            continue
        owner = _owner(ledger, clause, found)
        if owner is None:
            continue
        for at, home in enumerate(ledger.homes):
            if home.person in (SELF, COUPLE) and home.kind == {"owned"} and 0 <= order - home.order <= _NEAR_BY:
                ledger.homes[at] = replace(home, person=owner)


def _owner(ledger: Ledger, clause: Clause, found: re.Match[str]) -> str | None:
    """The relative named between the word of writing and 名, ``None`` where it is nobody's or the couple's."""
    named = [m.person for m in ledger.people if clause.start + found.start() <= m.start < clause.start + found.end()]
    told = [p for p in named if p not in (SELF, COUPLE, NOBODY)]
    return told[0] if told and len(told) == len(named) else None
