"""Relatives called by a word that says who they are only amid the case under way: 孩子姥爷 after 孩子姥姥, 孩子 after 闺女…带着孩子.

Whoever is to join the asker and goes unnamed (投靠我行不) is the one whose case it is.
Nobody but the reader sees the word that is put in its place.
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.state import Conversation
from bot.conversation.world import Heard
from bot.reading.asking.another import how_about, opens_with
from bot.reading.kin.kin_words import OFFSPRING
from bot.reading.kin.kinship import PRONOUNS, SELF
from bot.reading.kin.mention import Mention
from bot.reading.kin.pronouns import female
from bot.reading.text.cues import cue
from bot.reading.text.groups import table

_ELDERS = ("parent", "parent_in_law")
_CHILD = "child"
_OF_THE_MARRIED = ("parent_in_law", "spouse")
_OFFSPRING = tuple(sorted(OFFSPRING))
"""Words for a child of any age, who is then the one spoken of."""


def in_full(state: Conversation, heard: Heard) -> Heard:
    """The message with such a word as the one that says who is meant."""
    plain, people = hearing.plain(heard.text), hearing.people(heard.text)
    for m in people:
        other = _elder(state, m) or _grandchild(state, m, plain) or _partner(state, m)
        if other:
            plain = plain[: m.start] + other + plain[m.end :]
            return replace(heard, text=plain)
    return _joining_the_asker(state, heard)


def _joining_the_asker(state: Conversation, heard: Heard) -> Heard:
    """投靠我行不,我是她姑, amid the case of a niece: it is she who would join."""
    words, plain = state.case.words, hearing.plain(heard.text)
    found = cue("called.joins_me").match(plain)
    if state.person == SELF or not words or words in PRONOUNS or found is None:
        return heard
    return replace(heard, text=plain[: found.end()] + words + plain[found.end() :])


def _elder(state: Conversation, m: Mention) -> str | None:
    """What a grandparent of the child's is called, where another one has a case as father or mother of one of the couple.

    The parents of the father and those of the mother are told apart: 孩子爷爷 after 孩子姥姥 is of the other side.
    """
    words = table("called.elders")
    side = next((s for s in words if m.words.endswith(s)), None)
    known = (c for c in reversed(tuple(state.cases.values())) if c.person in _ELDERS and cue("called.by_the_child").search(c.words))
    before = next(known, None)
    if side is None or before is None or m.relation != "grandparent":
        return None
    same = cue("childs_elders.fathers_side").search(side) is not None
    same = same == (cue("childs_elders.fathers_side").search(before.words) is not None)
    if m.owner is None and not same:
        return None  # 爷爷 alone, after 孩子姥姥: the asker's own
    in_law = (before.person == "parent_in_law") == same
    return table("called.elders_in_law")[side] if in_law else words[side]


def _partner(state: Conversation, m: Mention) -> str | None:
    """俺对象, after 俺婆婆: whoever has parents-in-law is married."""
    words = table("called.partner")
    end = next((w for w in words if m.relation == "fiance" and m.words.endswith(w)), None)
    if end is None or not any(c.person in _OF_THE_MARRIED and c.told for c in state.cases.values()):
        return None
    return m.words.removesuffix(end) + words[end]


def _grandchild(state: Conversation, m: Mention, plain: str) -> str | None:
    """孩子呢, amid the case of a grown son or daughter: theirs."""
    case = state.case
    grown = case.person == _CHILD and case.told and not case.words.endswith(_OFFSPRING)
    if not grown or m.words not in OFFSPRING or m.owner is not None or not opens_with(plain, m.start) or not how_about(plain, m.end):
        return None
    return table("called.their_child")["女" if female(case.words) else "男"]
