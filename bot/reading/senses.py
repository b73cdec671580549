"""What a word for a relative means where it stands: a husband of before, a child by word of mouth, the asker under another name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.reading.cues import cue
from bot.reading.kin_words import CATEGORIES
from bot.reading.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.mention import Mention
from bot.reading.pronouns import female, male

_NEAR = 8


def relation_meant(word: str, relation: str, plain: str, start: int, end: int, found: Sequence[Mention]) -> str:
    """A husband or wife of before is nobody, a child only called so no child, and the 配偶 of a rule asked of a fiancé is the fiancé."""
    near = plain[max(0, start - _NEAR) : start]
    if relation == "spouse" and cue("people.of_before").search(near):
        return NOBODY  # 跟头一个丈夫生的
    if relation == "child" and (cue("people.acknowledged_before").search(near) or cue("people.acknowledged").match(plain, end)):
        return "other"  # 认了个闺女; 一个儿子,认的
    if cue("people.young_one").fullmatch(word) and cue("people.weds").match(plain, end):
        clause = plain[max(plain.rfind(mark, 0, start) for mark in ",。;!?") + 1 : start]
        if cue("people.with_one_of").search(clause):
            return "spouse"  # 跟邻村的小伙扯了证
    beside = plain[max(0, start - 1) : start] not in ("我", "俺", "他", "她")
    if word in ("媳妇", "媳妇儿") and beside and _named_only(found, "child_in_law", "spouse"):
        return "child_in_law"  # 儿媳妇户口在广西…,媳妇能落不
    if word == "配偶" and any(m.relation == "fiance" for m in found) and not any(m.person == "spouse" for m in found):
        return "fiance"  # 未婚妻…,按配偶随迁算不算
    return relation


def _named_only(found: Sequence[Mention], one: str, other: str) -> bool:
    """Whether somebody of one relation was named with a word that 媳妇 is short for, and nobody of another."""
    return any(m.relation == one and "媳" in m.words for m in found) and not any(m.relation == other for m in found)


def names_a_way(word: str, near: str, plain: str, end: int) -> bool:
    """Whether a word stands for one side of a kind of following (走|子女|随父母), which names nobody; ``near`` are the words before it."""
    if word not in CATEGORIES:
        return False
    first = cue("people.kind_before").search(near) and cue("people.kind_after").match(plain, end)
    return bool(first or cue("people.kind_of_two").search(near))


def lived_with_unmarried(word: str, plain: str, start: int, end: int, named: Collection[str]) -> bool:
    """Whether a pronoun means whom the asker lives with unmarried, where nobody but a child was named (娃都有了没领证,跟她过了六年)."""
    if word not in ("他", "她", "ta") or set(named) - {"child"} or not cue("people.unwed").search(plain):
        return False
    before = cue("people.before_partner").search(plain[max(0, start - 2) : start])
    return bool(before and cue("people.after_partner").match(plain, end))


def said_to_be_me(last: Mention | None, plain: str, start: int, end: int) -> bool:
    """Whether the words between a relative and 我 say that they are one and the same (落姥姥这,就是|我|这)."""
    if last is None or last.relation in (SELF, COUPLE, NOBODY, PRONOUN):
        return False
    return bool(cue("people.at_ones_place").match(plain, end) and cue("people.thats_me").fullmatch(plain[last.end : start]))


def pair_of_another(word: str, plain: str, end: int, found: Sequence[Mention]) -> str | None:
    """Whose 娘俩 it is that is to come to the asker (闺女带个娃…,娘俩能落俺这不): the relative's named last whom 娘 or 爷 fits."""
    if not cue("people.pair").fullmatch(word) or not cue("people.comes_to_me").match(plain, end):
        return None
    named = [m for m in reversed(found) if m.relation not in (SELF, COUPLE, NOBODY, PRONOUN) and m.person != NOBODY]
    mother = word[0] in "娘母"
    grown = (m for m in named if (female if mother else male)(m.words) and m.relation != "grandchild" and "/" not in m.person)
    return next((m.person for m in [*grown, *named]), None)  # 女儿带着外孙…,娘俩: the daughter and he


def of_a_former_marriage(word: str, plain: str) -> bool:
    """Whether a child's parent by birth is the asker's husband or wife no more (我再婚…,她生父)."""
    return bool(cue("people.by_birth").match(word) and cue("people.remarried").search(plain))
