"""Whom a mover follows, by the wish or by what else is told, and what the one followed is to the mover."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.eligibility.values import Choice, Value
from bot.reading.kin.kinship import COUPLE, SELF
from bot.reading.kin.step_kin import step_relation
from bot.reading.move.case import Case
from bot.reading.move.companions import companion
from bot.reading.move.followed import people_here
from bot.reading.move.gone_to import unsaid_followed
from bot.reading.move.kin_followed import comes_to_own_child, relation_of
from bot.reading.move.let_by_kin import only_lets
from bot.reading.move.own_case import follows_nobody, needs_nobody
from bot.reading.move.villagers import of_the_village, told_of_nobody
from bot.reading.person.further_kin import told_relation
from bot.reading.person.pairs import pair_relation
from bot.reading.person.strangers import hand_named, tenant_named
from bot.reading.record.ledger import along
from bot.reading.record.standing import parted
from bot.reading.text.cues import cue

_DISTANT = Choice(frozenset({"other"}))
_MARRIED: tuple[Value, ...] = (Choice(frozenset({"married"})),)
_SINGLE: tuple[Value, ...] = (Choice(frozenset({"unmarried"})), Choice(frozenset({"unmarried", "divorced", "widowed"})))
"""Not married (to whom one lives with), whatever was before."""


@dataclass(frozen=True)
class Tie:
    """The one followed and what they are to the mover, ``None`` where nobody is.

    ``may_be`` holds the relations that the words leave possible where they tell more than ``other``; ``guessed`` says that the message can
    only mean this one, without a word of following.
    """

    followed: str | None = None
    relation: str | None = None
    may_be: frozenset[str] = frozenset()
    guessed: bool = False


def tie_of(case: Case) -> Tie:
    """Whom the mover follows."""
    tie = Tie(case.wish.followed, case.wish.relation) if case.wish else Tie()
    if tie.followed is None and not of_the_village(case) and not _has_nobody(case):
        tie = _but_no_landlord(case, _by_the_scene(case) or _by_the_company(case)) or tie
    tie = _by_the_marriage(case, tie)
    return tie if tie.followed is None else _more_closely(case, tie.followed, tie)


def _has_nobody(case: Case) -> bool:
    """Whether the mover is said to have no relative there, or is the tenant or the hand of whoever asks, or of the firm that does."""
    stranger = case.mover == "other" and (tenant_named(case.plain) or hand_named(case.plain)) is not None
    employer = case.mover == "other" and cue("tie.speaks_for_employer").search(case.plain) is not None
    return stranger or employer or told_of_nobody(case)


# -- whom, where the wish does not say -------------------------------------------------------------------------------------
def _by_the_scene(case: Case) -> Tie | None:
    """The one told to be at the destination, whom the mover needs."""
    ledger, mover, plain = case.ledger, case.mover, case.plain
    here = [p for p in people_here(ledger, case.home, mover) if p != mover and p not in case.movers]
    followed = unsaid_followed(ledger, mover, plain, here)
    if followed is None or needs_nobody(ledger, mover, followed, plain):
        return None
    followed = "spouse" if comes_to_own_child(ledger, mover, followed, owner=True) else followed
    return Tie(followed, relation_of(ledger, mover, followed))


def _by_the_company(case: Case) -> Tie | None:
    """The only relative that the message can mean."""
    guessed = companion(case.ledger, case.mover, case.plain, case.movers)
    return None if guessed is None else Tie(guessed, relation_of(case.ledger, case.mover, guessed), guessed=True)


def _but_no_landlord(case: Case, tie: Tie | None) -> Tie | None:
    """The one that the scene leaves, unless they let a home to the asker, or the message says that nobody is followed."""
    if tie is None or tie.followed is None or follows_nobody(case.ledger, case.mover, tie.followed):
        return None
    return None if case.mover == SELF and only_lets(case.ledger, tie.followed) else tie


# -- what they are to each other -------------------------------------------------------------------------------------------
def _by_the_marriage(case: Case, tie: Tie) -> Tie:
    """Whether the couple is married by what is told of it.

    Of who is parted what the other is now was not said (离婚了,想随孩子他爸), unless it is that they have not married again.
    """
    if tie.relation == "fiance" and _is_told(case, _MARRIED):
        tie = replace(tie, relation="spouse")
    if tie.relation == "spouse" and _is_told(case, _SINGLE):
        tie = replace(tie, relation="fiance")
    if tie.relation != "spouse" or not parted(case.ledger, case.mover):
        return tie
    return replace(tie, relation="other") if _not_wed_again(case) else Tie()


def _not_wed_again(case: Case) -> bool:
    """Whether the mover is said to be divorced and not to have married the same again (离了婚,没复婚)."""
    return parted(case.ledger, case.mover) and cue("tie.not_wed_again").search(case.plain) is not None


def _is_told(case: Case, marriage: tuple[Value, ...]) -> bool:
    return any(c.fact == "marital" and c.value in marriage for c in along(case.ledger, case.mover))


def _more_closely(case: Case, followed: str, tie: Tie) -> Tie:
    """What the words tell of somebody who is just a further relative, and whether parents and children are step-kin."""
    ledger, mover, plain, relation = case.ledger, case.mover, case.plain, tie.relation
    if relation == "other" and _not_wed_again(case):
        return tie
    distant = relation == "other" and any(c.fact == "kin.relation" and c.value == _DISTANT for c in along(ledger, mover))
    may_be = told_relation(ledger, mover, followed) if relation == "other" and not distant else frozenset()
    if len(may_be) == 1:
        relation = next(iter(may_be))
    if relation == "other" and mover not in (SELF, COUPLE) and followed != SELF:
        relation = pair_relation(ledger, mover, followed, plain) or relation
    if relation is not None:
        relation = step_relation(mover, followed, relation, plain)
    return replace(tie, relation=relation, may_be=may_be)
