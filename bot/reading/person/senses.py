"""What a word for a person means where it stands: a husband of before, a child by word of mouth, the asker under another name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.reading.kin.kin_words import BY_RANK, HIRED, RANKED, YOUNG_COUPLE, acquainted
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.kin.mention import Mention
from bot.reading.kin.pronouns import female, male
from bot.reading.person.named import Message, Named, Word
from bot.reading.person.titles import titled
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_OTHERS, _PEOPLE, _PARTIES = group("senses.others"), group("senses.people"), group("senses.parties")
_GOING_OUT, _WIFE, _SPOUSE = group("senses.going_out"), group("senses.wife"), group("senses.spouse")
_GROWN = group("senses.grown")
_NEAR = 8


# -- which relation --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Use:
    """A word for a person where it stands, with what it means alone."""

    message: Message
    named: Named
    word: Word
    relation: str
    near: str  # the characters right before the word

    @property
    def text(self) -> str:
        """The word."""
        return self.word.text

    @property
    def plain(self) -> str:
        """The text of the message."""
        return self.message.plain

    @property
    def acquainted(self) -> bool:
        """Whether the word is one for a workmate, a neighbour or the like."""
        return acquainted(self.text)

    def names(self, relation: str) -> bool:
        """Whether somebody of a relation was named before, by a word for them."""
        return any(m.relation == relation for m in self.named.found)

    def tells_of(self, person: str) -> bool:
        """Whether somebody was named before, if only by a pronoun."""
        return any(m.person == person for m in self.named.found)


_Sense = Callable[[_Use], str | None]
"""What a word means there, empty where it names nobody; ``None`` where this says nothing of it."""


def relation_here(message: Message, named: Named, word: Word, relation: str) -> str:
    """What the word means in this message: a colleague asked for, brothers told apart by rank, a fiancé who is long married.

    ``relation`` is what it means alone; empty where here it names nobody.
    """
    use = _Use(message, named, word, relation, message.before(word.start, _NEAR))
    for sense in _SENSES:
        if (meant := sense(use)) is not None:
            return meant
    return relation


# -- strangers -------------------------------------------------------------------------------------------------------------
def _asked_for_a_workmate(use: _Use) -> str | None:
    """我们单位一个同事托我问; 我同事在临淄上班,户口…: who else."""
    if not use.acquainted:
        return None
    if use.relation == NOBODY and use.message.behalf and cue("people.someone").search(use.near):
        return "other"
    return "other" if use.message.of_stranger or use.message.stranger is not None else None


def _asked_for_another(use: _Use) -> str | None:
    """替别人问一下; 人家 of whom the conversation speaks."""
    if use.text in _OTHERS and use.message.asks_for(use.word.start):
        return "other"
    about, told_about = use.message.about, use.message.told_about
    return PRONOUN if use.text in _PEOPLE and about != told_about and SELF not in (about, told_about) else None


def _ones_own_hand(use: _Use) -> str | None:
    """我手下一个员工; any other employee is nobody."""
    if use.text not in HIRED:
        return None
    return "other" if cue("people.own_hand").search(use.message.clause_before(use.word.start)) else ""


def _by_title(use: _Use) -> str | None:
    """单位保洁大姐; 大姐我问下."""
    return titled(use.text, use.plain, use.word.start, use.word.end, use.named.found)


def _told_of_an_acquaintance(use: _Use) -> str | None:
    """The words around say that the message is about a workmate or a neighbour."""
    plain, start, end = use.plain, use.word.start, use.word.end
    if not use.acquainted:
        return None
    if cue("people.sends").match(plain, end):
        return "other"  # 同事托我问:他…
    if cue("people.opens_with").search(plain[:start]) and not cue("people.quoted").match(plain, end):
        return "other"  # 我一个同事,三十出头,户口在…
    of_mine = plain[max(0, start - 1) : start] in ("我", "俺", "")
    return "other" if of_mine and cue("people.wants").match(plain, end) else None  # 我同学想投靠他老婆


# -- brothers, sisters and children by rank --------------------------------------------------------------------------------
def _by_size(use: _Use) -> str | None:
    """俩娃,大的…,小的…."""
    if use.relation != "ranked":
        return None
    told_apart = next((m.relation for m in reversed(use.named.found) if m.relation in RANKED), None)
    return told_apart or ("child" if cue("people.has_children").search(use.plain) else "")


def _by_rank(use: _Use) -> str | None:
    """四个姊妹,老三是我,老四在外地."""
    return "sibling" if use.text in BY_RANK and use.message.siblings else None


# -- husband and wife, or not yet ------------------------------------------------------------------------------------------
def _one_of_two_sides(use: _Use) -> str | None:
    """男方 is told by neither of the two where the message speaks of both; else it is the spouse, where one was named."""
    if use.text not in _PARTIES:
        return None
    if all(party in use.plain for party in _PARTIES):
        return ""
    return "spouse" if "spouse" in use.named.weights else None


def _long_married(use: _Use) -> str | None:
    """对象 and 男方 of a marriage that is made."""
    if use.text not in _GOING_OUT:
        return None
    return "spouse" if cue("people.married").search(use.plain) and not cue("people.engaged").search(use.plain) else None


def _young_couple(use: _Use) -> str | None:
    """我儿子结婚六年了,小两口…."""
    return "child" if use.text in YOUNG_COUPLE and use.tells_of("child") else None


def _just_married(use: _Use) -> str | None:
    """Husband and wife are the child or sibling told right before to be married, in the same sentence."""
    plain, start = use.plain, use.word.start
    if use.relation != COUPLE or not cue("people.two_married").fullmatch(use.text) or plain[start - 1 : start] != ",":
        return None
    last = next((m for m in reversed(use.named.found) if m.relation != "spouse"), None)
    if last is None or last.relation not in ("child", "sibling") or last.person != last.relation:
        return None
    between = plain[last.end : start]
    return last.relation if "。" not in between and cue("people.told_married").search(between) else None


def _of_before(use: _Use) -> str | None:
    """跟头一个丈夫生的: a husband or wife of before is nobody."""
    return NOBODY if use.relation == "spouse" and cue("people.of_before").search(use.near) else None


def _by_word_of_mouth(use: _Use) -> str | None:
    """认了个闺女; 一个儿子,认的."""
    if use.relation != "child":
        return None
    called = cue("people.acknowledged_before").search(use.near) or cue("people.acknowledged").match(use.plain, use.word.end)
    return "other" if called else None


def _wedded_youngster(use: _Use) -> str | None:
    """跟邻村的小伙扯了证."""
    plain, start, end = use.plain, use.word.start, use.word.end
    if not cue("people.young_one").fullmatch(use.text) or not cue("people.weds").match(plain, end):
        return None
    clause = plain[max(plain.rfind(mark, 0, start) for mark in ",。;!?") + 1 : start]
    return "spouse" if cue("people.with_one_of").search(clause) else None


def _whom_somebody_weds(use: _Use) -> str | None:
    """我娶了个潍坊姑娘; 儿子找了个四川姑娘: whoever is married, or about to be, and no daughter."""
    clause = use.message.clause_before(use.word.start)
    weds = cue("people.weds_one").search(clause) if use.text in _GROWN else None
    if weds is None or cue("people.does_a_job").match(use.plain, use.word.end):
        return None
    who = next((m.relation for m in reversed(use.named.found) if m.relation not in (PRONOUN, NOBODY)), SELF)
    if who in ("spouse", "fiance"):
        return ""  # 对象是个河南姑娘: who was named already
    if who not in (SELF, COUPLE):
        return "child_in_law" if who == "child" else "other"
    settled = weds["for_good"] or cue("people.married").search(use.plain) and not cue("people.engaged").search(use.plain)
    return "spouse" if settled else "fiance"


def _whom_a_relative_has_wed(use: _Use) -> str | None:
    """俺儿娶过媳妇了: the son's wife and no wife of the asker's; nobody where there is none yet (弟弟还没娶媳妇)."""
    if use.relation != "spouse" or not (wed := cue("people.has_wed").search(use.message.clause_before(use.word.start))):
        return None
    begins = use.word.start - len(use.message.clause_before(use.word.start))
    who = next((m.relation for m in reversed(use.named.found) if m.start >= begins and m.relation not in (PRONOUN, NOBODY)), SELF)
    if who in (SELF, COUPLE):
        return None
    return "" if wed["none"] else "child_in_law" if who == "child" else "other"


def _taken_on(use: _Use) -> str | None:
    """我是人事,新招的姑娘户口在…."""
    if use.relation != "child" or not cue("people.young_one").fullmatch(use.text):
        return None
    return "other" if cue("people.taken_on").search(use.near) else None


def _short_for_a_daughter_in_law(use: _Use) -> str | None:
    """儿媳妇户口在广西…,媳妇能落不."""
    if use.text not in _WIFE or use.near.endswith(("我", "俺", "他", "她")) or use.names("spouse"):
        return None
    return "child_in_law" if any(m.relation == "child_in_law" and "媳" in m.words for m in use.named.found) else None


def _what_in_laws_call_one(use: _Use) -> str | None:
    """婆婆说媳妇不在名单上: the asker, and no wife of the asker's."""
    last = next((m for m in reversed(use.named.found) if m.relation not in (PRONOUN, SELF)), None)
    if last is None or last.person != "parent_in_law" or not cue("people.in_their_words").search(use.near):
        return None
    if cue("people.husbands_parent").search(last.words):
        return "" if use.text in _WIFE or use.relation == "child_in_law" and female(use.text) else None
    return "" if use.relation == "child_in_law" and not female(use.text) else None


def _as_the_rule_says(use: _Use) -> str | None:
    """未婚妻…,按配偶随迁算不算: the 配偶 of a rule asked of a fiancé is the fiancé."""
    return "fiance" if use.text in _SPOUSE and use.names("fiance") and not use.tells_of("spouse") else None


_SENSES: tuple[_Sense, ...] = (  # the first that says something of a word holds
    *(_asked_for_a_workmate, _asked_for_another, _ones_own_hand, _by_title),
    *(_by_size, _by_rank, _told_of_an_acquaintance),
    *(_one_of_two_sides, _long_married, _young_couple, _just_married),
    *(
        _of_before,
        _by_word_of_mouth,
        _wedded_youngster,
        _whom_somebody_weds,
        _whom_a_relative_has_wed,
        _taken_on,
        _short_for_a_daughter_in_law,
    ),
    *(_what_in_laws_call_one, _as_the_rule_says),
)


# -- somebody known by another word ----------------------------------------------------------------------------------------
def lived_with_unmarried(word: str, plain: str, start: int, end: int, named: Collection[str]) -> bool:
    """Whether a pronoun means whom the asker lives with unmarried, where nobody but a child was named (娃都有了没领证,跟她过了六年)."""
    if word not in ("他", "她", "ta") or set(named) - {"child"} or not cue("people.unwed").search(plain):
        return False
    before = cue("people.before_partner").search(plain[max(0, start - 2) : start])
    return bool(before and cue("people.after_partner").match(plain, end))


def parted_from(word: str, plain: str, start: int, end: int, named: Collection[str]) -> bool:
    """Whether a pronoun means a husband or wife of before, where nobody else was named (跟他离了八年,…户口落他那)."""
    if word not in ("他", "她", "ta") or named or cue("people.wed_again").search(plain):
        return False
    return bool(cue("people.before_partner").search(plain[max(0, start - 2) : start]) and cue("people.after_parting").match(plain, end))


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
