"""Whom a clause without a subject is about: whoever was spoken of last, unless that cannot be.

A resident drops the subject wherever the reader of a letter would not ask (我姐在临淄有房,户口也在这,想投靠她,户口在河南). A clause that
names nobody goes on about the person before; it is the other party's, the asker's or the relative's of the matter, where

- it names the one spoken of as the one gone to or lived with (想投靠她, 跟她一起住): nobody follows themselves;
- it tells a second register, or that there is no home or work where one was told: nobody has both;
- it tells an age or a stage of life that the one spoken of cannot have (a child that is retired, parents that are at school);
- it wishes for a register, and the one spoken of is registered here.
"""

from __future__ import annotations

from bot.eligibility.values import Places, meet
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, kin
from bot.reading.kin.mention import Mention
from bot.reading.person.asides import names_a_place, owner_of_what_follows
from bot.reading.person.subjects import subject_of, told_twice
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import NOT_ONES_OWN, Ledger, Thing, along, things
from bot.reading.record.standing import homes_elsewhere, lies_here, registered_elsewhere, registered_here, words_for
from bot.reading.text.clauses import CORRECTION, Clause
from bot.reading.text.cues import cue

_ASKERS = (SELF, COUPLE)
_ELDERS = frozenset({"parent", "grandparent", "parent_in_law"})
_YOUNG = frozenset({"child", "grandchild"})
_MARKS = frozenset(",。;!?:()")
_OPEN = "?"  # no person: what is left of a clause's subject where it names none


def subject_unsaid(ledger: Ledger, clause: Clause, mentions: list[Mention], carried: str, topic: str, plain: str) -> str:
    """Whom the clause is about before its own words name anybody.

    ``carried`` was spoken of last, ``topic`` is the relative told of last.
    """
    if not mentions and carried in _ASKERS and topic not in (*_ASKERS, NOBODY) and told_twice(ledger, clause, topic):
        return topic  # 我户口在德州,我不办,户口在安徽: the other's
    carried = owner_of_what_follows(ledger, clause, mentions, carried) or carried
    other = _named_last(ledger, clause, topic) if carried in _ASKERS else SELF
    if NOBODY in (carried, other) or other in _ASKERS and carried in _ASKERS or CORRECTION.search(clause.text):
        return carried
    if clause.start and plain[clause.start - 1] not in _MARKS:
        return carried  # 他没房|没工作, in one breath
    if mentions:
        return other if _named_as_goal(ledger, clause, mentions, carried, plain) else carried
    apart = (_second_register, _has_one, _of_another_age, _for_their_sake, _wishes_anew, _wishes_back, _comes_to_the_point)
    return other if any(rule(ledger, clause, carried, other) for rule in apart) else carried


def _named_last(ledger: Ledger, clause: Clause, topic: str) -> str:
    """The relative named last before the clause, else the one told of last."""
    before = (m for m in reversed(ledger.people) if m.start < clause.start and m.person not in (*_ASKERS, NOBODY))
    return next((m.person for m in before if not _gone_with(ledger, m)), topic)


def _gone_with(ledger: Ledger, m: Mention) -> bool:
    """Whether somebody is only named as whom another of the same clause is with (孩子户口随她妈在单县; 户口在他妈那)."""
    if names_a_place(ledger, m):
        return True
    clause = next(c for c in ledger.clauses if c.start <= m.start < c.end)
    with_them = cue("unsaid.with_them").search(clause.text[: m.start - clause.start])
    return with_them is not None and any(clause.start <= o.start < m.start and o.person not in (m.person, NOBODY) for o in ledger.people)


def _named_as_goal(ledger: Ledger, clause: Clause, mentions: list[Mention], carried: str, plain: str) -> bool:
    """Whether the clause has no subject, and names the one spoken of as the one gone to or lived with."""
    if subject_of(clause, mentions, clause.end, _OPEN, plain) != _OPEN:
        return False
    known = words_for(ledger, carried)  # 我妈…跟我爸离了: another of the same kind
    mine = [m for m in mentions if m.person == carried and (m.relation == PRONOUN or known.endswith(m.words))]
    if len(mine) != len(mentions) or any(_theirs(ledger, m) for m in mine):
        return False
    return any(cue("unsaid.goes_with").search(plain[clause.start : m.start]) for m in mine)


def _theirs(ledger: Ledger, m: Mention) -> bool:
    """Whether somebody else may be meant who goes to them: a bare word beside whose own they are (孙女…,爷爷奶奶…,能落爷爷奶奶户上不)."""
    younger = kin().inverse.get(m.relation)
    return m.bare and m.relation in _ELDERS and any(o.relation == younger for o in ledger.people if o.start < m.start)


def _second_register(ledger: Ledger, clause: Clause, carried: str, other: str) -> bool:
    """Whether the clause tells a register apart from the one told of the person, and none is known of the other."""
    if not cue("subjects.register_at").match(clause.text) or clause.asks:
        return False
    if any(c.fact in ("hukou.place", "hukou_here") for c in along(ledger, other)):
        return False
    named = [p.places for p in ledger.places if clause.start <= p.span[0] < clause.end and p.places.include != frozenset({""})]
    told = [c for c in along(ledger, carried) if c.fact in ("hukou.place", "hukou_here")]
    if not named or not told:
        return False
    return all(_apart(c.value, p, ledger.home) if isinstance(c.value, Places) else not at_home(p, ledger.home) for c in told for p in named)


def _apart(one: Places, other: Places, home: str | None) -> bool:
    return meet(one, other) is None and at_home(one, home) != at_home(other, home)


def _has_one(ledger: Ledger, clause: Clause, carried: str, other: str) -> bool:
    """Whether the clause says that there is no home, or no work, where the person was told to have one and the other was not."""
    for words, kept in ((cue("unsaid.no_home"), ledger.homes), (cue("unsaid.no_work"), ledger.jobs)):
        if words.fullmatch(clause.text) and _kept(kept, carried, ledger.home) and not _kept(kept, other, ledger.home):
            return True
    return False


def _kept(kept: list[Thing], person: str, home: str | None) -> bool:
    """Whether somebody is told to have a home or a job here; one elsewhere does not gainsay that there is none here."""
    mine = (t for t in things(kept, person) if t.kind - NOT_ONES_OWN and not t.hedged)
    return any(t.spot.places is None or at_home(t.spot.places, home) for t in mine)


def _of_another_age(ledger: Ledger, clause: Clause, carried: str, other: str) -> bool:
    """Whether the clause tells a stage of life that the person cannot be at: a child that is retired, a parent at school."""
    words = cue("unsaid.of_the_old") if carried in _YOUNG else cue("unsaid.of_the_young") if carried in _ELDERS else None
    return words is not None and not clause.asks and bool(words.search(clause.text))


def _for_their_sake(ledger: Ledger, clause: Clause, carried: str, other: str) -> bool:
    """Whether the clause wishes for work, and the one before says that an old relative is frail (爹娘岁数大了,想回去找份工): the asker."""
    order = next((n for n, c in enumerate(ledger.clauses) if c.start == clause.start), 0)
    if not order or carried not in _ELDERS or other != SELF or not cue("unsaid.wants_work").search(clause.text):
        return False
    return bool(cue("unsaid.frail").search(ledger.clauses[order - 1].text))


def _wishes_anew(ledger: Ledger, clause: Clause, carried: str, other: str) -> bool:
    """Whether the clause wishes for a register, which the one spoken of has here: who wishes is the asker.

    Who has a home here of their own may want the register moved onto it (婆婆在县城买了楼,想从村里迁到楼上).
    """
    wish = cue("unsaid.wish").match(clause.text)
    if cue("told_of.onto_a_home").search(clause.text) and _kept(ledger.homes, carried, ledger.home):
        return False
    if homes_elsewhere(ledger, carried):
        return False
    return wish is not None and other == SELF and registered_here(ledger, carried) and not registered_here(ledger, other)


def _wishes_back(ledger: Ledger, clause: Clause, carried: str, other: str) -> bool:
    """Whether the clause wishes to go back, where the one spoken of lives already: the asker, who left (爹娘都在村里,退了想回村住)."""
    if other != SELF or not cue("unsaid.wants_back").search(clause.text) or not registered_elsewhere(ledger, SELF):
        return False
    return any(c.person == carried and c.fact == "where" and lies_here(c.value, ledger.home) for c in ledger.stands)


def _comes_to_the_point(ledger: Ledger, clause: Clause, carried: str, other: str) -> bool:
    """Whether the clause tells what the asker, who began with themselves, has done for the sake of what was said of another.

    (咱是乡下的,闺女嫁到冠县了,这不攒钱在县城买了套楼)
    """
    if other != SELF or not cue("unsaid.so_it_is").match(clause.text):
        return False
    first = next((m for m in ledger.people if m.person != NOBODY), None)
    return first is not None and first.person in _ASKERS and first.start < clause.start
