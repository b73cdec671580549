"""Whether somebody wants a register moved, in whatever words: 户口能挪过来不, 想落他那儿, 这种情况落哪, 让不让投奔.

A wish is told apart from a move that is over (户口早落这儿了) by the word of wanting before it or the question behind it.
"""

from __future__ import annotations

import re

from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_BRINGS = cue("wanting.brings")
_WISH, _OVER, _WHETHER, _OWN = cue("wanting.wish"), cue("wanting.over"), cue("wanting.whether"), cue("wanting.own")
_LOOK = cue("wanting.look")
_MAY_COME, _FITS, _OR_ELSE = cue("wanting.may_come"), cue("wanting.fits"), cue("wanting.or_else")
_CLAUSE = re.compile("[,。;?!]+")
_OF_THE_CASE = cue("wanting.of_the_case")
_EITHER_OR = cue("wanting.either_or")
_ASKS = cue("wanting.asks")
_NAMES_A_KIND = cue("wanting.kind")


def wants_to_register(plain: str) -> bool:
    """Whether the plain text holds a wish to have somebody's register moved, or asks whether it may be."""
    plain = cue("wanting.denied").sub("", plain)  # 我不打算迁户口,就是孩子上学
    return any(not _OVER.match(plain, m.start()) for m in _WISH.finditer(plain))


def wants_own_register(plain: str) -> bool:
    """Whether it is somebody's own register that is to come to a home."""
    return any(not _OVER.match(plain, m.start()) for m in _OWN.finditer(plain))


def brings_register(plain: str) -> bool:
    """Whether it is asked how a register is brought here, whatever is named as the reason (上一年级了,户口在老家咋弄过来)."""
    return _BRINGS.search(plain) is not None


def asks(plain: str) -> bool:
    """Whether the plain text asks anything."""
    return bool(_ASKS.search(plain))


def only_asks(plain: str) -> bool:
    """Whether every clause asks or does no more than name a kind of case (公租房,廉租房,公房都能落户不; 硕士落户要啥)."""
    clauses = [clause for clause in _CLAUSE.split(without_asking(plain)) if len(clause) > 1]
    return bool(clauses) and all(asks(c) or _EITHER_OR.search(c) or _NAMES_A_KIND.fullmatch(c) for c in clauses)


def without_asking(plain: str) -> str:
    """The plain text without the words that only say that something is asked (我就想问一句)."""
    return cue("reader.asking").sub("", plain)


def asks_more(plain: str) -> bool:
    """Whether the plain text asks anything besides whether a register may come and what it tells is enough (够不够, 给个准话)."""
    clauses = _CLAUSE.split(_WHETHER.sub("", plain))
    return any((asks(clause) or _EITHER_OR.search(clause)) and not wants_to_register(clause) for clause in clauses)


def asks_whether(plain: str) -> bool:
    """Whether it is asked if a register may come, or if what is told is enough."""
    return bool(_WHETHER.search(plain) or _MAY_COME.search(plain))


def asks_which(plain: str) -> bool:
    """Whether it is asked which of two things a way means: 户口落店里还是落集体户."""
    return bool(cue("wanting.which").search(plain))


def asks_for_a_look(plain: str) -> bool:
    """Whether no more is said than that somebody wants to register and whether they may: 帮我看看能不能落户, 我想迁过来,行不行."""
    return bool(_LOOK.search(plain)) and wants_to_register(plain)


def asks_if_it_fits(plain: str) -> bool:
    """Whether it is asked if somebody fits, with no word for what (够条件吗)."""
    return bool(_FITS.search(plain))


def asks_if_enough(plain: str) -> bool:
    """Whether a clause asks no more than if what was told is enough, of nothing that it names: 这样够不够格, 我这种情况合政策吗.

    房东说了算不算 asks of the landlord.
    """
    return any(_rests(clause, asked) for clause in _CLAUSE.split(plain) for asked in (_WHETHER, _FITS))


def told_before_asking(plain: str) -> str | None:
    """What is told before a last clause that asks no more than whether it matters (没签合同,这样也行: 没签合同).

    ``None`` where there is no such clause, or where what stands before it asks as well.
    """
    found = cue("wanting.matters").search(plain)
    told = plain[: found.start()] if found else ""
    return told if told and not asks(told) and not _WHETHER.search(told) else None


def _rests(clause: str, asked: re.Pattern[str]) -> bool:
    rest, times = asked.subn("", clause)
    return bool(times) and not _OF_THE_CASE.sub("", rest).rstrip("".join(group("wanting.particles")))


def turns_to_another(before: str) -> bool:
    """Whether the words before a relative's name bring up somebody else to follow (还有|我亲姐, 要不投靠|我叔)."""
    return bool(_OR_ELSE.match(before))
