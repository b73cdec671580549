"""Whom 他, 她 and 其 stand for: the relative named most, of the fitting gender where the words tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.reading.cues import cue
from bot.reading.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.mention import Mention

_FEMALE = cue("people.female")
_MALE = cue("people.male")
_OFTEN = 3  # named so often, a person is the one the message is about


def female(words: str) -> bool:
    """Whether a word is said of a woman."""
    return bool(_FEMALE.search(words))


def fits(pronoun: str, words: str) -> bool:
    """Whether a pronoun may stand for somebody called so: not the other gender."""
    own, other = (_FEMALE, _MALE) if pronoun.startswith("她") else (_MALE, _FEMALE)
    return not other.search(words[-3:]) or bool(own.search(words[-3:]))


def stands_for(word: str, named: Mapping[str, int], found: list[Mention], *, possessor: bool, wedded: bool, about: str) -> str:
    """Whom a pronoun stands for; the latest of equals.

    Args:
        word: the pronoun.
        named: how often each relative was named, in order of first mention.
        found: the mentions before it.
        possessor: whether a kinship word follows (他妈).
        wedded: whether the message speaks of a marriage, so that a pronoun with nobody before it is the spouse.
        about: whom the conversation speaks of.
    """
    several = word.endswith(("们", "俩"))
    anyone = several or word in ("其", "ta")
    best, score = _nobody_named(word, found, anyone, wedded, about), (-1, -1)
    for position, (person, count) in enumerate(named.items()):
        own = [m for m in found if m.person == person]
        further = "/" in person and (possessor or any(p == person.split("/")[0] for p in named))
        if further and (possessor or word.startswith("他") or not any(female(m.words[-2:]) for m in own)):
            continue  # 孩子他大姑…她: the aunt, as nothing says the child is a girl
        words = [m.words for m in own if m.relation != PRONOUN]
        if words and not anyone and not any(fits(word, w) for w in words):
            continue
        mark = (_mark(word, own, words, several, count >= _OFTEN), position)
        if mark > score:
            best, score = person, mark
    return best


def _mark(word: str, own: Iterable[Mention], words: list[str], several: bool, often: bool) -> int:
    """How well a pronoun fits a relative."""
    right, wrong = (_FEMALE, _MALE) if word.startswith("她") else (_MALE, _FEMALE)
    known = any(right.search(w[-3:]) and not wrong.search(w[-3:]) for w in words)
    same_word = not words and any(m.words[:1] == word[:1] for m in own)
    gender = same_word or any(right.search(w[-3:]) for w in words) or word in ("ta", "其") or several
    plural = any(m.plural for m in own)
    return int(known) + 2 * int(gender) + 2 * int(plural == several) + int(often)


def _nobody_named(word: str, found: list[Mention], anyone: bool, wedded: bool, about: str) -> str:
    """Whom a pronoun means where no relative is counted: the nearest that fits, or the spouse of who speaks of a marriage."""
    unnamed = about if about != SELF else "spouse" if wedded or any(m.relation == COUPLE for m in found) else SELF  # 我俩领了证,他…
    stranger = NOBODY if any(m.relation == NOBODY for m in found) else unnamed
    nearest = (m for m in reversed(found) if m.relation not in (SELF, COUPLE, NOBODY, PRONOUN))
    return next((m.person for m in nearest if anyone or fits(word, m.words)), stranger)
