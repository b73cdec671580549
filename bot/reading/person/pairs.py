"""What two people are to each other by a word for the pair (母子不住一块, 他俩是亲兄弟).

It is taken where their own words do not tell (舅妈 and 表哥).
"""

from __future__ import annotations

from bot.reading.record.ledger import Ledger
from bot.reading.record.standing import words_for
from bot.reading.text.cues import cue

_PAIRS = (
    (cue("pairs.parent_and_child"), "child", "parent"),
    (cue("pairs.grandparent_and_child"), "grandchild", "grandparent"),
    (cue("pairs.siblings"), "sibling", "sibling"),
)


def pair_relation(ledger: Ledger, mover: str, followed: str, plain: str) -> str | None:
    """What the one followed is to the mover, seen from the mover; ``None`` where no word for a pair tells."""
    for said, younger, elder in _PAIRS:
        found = next((m for m in said.finditer(plain) if not cue("pairs.other_two").search(plain[max(0, m.start() - 3) : m.start()])), None)
        if found is None:
            continue
        if younger == elder:
            return younger
        old = cue("pairs.elder")
        if (first := bool(old.search(words_for(ledger, mover)))) != bool(old.search(words_for(ledger, followed))):
            return younger if first else elder
    return None
