"""Words for a person that name nobody: 没儿子, 一家公司, the class of people that a rule speaks of (父母投靠那条)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.reading.kin.kin_words import ACQUAINTED, CATEGORIES, FAMILY_OR_FIRM, KINSFOLK, SEVERAL
from bot.reading.kin.kinship import NOBODY, PRONOUNS, SELF, kin
from bot.reading.person.named import ASKERS, Message, Named, Word
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_COURTED = frozenset(group("people.courted"))
_NEAR = 8  # characters before a word that may say that it names nobody
_COMPANY = 16  # characters in which it is told what one does with somebody


@dataclass(frozen=True)
class _Use:
    """A word for a person with the text around it: ``near`` right before, ``end`` where what follows begins."""

    plain: str
    word: Word
    near: str
    end: int
    named: Named

    @property
    def text(self) -> str:
        """The word."""
        return self.word.text

    @property
    def relation(self) -> str:
        """What the word means alone; empty where it means none."""
        return kin().relation.get(self.word.text, "")

    @property
    def of_the_asker(self) -> bool:
        """Whether the words make the relative the asker's, so that a denial behind is of something else (我有房,我妈没有)."""
        return self.near.endswith(("我", "俺")) and self.text not in ACQUAINTED

    @property
    def a_relative(self) -> bool:
        """Whether the word is one for a relative."""
        return self.text not in PRONOUNS and self.relation not in ("", NOBODY, *ASKERS)

    @property
    def of_somebody(self) -> bool:
        """Whether the words say whose relative it is."""
        return self.near.endswith(("我", "俺", "他", "她"))


def names_nobody(message: Message, named: Named, word: Word) -> bool:
    """Whether a word for a person stands for nobody there."""
    use = _Use(message.plain, word, message.before(word.start, _NEAR), word.end, named)
    return any(holds(use) for holds in _NOBODY)


# -- denied ----------------------------------------------------------------------------------------------------------------
def _there_is_none(use: _Use) -> bool:
    """没儿子."""
    if use.text not in KINSFOLK or use.of_the_asker:
        return False
    return bool(cue("people.no_person_before").search(use.near) or cue("people.no_person_after").match(use.plain, use.end))


def _never_came_of_it(use: _Use) -> bool:
    """对象谈过俩都没成, 处过对象后来黄了: who was courted once is nobody's partner."""
    return use.text in _COURTED and bool(cue("people.fell_through").match(use.plain, use.end))


def _lost(use: _Use) -> bool:
    """我弟没了媳妇."""
    return use.relation == "spouse" and bool(cue("people.lost").search(use.near))


def _none_of_several(use: _Use) -> bool:
    """也没兄弟姐妹."""
    return use.text in SEVERAL and bool(cue("people.none_of").search(use.near) or cue("people.none_after").match(use.plain, use.end))


def _neither(use: _Use) -> bool:
    """没兄没弟."""
    if cue("people.neither_before").search(use.near + use.text):
        return True
    return use.near.endswith("没") and bool(cue("people.neither_after").match(use.plain, use.word.start))


# -- a kind of following ---------------------------------------------------------------------------------------------------
def _one_like_the_other(use: _Use) -> bool:
    """就问兄弟投靠兄弟成不成."""
    return use.text in SEVERAL and bool(cue("people.alike_after").match(use.plain, use.end) or cue("people.alike_before").search(use.near))


def _side_of_a_way(use: _Use) -> bool:
    """三伯在城里,…就问侄子投靠伯伯这条: whoever follows, of whom nobody was told, while the one followed was."""
    if not use.a_relative or use.of_somebody:
        return False
    joins = cue("people.joins_as_a_kind").match(use.plain, use.end)
    kind = kin().pattern.match(use.plain, joins.end()) if joins else None
    if kind is None or not cue("people.that_kind").match(use.plain, kind.end()):
        return False
    if any(m.words.endswith(use.text) for m in use.named.found):
        return False
    followed = kin().relation.get(kind.group(), "")
    return any(m.relation == followed and m.owner in (None, SELF) for m in use.named.found)


def _names_a_way(use: _Use) -> bool:
    """让她走子女随父母."""
    if use.text not in CATEGORIES:
        return False
    first = cue("people.kind_before").search(use.near) and cue("people.kind_after").match(use.plain, use.end)
    return bool(first or cue("people.kind_of_two").search(use.near))


def _class_of_people(use: _Use) -> bool:
    """父母投靠那条: whom a rule speaks of."""
    if use.text not in CATEGORIES or use.of_somebody or use.near.endswith("的"):
        return False
    return bool(cue("people.category").match(use.plain, use.end))


def _generation(use: _Use) -> bool:
    """奶奶辈姥姥辈的都不算外人."""
    return use.a_relative and bool(cue("people.generation").match(use.plain, use.end))


def _asked_of_as_a_kind(use: _Use) -> bool:
    """光问投靠亲属那条,姐弟算不算."""
    if use.text not in SEVERAL or use.of_somebody:
        return False
    return bool(cue("people.begins_clause").search(use.near) and cue("people.counts_or_not").match(use.plain, use.end))


def _as_others_call_them(use: _Use) -> bool:
    """俺男人…,村里说|女婿|不收: the kind of relative that is not taken in, where somebody else was told of."""
    if not use.a_relative or use.of_somebody or not any(m.relation not in (NOBODY, *ASKERS) for m in use.named.found):
        return False
    clause = use.plain[max(use.plain.rfind(mark, 0, use.word.start) for mark in ",。;!?:") + 1 : use.word.start]
    return bool(cue("people.others_say").search(clause) and cue("people.not_taken").match(use.plain, use.end))


def _by_marriage(use: _Use) -> bool:
    """俺男人是上门|女婿: what somebody told of is to others."""
    return use.relation == "child_in_law" and bool(cue("people.married_in").search(use.near))


# -- something else --------------------------------------------------------------------------------------------------------
def _addressed(use: _Use) -> bool:
    """婆婆说闺女你把户口…."""
    return use.a_relative and bool(cue("people.addressed").match(use.plain, use.end))


def _keeps_company(use: _Use) -> bool:
    """楼下一块晒太阳的老姊妹: with whom one passes the time."""
    return use.text in SEVERAL and bool(cue("people.company").search(use.plain[max(0, use.word.start - _COMPANY) : use.word.start]))


def _one_firm(use: _Use) -> bool:
    """一家公司."""
    return use.text in FAMILY_OR_FIRM and bool(
        cue("people.one_firm").match(use.plain, use.end) or cue("people.one_of_a_row").search(use.near)
    )


def _flatmates(use: _Use) -> bool:
    """跟仨姑娘合租."""
    return bool(cue("people.one_of_several").search(use.near) and cue("people.share_a_flat").match(use.plain, use.end))


_NOBODY: tuple[Callable[[_Use], bool], ...] = (
    *(_there_is_none, _never_came_of_it, _lost, _none_of_several, _neither),
    *(_one_like_the_other, _side_of_a_way, _names_a_way, _class_of_people, _as_others_call_them, _by_marriage),
    *(_generation, _asked_of_as_a_kind, _addressed, _keeps_company, _one_firm, _flatmates),
)
