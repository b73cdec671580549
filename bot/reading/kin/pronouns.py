"""Whom 他, 她 and 其 stand for: the relative named most, of the fitting gender where the words tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, UNNAMED
from bot.reading.kin.mention import Mention
from bot.reading.text.cues import cue

_FEMALE = cue("people.female")
_MALE = cue("people.male")
_BEFORE_PRONOUN = cue("pronouns.any")
_OFTEN = 3  # named so often, a person is the one the message is about


def female(words: str) -> bool:
    """Whether a word is said of a woman."""
    return bool(_FEMALE.search(words))


def male(words: str) -> bool:
    """Whether a word is said of a man."""
    return bool(_MALE.search(words))


def fits(pronoun: str, words: str) -> bool:
    """Whether a pronoun may stand for somebody called so: not the other gender."""
    own, other = (_FEMALE, _MALE) if pronoun.startswith("她") else (_MALE, _FEMALE)
    return not other.search(words[-3:]) or bool(own.search(words[-3:]))


def stands_for(
    word: str, named: Mapping[str, int], found: Sequence[Mention], *, possessor: bool, wedded: bool, about: str, apart: bool
) -> str:
    """Whom a pronoun stands for; the latest of equals.

    Args:
        word: the pronoun.
        named: how often each relative was named, in order of first mention.
        found: the mentions before it.
        possessor: whether a kinship word follows (他妈).
        wedded: whether the message speaks of a marriage, so that a pronoun with nobody before it is the spouse.
        about: whom the conversation speaks of.
        apart: whether the message tells of the asker beside whoever it is, who then is not the asker.
    """
    several = word.endswith(("们", "俩"))
    anyone = several or word in ("其", "ta")
    best, score = _nobody_named(word, found, anyone, wedded, about, apart), (-1, False, -1)
    for position, (person, count) in enumerate(named.items()):
        own = [m for m in found if m.person == person]
        further = "/" in person and (possessor or any(p == person.split("/")[0] for p in named))
        woman = any(female(m.words[-2:]) and not _MALE.search(m.words[-2:]) for m in own)
        if further and (possessor or word.startswith("他") or not woman):
            continue  # 孩子他大姑…她: the aunt, as nothing says the child is a girl
        if "/" in person and not anyone and _surely(word, person.split("/")[0], found):
            continue  # 弟媳…,她妈…,她想: whoever was spoken of before her mother was
        if own and not several and all(m.plural for m in own if m.relation != PRONOUN) and _possessed(own, named):
            continue  # 我女朋友的爷爷奶奶…,她: not they
        words = [m.words for m in own if m.relation != PRONOUN]
        if not count and not several and words and all(m.owner in named for m in own if m.relation != PRONOUN):
            continue  # 户口落在他丈人家,他…: not who is only named by whose home it is
        if words and not anyone and not any(fits(word, w) for w in words):
            continue
        mark = (_mark(word, own, words, several, count >= _OFTEN), count > 0, position)  # not who is only named by the way
        if mark > score:
            best, score = person, mark
    return best


def _possessed(own: Iterable[Mention], named: Mapping[str, int]) -> bool:
    """Whether people are called by whose relatives they are, and that one is named too."""
    return any(m.owner in named for m in own)


def but_the_subject(named: Mapping[str, int], found: Sequence[Mention], plain: str, start: int, end: int) -> Mapping[str, int]:
    """Whom an object may mean: not whoever the same clause has as its subject (父母都不管他)."""
    if not cue("people.object_of").search(plain[max(0, start - 3) : start]) or plain[end : end + 1] in ("的", "自", "家"):
        return named
    clause = max(plain.rfind(mark, 0, start) for mark in ",。;!?")
    subject = next((m.person for m in reversed(found) if m.start > clause), None)
    return {person: count for person, count in named.items() if person != subject}


def possessor_before(words: str, found: Sequence[Mention]) -> str | None:
    """Whose relative was meant when the same two words were said before (他爸…,能落他爸那)."""
    return next((m.owner for m in reversed(found) if m.words == words and m.owner), None)


def speaker(word: str, found: Sequence[Mention], plain: str, start: int) -> str | None:
    """Who speaks of himself: 大儿子说他那边也能落."""
    last = found[-1] if found else None
    if last is None or last.relation in (SELF, COUPLE, NOBODY, PRONOUN) or not fits(word, last.words):
        return None
    return last.person if cue("people.says").fullmatch(plain[last.end : start]) else None


def gone_with(word: str, found: Sequence[Mention], plain: str, start: int) -> str | None:
    """Whom one goes with, where the clause before says with whom one lives or goes (想跟弟弟一起住,户口能随他不): the same."""
    last = found[-1] if found else None
    if last is None or last.relation in (SELF, COUPLE, NOBODY, PRONOUN) or last.plural or not fits(word, last.words):
        return None
    joins = cue("people.goes_with")
    near = plain[last.end : start].count(",") == 1 and not any(mark in plain[last.end : start] for mark in "。;!?")
    both = joins.search(plain[max(0, start - 3) : start]) and joins.search(plain[max(0, last.start - 3) : last.start])
    return last.person if near and both else None


def said_to_be(owner: str | None, found: Sequence[Mention], plain: str, first: int) -> str | None:
    """Who is named before and only said to be somebody's relative too (跟我弟走,就是她亲爸); ``first`` is where these words begin."""
    last = found[-1] if found else None
    if owner in (None, NOBODY, SELF, COUPLE) or last is None or last.relation in (SELF, COUPLE, NOBODY, PRONOUN) or last.person == owner:
        return None
    return last.person if cue("people.also_is").fullmatch(plain[last.end : first]) else None


def _surely(word: str, person: str, found: Iterable[Mention]) -> bool:
    """Whether the words for somebody, alone or before 她妈 (弟媳妇|她妈), tell the gender that the pronoun has."""
    right, wrong = (_FEMALE, _MALE) if word.startswith("她") else (_MALE, _FEMALE)
    called = [m.words if m.person == person else _BEFORE_PRONOUN.split(m.words)[0] for m in found if person in (m.person, m.owner)]
    return any(right.search(w[-3:]) and not wrong.search(w[-3:]) for w in called if w and not _BEFORE_PRONOUN.match(w))


def _mark(word: str, own: Iterable[Mention], words: list[str], several: bool, often: bool) -> int:
    """How well a pronoun fits a relative."""
    right, wrong = (_FEMALE, _MALE) if word.startswith("她") else (_MALE, _FEMALE)
    known = any(right.search(w[-3:]) and not wrong.search(w[-3:]) for w in words)
    same_word = not words and any(m.words[:1] == word[:1] for m in own)
    gender = same_word or any(right.search(w[-3:]) for w in words) or word in ("ta", "其") or several
    plural = any(m.plural for m in own if m.relation != PRONOUN or not words)  # 我爸…他俩…,他: still one man
    return int(known) + 2 * int(gender) + 2 * int(plural == several) + int(often)


def _nobody_named(word: str, found: Sequence[Mention], anyone: bool, wedded: bool, about: str, apart: bool) -> str:
    """Whom a pronoun means where no relative is counted: the nearest that fits, or the spouse of who speaks of a marriage."""
    alone = UNNAMED if apart else SELF  # 他有房我没有: whoever it is; 他有房,能落吗: the one asked for
    unnamed = about if about != SELF else "spouse" if wedded or any(m.relation == COUPLE for m in found) else alone  # 我俩领了证,他…
    stranger = NOBODY if any(m.relation == NOBODY for m in found) else unnamed
    nearest = (m for m in reversed(found) if m.relation not in (SELF, COUPLE, NOBODY, PRONOUN))
    return next((m.person for m in nearest if anyone or fits(word, m.words)), stranger)
