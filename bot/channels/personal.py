"""Which digits are a personal number: identity numbers, mobile and fixed telephone numbers, bank cards. Pure.

The digits of a message are looked at in stretches of whole groups (``138 0013 8000`` are three), so that a number is found
however it is broken up, and a year, a date, a list or an amount beside it is not taken for a part of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

GAP = r"[ \t\n\r\u00a0\u3000·•.。,，、/\\|()（）\[\]\-_‐‑‒–—―−]{0,3}"
"""What may stand between two digits of one number."""
LONGEST = 19
"""Digits of the longest number there is: a bank card."""

_RUN = re.compile(rf"[0-9](?:{GAP}[0-9])*(?:{GAP}[Xx](?![A-Za-z]))?")
_GROUP = re.compile(r"[0-9]+[Xx]?|[Xx]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# The first two digits of an identity number: the provinces, and what residence permits begin with.
_REGION = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[0-9]")
_MOBILE = re.compile(r"(?:(?:00)?86|0)?1[3-9][0-9]{9}")
_FIXED = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7}")
# The networks of cards: American Express and JCB, Visa, Mastercard (two ranges), UnionPay and what banks here issued before it.
_CARD = re.compile(r"3[04-9]|[456]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|9[0-9]")
_PAUSE = re.compile("[，、,。]")
_DAY = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}(?:(?P<mark> ?[.\-/—–] ?)(?:1[0-2]|0?[1-9])(?:(?P=mark)(?:[12][0-9]|3[01]|0?[1-9]))?"
    r"|(?:1[0-2]|0[1-9])(?:[12][0-9]|3[01]|0[1-9]))(?![0-9])"
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True)
class Number:
    """A personal number found: where it stands, and its kind (``id``, ``mobile``, ``phone`` or ``card``)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class _Group:
    start: int
    end: int
    digits: str
    dated: bool = False


def find_numbers(text: str) -> Iterator[Number]:
    """Every personal number in a text whose digits are ASCII, from left to right, none overlapping another."""
    for run in _RUN.finditer(text):
        if sum(map(str.isdigit, run.group())) >= 10:
            days = [range(*m.span()) for m in _DAY.finditer(run.group())]
            groups = [
                _Group(run.start() + m.start(), run.start() + m.end(), m.group().upper(), any(m.start() in day for day in days))
                for m in _GROUP.finditer(run.group())
            ]
            yield from _of_run(groups, text, _PASSES)


def _of_run(groups: Sequence[_Group], text: str, passes: Sequence[_Pass]) -> Iterator[Number]:
    """What the first pass finds, whatever stands around it; then what the others find in the groups between."""
    if not passes:
        return
    rest: list[_Group] = []
    at = 0
    while at < len(groups):
        number, after = _at(groups, at, passes[0], text)
        if number:
            yield from _of_run(rest, text, passes[1:])
            rest = []
            yield number
        else:
            rest += groups[at:after]
        at = after
    yield from _of_run(rest, text, passes[1:])


def _at(groups: Sequence[_Group], at: int, wanted: _Pass, text: str) -> tuple[Number | None, int]:
    """The number that begins with a group, and the place of the group to look at next."""
    digits = groups[at].digits
    if len(digits) > LONGEST:
        found = _holds_id(digits) and wanted("id", digits, [digits])
        return (Number(groups[at].start, groups[at].end, "id") if found else None), at + 1
    digits = ""
    for end in range(at, len(groups)):
        digits += groups[end].digits
        if len(digits) > LONGEST:
            break
        taken = groups[at : end + 1]
        parts = [g.digits for g in taken]
        marks = [text[a.end : b.start] for a, b in zip(taken, taken[1:], strict=False)]
        kind = kind_of(digits, parts, marks, any(g.dated for g in taken))
        if kind and wanted(kind, digits, parts):
            return Number(taken[0].start, taken[-1].end, kind), end + 1
    return None, at + 1


# The surest first: an identity number of today, a bank card written as on the card, then everything.
_Pass = Callable[[str, str, Sequence[str]], bool]
_PASSES: tuple[_Pass, ...] = (
    lambda kind, digits, groups: kind == "id" and len(digits) >= 18,
    lambda kind, digits, groups: kind == "card" and len(digits) >= 16 and len(groups[0]) >= 4,
    lambda kind, digits, groups: True,
)


def kind_of(digits: str, groups: Sequence[str], marks: Sequence[str] = (), dated: bool = False) -> str | None:
    """The kind of a number written in these groups; ``None`` for an ordinary number.

    ``marks`` are what parts the groups; ``dated`` says that some of them are a day of the calendar (1988.05.13, 19880513).
    """
    whole = len(groups) == 1
    if len(digits) == 18 and _is_id(digits, whole) and (not dated or len(groups[0]) >= 6 or _holds_id(digits)):
        return "id"
    if "X" in digits or (not whole and _ordinary(groups, marks, dated)):
        return None
    if _is_id(digits, whole):
        return "id"
    if _MOBILE.fullmatch(digits):
        return "mobile"
    if _FIXED.fullmatch(digits) and (whole or _parted_after_area(groups)):
        return "phone"
    return "card" if 13 <= len(digits) <= LONGEST and _CARD.match(digits) and _luhn(digits) else None


def _is_id(digits: str, whole: bool) -> bool:
    """An identity number: of 18 places by birthday or check digit, of 15 by birthday; one broken up has to be of a region as well."""
    region = bool(_REGION.match(digits))
    if len(digits) == 18 and digits[:17].isdigit():
        return (whole or region) and (_birthday(digits[6:14]) or _checksum(digits))
    return len(digits) == 15 and digits.isdigit() and region and _birthday("19" + digits[6:12])


def _holds_id(digits: str) -> bool:
    """Whether an identity number stands somewhere in digits that are run together."""
    return any(
        _REGION.match(digits, at) and _birthday(digits[at + 6 : at + 14]) and _checksum(digits[at : at + 18])
        for at in range(min(len(digits), 64) - 17)
    )


def _ordinary(groups: Sequence[str], marks: Sequence[str], dated: bool) -> bool:
    """Whether groups of digits are dates, years, a list, clauses that end in digits, or an amount with its thousands parted."""
    as_on_a_card = len(groups) >= 4 and all(len(g) == 4 for g in groups[:-1])
    years = sum(bool(_YEAR.fullmatch(g)) for g in groups) >= 2
    rising = len(groups) >= 5 and all(len(g) == 2 for g in groups) and list(groups) == sorted(set(groups))
    listed = rising or (len(groups) > 2 and all(len(g) >= 3 and g.endswith("00") for g in groups))
    clauses = len(set(marks)) > 1 and bool(_PAUSE.search("".join(marks)))
    amount = len(groups) > 2 and set(marks) <= {",", "，"} and len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:])
    return (dated and not as_on_a_card) or years or listed or clauses or amount


def _parted_after_area(groups: Sequence[str]) -> bool:
    """Whether a fixed number is parted from its area code: 0635-8212345."""
    return len(groups[0]) in (3, 4) and all(len(g) >= 3 for g in groups[1:])


def _checksum(number: str) -> bool:
    return "10X98765432"[sum(w * int(c) for w, c in zip(_WEIGHTS, number, strict=False)) % 11] == number[17]


def _birthday(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year <= 2100
    except ValueError:
        return False


def _luhn(number: str) -> bool:
    total = 0
    for i, char in enumerate(reversed(number)):
        digit = int(char) * (1 + i % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0
