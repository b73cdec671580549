"""Whether somebody is of a village here, and whether a message says that the mover has no relative there."""

from __future__ import annotations

from collections.abc import Callable

from bot.eligibility.values import Choice, Places
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.move.case import Case
from bot.reading.place.places import VILLAGE
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, along
from bot.reading.text.cues import cue

_NEVER, _NO, _NONE = Choice(frozenset({"never"})), Choice(frozenset({"no"})), Choice(frozenset({"none"}))
_RUN = 5  # clauses of one run of denials


def native(ledger: Ledger, rural: Callable[[frozenset[str]], bool], home: str | None, person: str | None = None) -> list[Claim]:
    """Where somebody (``person``, or anybody) is said to be in the jurisdiction, in the kinds of area asked for."""
    areas = {c.start for c in ledger.stands if c.fact == "area" and isinstance(c.value, Choice) and rural(c.value.values)}
    stands = [c for c in ledger.stands if c.fact == "where" and c.start in areas and person in (None, c.person)]
    return [c for c in stands if isinstance(c.value, Places) and at_home(c.value, home)]


def of_the_village(case: Case) -> bool:
    """Whether the mover is told to have left a village here, or to have something there; no homestead alone is no such thing."""
    told, home = _not_back(case), case.home
    places = [c.value for c in told if c.fact == "origin.place" and isinstance(c.value, Places)]
    if home and places and not any(at_home(p, home) for p in places):
        return False
    village = [c for c in told if c.fact.startswith("origin.") and c.fact != "origin.place"]
    if any(c.fact == "origin.moved" and c.value == _NEVER for c in village):
        return False
    return any(_ties_to_a_village(c) for c in village)


def _ties_to_a_village(claim: Claim) -> bool:
    """Whether what is told of a village ties to it: not that there is no homestead, nor 大儿子讲明了不会回来住."""
    if claim.fact == "origin.back" and claim.value == _NO and claim.person not in (SELF, COUPLE):
        return False
    return claim.fact != "origin.base" or isinstance(claim.value, Choice) and "none" not in claim.value.values


def _not_back(case: Case) -> list[Claim]:
    """What is told of the mover, without that they live elsewhere for good, where a relative in the village is whom they may follow."""
    follows = _relatives_in_a_village(case.ledger, case.mover)
    return [c for c in along(case.ledger, case.mover) if not (follows and c.fact == "origin.back" and c.value == _NO)]


def told_of_nobody(case: Case) -> bool:
    """Whether the message says that the mover has no relative there, and not just none but the one it tells of."""
    ledger = case.ledger
    told = [c for c in along(ledger, case.mover) if c.fact == "kin.relation" and c.value == _NONE]
    some = _relatives_in_a_village(ledger, case.mover) if told else False
    return any(not cue("frame.others_only").search(ledger.clauses[c.order].text) and not (some and _of_the_town(ledger, c)) for c in told)


def _relatives_in_a_village(ledger: Ledger, mover: str) -> bool:
    """Whether a relative of the mover's is told to be in a village here."""
    kin = {c.person for c in ledger.stands if c.person not in (mover, SELF, COUPLE, NOBODY)}
    return any(native(ledger, lambda area: area <= VILLAGE, ledger.home, person) for person in kin)


def _of_the_town(ledger: Ledger, denial: Claim) -> bool:
    """Whether it is in town that there is no relative (爹娘都在村里,…城里没房,也没亲人), by the clause or those of one run of denials."""
    for clause in reversed(ledger.clauses[max(0, denial.order - _RUN) : denial.order + 1]):
        if cue("frame.in_town").search(clause.text):
            return True
        if not cue("frame.denies").search(clause.text):
            return False
    return False
