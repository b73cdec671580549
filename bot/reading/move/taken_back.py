"""Whom somebody wanted to go to and, by the message itself, does not any more (想投靠老丈人,…干脆不靠老丈人了,直接投靠媳妇)."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reading.kin.kinship import NOBODY
from bot.reading.move.wish import Wish
from bot.reading.record.ledger import Ledger
from bot.reading.text.cues import cue


def given_up(ledger: Ledger, plain: str, wish: Wish, until: int) -> bool:
    """Whether a clause after that of a wish, and none behind ``until``, says that its mover does not go to whom it named after all."""
    return any(person == wish.followed and wish.order < order <= until for person, order in _given_up(ledger, plain))


def but_given_up(ledger: Ledger, found: Sequence[Wish], plain: str) -> list[Wish]:
    """The wishes without those to go to somebody that the message takes back, where a later one goes to another."""

    def taken_back(wish: Wish) -> bool:
        others = (w for w in found if w.person == wish.person and w.order > wish.order and w.followed not in (None, wish.followed))
        return any(given_up(ledger, plain, wish, w.order) for w in others)

    return [w for w in found if w.followed is None or not taken_back(w)]


def _given_up(ledger: Ledger, plain: str) -> list[tuple[str, int]]:
    """Whom a clause says that nobody goes to after all, with the clause."""
    found = []
    for order, clause in enumerate(ledger.clauses):
        for m in ledger.people if not clause.hearsay else ():
            if not clause.start <= m.start < clause.end or m.person == NOBODY:
                continue
            before, after = plain[clause.start : m.start], plain[m.end : clause.end]
            if cue("wishes.gives_up").search(before) and cue("wishes.any_more").match(after):
                found.append((m.person, order))
    return found
