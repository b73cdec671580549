"""A home that was handed over and has no title yet: told over several clauses.

(全款买的房,钥匙早拿了,就是开发商证一直没给办; 安置房,搬进去三年了,房产证说年底发.) What single clauses make of it (买的: a home owned;
交房: one not handed over) gives way.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.reading.home.spots import spot_of
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.ledger import Ledger, Thing
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_NO_PAPER, _HANDED_OVER, _DEVELOPER = cue("untitled.no_paper"), cue("untitled.handed_over"), cue("untitled.developer")
_A_HOME, _PAPER_CAME = cue("untitled.a_home"), cue("untitled.paper_came")
_ANOTHER_MATTER = cue("untitled.another_matter")
_NEAR_BY = 3  # clauses between the home and what is said of its paper
_GIVES_WAY = (frozenset({"owned"}), frozenset({"presale"}), frozenset({"untitled"}))


def read_untitled(ledger: Ledger, plain: str, roles: dict[int, str]) -> None:
    """Make a home handed over, or bought from who builds them, one without its title, where the paper is said to be still to come."""
    for order, clause in enumerate(ledger.clauses):
        found = _NO_PAPER.search(clause.text)
        if found is None or not _stands(clause, found):
            continue
        if order and cue("untitled.bare").fullmatch(clause.text) and cue("untitled.of_a_skill").search(ledger.clauses[order - 1].text):
            continue  # 没上过什么学,没证
        first = max(0, order - _NEAR_BY)
        last = order + 2
        if not any(_A_HOME.search(c.text) for c in ledger.clauses[first:last]):  # 证一直办不出来,…可房早交付了
            last += _NEAR_BY
        told = ",".join(c.text for c in ledger.clauses[first:last])
        handed = _HANDED_OVER.search(told)
        if _ANOTHER_MATTER.search(told) or not _A_HOME.search(told) or not (handed or _DEVELOPER.search(told)):
            continue
        if any(_PAPER_CAME.search(c.text) for c in ledger.clauses[order + 1 : order + 2 + _NEAR_BY]):
            continue
        near = [t for t in ledger.homes if t.kind and first <= t.order < last]
        if any(t.kind not in _GIVES_WAY for t in near) or (not handed and any(t.kind == {"presale"} for t in near)):
            continue
        if near:
            _without_title(ledger, near)
            return
        person = ledger.subjects[order] if order < len(ledger.subjects) else SELF
        start, end = clause.start + found.start(), clause.start + found.end()
        homes = [c for c in ledger.clauses[first : last + 1] if _A_HOME.search(c.text)]
        spots = [spot_of(ledger, c, c.end, c.end, plain, roles) for c in homes]
        spot = next((s for s in spots if s.said), spots[0])
        owner = SELF if person in (NOBODY, COUPLE) else person
        ledger.homes.append(Thing(owner, frozenset({"untitled"}), frozenset(), spot, start, end, order, clause.hedged))
        return


def _stands(clause: Clause, found: re.Match[str]) -> bool:
    """Whether the clause tells how it is, and does not ask, suppose or pass on what others say."""
    return not (clause.asks or clause.hearsay or clause.hedged or clause.past_at(found.start()))


def _without_title(ledger: Ledger, near: list[Thing]) -> None:
    """One home of those told near by, without its title, where the first one that says so is."""
    spot = next((t.spot for t in near if t.spot.said), near[0].spot)
    at = ledger.homes.index(near[0])
    ledger.homes[at] = replace(near[0], kind=frozenset({"untitled"}), spot=spot)
    ledger.homes[:] = [t for t in ledger.homes if t is ledger.homes[at] or t not in near[1:]]
