"""Which of the asker's people a case is of: father and mother, two sisters and a cousin have a case each, an elder by any word the one.

A relation alone does not tell it (father and mother are both a parent); the words that a resident calls somebody by do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.conversation.kinfolk import follows_asker
from bot.conversation.state import PRESUMED, Case, Conversation
from bot.eligibility.values import Choice
from bot.reading.person.same_person import BY_WORD, same_one, several, tells_more

_TOGETHER = "kin.together"
_SAME_TO_ALL: Mapping[str, frozenset[str]] = {
    "parent_in_law": frozenset({"child"}),
    "sibling": frozenset({"parent", "grandparent"}),
    "child": frozenset({"grandparent"}),
}
"""Whom all of a kind have in common, beside the asker."""


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
    if before is None or person in BY_WORD:
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
    return case.words if not words or case.words and not tells_more(words) else words
