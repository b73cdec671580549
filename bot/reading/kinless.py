"""Nobody left to follow: parents dead, no brothers or sisters, and no children of one's own (爹娘早没了,兄弟姊妹一个没有,没孩子)."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.cues import cue
from bot.reading.ledger import Claim, Ledger
from bot.reading.people import NOBODY

_MISSING = (cue("kinless.parents"), cue("kinless.siblings"), cue("kinless.children"))


def read_kinless(ledger: Ledger) -> None:
    """Enter that there is no relative where the message tells so of parents, brothers and sisters, and children, of one person."""
    if any(c.fact == "kin.relation" for c in ledger.claims):
        return
    found: list[tuple[str, int, int, int]] = []
    for missing in _MISSING:
        hit = next(
            ((order, m) for order, c in enumerate(ledger.clauses) if not c.hearsay and not c.asks and (m := missing.search(c.text))),
            None,
        )
        if hit is None:
            return
        order, match = hit
        start = ledger.clauses[order].start
        person = ledger.subjects[order] if order < len(ledger.subjects) else ""
        found.append((person, start + match.start(), start + match.end(), order))
    people = {person for person, *_ in found} - {NOBODY}
    if len(people) == 1:
        _, start, end, order = found[1]
        ledger.claims.append(Claim(people.pop(), "kin.relation", Choice(frozenset({"none"})), start, end, order))
