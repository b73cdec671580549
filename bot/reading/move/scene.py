"""One clause that speaks of moving a register, with the people it names; and which of them is gone to, by the words around the name."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading.kin.kin_words import YOUNG
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.person.asides import names_a_place
from bot.reading.record.ledger import Ledger
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

ASKERS = (SELF, COUPLE)
_FOLLOW, _SIDE = cue("moving.follow"), cue("moving.side")


@dataclass(frozen=True)
class Mover:
    """Who a clause wants moved: seen from the asker, by which words, whether these name them, and the offset of the name (-1: none)."""

    person: str
    words: str
    spoken: bool
    at: int


@dataclass(frozen=True)
class Goal:
    """Who a mover goes to: seen from the asker, and what they are to the mover."""

    person: str
    relation: str


@dataclass(frozen=True)
class Scene:
    """One clause under reading, with the people it names.

    ``move`` is the offset in the plain text of the word that moves a register; ``goes_on`` says that a wish was told before.
    """

    ledger: Ledger
    clause: Clause
    order: int
    mentions: list[Mention]
    move: int
    plain: str
    goes_on: bool = False
    asked: str | None = None  # whom the message says it asks for
    toward: str | None = None  # whom the wish told before goes to

    def before(self, m: Mention) -> str:
        """The words of the clause before a name."""
        return self.plain[self.clause.start : m.start]

    def after(self, m: Mention) -> str:
        """The words of the clause after a name."""
        return self.plain[m.end : self.clause.end]


def last_relative(scene: Scene) -> str | None:
    """The relative named last before the clause, who is said to come to the asker (媳妇…,想落到我这)."""
    told = [
        m
        for m in scene.ledger.people
        if m.start < scene.clause.start and m.relation not in (*ASKERS, NOBODY) and m.person not in (*ASKERS, NOBODY)
    ]
    coming = (m for m in reversed(told) if not agrees(scene, m.person) and not names_a_place(scene.ledger, m))
    return next((m.person for m in coming), told[-1].person if told else None)


def agrees(scene: Scene, person: str) -> bool:
    """Whether somebody is last named as one who agrees to a move (亲妈也同意迁走), which then is another's."""
    last = next((m for m in reversed(scene.ledger.people) if m.person == person and m.start < scene.clause.start), None)
    return last is not None and bool(cue("moving.agrees").match(scene.plain, last.end))


def booklet_of(scene: Scene, m: Mention) -> bool:
    """Whether a register is to go into somebody's booklet (上我们这个本, 挂俺户头上, 想上我哥户口; but 上孩子户口 registers the child)."""
    if not cue("moving.onto").search(scene.before(m)):
        return False
    plainly = m.relation not in YOUNG and cue("moving.ones_register").fullmatch(scene.after(m))
    return bool(plainly or cue("moving.ones_booklet").match(scene.after(m)))


def is_goal(scene: Scene, m: Mention, loosely: bool = False) -> bool:
    """Whether the words around a name make it the one gone to; ``loosely`` asks only for the words before it."""
    before = scene.before(m)
    if m.relation == SELF and (_only_consents(scene, m) or _onto_a_home(scene, m)):
        return False
    if m.relation != NOBODY and booklet_of(scene, m):
        return True
    if m.relation == NOBODY or not _FOLLOW.search(before) or cue("moving.not_following").search(before):
        return False
    if loosely or m.relation in ASKERS and cue("moving.askers_place").match(scene.after(m)):
        return True
    off_to = cue("moving.goes_behind").search(before) and cue("moving.off_to").match(scene.after(m))
    if not off_to and not _SIDE.match(scene.plain[m.end : min(scene.clause.end, m.end + 14)]):
        return False
    if cue("moving.with_end_2").search(before) and not cue("moving.then_stays").search(scene.after(m)):
        return False
    if cue("moving.both_taken").search(before):
        return False  # 把我跟孩子户口迁过去
    pair = cue("moving.pair_with").search(before)
    return not pair or before.endswith("跟") and bool(cue("moving.pair_moves_along").match(scene.after(m)))


def _only_consents(scene: Scene, m: Mention) -> bool:
    """Whether the asker only says what they think of what is gone to (落到社区集体户我也认)."""
    return bool(cue("moving.goal_named").search(scene.before(m)) and cue("moving.takes_it").match(scene.after(m)))


def _onto_a_home(scene: Scene, m: Mention) -> bool:
    """Whether it is the asker's register that a home takes (这房落我户口行不)."""
    return bool(cue("moving.home_takes").search(scene.before(m)) and cue("moving.own_register").match(scene.after(m)))
