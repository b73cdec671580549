"""Who a message singles out as the one to move, in a clause that has no word of wanting: by naming, by contrast, by being left over."""

from __future__ import annotations

from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.record.ledger import Ledger
from bot.reading.text.cues import cue

_NOT_ONE = (SELF, COUPLE, NOBODY)


def singled_out(ledger: Ledger, plain: str) -> Mention | None:
    """The mention of the relative whom the message is about; ``None`` where it singles out nobody, or more than one.

    Three constructions: 我老公迁 (a name and a word of moving, and no more), 就孩子没过来 (one who is left over) and 是我儿子不是我 (one
    beside the asker, who is ruled out).
    """
    named = [m for m in ledger.people if m.person not in _NOT_ONE and m.relation != "pronoun"]
    found = [m for m in named if _moves(ledger, m, plain) or _left_over(ledger, m, plain) or _not_the_asker(ledger, m, plain)]
    return found[0] if len({m.person for m in found}) == 1 else None


def only_about(ledger: Ledger, plain: str) -> Mention | None:
    """The relative whom a clause of its own says that nobody but they are asked about (儿子的先不管,光问老伴这个)."""
    for m in ledger.people:
        said = cue("wishes.only_about").search(plain[: m.start]) and cue("wishes.and_no_other").match(plain, m.end)
        if said and m.person not in _NOT_ONE and m.relation != "pronoun":
            return m
    return None


def _around(ledger: Ledger, m: Mention, plain: str) -> tuple[str, str]:
    """The words of the clause before and behind a name."""
    clause = next(c for c in ledger.clauses if c.start <= m.start < c.end)
    return plain[clause.start : m.start], plain[m.end : clause.end]


def _moves(ledger: Ledger, m: Mention, plain: str) -> bool:
    before, after = _around(ledger, m, plain)
    return bool(cue("wishes.this_one").match(before) and cue("wishes.moves_and_no_more").match(after))


def _left_over(ledger: Ledger, m: Mention, plain: str) -> bool:
    before, after = _around(ledger, m, plain)
    left = cue("wishes.left_over").search(before)
    # What comes behind the name says that there is one left, unless what stands before it has said so (没落的是我弟).
    return bool(left and cue("wishes.has_not_come").match(after) and (after or "的" in left.group()))


def _not_the_asker(ledger: Ledger, m: Mention, plain: str) -> bool:
    before, _ = _around(ledger, m, plain)
    named = not before or cue("wishes.it_is").search(plain[: m.start])
    ruled_out = cue("wishes.not_me_but").search(plain[: m.start]) or cue("wishes.and_not_me").match(plain, m.end)
    return bool(named and ruled_out)
