"""Whether two people are said to live together."""

from __future__ import annotations

import re

from bot.eligibility.values import Places
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, followed_relation, married
from bot.reading.kin.mention import Mention
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Ledger, names_of, things
from bot.reading.record.standing import words_for
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

Said = tuple[str, int, int]
_IN_PERSON = "人"
_NEITHER = (SELF, COUPLE, NOBODY)
_OF_ANOTHER_HOME = frozenset({"parent", "parent_in_law", "step_parent", "sibling", "grandparent", "other"})
"""Relatives whose household is another than that of a grown person with a family of their own."""


def lives_together(ledger: Ledger, mover: str, followed: str, plain: str) -> Said | None:
    """``yes`` or ``no`` and the span of the words, ``None`` where nothing is said; what is said last counts (接来了,现在一块住).

    Who lives alone by now and is to be fetched to live together (一个人过,想接来一起住) is not said to live apart for good.
    """
    said: Said | None = None
    for order, clause in enumerate(ledger.clauses):
        if clause.hearsay:
            continue
        said = _apart(ledger, clause, mover, followed) or _joined(ledger, clause, order, mover, followed, plain) or said
        if said and said[0] == "no" and said[1] < clause.start and cue("together.to_be_fetched").search(clause.text):
            said = None
    return said


def _apart(ledger: Ledger, clause: Clause, mover: str, followed: str) -> Said | None:
    found = cue("together.apart").search(clause.text)
    if found is None:
        return None
    in_person = found.group().startswith(_IN_PERSON)  # 想着人先不来: only the register is to come
    if clause.planned(found.start()) and not in_person:
        return None
    others = {m.person for m in _named(ledger, clause)} - {mover, followed, SELF, COUPLE}
    if others and "人" not in found.group():
        return None
    return "no", clause.start + found.start(), clause.start + found.end()


def _joined(ledger: Ledger, clause: Clause, order: int, mover: str, followed: str, plain: str) -> Said | None:
    in_laws = cue("together.with_in_laws").search(clause.text)
    match = in_laws or cue("together.with").search(clause.text)
    if match is None or not _is_so(clause, match):
        return None
    if _with_others(ledger, clause, order, mover, followed, in_laws is not None):
        return "no", clause.start + match.start(), clause.start + match.end()
    match = cue("together.with").search(clause.text)
    if match is None:
        return None
    named = [m for m in _named(ledger, clause) if m.relation != NOBODY]
    subject = ledger.subjects[order] if order < len(ledger.subjects) else SELF
    held = next((at for at in range(1, match.re.groups + 1) if match.group(at)), 0)  # the words for whom they live with
    alone = not named and subject in (mover, followed, COUPLE) and not held
    wedded = any(m.person == COUPLE for m in named) and ({mover, followed} == {SELF, "spouse"} or _wed(ledger, mover, followed))
    if alone or wedded:
        return "yes", clause.start + match.start(), clause.start + match.end()
    if subject == followed and [m.person for m in named] == [followed] and cue("together.with_one").match(plain, named[0].start - 1):
        subject = mover  # 老公在茌平有房,现与老公同住: nobody lives with himself
    if held and _says_whom_with(clause, named, match.span(held)):
        subject = named[0].person  # 闺女跟她姥姥住: she does, and nobody else
    people = _housemates(ledger, clause, named, subject, mover, followed)
    if {mover, followed} <= people | {p.split("/")[-1] for p in people} or mover in people and followed.split("/")[-1] in people:
        return "yes", clause.start + match.start(held), clause.start + match.end()
    return None


def _says_whom_with(clause: Clause, named: list[Mention], held: tuple[int, int]) -> bool:
    """Whether the clause opens with somebody and names another among the words for whom that one lives with."""
    opens = bool(named) and named[0].start == clause.start
    return opens and any(held[0] <= m.start - clause.start < held[1] for m in named[1:])


def _with_others(ledger: Ledger, clause: Clause, order: int, mover: str, followed: str, in_laws: bool) -> bool:
    """Whether the clause has the mover live with a family that the one followed is not of.

    A son or sister who lives with the parents-in-law (闺女住德州婆家) does not live with parents or brothers; and nobody lives with
    an elder or a brother here who lives with their own family elsewhere (现一家都住德州,岳父在临淄有房).
    """
    named = [m.person for m in _named(ledger, clause)]
    subject = next(iter(named), ledger.subjects[order] if order < len(ledger.subjects) else SELF)
    others = set(named[1:])
    family = {COUPLE, "spouse"} if mover == SELF else {COUPLE}
    if subject not in names_of(mover) | family or followed_relation(mover, followed) not in _OF_ANOTHER_HOME or followed in others:
        return False
    if in_laws:
        return followed_relation(mover, followed) != "parent_in_law"
    stands = [c.value for c in ledger.stands if c.order == order and c.fact == "where" and isinstance(c.value, Places)]
    theirs = [t.spot.places for t in things(ledger.homes, followed) if t.kind - {"none"}]
    theirs += [c.value for c in ledger.stands if c.person == followed and c.fact == "where" and isinstance(c.value, Places)]
    return bool(stands) and not any(at_home(p, ledger.home) for p in stands) and any(at_home(p, ledger.home) for p in theirs)


def _wed(ledger: Ledger, mover: str, followed: str) -> bool:
    """Whether two further relatives are husband and wife (嫂子 and 我哥, a friend and his wife), whom a bare 两口子 then means."""
    words = words_for(ledger, mover), words_for(ledger, followed)
    said = any(m.owner == mover and m.person == followed and m.relation == "spouse" for m in ledger.people)
    return said or followed_relation(mover, followed) == "spouse" or all(words) and married(*words)


def _is_so(clause: Clause, match: re.Match[str]) -> bool:
    """Whether the words tell how people live now, and not a wish, a plan or the past."""
    text = clause.text
    if cue("together.employers").search(match.group()):
        return False  # 给人看孩子,住主家
    if cue("together.not_yet").search(text) or clause.planned(match.start()) or clause.past_at(match.start()):
        return False
    if cue("together.moving").search(text[: match.start()]) or cue("together.then_moves").match(text[match.end() :]):
        return False
    return not cue("together.one_in_common").search(match.group()) or bool(cue("together.living").search(text[match.start() :]))


def _housemates(ledger: Ledger, clause: Clause, named: list[Mention], subject: str, mover: str, followed: str) -> set[str]:
    """Everybody who may be among those living together in the clause."""
    people = {SELF if p == COUPLE else p for p in [subject, *(m.person for m in named)]}
    relatives = people - {SELF, mover, followed}
    if subject == COUPLE or any(m.person == COUPLE for m in named):
        people |= {"spouse"}
    if cue("together.group").search(clause.text) and (SELF in (mover, followed) or not relatives):
        people |= {mover, followed}
    if cue("together.family").search(clause.text):
        people |= {"spouse", "child", "parent", SELF}
        if subject in (mover, followed) and SELF not in (mover, followed):
            people |= {mover, followed}  # 孙女…,她爸妈…,一家三口住一块
    if cue("together.parents_home").search(clause.text):  # 闺女带着孩子回娘家住
        people |= {"parent"} if subject in (SELF, COUPLE) else {SELF} if subject == "child" else set()
    if subject in (SELF, COUPLE) and cue("together.with_me").match(clause.text):  # 我把他接来,跟我住
        people |= {m.person for m in ledger.people if m.start < clause.start and m.relation not in _NEITHER} & {mover, followed}
    return people


def _named(ledger: Ledger, clause: Clause) -> list[Mention]:
    return [m for m in ledger.people if clause.start <= m.start < clause.end]
