"""Lengths of time in Chinese text, in whole months: 三年零六个月, 快一年, 不到半年, and what day they count back or ahead to.

No clock: ``as_of`` is always handed in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.eligibility.values import Dates
from bot.reading.text.cues import cue
from bot.reading.text.expressions import compiled
from bot.reading.text.numbers import number
from bot.reading.time.months import add_months

_N = r"(?:\d{1,3}(?:\.\d)?|[一二两三四五六七八九十廿卅百]{1,5}|[俩仨])"
HEDGES = cue("durations.hedges").pattern
"""Words that make a length or a day rough."""
_MONTH = {"俩": 2, "仨": 3}


@dataclass(frozen=True)
class DurationReading:
    """A length of time in whole months, both ends included; ``None`` is an open end.

    半年 is 6..6, 三年零六个月 42..42, 三年了 36..47, 满一年 from 12, 刚满一年 12..12, 一年多 12..23, 快一年 10..11, 不到半年 0..5,
    差两个月满一年 10..10, 差不多半年 5..7 with ``hedged``.  ``days`` is set where it was counted in days or weeks (10天).
    """

    months_min: int | None
    months_max: int | None
    span: tuple[int, int]
    hedged: bool = False
    days: int | None = None


_CORE = (
    rf"(?P<few>好?几(?:十)?个?(?:年|月|天|周|星期|礼拜)|多年|好些年|十几年|几十年)"
    # 下半年, 明年后半年: a part of a year and no length; 社保交上半年了 is one
    r"|(?P<half>(?:大|小|多)?(?<!(?<![交缴干住待做租])[上下])(?<![今明去后前来]年[前后])半年|半个多?月)"
    rf"|(?P<pair>(?:一两|两三|三四|三五|四五|五六|六七|七八|八九)(?:年|个(?:多)?月))"
    rf"|(?P<years>{_N})(?P<ymore>多|来|几)?(?:年|周年|个年头)(?:(?P<half2>半)|[零又]?(?P<ym>{_N})(?:个|(?<=[俩仨]))(?P<yhm>半)?月)?"
    rf"|(?P<months>{_N})(?P<mmore>多|来)?个(?P<mmore2>多|来)?(?P<hm>半)?月"
    r"|(?P<months2>[俩仨])月"
    rf"|(?P<weeks>{_N})(?:个?(?:星期|礼拜)|周)"
    rf"|(?P<days>{_N})(?:天|日(?!期|子))"
)
_NEAR = cue("durations.near").pattern
_UNDER = cue("durations.under").pattern
_FULL = cue("durations.full").pattern
_OVER = cue("durations.over").pattern
_FLOOR = cue("durations.floor").pattern
_PREFIX = rf"(?P<near>{_NEAR})|(?P<under>{_UNDER})|(?P<full>{_FULL})|(?P<over>{_OVER})|(?P<about>{HEDGES})|(?P<floor>{_FLOOR})"
_SUFFIX = (
    r"(?P<more>多|有余|出头|开外)(?P<le2>了)?|(?P<sabout>左右|上下|前后)|(?P<up>以上|及以上|往上)|"
    r"(?P<within>以?之?内|以下)|(?P<snot>不到|不满)|(?P<le>了(?!解))|(?P<whole>整)"
)
_DURATION = compiled(rf"(?:(?:{_PREFIX})(?:了)?的?)?(?:(?P<about2>{HEDGES}))?(?:{_CORE})(?:{_SUFFIX})?")
_GAP = re.compile(
    rf"(?:还)?(?:差|欠|再过|再有|还有)(?:了)?(?P<gap>(?:{_N}个?月|半个月|{_N}天|{_N}周))(?:的?时间)?(?:才|"
    rf"就|便)?(?:能|要|会)?(?:满|到|够)(?P<goal>{_N}年半?|半年|{_N}个月)"
)
# What makes a number before 年 no length of time: 三年级, 两年制, 年薪, 年代, 学年.
_NOT_YEARS = cue("durations.not_years")
_YEAR_AFTER = cue("durations.year_after")
_YEAR_WORD = cue("durations.year_word")
_LASTING = cue("durations.lasting")
_EDGE = cue("durations.edge")


def _count(words: str) -> tuple[float, float]:
    """Lower and upper bound of a numeral; (1, 1) where it is none."""
    if words in _MONTH:
        return _MONTH[words], _MONTH[words]
    reading = number(words)
    return (reading.low, reading.high) if reading else (1, 1)


def is_year(plain: str, start: int, end: int, digits: str) -> bool:
    """Whether the two-digit number ``digits`` before 年 (``end`` is behind 年) names a calendar year (17年在那儿开店) and not a length."""
    if digits[0] in "0零〇":
        return True
    after, before = plain[end : end + 6], plain[max(0, start - 4) : start]
    if _YEAR_AFTER.match(after):
        return True
    if _EDGE.match(after) or _LASTING.search(before):
        return False
    if digits.isdigit():
        return bool(_YEAR_WORD.match(after)) or int(digits) >= 40
    # Digit by digit (一八年) nobody counts years; 两三年 and its like are a rough length.
    return not set(digits) & set("十两廿卅百") and digits not in ("二三", "三四", "三五", "四五", "五六", "六七", "七八", "八九")


def _core(match: re.Match[str]) -> tuple[int | None, int | None, int | None, int, bool]:
    """Bounds in months, days if counted so, the step of the unit in months, and whether the core itself is rough."""
    group = match.groupdict()
    if few := group["few"]:
        step = 12 if "年" in few else 1
        if "天" in few:
            return 0, 0 if "十" not in few else 3, 20 if "十" in few else 5, 0, True
        if re.search("周|星期|礼拜", few):
            return 0, 2, 21, 0, True
        if few in ("多年", "好些年"):
            return 24, None, None, 12, True
        least, most = (11, 19) if few.startswith("十几") else (20, 99) if "十" in few else (3 if few.startswith("好") else 2, 9)
        return least * step, most * step + step - 1, None, step, True
    if half := group["half"]:
        if "月" in half:
            return 0, 0, 15, 0, "多" in half
        return {"大": (7, 11, None, 6, True), "小": (4, 5, None, 6, True), "多": (6, 11, None, 6, True)}.get(
            half[0], (6, 6, None, 6, False)
        )
    if pair := group["pair"]:
        low, high = _count(pair[:2])
        step = 12 if "年" in pair else 1
        return int(low) * step, int(high) * step, None, step, True
    if group["years"]:
        low, high = _count(group["years"])
        if more := group["ymore"]:
            reading = number(group["years"] + ("多" if more == "几" else more))
            if reading and low >= 10 and low % 10 == 0:
                return int(reading.low * 12), int(reading.high * 12) + 11, None, 12, more == "来"
            return int(low * 12), int(low * 12) + 11, None, 12, False
        months, top, step = int(low * 12), int(high * 12), 12
        if group["half2"]:
            months, top, step = months + 6, top + 6, 6
        elif group["ym"]:
            extra = _count(group["ym"])
            months, top, step = months + int(extra[0]), top + int(extra[1]), 1
        return months, top, None, step, False
    words = group["months"] or group["months2"]
    if words:
        low, high = _count(words)
        if group["hm"]:
            return int(low), int(high), int(low * 30 + 15), 1, False
        if group["mmore"] or group["mmore2"]:
            reading = number(words + "多") if low >= 10 and low % 10 == 0 else None
            return int(reading.low if reading else low), int(reading.high if reading else low), None, 0, True
        return int(low), int(high), None, 1, False
    days = _count(group["weeks"])[0] * 7 if group["weeks"] else _count(group["days"])[0]
    return int(days // 31), int(days // 28), int(days), 0, False


def find_durations(plain: str) -> list[DurationReading]:
    """Every length of time in the text, from left to right, those that ``find_dates`` reads as a date (3个月后) included."""
    found: list[DurationReading] = []
    gaps = []
    for lack in _GAP.finditer(plain):
        goal = _plain_months(lack["goal"])
        gap = _plain_months(lack["gap"])
        if goal is not None:
            months = goal - (gap if gap else 1)
            if months >= 0:
                gaps.append(DurationReading(months, months, lack.span()))
    at = 0
    while match := _DURATION.search(plain, at):
        start, end = match.span()
        at = max(end, start + 1)
        within = next((gap for gap in gaps if gap.span[0] < end and start < gap.span[1]), None)
        if within:
            found.append(within)
            at = within.span[1]
            continue
        years = match["years"]
        if years and not (match["half2"] or match["ym"]):
            unit = plain.index("年", match.end("years")) + 1
            if match["ymore"] == "几" and years in "五六七八九":
                continue  # 九几年 is the nineties
            if _NOT_YEARS.match(plain, unit) or (match.start("years") and plain[match.start("years") - 1] in "0123456789.零〇第"):
                continue
            if len(years) == 2 and not match["ymore"] and is_year(plain, match.start("years"), unit, years):
                continue
        if match["days"] and plain[end - 1] == "日" and plain[match.start("days") - 1 : match.start("days")] == "月":
            continue
        if (match["days"] or match["months"]) and match.start() and plain[match.start() - 1] in "第.-/":
            continue
        found.append(_duration(match, plain))
    return found


def _plain_months(words: str) -> int | None:
    """Whole months of a bare length such as 一年半 or 两个月; ``None`` where it is shorter than a month."""
    match = _DURATION.fullmatch(words)
    if not match:
        return None
    low, _, days, _, _ = _core(match)
    return None if days and not low else low


def _duration(match: re.Match[str], plain: str) -> DurationReading:
    """The reading of one match of the duration pattern, its prefix and suffix weighed."""
    low, high, days, step, rough = _core(match)
    group = match.groupdict()
    span = match.span()
    if low is None:
        return DurationReading(low, high, span, rough, days)
    hedged = rough
    if group["under"] or group["snot"]:
        return DurationReading(0, max(low - 1, 0), span, hedged, None)
    if group["near"]:
        near = max(low - (2 if step == 12 else 1 if low > 1 else 1), 0)
        return DurationReading(near, max(low - 1, 0), span, hedged, None)
    if group["within"]:
        return DurationReading(0, high, span, hedged, days)
    if group["over"] or group["up"]:
        return DurationReading(low, None, span, hedged, days)
    if group["about"] or group["about2"] or group["sabout"]:
        slack = 2 if step == 12 and low >= 12 else 1
        return DurationReading(max(low - slack, 0), None if high is None else high + slack, span, True, days)
    if group["more"]:
        whole = high if high is not None and high > low else low + (11 if step == 12 else 5 if step == 6 else 0)
        return DurationReading(low, whole, span, hedged or step == 0, None)
    if group["full"] or group["whole"]:
        return DurationReading(low, high, span, hedged, days)
    floor = group["floor"] or ""
    if "满" in floor or floor in ("够", "足足", "足有"):
        return DurationReading(low, None if "满" in floor or floor == "够" else high, span, hedged, days)
    passed = bool(group["le"]) or bool(re.search(r"了$|已经$", plain[max(0, span[0] - 2) : span[0]])) or floor.startswith("已经")
    if passed and step == 12 and low == high:
        return DurationReading(low, low + 11, span, hedged, days)
    return DurationReading(low, high, span, hedged, days)


def since(duration: DurationReading, as_of: date) -> Dates:
    """The days on which something began that has lasted this long on ``as_of``.

    三年了 is more than four years ago excluded, three years ago included; an exact count of months leaves the month open (5个月: begun less
    than six and at least five months ago); days count exactly.
    """
    if duration.days is not None and duration.months_max is not None and not duration.hedged:
        day = as_of - timedelta(days=duration.days)
        return Dates(day, day)
    last = add_months(as_of, -(duration.months_min or 0))
    first = None if duration.months_max is None else add_months(as_of, -(duration.months_max + 1)) + timedelta(days=1)
    return Dates(min(first, last) if first else None, last)


def ahead(duration: DurationReading, as_of: date) -> Dates:
    """The days that lie this far ahead of ``as_of``: an exact count of months is exactly that day, rough words give an interval."""
    if duration.days is not None and not duration.hedged:
        day = as_of + timedelta(days=duration.days)
        return Dates(day, day) if duration.months_min or duration.days <= 31 or duration.months_max else Dates(as_of, day)
    low = duration.months_min or 0
    first = add_months(as_of, low)
    if duration.months_max is None:
        return Dates(first, None)
    last = add_months(as_of, duration.months_max)
    if duration.months_max > low and not duration.hedged:
        last = add_months(as_of, duration.months_max + 1) - timedelta(days=1)
    if duration.hedged and low == duration.months_max:
        first, last = first - timedelta(days=15), last + timedelta(days=15)
    return Dates(first, last)
