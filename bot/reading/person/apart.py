"""Two relatives of one kind of whom one goes to the other: 我妈想投靠我爸, 二姨想落到大姨那.

Both have the same key (``parent``, ``other``, ``child``), and what is told of the one would be read as told of the other. So the one
gone to gets a key of their own, seen from the one who goes (``parent/spouse``), wherever the message speaks of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.reading.kin.family import OTHER, family, related
from bot.reading.kin.kin_words import RANKED
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.kin.mention import Mention
from bot.reading.kin.pronouns import fits
from bot.reading.kin.ranks import Individual, said_of
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_NO_KIND = frozenset({SELF, COUPLE, NOBODY})
_TWICE, _BESIDE = 2, 2
_RANK = ":"
"""What parts the rank from the place in the name of one of several (daughter:eldest)."""
_NEAR = 24
"""Characters before somebody in which the words stand that they are gone to by; so that reading stays linear."""
_MARKS, _STOPS = ",。;!?:()", "。;!?"


def told_apart(found: Sequence[Mention], plain: str) -> list[Mention]:
    """The mentions, with whoever is gone to by another of their kind under a key of their own."""
    for kind in dict.fromkeys(m.person for m in found if m.person not in _NO_KIND and "/" not in m.person):
        found = _of_kind(list(found), kind, plain)
    return list(found)


def _of_kind(found: list[Mention], kind: str, plain: str) -> list[Mention]:
    own = [m for m in found if m.person == kind and not m.plural]
    pairs = [(goes, _name(m, kind)) for m in own if (goes := _goes_to(m, own, found, plain, kind)) and _name(m, kind)]
    if not pairs:
        return _others_apart(found, own, kind, plain) if kind in RANKED else found
    goes, goal = pairs[-1]
    key = f"{kind}/{_relation(own, goes, goal, kind)}"
    return [replace(m, person=key) if m in own and _is_goal(_which(m, found[:i], kind), goes, goal) else m for i, m in enumerate(found)]


def _is_goal(named: str, goes: str, goal: str) -> bool:
    """Whether a name is that of the one gone to, with or without the rank (大姐, 姐) where it cannot be whoever goes."""
    return named == goal or _alike(named, goal) and not _alike(named, goes)


def _others_apart(found: list[Mention], own: Sequence[Mention], kind: str, plain: str) -> list[Mention]:
    """The mentions where the asker goes to one of several children or siblings: the others are apart (儿子租房,闺女有房,我想跟闺女)."""
    goals = [said_of(m) for m in own if m.relation == kind and said_of(m) != Individual("", "") and _follows(m, plain)]
    meant = [m for m in own if m.relation == kind and goals and goals[-1].may_be(said_of(m))]
    if not goals or len(meant) < _TWICE and not any(m.owner == SELF for m in meant):
        return found  # 弟弟能投靠姐姐不: in general
    if any(cue("apart.moves").match(plain, m.end) or _is_moved(m, plain) for m in own):
        return found  # 先把我弟落过来,…跟着亲哥随迁: one of them is who goes
    return [replace(m, person=f"{kind}/sibling") if m in own and m.relation == kind and m not in meant else m for m in found]


def _clause_start(plain: str, at: int) -> int:
    return max(plain.rfind(mark, 0, at) for mark in _MARKS) + 1


def _follows(m: Mention, plain: str) -> bool:
    clause = _clause_start(plain, m.start)
    return bool(cue("moving.follow").search(plain[max(clause, m.start - _NEAR) : m.start]))


def _name(m: Mention, kind: str) -> str:
    """What tells one of a kind from another: the place in the family, of further relatives the word; empty for a pronoun."""
    if m.relation == PRONOUN:
        return ""
    if m.owner not in (None, SELF, COUPLE):
        return f"{m.owner}/{m.relation}" if m.owner == kind else ""
    if kind == OTHER:
        return m.words.lstrip("".join(group("apart.own")))
    place = family().place(m.words) or ""
    rank = said_of(m).rank if kind in RANKED else ""
    return f"{place}{_RANK}{rank}" if rank else place


def _which(m: Mention, before: Sequence[Mention], kind: str) -> str:
    """Which of a kind is meant; a pronoun means whoever of fitting gender was named last."""
    if m.relation != PRONOUN:
        return _name(m, kind)
    fitting = [_name(o, kind) for o in before if o.person == kind and not o.plural and _name(o, kind) and fits(m.words, o.words)]
    return fitting[-1] if fitting else ""


def _goes_to(m: Mention, own: Sequence[Mention], found: Sequence[Mention], plain: str, kind: str) -> str:
    """Which other of the kind goes to the one mentioned; empty where nobody does, or the asker."""
    if not _follows(m, plain):
        return ""
    clause = _clause_start(plain, m.start)
    before = [o for o in found if clause <= o.start < m.start]
    if any(o.relation in _NO_KIND for o in before):
        return ""
    if not before:  # 俺爹没工作,想投靠俺娘
        last = plain[: max(clause - 1, 0)]
        sentence, last_clause = (max(last.rfind(mark) for mark in marks) + 1 for marks in (_STOPS, _MARKS))
        before = [o for o in found if last_clause <= o.start < clause]
        if any(o.relation in (SELF, COUPLE) for o in (before or [o for o in found if sentence <= o.start < clause])):
            return ""
        if before and before[0].start > last_clause:
            return ""  # 户口在我妈那,想随我爸: whose register it is was not said there
        before = before or [o for o in found if o.start < clause][-1:]
    subject = next((o for o in before if o in own), None)
    name = _which(subject, [o for o in found if o.start < subject.start], kind) if subject is not None else ""
    if subject is not None and not name and subject.relation == kind and m.owner == kind:
        return subject.words  # 老二…他姐
    goal = _name(m, kind)
    if _same_one(name, goal):
        return ""
    return name if _told_of(own, name, kind, plain, clause) or _of_the_askers(found, goal, kind, clause) else ""


def _same_one(named: str, again: str) -> bool:
    """Whether two names are of one person: the same, or one of its kind with no rank (我三伯…,投靠伯伯)."""
    place = family().place(again)
    by_word = place is not None and place == family().place(named) and not cue("apart.ranked").match(again)
    return named == again or _alike(named, again) or by_word


def _alike(one: str, another: str) -> bool:
    """Whether nothing tells two names of one of several apart (daughter:eldest, daughter), by place or by rank."""
    pairs = zip(one.split(_RANK), another.split(_RANK), strict=False)
    ranked = one and another and _RANK in one + another and "/" not in one + another
    return bool(ranked) and all(not (a and b) or a == b for a, b in pairs)


def _told_of(own: Sequence[Mention], name: str, kind: str, plain: str, clause: int = 0) -> bool:
    """Whether one of a kind is spoken of as somebody, and not just of the sort (妹妹能投靠哥哥不, which asks of the asker)."""
    known = [o for o in own if _name(o, kind) == name]
    if len(known) > 1 or _RANK in name or any(o.owner in (SELF, kind) or o.start < clause for o in known):
        return True
    return any(cue("apart.wishes").match(plain, o.end) or _is_moved(o, plain) for o in known)


def _of_the_askers(found: Sequence[Mention], goal: str, kind: str, clause: int) -> bool:
    """Whether the one gone to was told of before as the asker's, where no 我 can be who moves (我哥有房,妹妹能投靠哥哥不)."""
    before = [o for o in found if o.start < clause and o.person == kind and o.owner == SELF]
    return any(_name(o, kind) == goal for o in before) and not any(o.relation in (SELF, COUPLE) for o in found)


def _is_moved(m: Mention, plain: str) -> bool:
    """Whether the words before a name say that somebody is to be moved (把老二…)."""
    return bool(cue("apart.is_moved").search(plain[max(0, m.start - _BESIDE) : m.start]))


def _relation(own: Sequence[Mention], goes: str, goal: str, kind: str) -> str:
    """What the one gone to is to the one who goes: as said (他姐), else by their places."""
    said = next((m.relation for m in own if _name(m, kind) == goal and m.owner == kind), None)
    if said is not None or kind != OTHER:
        return said or ("sibling" if kind in RANKED else family().between(goes, goal))
    return related(goes, goal) or ("sibling" if _sisters(goes, goal) else OTHER)


def _sisters(one: str, another: str) -> bool:
    """Whether two words name two people of one place (二姨 and 大姨)."""
    place = family().place(one)
    return place is not None and place == family().place(another) and one != another
