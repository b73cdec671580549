"""A word for a relative and nothing else, while a question is open: whom the applicant would follow, not somebody else's case.

(那位亲属是您的什么人 - 我舅; 我想落户…在那边住的是什么房 - 没有…我姐; 我奶奶在城里 - 孙子, which says again what is known.)
"""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.kinfolk import by_the_asker, without_followed
from bot.conversation.merge import tell
from bot.conversation.state import PRESUMED, Case, Told
from bot.conversation.world import Heard, World
from bot.eligibility.values import Choice
from bot.reading.asking.another import only_names
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, kin
from bot.reading.kin.mention import Mention
from bot.reading.person.same_person import same_one
from bot.reading.text.groups import composed

_RELATION, _HOME, _NONE = "kin.relation", "housing.kind", frozenset({"none"})
_ASKS_WHOSE = ("rent.", "marital", "origin.")
"""Questions that a word for a relative may answer in a way of its own: whose register is there, who owns the homestead."""


def named_alone(text: str) -> Mention | None:
    """The one relative whom a message names, where it says nothing else (我舅, 是我二姨)."""
    words, found = hearing.plain(text), hearing.people(text)
    if len(found) != 1 or found[0].relation in (PRONOUN, SELF, COUPLE, NOBODY):
        return None
    before, behind = words[: found[0].start], words[found[0].end :]
    return found[0] if only_names(before, behind) else None


def answers_with_kin(case: Case, heard: Heard) -> bool:
    """Whether a message says who the relative is whom the case follows or might follow."""
    named = named_alone(heard.text)
    if named is None or case.pending is None or case.dispute is not None or case.pending.startswith(_ASKS_WHOSE):
        return False
    if case.pending == _RELATION or says_again(case, named):
        return True
    if case.person == SELF and case.pending.startswith("kin."):
        return True  # 我想投靠我姐…自己的户口在那里吗 - 我叔
    return named.person != case.person and _open(case)


def says_again(case: Case, named: Mention) -> bool:
    """Whether the word names whoever is followed already, or the applicant as seen from them (我奶奶在城里 - 孙子)."""
    relation = case.told.get(_RELATION)
    if relation is None or _open(case) or not isinstance(relation.value, Choice):
        return False
    (known,) = relation.value.values
    if named.relation == kin().inverse.get(known) and named.bare:
        return True
    return named.relation == known and same_one(known, relation.words, named.words)


def with_followed(world: World, case: Case, heard: Heard, home: str) -> Case | None:
    """The case after the relative was named: one to follow instead of whoever was followed so far, or whose home it is (我姐家).

    Nothing is new where it is the same one; ``None`` where the words say nothing of a relative after all.
    """
    named = named_alone(heard.text)
    again = replace(case.reopened(), pending=None)
    if named is None or says_again(case, named):
        return again
    mover = by_the_asker(world, case)
    lives_there = case.pending == _HOME and len(hearing.plain(heard.text).rstrip("。! ")) > named.end
    told = composed("lives_with" if lives_there else "wants_to_follow", mover=mover, followed=named.words)
    facts = hearing.before_alone(world, heard, home, case.person, told).facts
    if not any(f.fact == _RELATION for f in facts):
        return None
    kept = again if _open(case) else without_followed(again)
    return tell(kept, {f.fact: Told(f.value, f.words, f.certainty) for f in facts}, corrected=True)


def _open(case: Case) -> bool:
    """Whether it is not known yet what the one followed is to the applicant."""
    told = case.told.get(_RELATION)
    if told is None or told.certainty == PRESUMED or not isinstance(told.value, Choice):
        return True
    return len(told.value.values) > 1 or told.value.values == _NONE  # 没有亲属…我哥
