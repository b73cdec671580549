"""Personal data in a message is replaced before anything is stored, logged or parsed.

Found in full-width and spaced spellings too: identity numbers of 18 digits (with their checksum or a plausible birthday) and
15 digits, mobile numbers, bank cards (Luhn), e-mail addresses, number plates, passports and travel permits.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_GAP = r"[ \t\u00a0\u3000·.\-—_]{0,2}"
_NAMES = {"id": "身份证号", "mobile": "手机号", "card": "银行卡号", "email": "邮箱", "plate": "车牌号", "passport": "证件号"}

_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}")
_LONG = re.compile(rf"(?<![0-9])[0-9](?:{_GAP}[0-9]){{12,18}}(?:{_GAP}[Xx])?(?![0-9])")
_MOBILE = re.compile(rf"(?<![0-9])(?:(?:\+|00)?86{_GAP})?1{_GAP}[3-9](?:{_GAP}[0-9]){{9}}(?![0-9])")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(rf"[{_PROVINCES}][A-HJ-NP-Z][·.\- ]?[A-HJ-NP-Z0-9]{{5,6}}(?![A-Za-z0-9])", re.IGNORECASE)
_PASSPORT = re.compile(
    r"(?<![A-Z0-9])(?:[EGDSPH][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|[CW][A-Z]?[0-9]{7,8}|[HM][0-9]{8,10})(?![A-Z0-9])", re.IGNORECASE
)


@dataclass(frozen=True)
class Masked:
    """The text with personal data replaced, and which kinds there were."""

    text: str
    kinds: tuple[str, ...]


def mask(text: str) -> Masked:
    """Replace personal data by marks such as ``［已隐去身份证号］``; other text is unchanged."""
    folded = _fold(text)
    found: list[tuple[int, int, str]] = []
    for kind, pattern in (("email", _EMAIL), ("long", _LONG), ("mobile", _MOBILE), ("plate", _PLATE), ("passport", _PASSPORT)):
        for match in pattern.finditer(folded):
            name = _kind_of_number(match.group()) if kind == "long" else kind
            if name and not any(s < match.end() and match.start() < e for s, e, _ in found):
                found.append((match.start(), match.end(), name))
    out, at = [], 0
    for start, end, name in sorted(found):
        out += [text[at:start], f"［已隐去{_NAMES[name]}］"]
        at = end
    return Masked("".join(out) + text[at:], tuple(sorted({name for *_, name in found})))


def _fold(text: str) -> str:
    """Full-width letters and digits as plain ones, character for character, so that offsets stay."""
    out = []
    for char in text:
        plain = unicodedata.normalize("NFKC", char)
        out.append(plain if len(plain) == 1 else char)
    return "".join(out)


def _kind_of_number(text: str) -> str | None:
    number = re.sub(r"[^0-9Xx]", "", text).upper()
    if len(number) == 18 and (_checksum(number) or _birthday(number[6:14])):
        return "id"
    if "X" in number:
        return None
    if re.fullmatch(r"(?:00)?861[3-9][0-9]{9}", number):
        return "mobile"
    if len(number) == 15 and _birthday("19" + number[6:12]):
        return "id"
    if 13 <= len(number) <= 19 and _luhn(number):
        return "card"
    return None


def _checksum(number: str) -> bool:
    return number[:17].isdigit() and "10X98765432"[sum(w * int(c) for w, c in zip(_WEIGHTS, number, strict=False)) % 11] == number[17]


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
