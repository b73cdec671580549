"""Which of the asker's people a case is of: father and mother, two sisters and a cousin have a case each, an elder by any word the one.

A relation alone does not tell it (father and mother are both a parent); the words that a resident calls somebody by do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.conversation.kinfolk import follows_asker
from bot.conversation.state import PRESUMED, Case, Conversation
from bot.eligibility.values import Choice
from bot.reading.cues import cue
from bot.reading.family import family
from bot.reading.kinship import NOBODY, SELF
from bot.reading.people import find_people
from bot.reading.pronouns import fits
from bot.reading.ranks import Individual, said_of

_ONE_ONLY = frozenset({SELF, "spouse", "fiance"})
_BY_WORD = frozenset({"other", "friend"})
_ANY_OF_THEM = frozenset({"亲戚", "亲属", "朋友", "好朋友", "好友"})
_OF_MINE = "我俺咱的家们"
_UNTOLD = Individual("", "")
_TOGETHER = "kin.together"
_NAME = re.compile("[老小阿](?![乡师板总])[一-鿿]|[一-鿿](?:师傅|工|总|老师|某)")
_SAME_TO_ALL: Mapping[str, frozenset[str]] = {
    "parent_in_law": frozenset({"child"}),
    "sibling": frozenset({"parent", "grandparent"}),
    "child": frozenset({"grandparent"}),
}
"""Whom all of a kind have in common, beside the asker."""


def same_one(person: str, one: str, another: str) -> bool:
    """Whether two words for people of one relation may mean the same: 我妈 and 老太太 may, 我妈 and 我爸 may not."""
    first, second = one.lstrip(_OF_MINE), another.lstrip(_OF_MINE)
    if person in _ONE_ONLY or not first or not second or first == second:
        return True
    if person in _BY_WORD:
        if _is_a_name(first) != _is_a_name(second):
            return True  # 我同事…, then 老李: the colleague by name
        places = {family().place(first), family().place(second)}
        return not _ANY_OF_THEM.isdisjoint((first, second)) or len(places) == 1 and None not in places
    if several(first) != several(second):
        return False
    if several(first):
        return True
    genders = {_gender(first), _gender(second)} - {""}
    return len(genders) < 2 and _individual(first).may_be(_individual(second))


def _is_a_name(words: str) -> bool:
    """Whether words are a surname with a title (老李, 王师傅) that is no word for a relative."""
    kin_words = any(m.relation not in ("other", NOBODY) for m in find_people(words))
    return _NAME.fullmatch(words) is not None and family().place(words) is None and not kin_words


def several(words: str) -> bool:
    """Whether words name two people or more (爸妈, 俩孩子)."""
    return any(m.plural for m in find_people(words)) or cue("individuals.several").search(words) is not None


def _individual(words: str) -> Individual:
    return next((said_of(m) for m in find_people(words)), _UNTOLD)


def _gender(words: str) -> str:
    if fits("他", words) == fits("她", words):
        return ""
    return "他" if fits("他", words) else "她"


def known(state: Conversation, person: str, words: str) -> Case | None:
    """The case of whoever is called so: the one under way where it may be theirs, else the one taken up last."""
    own = [c for c in state.of(person) if same_one(person, c.words, words)]
    return next((c for c in own if c.key == state.case.key), own[0] if own else None)


def fresh(state: Conversation, person: str, words: str) -> Case:
    """A case of somebody who has none yet; one of two spoken of together (那我爸呢, after 爸妈) begins with what was told of both."""
    alike = state.of(person)
    case = Case(person, words, nth=max((c.nth for c in alike), default=0) + 1)
    both = next((c for c in alike if several(c.words)), None)
    before = both or (state.case if state.person == person else None)
    if before is None or person in _BY_WORD:
        return case
    told = {name: told if _of_followed(name) else replace(told, certainty=PRESUMED) for name, told in before.told.items()}
    if both is None:
        told = {name: one for name, one in told.items() if _of_followed(name)} if _all_follow(before) else {}
    return replace(case, told=MappingProxyType(told), topic=before.topic, only=before.only)


def _of_followed(fact: str) -> bool:
    """Whether a fact is of the one followed alone, so that it holds for whoever else follows them."""
    return fact.startswith("kin.") and fact != _TOGETHER


def _all_follow(case: Case) -> bool:
    """Whether the one followed is the same to all of a kind: the asker to both parents, the mother to both sisters."""
    relation, common = case.told.get("kin.relation"), _SAME_TO_ALL.get(case.person, frozenset())
    return follows_asker(case) or relation is not None and isinstance(relation.value, Choice) and relation.value.values <= common


def called(case: Case, words: str) -> str:
    """What whoever a case is of is called from now on: a word that tells less (老人) does not take the place of one that tells more."""
    less = _individual(words) == _UNTOLD and not _gender(words) and not several(words)
    return case.words if not words or case.words and less else words
