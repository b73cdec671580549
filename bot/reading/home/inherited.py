"""A home that came down from someone who died, or by a will, and is not yet in the heir's name: told over several clauses.

(我爸走了,房子留给我,还没过户; 遗嘱里楼给了我,没去换本.) What single clauses make of it (没过户: a sale under way) gives way.
"""

from __future__ import annotations

import re
from dataclasses import replace

from bot.reading.home.spots import spot_of
from bot.reading.kin.kinship import COUPLE, SELF
from bot.reading.record.ledger import Ledger, Thing
from bot.reading.text.cues import cue

_DEATH, _LEFT = cue("inherited.death"), cue("inherited.left")
_TRANSFERRED, _NO_HOME = cue("inherited.transferred"), cue("inherited.no_home")
_LEFT_ME, _A_HOME = cue("inherited.left_me"), cue("deeds.of_a_home")
_TO_ANOTHER, _GIVEN = cue("inherited.to_another"), cue("dwellings.given")
_NEAR_BY = 3  # clauses between the death and the home, and within which a home told is the same


def read_inherited(ledger: Ledger, plain: str, roles: dict[int, str]) -> None:
    """Make one inherited home of what is told of a death or a will and of a home left to the asker, unless it is in their name by now."""
    deaths = [order for order, clause in enumerate(ledger.clauses) if _DEATH.search(clause.text)]
    for order, clause in enumerate(ledger.clauses):
        found = _LEFT.search(clause.text) or _left_me(ledger, order)
        if found is None or clause.hearsay or clause.planned(found.start()) or _NO_HOME.search(clause.text):
            continue
        if not any(abs(order - death) <= _NEAR_BY for death in deaths):
            continue
        if any(_TO_ANOTHER.search(c.text) for c in ledger.clauses[order : order + _NEAR_BY]):
            continue
        if any(_TRANSFERRED.search(c.text) for c in ledger.clauses[order : order + _NEAR_BY]):
            _made_over(ledger, order)
            if not any(t.kind and abs(t.order - order) < _NEAR_BY for t in ledger.homes):
                start, end = clause.start + found.start(), clause.start + found.end()
                spot = spot_of(ledger, clause, start, end, plain, roles)
                ledger.homes.append(Thing(SELF, frozenset({"owned"}), frozenset(), spot, start, end, order, clause.hedged))
            continue
        start, end = clause.start + found.start(), clause.start + found.end()
        same = [t for t in ledger.homes if abs(t.order - order) <= _NEAR_BY and t.kind & {"owned", "secondhand", "untitled", "inherited"}]
        spot = next((t.spot for t in same if t.spot.said), None) or spot_of(ledger, clause, start, end, plain, roles)
        ledger.homes[:] = [t for t in ledger.homes if t not in same]
        ledger.homes.append(Thing(SELF, frozenset({"inherited"}), frozenset(), spot, start, end, order, clause.hedged))
        return


def _left_me(ledger: Ledger, order: int) -> re.Match[str] | None:
    """Words that only say that it was left to the asker, where the clause before names a dwelling (那套老楼我爸去年没的,留给我了)."""
    if not order or not _A_HOME.search(ledger.clauses[order - 1].text):
        return None
    return _LEFT_ME.fullmatch(ledger.clauses[order].text)


def _made_over(ledger: Ledger, order: int) -> None:
    """A home left to the asker whose book was changed since is theirs, whoever the clauses between are about."""
    for at, home in enumerate(ledger.homes):
        if 0 <= home.order - order < _NEAR_BY and home.kind == {"owned"} and home.person not in (SELF, COUPLE):
            ledger.homes[at] = replace(home, person=SELF)


def place_of_the_giver(ledger: Ledger) -> None:
    """A home left or given to the asker is where the giver's was said to be (奶奶的楼在…,遗嘱留给我了)."""
    for at, home in enumerate(ledger.homes):
        given = home.person == SELF and home.kind <= {"inherited", "owned"} and _GIVEN.search(ledger.clauses[home.order].text)
        if not given or home.spot.said:
            continue
        theirs = [
            t for t in ledger.homes if t.kind and t.person not in (SELF, COUPLE) and t.spot.said and abs(t.order - home.order) <= _NEAR_BY
        ]
        if theirs:
            ledger.homes[at] = replace(home, spot=theirs[0].spot)
