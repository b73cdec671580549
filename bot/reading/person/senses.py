"""What a word for a person means where it stands: nobody, a husband of before, a child by word of mouth, the asker under another name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.reading.kin.kin_words import (
    ACQUAINTED,
    BY_RANK,
    CATEGORIES,
    FAMILY_OR_FIRM,
    HIRED,
    KINSFOLK,
    RANKED,
    SEVERAL,
    YOUNG_COUPLE,
    acquainted,
)
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, PRONOUNS, SELF, kin
from bot.reading.kin.mention import Mention
from bot.reading.kin.pronouns import female, male
from bot.reading.person.named import ASKERS, Message, Named, Word
from bot.reading.person.titles import titled
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_OTHERS, _PEOPLE, _PARTIES = group("senses.others"), group("senses.people"), group("senses.parties")
_GOING_OUT, _WIFE, _SPOUSE = group("senses.going_out"), group("senses.wife"), group("senses.spouse")
_NEAR = 8


# -- nobody ----------------------------------------------------------------------------------------------------------------
def names_nobody(message: Message, named: Named, word: Word) -> bool:
    """没儿子 names nobody, nor does 一家公司, nor the class of people a rule speaks of (父母投靠那条)."""
    plain, text, start, end = message.plain, word.text, word.start, word.end
    near = message.before(start, _NEAR)
    own = near.endswith(("我", "俺")) and text not in ACQUAINTED  # 我有房,我妈没有
    none_before, none_after = cue("people.no_person_before").search(near), cue("people.no_person_after").match(plain, end)
    if text in KINSFOLK and not own and (none_before or none_after):
        return True
    if kin().relation.get(text) == "spouse" and cue("people.lost").search(near):
        return True  # 我弟没了媳妇
    if text in SEVERAL and (cue("people.none_of").search(near) or cue("people.none_after").match(plain, end)):
        return True
    if text in SEVERAL and (cue("people.alike_after").match(plain, end) or cue("people.alike_before").search(near)):
        return True  # 就问兄弟投靠兄弟成不成
    if cue("people.neither_before").search(near + text) or near.endswith("没") and cue("people.neither_after").match(plain, start):
        return True  # 没兄没弟
    relative = text not in PRONOUNS and kin().relation.get(text, "") not in ("", NOBODY, *ASKERS)
    if relative and cue("people.addressed").match(plain, end):
        return True  # 婆婆说闺女你把户口…
    if relative and not own and _side_of_a_way(plain, named.found, word, near):
        return True  # 三伯在城里,…就问侄子投靠伯伯这条
    if text in FAMILY_OR_FIRM and (cue("people.one_firm").match(plain, end) or cue("people.one_of_a_row").search(near)):
        return True
    if cue("people.one_of_several").search(near) and cue("people.share_a_flat").match(plain, end):
        return True  # 跟仨姑娘合租
    if _names_a_way(text, near, plain, end):
        return True  # 让她走子女随父母
    of_somebody = near.endswith(("我", "俺", "他", "她", "的"))
    return text in CATEGORIES and not of_somebody and bool(cue("people.category").match(plain, end))


def _side_of_a_way(plain: str, found: Sequence[Mention], word: Word, near: str) -> bool:
    """Whether a word names whoever follows in a kind of following, of whom nobody was told, while the one followed was."""
    joins = cue("people.joins_as_a_kind").match(plain, word.end)
    kind = kin().pattern.match(plain, joins.end()) if joins else None
    if kind is None or not cue("people.that_kind").match(plain, kind.end()):
        return False
    if near.endswith(("我", "俺", "他", "她")) or any(m.words.endswith(word.text) for m in found):
        return False
    followed = kin().relation.get(kind.group(), "")
    return any(m.relation == followed and m.owner in (None, SELF) for m in found)


def _names_a_way(word: str, near: str, plain: str, end: int) -> bool:
    """Whether a word stands for one side of a kind of following (走|子女|随父母), which names nobody; ``near`` are the words before it."""
    if word not in CATEGORIES:
        return False
    first = cue("people.kind_before").search(near) and cue("people.kind_after").match(plain, end)
    return bool(first or cue("people.kind_of_two").search(near))


# -- which relation --------------------------------------------------------------------------------------------------------
def relation_here(message: Message, named: Named, word: Word, relation: str) -> str:
    """What the word means in this message: a colleague asked for, brothers told apart by rank, a fiancé who is long married.

    ``relation`` is what it means alone; empty where here it names nobody.
    """
    plain, text, start, end = message.plain, word.text, word.start, word.end
    if relation == NOBODY and message.behalf and acquainted(text) and cue("people.someone").search(message.before(start, _NEAR)):
        return "other"  # 我们单位一个同事托我问
    if text in _OTHERS and message.asks_for(start):
        return "other"  # 替别人问一下
    if text in _PEOPLE and SELF not in (message.about, message.told_about) and message.about != message.told_about:
        return PRONOUN
    if acquainted(text) and (message.of_stranger or message.stranger is not None):
        return "other"  # 我同事在临淄上班,户口…: who else
    if text in HIRED:
        return "other" if cue("people.own_hand").search(message.clause_before(start)) else ""
    if (by_title := titled(text, plain, start, end, named.found)) is not None:
        return by_title
    if relation == "ranked":
        young = "child" if cue("people.has_children").search(plain) else ""
        return next((m.relation for m in reversed(named.found) if m.relation in RANKED), young)  # 俩娃,大的…,小的…
    if text in BY_RANK and message.siblings:
        return "sibling"  # 四个姊妹,老三是我,老四在外地
    if acquainted(text) and _told_of_an_acquaintance(plain, start, end):
        return "other"
    if text in _PARTIES and all(party in plain for party in _PARTIES):
        return ""  # told by neither of the two
    if text in _PARTIES and "spouse" in named.weights:
        return "spouse"
    if text in _GOING_OUT and cue("people.married").search(plain) and not cue("people.engaged").search(plain):
        return "spouse"
    if text in YOUNG_COUPLE and any(m.person == "child" for m in named.found):
        return "child"  # 我儿子结婚六年了,小两口…
    if relation == COUPLE and (married := _just_married(plain, named.found, text, start)) is not None:
        return married
    return _by_the_words_around(text, relation, plain, start, end, named.found)


def _just_married(plain: str, found: Sequence[Mention], word: str, start: int) -> str | None:
    """Of whom a word for husband and wife is said: the child or sibling told right before to be married, in the same sentence."""
    if not cue("people.two_married").fullmatch(word) or plain[start - 1 : start] != ",":
        return None
    last = next((m for m in reversed(found) if m.relation != "spouse"), None)
    if last is None or last.relation not in ("child", "sibling") or last.person != last.relation:
        return None
    between = plain[last.end : start]
    return last.relation if "。" not in between and cue("people.told_married").search(between) else None


def _told_of_an_acquaintance(plain: str, start: int, end: int) -> bool:
    """Whether the words around a workmate or a neighbour say that the message is about them."""
    if cue("people.sends").match(plain, end):
        return True  # 同事托我问:他…
    if cue("people.opens_with").search(plain[:start]) and not cue("people.quoted").match(plain, end):
        return True  # 我一个同事,三十出头,户口在…
    of_mine = plain[max(0, start - 1) : start] in ("我", "俺", "")
    return of_mine and cue("people.wants").match(plain, end) is not None  # 我同学想投靠他老婆


def _by_the_words_around(word: str, relation: str, plain: str, start: int, end: int, found: Sequence[Mention]) -> str:
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
    if relation == "child" and cue("people.young_one").fullmatch(word) and cue("people.taken_on").search(near):
        return "other"  # 我是人事,新招的姑娘户口在…
    beside = plain[max(0, start - 1) : start] not in ("我", "俺", "他", "她")
    if word in _WIFE and beside and _named_only(found, "child_in_law", "spouse"):
        return "child_in_law"  # 儿媳妇户口在广西…,媳妇能落不
    if word in _SPOUSE and any(m.relation == "fiance" for m in found) and not any(m.person == "spouse" for m in found):
        return "fiance"  # 未婚妻…,按配偶随迁算不算
    return relation


def _named_only(found: Sequence[Mention], one: str, other: str) -> bool:
    """Whether somebody of one relation was named with a word that 媳妇 is short for, and nobody of another."""
    return any(m.relation == one and "媳" in m.words for m in found) and not any(m.relation == other for m in found)


# -- somebody known by another word ----------------------------------------------------------------------------------------
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
    mother = cue("people.of_the_mother").match(word) is not None
    grown = (m for m in named if (female if mother else male)(m.words) and m.relation != "grandchild" and "/" not in m.person)
    return next((m.person for m in [*grown, *named]), None)  # 女儿带着外孙…,娘俩: the daughter and he


def of_a_former_marriage(word: str, plain: str) -> bool:
    """Whether a child's parent by birth is the asker's husband or wife no more (我再婚…,她生父)."""
    return bool(cue("people.by_birth").match(word) and cue("people.remarried").search(plain))
