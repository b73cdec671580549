"""Personal data in a message is replaced before anything is stored, logged or parsed.

Found in every spelling that stands for the same characters: full width, other digits of Unicode, digits in words (一三八…), broken
up by spaces, dashes and other marks, with invisible characters in between. What counts as a personal number is said in
:mod:`bot.channels.personal`; here are also e-mail addresses, number plates, passports and travel permits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.channels.personal import find_numbers

_NAMES = {
    "id": "身份证号",
    "mobile": "手机号",
    "phone": "电话号码",
    "card": "银行卡号",
    "email": "邮箱",
    "plate": "车牌号",
    "passport": "证件号",
}
_WORDS = str.maketrans("零〇○壹一幺贰二叁三肆四伍五陆六柒七捌八玖九", "0001112233445566778899")
_IN_WORDS = re.compile("[零〇○壹一幺贰二叁三肆四伍五陆六柒七捌八玖九]")
_FEWEST_IN_WORDS = 3
# Letters that show nothing: fillers, the empty braille pattern.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")

_GAP = r"[ \t·•.\-_‐‑‒–—―−]{0,2}"
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64} ?@ ?[A-Za-z0-9\-]{1,63}(?: ?[.。] ?[A-Za-z0-9\-]{1,63}){0,3} ?[.。] ?[A-Za-z]{2,24}")
_PLATE = re.compile(
    rf"(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]{_GAP}[A-HJ-NP-Z]{_GAP}"
    rf"(?:[A-HJ-NP-Z0-9]{_GAP}){{4}}(?:[A-HJ-NP-Z0-9]{_GAP}[A-HJ-NP-Z0-9]|[A-HJ-NP-Z0-9学警挂港澳试超])"
    rf"|WJ{_GAP}(?:[\u4e00-\u9fff]{_GAP})?(?:[0-9]{_GAP}){{4}}[A-Z0-9])(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PASSPORT = re.compile(rf"(?<![A-Za-z0-9/])([A-Z](?:{_GAP}[A-HJ-NP-Z])?)({_GAP}[0-9](?:{_GAP}[0-9]){{6,9}})(?![A-Za-z0-9])", re.IGNORECASE)
_PASSPORTS = re.compile(r"[EGDSPTK][0-9]{8}|E[A-Z][0-9]{7}|[CW][A-Z]?[0-9]{7,8}|[HM][0-9]{8,10}")
_LABEL = re.compile(r"[A-Za-z]+[:_\-+]")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])")


@dataclass(frozen=True)
class Masked:
    """The text with personal data replaced, and which kinds there were."""

    text: str
    kinds: tuple[str, ...]


def mask(text: str) -> Masked:
    """Replace personal data by marks such as ``［已隐去身份证号］``.

    Other text is unchanged, and nothing is left that would be masked if it came again.
    """
    hidden = Masked(text, ())
    while (once := _masked(hidden.text)).kinds:  # what stood beside a datum may be one itself once that is gone
        hidden = Masked(once.text, tuple(sorted({*hidden.kinds, *once.kinds})))
    return hidden


def _masked(text: str) -> Masked:
    folded, origins = _fold(text)
    found: list[tuple[int, int, str]] = []
    for start, end, kind in _find(folded):
        if not any(s < end and start < e for s, e, _ in found):
            found.append((start, end, kind))
    out, at = [], 0
    for start, end, kind in sorted(found):
        out += [text[at : origins[start]], f"［已隐去{_NAMES[kind]}］"]
        at = origins[end - 1] + 1
    return Masked("".join(out) + text[at:], tuple(sorted({kind for *_, kind in found})))


def is_personal(name: str) -> bool:
    """Whether an id is a personal number, a plate or an e-mail address, alone or after a label (``tel:138…``).

    A passport does not count: a short random id (``c1234567``) looks like one.
    """
    hidden = mask(_LABEL.sub("", name.strip()))
    return set(hidden.kinds) <= {"id", "mobile", "phone", "card", "email", "plate"} and bool(
        re.fullmatch(r"\+?［已隐去[^［］]+］", hidden.text)
    )


def unseen(char: str) -> bool:
    """Whether a character shows nothing of its own: joiners, marks on others, fillers, controls."""
    return char in _BLANK or unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Cs")


def _find(folded: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and kind of everything found; where two overlap, the one that comes first here counts."""
    for match in _EMAIL.finditer(folded):
        yield match.start(), match.end(), "email"
    for match in _PLATE.finditer(folded):
        if sum(map(str.isdigit, match.group())) >= 3:
            yield match.start(), match.end(), "plate"
    for match in _PASSPORT.finditer(folded):
        digits = "".join(filter(str.isdigit, match[2]))
        broken = len(digits) < len(match[2])
        if _PASSPORTS.fullmatch("".join(filter(str.isalpha, match[1])).upper() + digits) and not (broken and _DAY.match(digits)):
            yield match.start(), match.end(), "passport"
    for number in find_numbers(folded):
        yield number.start, number.end, number.kind
    if len(_IN_WORDS.findall(folded)) >= _FEWEST_IN_WORDS:
        for number in find_numbers(folded.translate(_WORDS)):
            if len(_IN_WORDS.findall(folded, number.start, number.end)) >= _FEWEST_IN_WORDS:
                yield number.start, number.end, number.kind


def _fold(text: str) -> tuple[str, list[int]]:
    """The text in plain characters without invisible ones, and for each of them where it stands in the text."""
    out: list[str] = []
    origins: list[int] = []
    for at, char in enumerate(text):
        if char < "\x7f" or "\u4e00" <= char <= "\u9fff":
            if char < " " and char not in "\t\n\r":
                continue
            out.append(char)
            origins.append(at)
            continue
        if unseen(char):
            continue
        digit = unicodedata.decimal(char, None)
        for plain in unicodedata.normalize("NFKC", char) if digit is None else str(digit):
            if unicodedata.category(plain)[0] != "M":
                out.append(plain)
                origins.append(at)
    return "".join(out), origins
