"""Whom somebody who is to move goes to, and what that one is to them."""

from __future__ import annotations

from bot.reading.kin.family import related
from bot.reading.kin.kin_words import ONESELF, YOUNG
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, followed_relation, kin, married
from bot.reading.kin.mention import Mention
from bot.reading.kin.pronouns import female
from bot.reading.move.scene import ASKERS, Goal, Mover, Scene, is_goal, last_relative
from bot.reading.record.ledger import Ledger
from bot.reading.record.standing import NOT_RELATIVES, host, is_elsewhere, is_here, own_word, settled_here, words_for
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_OUR_SIDE = group("goals.our_side")
_OF_ONE_BLOOD = frozenset({"spouse", "parent", "child", "sibling", "grandparent", "grandchild"})
_ELDER = ("parent", "step_parent", "grandparent")


def goal_of(scene: Scene, mover: Mover, without: list[Mention]) -> Goal | None:
    """The person the clause says the mover goes to."""
    if mover.person == SELF and (asks := host(scene.ledger, scene.order)) is not None:
        return Goal(asks, followed_relation(SELF, asks))
    for m in scene.mentions:
        if m.start == mover.at or m in without or m.words in ONESELF or not is_goal(scene, m):
            continue
        key = key_of(m, mover.person, scene.ledger)
        if key.startswith(f"{mover.person}/") and not _told_of(scene.ledger, key):
            key = _named_otherwise(m, mover.person, scene.ledger) or key  # 我儿子…,孩子想迁到他爸这
        if key == mover.person and _spouses(scene, mover, m):
            return Goal(f"{key}/spouse", "spouse")  # 我爸想跟我妈落
        if key != mover.person:
            return Goal(key, _relation(scene, mover, m, key))
    if mover.person not in ASKERS and _let_come(scene):
        return Goal(SELF, followed_relation(mover.person, SELF))
    if mover.person == SELF and (asking := _asks_over(scene)) is not None:
        return Goal(asking, followed_relation(SELF, asking))
    if mover.person not in ASKERS and (sends := _sends_for(scene, mover)) is not None:
        named = next(m for m in scene.mentions if m.person == sends)
        return Goal(sends, _relation(scene, mover, named, sends))
    carried = scene.ledger.subjects[scene.order] if scene.order < len(scene.ledger.subjects) else SELF
    last = last_relative(scene) if carried in (*ASKERS, NOBODY) else carried
    if mover.person == SELF and last is not None and (cue("moving.goes_with_them").search(scene.clause.text) or _joins(scene, last)):
        return Goal(last, followed_relation(SELF, last))  # 老伴户口在那边,我能跟着过去不
    gone_to = carried not in (*ASKERS, NOBODY, mover.person) and settled_here(scene.ledger, carried)
    if mover.person not in ASKERS and gone_to and cue("moving.over_to_them").search(scene.clause.text):
        return Goal(carried, followed_relation(mover.person, carried))  # 爷爷奶奶户口在这,想把娃投靠过去
    return None


def _let_come(scene: Scene) -> bool:
    """Whether the asker wants somebody to come to where the asker is (跟她爸在村里,…,想让她来我这; 我在城里有房,想让闺女过来)."""
    come = cue("moving.let_come").search(scene.clause.text)
    return come is not None and (come["to"] is not None or is_here(scene.ledger, SELF))


def _joins(scene: Scene, person: str) -> bool:
    """Whether the clause asks no more than to join whoever was told to be here (兄弟在城里,能投靠不)."""
    if settled_here(scene.ledger, SELF) or not is_here(scene.ledger, person):
        return False
    return cue("moving.asks_to_join").fullmatch(scene.clause.text) is not None


def beside(scene: Scene, mover: Mover) -> list[Mention]:
    """The relatives named together with the one who moves (把老婆和我妹妹的户口都迁来)."""
    found: list[Mention] = []
    last = next((m for m in scene.mentions if m.start == mover.at and m.relation not in (*ASKERS, NOBODY)), None) or _both(scene, mover)
    for m in scene.mentions:
        if last is not None and m.start >= last.end and m.relation not in NOT_RELATIVES:
            if not cue("moving.joined").fullmatch(scene.plain[last.end : m.start]):
                break
            if YOUNG & {last.relation, last.person} and m.relation in _ELDER and scene.plain[last.end : m.start] == "跟":
                break  # 孩子跟继父能落吗: after him, not with him
            if _couple(last, m) and cue("moving.goes_after").fullmatch(scene.plain[last.end : m.start] + scene.after(m)[:2]):
                break  # 能让俺娘跟俺爹不
            if m.person != last.person:
                found.append(m)
            last = m
    return found


def key_of(m: Mention, mover: str, ledger: Ledger) -> str:
    """The followed person's key once the mover is known: a bare 爷爷 beside a granddaughter is hers."""
    if m.relation != "pronoun" and mover not in ASKERS and m.relation not in ASKERS:
        inverse = kin().inverse.get(mover)
        own_side = m.words[:2] in _OUR_SIDE or cue("goals.this_one").search(m.words)  # 让奶奶投靠我这个孙子
        if m.owner == SELF and own_side and inverse == m.relation:
            return SELF
        told = {c.person for c in ledger.stands} | {t.person for t in ledger.homes}
        told |= {c.person for c in ledger.claims if c.fact == "hukou_here"}
        asker_told = bool(told & {*ASKERS})
        whose = any(o.relation == m.relation and o.owner not in (None, SELF) for o in ledger.people)
        if m.bare and inverse == m.relation and asker_told and not whose:
            return SELF
        if inverse != m.relation and related(own_word(ledger, mover), m.words) in _OF_ONE_BLOOD:
            return m.person  # 我哥…随嫂子; 小叔子…投靠婆婆: his own mother, whom the asker calls so
        if m.relation == "step_parent" and mover == "child":
            mine = any(cue("step_kin.of_the_asker").search(c.text) for c in ledger.clauses)  # 媳妇带来的孩子…,能跟继父落不
            theirs = m.person if "/" in m.person else SELF if mine else f"{mover}/{m.relation}"
            return "spouse" if any(o.person == "spouse" for o in ledger.people) else theirs  # 老公…,孩子能跟继父落不
        bare = m.bare and "/" not in m.person and m.person == m.relation
        if bare and kin().between.get(mover, {}).get(m.relation) != "spouse":  # 女儿…随女婿
            return _named_otherwise(m, mover, ledger) or f"{mover}/{m.relation}"
    return SELF if m.person == COUPLE else m.person


def _asks_over(scene: Scene) -> str | None:
    """The relative who wants the asker to come over (我儿子想让我落过去), and does not just urge one who has a home or a job here already.

    (我在这上班,…我妈让我先把户口迁过去)
    """
    settled = settled_here(scene.ledger, SELF)
    named = [m for m in scene.mentions if m.relation not in (*ASKERS, NOBODY) and (not settled or is_here(scene.ledger, m.person))]
    return next((m.person for m in named if cue("moving.asks_me_over").match(scene.plain, m.end)), None)


def _sends_for(scene: Scene, mover: Mover) -> str | None:
    """The relative who wants the mover to come (我姐想让俺爹落过来), unless told to be elsewhere, or the asker alone to be here."""
    for m in scene.mentions:
        if m.relation in (*ASKERS, NOBODY) or m.start >= mover.at or m.person in (mover.person, SELF, NOBODY):
            continue
        wants = cue("moving.wants_them").fullmatch(scene.plain[m.end : mover.at])
        if wants and not is_elsewhere(scene.ledger, m.person):
            return m.person if settled_here(scene.ledger, m.person) or not settled_here(scene.ledger, SELF) else None
    return None


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
    if mover.person not in ASKERS and married(mover.words, words_for(scene.ledger, key)):
        return "spouse"  # 嫂子…我哥
    own = mover.person not in ASKERS and key not in ASKERS
    called = m.words if m.relation == key and m.owner in (None, SELF) else own_word(scene.ledger, key)  # 我爸妈…,爷爷想来跟我爸
    theirs = related(own_word(scene.ledger, mover.person), called) if own else None
    return theirs or followed_relation(mover.person, key)


def _couple(one: Mention, other: Mention) -> bool:
    """Whether two of the asker's elders are told apart as husband and wife (俺娘, 俺爹)."""
    return other.person == f"{one.person}/spouse" or one.person == f"{other.person}/spouse"


def _both(scene: Scene, mover: Mover) -> Mention | None:
    """The asker, where the words behind the next name say that both are meant (我和我媳妇都想迁, but not 我想跟我媳妇落)."""
    for first, second in zip(scene.mentions, scene.mentions[1:], strict=False):
        if first.start == mover.at and first.relation == SELF and cue("moving.both_do").match(scene.after(second)):
            return first
    return None


def _named_otherwise(m: Mention, mover: str, ledger: Ledger) -> str | None:
    """Who else of the message the mover's relative is (我闺女户口在这,…孩子想随妈): the one person it can be, of the same sex."""
    woman, called = female(m.words), own_word(ledger, mover)
    fitting = {
        o.person
        for o in ledger.people
        if o.relation not in NOT_RELATIVES
        and "/" not in o.person
        and o.person not in (mover, NOBODY)
        and m.relation in (followed_relation(mover, o.person), related(called, o.words))  # 弟媳…,想投靠婆婆: the asker's mother
        and female(o.words) == woman
    }
    return fitting.pop() if len(fitting) == 1 else None
