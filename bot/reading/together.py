"""Whether two people are said to live together."""

from __future__ import annotations

import re

from bot.reading.clauses import Clause
from bot.reading.cues import cue
from bot.reading.kinship import followed_relation, married
from bot.reading.ledger import Ledger
from bot.reading.people import COUPLE, NOBODY, SELF, Mention
from bot.reading.standing import words_for

Said = tuple[str, int, int]
_NEITHER = (SELF, COUPLE, NOBODY)


def lives_together(ledger: Ledger, mover: str, followed: str, plain: str) -> Said | None:
    """``yes`` or ``no`` and the span of the words, ``None`` where nothing is said; what is said last counts (接来了,现在一块住).

    Who lives alone by now and is to be fetched to live together (一个人过,想接来一起住) is not said to live apart for good.
    """
    said: Said | None = None
    for order, clause in enumerate(ledger.clauses):
        if clause.hearsay:
            continue
        said = _apart(ledger, clause, mover, followed) or _joined(ledger, clause, order, mover, followed) or said
        if said and said[0] == "no" and said[1] < clause.start and cue("together.to_be_fetched").search(clause.text):
            said = None
    return said


def _apart(ledger: Ledger, clause: Clause, mover: str, followed: str) -> Said | None:
    found = cue("together.apart").search(clause.text)
    if found is None or clause.planned(found.start()):
        return None
    others = {m.person for m in _named(ledger, clause)} - {mover, followed, SELF, COUPLE}
    if others and "人" not in found.group():
        return None
    return "no", clause.start + found.start(), clause.start + found.end()


def _joined(ledger: Ledger, clause: Clause, order: int, mover: str, followed: str) -> Said | None:
    match = cue("together.with").search(clause.text)
    if match is None or not _is_so(clause, match):
        return None
    named = [m for m in _named(ledger, clause) if m.relation != NOBODY]
    subject = ledger.subjects[order] if order < len(ledger.subjects) else SELF
    held = next((at for at in range(1, match.re.groups + 1) if match.group(at)), 0)  # the words for whom they live with
    alone = not named and subject in (mover, followed, COUPLE) and not held
    wedded = any(m.person == COUPLE for m in named) and ({mover, followed} == {SELF, "spouse"} or _wed(ledger, mover, followed))
    if alone or wedded:
        return "yes", clause.start + match.start(), clause.start + match.end()
    people = _housemates(ledger, clause, named, subject, mover, followed)
    if {mover, followed} <= people | {p.split("/")[-1] for p in people} or mover in people and followed.split("/")[-1] in people:
        return "yes", clause.start + match.start(held), clause.start + match.end()
    return None


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
    if any(m.person == COUPLE for m in named):
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
