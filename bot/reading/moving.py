"""One clause that speaks of moving a register: who is to move, whom they go to, and who is only named by the way.

What part a person plays is told by the words around the name, a small table of constructions (cues ``moving.*``):

=============  =====================================  ==========================================
part           words before                           words after
=============  =====================================  ==========================================
moves          把 让 叫 给 接 替 …, or none (subject)   (的户口) 想 能 落 迁 …
is gone to     随 跟 投靠 落到 迁来 上 …                那 家 名下 户口上 落 一块 行不 …
is only named  从 和 在 …, 说 讲 (who retells)         的房 (a dwelling), 来上学 (a reason)
=============  =====================================  ==========================================

Where the words do not say who moves, the message so far does: :func:`_from_context`.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading.clauses import Clause
from bot.reading.cues import cue
from bot.reading.family import related
from bot.reading.kinship import married
from bot.reading.ledger import Ledger, along
from bot.reading.people import COUPLE, NOBODY, SELF, Mention, followed_relation, kin
from bot.reading.pronouns import female
from bot.reading.standing import (
    NOT_RELATIVES,
    host,
    lodger,
    moves_itself,
    only_a_reason,
    own_word,
    registered_elsewhere,
    registered_here,
    settled_here,
    words_for,
)

_ASKERS = (SELF, COUPLE)
_OLDER = ("grandparent", "parent_in_law")
_OF_ONE_BLOOD = frozenset({"spouse", "parent", "child", "sibling", "grandparent", "grandchild"})
_ELDER = ("parent", "step_parent", "grandparent")
_YOUNG = frozenset({"child", "step_child", "grandchild"})
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

    def before(self, m: Mention) -> str:
        """The words of the clause before a name."""
        return self.plain[self.clause.start : m.start]

    def after(self, m: Mention) -> str:
        """The words of the clause after a name."""
        return self.plain[m.end : self.clause.end]


def mover_of(scene: Scene) -> Mover:
    """Who the clause wants moved."""
    named = _cleft(scene) or _invited(scene)
    named = named or _only_this_one(scene) or _to_own_home(scene) or _in_turn(scene) or _handed(scene) or _fetched(scene) or _subject(scene)
    return named or _from_context(scene)


def goal_of(scene: Scene, mover: Mover, without: list[Mention]) -> Goal | None:
    """The person the clause says the mover goes to."""
    if mover.person == SELF and (asks := host(scene.ledger, scene.order)) is not None:
        return Goal(asks, followed_relation(SELF, asks))
    for m in scene.mentions:
        if m.start == mover.at or m in without or m.words == "自己" or not _is_goal(scene, m):
            continue
        key = key_of(m, mover.person, scene.ledger)
        if key.startswith(f"{mover.person}/") and not _told_of(scene.ledger, key):
            key = _named_otherwise(m, mover.person, scene.ledger) or key  # 我儿子…,孩子想迁到他爸这
        if key == mover.person and _spouses(scene, mover, m):
            return Goal(f"{key}/spouse", "spouse")  # 我爸想跟我妈落
        if key != mover.person:
            return Goal(key, _relation(scene, mover, m, key))
    if mover.person == SELF and (asking := _asks_over(scene)) is not None:
        return Goal(asking, followed_relation(SELF, asking))
    carried = scene.ledger.subjects[scene.order] if scene.order < len(scene.ledger.subjects) else SELF
    last = _last_relative(scene) if carried in (*_ASKERS, NOBODY) else carried
    if mover.person == SELF and last is not None and cue("moving.goes_with_them").search(scene.clause.text):
        return Goal(last, followed_relation(SELF, last))  # 老伴户口在那边,我能跟着过去不
    return None


def _asks_over(scene: Scene) -> str | None:
    """The relative who wants the asker to come over (我儿子想让我落过去)."""
    named = [m for m in scene.mentions if m.relation not in (*_ASKERS, NOBODY)]
    return next((m.person for m in named if cue("moving.asks_me_over").match(scene.plain, m.end)), None)


def _told_of(ledger: Ledger, person: str) -> bool:
    """Whether anything is told of somebody under a key of their own."""
    told = [*(c.person for c in (*ledger.claims, *ledger.stands)), *(t.person for t in (*ledger.homes, *ledger.jobs))]
    return person in told


def _spouses(scene: Scene, mover: Mover, m: Mention) -> bool:
    """Whether two words for the same kind of elder name husband and wife."""
    named = next((o for o in scene.mentions if o.start == mover.at), None)
    elders = ("parent", "grandparent", "parent_in_law")
    return named is not None and m.relation in elders and m.words[-1:] != named.words[-1:] and not m.plural and not named.plural


def _relation(scene: Scene, mover: Mover, m: Mention, key: str) -> str:
    """What the one gone to is to the mover: by the word where it is the mover's own (老公…他哥), else by who both are to the asker."""
    if m.owner == mover.person and m.relation != "pronoun" and mover.person != SELF:
        return m.relation
    if mover.person not in _ASKERS and married(mover.words, words_for(scene.ledger, key)):
        return "spouse"  # 嫂子…我哥
    own = mover.person not in _ASKERS and key not in _ASKERS
    theirs = related(own_word(scene.ledger, mover.person), own_word(scene.ledger, key)) if own else None
    return theirs or followed_relation(mover.person, key)


def beside(scene: Scene, mover: Mover) -> list[Mention]:
    """The relatives named together with the one who moves (把老婆和我妹妹的户口都迁来)."""
    found: list[Mention] = []
    last = next((m for m in scene.mentions if m.start == mover.at and m.relation not in (*_ASKERS, NOBODY)), None) or _both(scene, mover)
    for m in scene.mentions:
        if last is not None and m.start >= last.end and m.relation not in NOT_RELATIVES:
            if not cue("moving.joined").fullmatch(scene.plain[last.end : m.start]):
                break
            if _YOUNG & {last.relation, last.person} and m.relation in _ELDER and scene.plain[last.end : m.start] == "跟":
                break  # 孩子跟继父能落吗: after him, not with him
            if m.person != last.person:
                found.append(m)
            last = m
    return found


def _both(scene: Scene, mover: Mover) -> Mention | None:
    """The asker, where the words behind the next name say that both are meant (我和我媳妇都想迁, but not 我想跟我媳妇落)."""
    for first, second in zip(scene.mentions, scene.mentions[1:], strict=False):
        if first.start == mover.at and first.relation == SELF and cue("moving.both_do").match(scene.after(second)):
            return first
    return None


# -- the constructions -----------------------------------------------------------------------------------------------------
def _named(scene: Scene, m: Mention) -> Mover:
    words = m.words if m.relation != "pronoun" else words_for(scene.ledger, m.person) or m.words
    return Mover(SELF if m.person == COUPLE else m.person, words, True, m.start)


def _cleft(scene: Scene) -> Mover | None:
    """要迁户口的是X: X."""
    found = cue("individuals.the_one").search(scene.clause.text)
    at = scene.clause.start + found.end() if found else -1
    named = next((m for m in scene.mentions if m.start == at and m.relation != NOBODY), None)
    return _named(scene, named) if named is not None else None


def _invited(scene: Scene) -> Mover | None:
    """The asker, whom a relative asks to come."""
    return Mover(SELF, "我", True, -1) if host(scene.ledger, scene.order) is not None else None


def _to_own_home(scene: Scene) -> Mover | None:
    """落X自己房上: X."""
    found = cue("moving.own_place").search(scene.clause.text)
    if found is None:
        return None
    at = scene.clause.start + found.start(1)
    owner = next((m for m in scene.mentions if m.start <= at < m.end), None)
    return _named(scene, owner) if owner is not None and owner.relation != NOBODY and owner.person != NOBODY else None


def _in_turn(scene: Scene) -> Mover | None:
    """先办X的,再办Y的: X, then Y."""
    found = cue("wishes.in_turn").search(scene.clause.text)
    at = scene.clause.start + found.end() - 1 if found else -1
    named = next((m for m in scene.mentions if m.start == at and m.relation != NOBODY), None)
    return _named(scene, named) if named is not None else None


def _only_this_one(scene: Scene) -> Mover | None:
    """这回只迁X: X."""
    for m in scene.mentions:
        if m.relation not in (NOBODY, COUPLE) and cue("moving.only_moves").search(scene.before(m)):
            return _named(scene, m)
    return None


def _handed(scene: Scene) -> Mover | None:
    """把X迁来, 让X落, 给X办."""
    taken = any(cue("moving.take").search(scene.before(m)) and m.relation not in (*_ASKERS, NOBODY) for m in scene.mentions)
    for m in scene.mentions:
        before = scene.before(m)
        if cue("moving.speaks").match(scene.plain, m.end) and m.relation not in _ASKERS:
            continue
        if taken and not cue("moving.take").search(before):
            continue  # 让媳妇出面把她妈迁来: her mother
        if cue("moving.let").search(before) and m.relation not in (*_ASKERS, NOBODY) and m.start < scene.move:
            return _named(scene, m)
        if cue("moving.take").search(before) and m.relation != NOBODY:
            if m.relation == SELF:
                return Mover(SELF, m.words, True, m.start)
            if cue("moving.with_family").search(scene.after(m)) and not registered_here(scene.ledger, SELF):
                return Mover(SELF, "我", True, m.start)
            return _named(scene, m)
    return None


def _fetched(scene: Scene) -> Mover | None:
    """接X来, 替X办."""
    for m in scene.mentions:
        before = scene.before(m)
        if not cue("moving.let_or_fetch").search(before) or m.relation in (*_ASKERS, NOBODY) or m.start >= scene.move + 4:
            continue
        if not cue("moving.give").search(before) or cue("moving.move").search(scene.after(m)):
            return _named(scene, m)
    return None


def _subject(scene: Scene) -> Mover | None:
    """X想落, X的户口能迁: the first name before the move that no word makes a goal, a source or a reason."""
    for m in scene.mentions:
        before = scene.before(m)
        if m.start >= max(scene.move, scene.clause.start + 1) + 2 and m.start > scene.clause.start:
            break
        if cue("moving.accompanied").search(before):
            if cue("moving.with_end").search(before) and cue("moving.asker_end").search(before[:-1]):
                return Mover(SELF, "我", True, m.start)
            continue
        if _booklet_of(scene, m):
            continue  # 公公户口在外地,想上我们这个本
        if cue("moving.this_end").match(scene.after(m)) and m.relation in (SELF, "pronoun"):
            continue
        if cue("moving.speaks").match(scene.plain, m.end) and m.relation not in _ASKERS:
            continue
        if m.relation in _ASKERS and (cue("moving.asks_for").match(scene.after(m)) or _only_owner(scene, m)):
            continue  # 俺替她问能不能起过来; 我一个远房侄子想来
        if m.relation == NOBODY:
            if cue("moving.move").search(scene.after(m)):
                return _named(scene, m)
            continue
        if m.relation not in (*_ASKERS, "pronoun") and cue("moving.their_side").match(scene.after(m)) and not m.plural:
            continue
        if m.relation not in _ASKERS and cue("moving.for_a_reason").match(scene.after(m)):
            continue
        return _named(scene, m)
    return None


def _only_owner(scene: Scene, m: Mention) -> bool:
    """Whether the asker is only named as somebody's relative (我有个远房侄子想来落)."""
    after = next((o for o in scene.mentions if o.start >= m.end), None)
    return (
        after is not None
        and after.relation not in (*_ASKERS, "pronoun")
        and bool(cue("moving.has_one").fullmatch(scene.plain[m.end : after.start]))
    )


def _from_context(scene: Scene) -> Mover:
    """Who moves where the clause does not say: the relative told of so far, or the asker."""
    ledger, order = scene.ledger, scene.order
    unsaid = Mover(SELF, "", False, -1)

    def relative(person: str) -> Mover:
        return Mover(person, words_for(ledger, person), True, -1)

    if scene.asked is not None and not scene.mentions:
        return unsaid  # 替我表姐问,…,能落不: hers, whoever was spoken of since
    if scene.goes_on and not scene.mentions:
        return unsaid  # 光问投靠这条: the wish told before
    guest = lodger(ledger)
    if guest is not None:
        return relative(guest)
    carried = ledger.subjects[order] if order < len(ledger.subjects) else SELF
    goals = [m for m in scene.mentions if m.words != "自己" and _is_goal(scene, m, loosely=True)]  # 落自己房上: whoever wants it
    if len(goals) == 1 == len(scene.mentions) and (whose := goals[0].owner) not in (None, *_ASKERS, NOBODY) and whose is not None:
        return relative(whose)  # 孩子…,能落他爸那不
    toward_asker = goals and goals[0].relation in _ASKERS or _toward_the_asker(scene)
    back = carried in _ASKERS and not goals and any(c.fact.startswith("origin.") for c in along(ledger, SELF))  # 宅基地是我名,想迁回来
    if toward_asker and not back and not registered_elsewhere(ledger, SELF):
        coming = carried if carried not in (*_ASKERS, NOBODY) else _last_relative(scene)
        # Nobody moves to themselves, so a booklet of the asker's (落我这一本上) is where the relative goes.
        onto = bool(goals) and bool(cue("moving.askers_booklet").match(scene.plain, goals[0].end))
        if coming is not None and (onto or not (settled_here(ledger, coming) and registered_here(ledger, coming))):
            return relative(coming)
    if carried not in (*_ASKERS, NOBODY) and not scene.mentions and cue("moving.says_so").match(scene.clause.text):
        return relative(carried)  # 他…,说当初交过社保应该能落
    if (grown := _elders_young(scene, goals)) is not None:
        return relative(grown)
    if carried in (*_ASKERS, NOBODY):
        absent = _absent_relative(scene) if all(m.relation in _ASKERS for m in scene.mentions) else None
        return relative(absent) if absent is not None else unsaid
    if any(m.bare and m.relation == kin().inverse.get(carried) for m in goals) and carried in ("child", "parent"):
        return relative(carried)  # 闺女…想随父母落: the asker's own
    younger = {kin().inverse.get(m.relation) for m in goals if m.bare and m.relation in _OLDER}
    if (own := next((o.person for o in ledger.people if o.start < scene.clause.start and o.relation in younger), None)) is not None:
        return relative(own)  # 孙女…能落爷爷奶奶户上不
    theirs = {m.person for m in ledger.people}
    if any(m.bare and f"{carried}/{m.relation}" in theirs for m in goals):
        return relative(carried)  # 闺女跟着她爷爷奶奶…,想落爷爷家
    if carried in [m.person for m in goals] or only_a_reason(ledger, carried):
        return unsaid
    return relative(carried) if moves_itself(ledger, carried, order) else unsaid


def _elders_young(scene: Scene, goals: list[Mention]) -> str | None:
    """Who moves to an elder the asker calls itself (外孙女户口青岛,我临淄户口,投靠姥姥行不行): the young one registered elsewhere."""
    ledger = scene.ledger
    if len(goals) != 1 or not goals[0].bare or goals[0].relation not in _OLDER or not registered_here(ledger, SELF):
        return None
    younger = kin().inverse.get(goals[0].relation)
    named = [m.person for m in ledger.people if m.relation == younger and m.start < scene.clause.start]
    told = any(m.person == goals[0].person and m is not goals[0] for m in ledger.people)
    return named[0] if named and not told and registered_elsewhere(ledger, named[0]) else None


def _toward_the_asker(scene: Scene) -> bool:
    """Whether the words of going to somebody end at the asker, and not at somebody of theirs (投靠我, but not 投靠我弟弟)."""
    relatives = [m for m in scene.mentions if m.relation not in _ASKERS]
    found = (scene.clause.start + hit.end() for hit in cue("moving.to_the_asker").finditer(scene.clause.text))
    return any(not any(m.start < end <= m.end for m in relatives) for end in found)


def _last_relative(scene: Scene) -> str | None:
    """The relative named last before the clause, who is said to come to the asker (媳妇…,想落到我这)."""
    told = [
        m
        for m in scene.ledger.people
        if m.start < scene.clause.start and m.relation not in (*_ASKERS, NOBODY) and m.person not in (*_ASKERS, NOBODY)
    ]
    return told[-1].person if told else None


def _absent_relative(scene: Scene) -> str | None:
    """The one relative registered elsewhere, where the asker is registered here already (我户口在这,老婆的在邯郸,能迁来不)."""
    ledger = scene.ledger
    if not registered_here(ledger, SELF):
        return None
    away = {m.person for m in ledger.people if m.relation not in NOT_RELATIVES and registered_elsewhere(ledger, m.person)}
    return away.pop() if len(away) == 1 else None


def _booklet_of(scene: Scene, m: Mention) -> bool:
    """Whether a register is to go into somebody's booklet (上我们这个本, 挂俺户头上)."""
    return bool(cue("moving.onto").search(scene.before(m)) and cue("moving.ones_booklet").match(scene.after(m)))


def _is_goal(scene: Scene, m: Mention, loosely: bool = False) -> bool:
    """Whether the words around a name make it the one gone to; ``loosely`` asks only for the words before it."""
    before = scene.before(m)
    if m.relation != NOBODY and _booklet_of(scene, m):
        return True
    if m.relation == NOBODY or not _FOLLOW.search(before) or cue("moving.not_following").search(before):
        return False
    if loosely:
        return True
    if not _SIDE.match(scene.plain[m.end : min(scene.clause.end, m.end + 14)]):
        return False
    if cue("moving.with_end_2").search(before) and not cue("moving.then_stays").search(scene.after(m)):
        return False
    pair = cue("moving.pair_with").search(before)
    return not pair or before.endswith("跟") and bool(cue("moving.pair_moves_along").match(scene.after(m)))


def key_of(m: Mention, mover: str, ledger: Ledger) -> str:
    """The followed person's key once the mover is known: a bare 爷爷 beside a granddaughter is hers."""
    if m.relation != "pronoun" and mover not in _ASKERS and m.relation not in _ASKERS:
        inverse = kin().inverse.get(mover)
        own_side = m.words[:2] in ("我们", "俺们", "咱们", "我俩", "俺俩") or "这个" in m.words  # 让奶奶投靠我这个孙子
        if m.owner == SELF and own_side and inverse == m.relation:
            return SELF
        asker_told = any(c.person in _ASKERS for c in ledger.stands) or any(t.person in _ASKERS for t in ledger.homes)
        whose = any(o.relation == m.relation and o.owner not in (None, SELF) for o in ledger.people)
        if m.bare and inverse == m.relation and asker_told and not whose:
            return SELF
        if inverse != m.relation and related(own_word(ledger, mover), m.words) in _OF_ONE_BLOOD:
            return m.person  # 我哥…随嫂子; 小叔子…投靠婆婆: his own mother, whom the asker calls so
        if m.relation == "step_parent" and mover == "child":
            mine = any(cue("step_kin.of_the_asker").search(c.text) for c in ledger.clauses)  # 媳妇带来的孩子…,能跟继父落不
            theirs = m.person if "/" in m.person else SELF if mine else f"{mover}/{m.relation}"
            return "spouse" if any(o.person == "spouse" for o in ledger.people) else theirs  # 老公…,孩子能跟继父落不
        if m.bare and "/" not in m.person and kin().between.get(mover, {}).get(m.relation) != "spouse":  # 女儿…随女婿
            return _named_otherwise(m, mover, ledger) or f"{mover}/{m.relation}"
    return SELF if m.person == COUPLE else m.person


def _named_otherwise(m: Mention, mover: str, ledger: Ledger) -> str | None:
    """Who else of the message the mover's relative is (我闺女户口在这,…孩子想随妈): the one person it can be, of the same sex."""
    woman = female(m.words)
    fitting = {
        o.person
        for o in ledger.people
        if o.relation not in NOT_RELATIVES
        and "/" not in o.person
        and o.person not in (mover, NOBODY)
        and followed_relation(mover, o.person) == m.relation
        and female(o.words) == woman
    }
    return fitting.pop() if len(fitting) == 1 else None
