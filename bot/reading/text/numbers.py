"""Numbers in Chinese text: 三十五, 两, 俩, 半, 十来, 二十多, 廿五, 两三, 〇, 35, 3.5, 3万."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.reading.text.cues import cue

_DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "壹": 1,
    "幺": 1,
    "二": 2,
    "贰": 2,
    "两": 2,
    "三": 3,
    "叁": 3,
    "四": 4,
    "肆": 4,
    "五": 5,
    "伍": 5,
}
_DIGITS |= {"六": 6, "陆": 6, "七": 7, "柒": 7, "八": 8, "捌": 8, "九": 9, "玖": 9}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10000}
_JOINT = {"廿": 20, "卅": 30, "俩": 2, "仨": 3}
NUMERAL = "零〇○一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万廿卅"
"""Every character a Chinese number may be written with (俩, 仨, 半, 几 aside)."""

_ARABIC = r"\d{1,12}(?:\.\d{1,4})?[百千万]?(?:多|来|余|几)?"
_CHINESE = rf"(?:好?几[十百千万]?|十几|[{NUMERAL}]{{1,14}}(?:点[{NUMERAL}]{{1,4}})?[多来余几]?|[俩仨半])"
_NUMBER = re.compile(rf"{_ARABIC}|{_CHINESE}")
# Words whose bounds no digit of theirs tells.
_FEW: dict[str, tuple[float, float]] = {"半": (0.5, 0.5), "俩": (2, 2), "仨": (3, 3), "几": (2, 9), "好几": (3, 9)}
_FEW |= {some + unit: (2 * _UNITS[unit], 10 * _UNITS[unit] - 1) for some in ("几", "好几") for unit in "十百千万"}
_TWO_DIGITS = re.compile(rf"(?P<tens>[{NUMERAL}]*?)(?P<low>[一二两三四五六七八九])(?P<high>[二两三四五六七八九])(?P<unit>[十百千万]?)")
_TENS = frozenset({"", "十", *(digit + "十" for digit in "二三四五六七八九")})
_NO_NEIGHBOURS = frozenset({"一三", "二四", "四六", "六八", "七九"})  # nobody says 一三 for two or so, as one does 三五
# Words in which a numeral counts nothing.
_IDLE = cue("numbers.idle")


@dataclass(frozen=True)
class NumberReading:
    """A number somebody wrote.

    ``low`` and ``high`` bound it (both included; equal when it is exact: 二十多 is 21..29, 十来 9..13, 两三 2..3, 半 0.5);
    ``span`` is its place in the plain text.
    """

    low: float
    high: float
    span: tuple[int, int]

    @property
    def exact(self) -> bool:
        """Whether one single number is meant."""
        return self.low == self.high


def _whole(words: str) -> float | None:
    """The value of a Chinese numeral without 多, 来, 几: by units (三百零五) or digit by digit (二〇二三); ``None`` where it is neither."""
    if any(ch in _UNITS or ch in _JOINT for ch in words):
        return _by_units(words)
    value = 0
    for ch in words:
        value = value * 10 + _DIGITS[ch]
    return value


def _by_units(words: str) -> float | None:
    """The value of a numeral with units; a last digit without one counts a tenth of the unit before it (三百五)."""
    total, section, digit, last_unit = 0, 0, None, 1
    for ch in words:
        if ch in _JOINT:
            section, last_unit = section + _JOINT[ch], 10
        elif ch in _UNITS:
            last_unit = _UNITS[ch]
            if last_unit == _UNITS["万"]:
                if total:
                    return None
                total, section = (section + (digit or 0) or 1) * last_unit, 0
            else:
                section += (1 if digit is None else digit) * last_unit
            digit = None
        elif digit:
            return None
        elif _DIGITS[ch] == 0:
            digit, last_unit = None, 10
        else:
            digit = _DIGITS[ch]
    if digit is not None:
        section += digit * (last_unit // 10 if last_unit > 10 else 1)
    return total + section


def _bounds(words: str) -> tuple[float, float] | None:
    """Lower and upper bound of a number's words."""
    if words in _FEW:
        return _FEW[words]
    rough = words[-1] if words[-1] in "多来余几" else ""
    body = words.removesuffix(rough)
    if not body:
        return None
    if not rough and (neighbours := _neighbours(body)) is not None:
        return neighbours
    value = _value(body)
    if value is None:
        return None
    return _about(value, rough) if rough else (value, value)


def _neighbours(words: str) -> tuple[float, float] | None:
    """Both bounds of two digits said in one breath (两三, 二十七八, 三五十); ``None`` where they are read as one number."""
    said = _TWO_DIGITS.fullmatch(words)
    if said is None or said["tens"] not in _TENS:
        return None
    low, high = _DIGITS[said["low"]], _DIGITS[said["high"]]
    if high - low not in (1, 2) or said["low"] + said["high"] in _NO_NEIGHBOURS:
        return None
    base = (_whole(said["tens"]) or 0) if said["tens"] else 0
    unit = _UNITS.get(said["unit"], 1)
    return base + low * unit, base + high * unit


def _value(body: str) -> float | None:
    """The value of an exact number: 3.5, 3万, 三十五, 三点五."""
    if body[0].isdigit():
        return float(body.rstrip("百千万")) * _UNITS.get(body[-1], 1)
    head, _, tail = body.partition("点")
    whole = _whole(head) if head else None
    if whole is None or not tail:
        return whole
    fraction = "".join(str(_DIGITS[ch]) for ch in tail if ch in _DIGITS)
    return float(f"{int(whole)}.{fraction or 0}")


def _about(value: float, rough: str) -> tuple[float, float]:
    """The bounds of a number with 多, 来, 余 or 几 behind it: 二十多 21..29, 十来 9..13, 三百多 310..390."""
    if value % 10:
        return value, value + 1
    step = 10.0
    while value and value % (step * 10) == 0:
        step *= 10
    if rough == "来":
        return value - step / 10, value + step * 3 / 10
    return value + step / 10, value + step * 9 / 10


def number(words: str) -> NumberReading | None:
    """The number that these words as a whole are, or ``None``."""
    if not words or len(words) > 20 or not _NUMBER.fullmatch(words):
        return None
    bounds = _bounds(words)
    return NumberReading(bounds[0], bounds[1], (0, len(words))) if bounds else None


def find_numbers(plain: str) -> list[NumberReading]:
    """Every number in the text, from left to right, longest match first; numerals inside other words (一起, 十分) are left out."""
    idle = {at for match in _IDLE.finditer(plain) for at in range(*match.span())}
    found = []
    for match in _NUMBER.finditer(plain):
        bounds = None if match.start() in idle else _bounds(match.group())
        if bounds:
            found.append(NumberReading(bounds[0], bounds[1], match.span()))
    return found
