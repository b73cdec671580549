"""A register told without the name of its place: here, not here, or over there where somebody is (户口也在, 户口没迁过去)."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.eligibility.values import Choice, Places
from bot.reading.kin.kinship import NOBODY
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Who
from bot.reading.record.standing import lies_here, registered_elsewhere
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_FAR = 3  # clauses back in which somebody was said to be at the place that 那边 points to


def read_register_unnamed(ledger: Ledger, clause: Clause, order: int, who: Who, home: str, settled: set[str]) -> None:
    """Enter a register said to be here, not here or over there; ``settled`` are those whose register the clause told by its place."""
    if _told_absent(ledger, clause, order, who, home):
        return
    found = _own_register(clause)
    person = who(found.start()) if found else NOBODY
    if found is None or person == NOBODY:
        return
    span = (clause.start + found.start(), clause.start + found.end())
    there = _over_there(ledger, clause, order, home, person, found)
    if there is None and cue("residence.over_there").search(found.group()) and registered_elsewhere(ledger, person):
        return  # 我俩都是安徽界首的,户口也在那: told already
    if there is not None:
        ledger.claims.append(Claim(person, "hukou.place", there, *span, order, clause.hedged))
    elif person not in settled:
        ledger.claims.append(Claim(person, "hukou_here", Choice(frozenset({"yes"})), *span, order, clause.hedged))
        if cue("residence.over_there").search(found.group()):
            ledger.stands.extend(replace(c, person=person, order=order) for c in _told_there(ledger, order, home, person))


def _told_there(ledger: Ledger, order: int, home: str, person: str) -> list[Claim]:
    """Where 那 is, here as well: the place of the clause before, told of another (孩子他妈户口在临淄城区,孩子户口也在那)."""
    told = [c for c in ledger.stands if c.order == order - 1 and c.fact in ("where", "hukou") and c.person not in (person, NOBODY)]
    last = told[-1] if told else None
    if last is None or not lies_here(last.value, home) or any(c.person == person for c in ledger.stands):
        return []
    area = [c for c in ledger.stands if c.start == last.start and c.person == last.person and c.fact == "area"]
    return [replace(last, fact="hukou"), *area[:1]]


def _own_register(clause: Clause) -> re.Match[str] | None:
    """The words that tell of a register somebody has here or there; none where it is only planned, asked for or wished."""
    found = cue("residence.own_hukou").search(clause.text)
    if found is None or clause.planned(found.start()) or cue("residence.no_register").search(clause.text):
        return None
    if clause.asks and cue("residence.asked_to_move").search(found.group()):
        return None
    wished = cue("residence.moved_over").search(found.group()) and cue("residence.wishing").search(clause.text)
    return None if wished else found


def _over_there(ledger: Ledger, clause: Clause, order: int, home: str, person: str, found: re.Match[str]) -> Places | None:
    """The place elsewhere that the words for a register point back to."""
    bare = found.end() == len(clause.text) and found.group().endswith("在")  # 我人还在大庆,户口也在
    if bare or cue("residence.right_here").search(found.group()):  # 我在临朐,户口也在这
        return _place_before(ledger, order, home, person)
    return _place_before(ledger, order, home) if cue("residence.over_there").search(found.group()) else None


def _place_before(ledger: Ledger, order: int, home: str, person: str | None = None) -> Places | None:
    """The place elsewhere that 那边 points back to: the last that somebody (or ``person``) was said to be at, and not the destination."""
    stands = [c for c in ledger.stands if c.fact == "where" and order - _FAR <= c.order < order and person in (None, c.person)]
    last = stands[-1].value if stands else None
    return last if isinstance(last, Places) and not at_home(last, home) else None


def _told_absent(ledger: Ledger, clause: Clause, order: int, who: Who, home: str) -> bool:
    """Whether the clause says that a register is not here; entered for whoever it is of, unless one of theirs is told.

    A register that was not taken along (户口没迁过去) is away from where its owner is told to be, so it says so only of who is here.
    """
    here, along_with = cue("residence.not_here").search(clause.text), cue("residence.not_over_there").search(clause.text)
    found = here or along_with
    if found is None or clause.asks or clause.planned(found.start()):
        return False
    person = who(found.start())
    told = any(c.person == person and c.fact in ("hukou.place", "hukou_here") for c in ledger.claims)
    lives_here = any(c.person == person and c.fact == "where" and lies_here(c.value, home) for c in ledger.stands)
    if person != NOBODY and not told and (here or lives_here):
        span = (clause.start + found.start(), clause.start + found.end())
        ledger.claims.append(Claim(person, "hukou.place", Places(frozenset({""}), frozenset({home})), *span, order, clause.hedged))
    return True
