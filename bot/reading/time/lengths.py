"""The length of time that a count and its unit name, apart from what stands before and behind it (三年零六个月, 半年, 十几年, 10天)."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.reading.text.numbers import number

NUMERAL = r"(?:\d{1,3}(?:\.\d)?|[一二两三四五六七八九十廿卅百]{1,5}|[俩仨])"
"""The expression of a count before a unit of time."""
_BY_NAME = {"俩": 2, "仨": 3}
CORE = (
    rf"(?P<few>好?几(?:十)?个?(?:年|月|天|周|星期|礼拜)|多年|好些年|十几年|几十年)"
    # 下半年, 明年后半年: a part of a year and no length; 社保交上半年了 is one
    r"|(?P<half>(?:大|小|多)?(?<!(?<![交缴干住待做租])[上下])(?<![今明去后前来]年[前后])半年|半个多?月)"
    rf"|(?P<pair>(?:一两|两三|三四|三五|四五|五六|六七|七八|八九)(?:年|个(?:多)?月))"
    rf"|(?P<years>{NUMERAL})(?P<ymore>多|来|几)?(?:年|周年|个年头)(?:(?P<half2>半)|[零又]?(?P<ym>{NUMERAL})(?:个|(?<=[俩仨]))(?P<yhm>半)?月)?"
    rf"|(?P<months>{NUMERAL})(?P<mmore>多|来)?个(?P<mmore2>多|来)?(?P<hm>半)?月"
    r"|(?P<months2>[俩仨])月"
    rf"|(?P<weeks>{NUMERAL})(?:个?(?:星期|礼拜)|周)"
    rf"|(?P<days>{NUMERAL})(?:天|日(?!期|子))"
)
"""The expression of a length; :func:`length_of` reads what it found."""
_LONG = {"多年", "好些年"}
YEAR = 12
"""The months of a year."""


class Length(NamedTuple):
    """Bounds in whole months (``high`` is ``None`` where open), and how the length was counted.

    ``days`` is set where it was counted in days or weeks; ``step`` is the unit in months, 0 where it is less; ``rough`` whether the words
    of the count are.
    """

    low: int
    high: int | None
    days: int | None
    step: int
    rough: bool


def length_of(found: re.Match[str]) -> Length:
    """The length in a match of :data:`CORE`."""
    if few := found["few"]:
        return _few(few)
    if half := found["half"]:
        return _half(half)
    if pair := found["pair"]:
        return _one_or_other(pair)
    if found["years"]:
        return _years_and_more(found) if found["ymore"] else _years(found)
    if months := found["months"] or found["months2"]:
        return _months(found, months)
    days = _count(found["weeks"])[0] * 7 if found["weeks"] else _count(found["days"])[0]
    return Length(int(days // 31), int(days // 28), int(days), 0, False)


def _few(words: str) -> Length:
    """几年, 好几个月, 十几年, 几十天, 几周, 多年."""
    if "天" in words:
        return Length(0, 3, 20, 0, True) if "十" in words else Length(0, 0, 5, 0, True)
    if re.search("周|星期|礼拜", words):
        return Length(0, 2, 21, 0, True)
    if words in _LONG:
        return Length(24, None, None, YEAR, True)
    step = YEAR if "年" in words else 1
    least, most = 3 if words.startswith("好") else 2, 9
    if words.startswith("十几"):
        least, most = 11, 19
    elif "十" in words:
        least, most = 20, 99
    return Length(least * step, most * step + step - 1, None, step, True)


_HALF_YEARS = {"大": Length(7, 11, None, 6, True), "小": Length(4, 5, None, 6, True), "多": Length(6, 11, None, 6, True)}


def _half(words: str) -> Length:
    """半年, 大半年, 半个月, 半个多月."""
    if "月" in words:
        return Length(0, 0, 15, 0, "多" in words)
    return _HALF_YEARS.get(words[0], Length(6, 6, None, 6, False))


def _one_or_other(words: str) -> Length:
    """两三年, 五六个月."""
    low, high = _count(words[:2])
    step = YEAR if "年" in words else 1
    return Length(int(low) * step, int(high) * step, None, step, True)


def _years(found: re.Match[str]) -> Length:
    """三年, 两年半, 三年零六个月."""
    low, high = _count(found["years"])
    months, top, step = int(low * YEAR), int(high * YEAR), YEAR
    if found["half2"]:
        months, top, step = months + 6, top + 6, 6
    elif found["ym"]:
        least, most = _count(found["ym"])
        months, top, step = months + int(least), top + int(most), 1
    return Length(months, top, None, step, False)


def _years_and_more(found: re.Match[str]) -> Length:
    """三年多, 十几年, 二十来年: how much more, tens tell by themselves."""
    low, _ = _count(found["years"])
    more = found["ymore"]
    reading = number(found["years"] + ("多" if more == "几" else more)) if _is_tens(low) else None
    if reading:
        return Length(int(reading.low * YEAR), int(reading.high * YEAR) + YEAR - 1, None, YEAR, more == "来")
    return Length(int(low * YEAR), int(low * YEAR) + YEAR - 1, None, YEAR, False)


def _months(found: re.Match[str], count: str) -> Length:
    """三个月, 仨月, 三个半月, 十多个月."""
    low, high = _count(count)
    if found["hm"]:
        return Length(int(low), int(high), int(low * 30 + 15), 1, False)
    if not (found["mmore"] or found["mmore2"]):
        return Length(int(low), int(high), None, 1, False)
    reading = number(count + "多") if _is_tens(low) else None
    return Length(int(reading.low if reading else low), int(reading.high if reading else low), None, 0, True)


def _is_tens(count: float) -> bool:
    """Whether a count is ten, twenty and so on."""
    return count >= 10 and count % 10 == 0


def _count(words: str) -> tuple[float, float]:
    """Lower and upper bound of a numeral; (1, 1) where it is none."""
    if words in _BY_NAME:
        return _BY_NAME[words], _BY_NAME[words]
    reading = number(words)
    return (reading.low, reading.high) if reading else (1, 1)
