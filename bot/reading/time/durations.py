"""Lengths of time in Chinese text, in whole months: 三年零六个月, 快一年, 不到半年, and what day they count back or ahead to.

No clock: ``as_of`` is always handed in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.eligibility.values import Dates
from bot.reading.text.cues import cue
from bot.reading.text.expressions import compiled
from bot.reading.time.lengths import CORE, NUMERAL, YEAR, Length, length_of
from bot.reading.time.months import add_months

HEDGES = cue("durations.hedges").pattern
"""Words that make a length or a day rough."""


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
_DURATION = compiled(rf"(?:(?:{_PREFIX})(?:了)?的?)?(?:(?P<about2>{HEDGES}))?(?:{CORE})(?:{_SUFFIX})?")
_GAP = re.compile(
    rf"(?:还)?(?:差|欠|再过|再有|还有)(?:了)?(?P<gap>(?:{NUMERAL}个?月|半个月|{NUMERAL}天|{NUMERAL}周))(?:的?时间)?(?:才|"
    rf"就|便)?(?:能|要|会)?(?:满|到|够)(?P<goal>{NUMERAL}年半?|半年|{NUMERAL}个月)"
)
# What makes a number before 年 no length of time: 三年级, 两年制, 年薪, 年代, 学年.
_NOT_YEARS = cue("durations.not_years")
_YEAR_AFTER = cue("durations.year_after")
_YEAR_WORD = cue("durations.year_word")
_LASTING = cue("durations.lasting")
_EDGE = cue("durations.edge")


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


def find_durations(plain: str) -> list[DurationReading]:
    """Every length of time in the text, from left to right, those that ``find_dates`` reads as a date (3个月后) included."""
    found: list[DurationReading] = []
    lacking = _lacking(plain)
    at = 0
    while match := _DURATION.search(plain, at):
        start, end = match.span()
        within = next((lack for lack in lacking if lack.span[0] < end and start < lack.span[1]), None)
        if within:
            found.append(within)
            at = within.span[1]
            continue
        at = max(end, start + 1)
        if not (_names_years(match, plain) or _names_a_day_or_month(match, plain)):
            found.append(_duration(match, plain))
    return found


def _lacking(plain: str) -> list[DurationReading]:
    """What is told by how much is lacking (差两个月满一年)."""
    found = []
    for lack in _GAP.finditer(plain):
        goal, gap = _plain_months(lack["goal"]), _plain_months(lack["gap"])
        months = -1 if goal is None else goal - (gap if gap else 1)
        if months >= 0:
            found.append(DurationReading(months, months, lack.span()))
    return found


def _names_years(match: re.Match[str], plain: str) -> bool:
    """Whether the number before 年 is no count of years: a decade, a year of the calendar, or part of a longer word or number."""
    years = match["years"]
    if not years or match["half2"] or match["ym"]:
        return False
    if match["ymore"] == "几" and years in "五六七八九":
        return True  # 九几年 is the nineties
    start = match.start("years")
    behind = plain.index("年", match.end("years")) + 1
    if _NOT_YEARS.match(plain, behind) or (start and plain[start - 1] in "0123456789.零〇第"):
        return True
    return len(years) == 2 and not match["ymore"] and is_year(plain, start, behind, years)


def _names_a_day_or_month(match: re.Match[str], plain: str) -> bool:
    """Whether the number is a day's or a month's (3月5日, 第三天)."""
    if match["days"] and plain[match.end() - 1] == "日" and plain[match.start("days") - 1 : match.start("days")] == "月":
        return True
    return bool((match["days"] or match["months"]) and match.start() and plain[match.start() - 1] in "第.-/")


def _plain_months(words: str) -> int | None:
    """Whole months of a bare length such as 一年半 or 两个月; ``None`` where it is shorter than a month."""
    match = _DURATION.fullmatch(words)
    if not match:
        return None
    length = length_of(match)
    return None if length.days and not length.low else length.low


def _duration(match: re.Match[str], plain: str) -> DurationReading:
    """The reading of one match of the duration pattern, its prefix and suffix weighed."""
    length = length_of(match)
    reading = DurationReading(length.low, length.high, match.span(), length.rough, length.days)
    return _short_of(match, length, reading) or _beyond_or_about(match, length, reading) or _had_so_far(match, length, reading, plain)


def _short_of(match: re.Match[str], length: Length, reading: DurationReading) -> DurationReading | None:
    """不到一年, 快一年了, 一年以内: the length is not reached, or not passed."""
    below = max(length.low - 1, 0)
    if match["under"] or match["snot"]:
        return replace(reading, months_min=0, months_max=below, days=None)
    if match["near"]:
        return replace(reading, months_min=max(length.low - (2 if length.step == YEAR else 1), 0), months_max=below, days=None)
    return replace(reading, months_min=0) if match["within"] else None


def _beyond_or_about(match: re.Match[str], length: Length, reading: DurationReading) -> DurationReading | None:
    """超过三年, 差不多三年, 三年多."""
    low, high, _, step, _ = length
    if match["over"] or match["up"]:
        return replace(reading, months_max=None)
    if match["about"] or match["about2"] or match["sabout"]:
        slack = 2 if step == YEAR and low >= YEAR else 1
        return replace(reading, months_min=max(low - slack, 0), months_max=None if high is None else high + slack, hedged=True)
    if match["more"]:
        top = high if high is not None and high > low else low + {YEAR: 11, 6: 5}.get(step, 0)
        return replace(reading, months_max=top, hedged=length.rough or step == 0, days=None)
    return None


def _had_so_far(match: re.Match[str], length: Length, reading: DurationReading, plain: str) -> DurationReading:
    """满一年 is a year at least; 三年了 and 已经三年 may be anything up to the fourth year; 三年整 and 三年 are just that."""
    if match["full"] or match["whole"]:
        return reading
    floor = match["floor"] or ""
    if "满" in floor or floor == "够":
        return replace(reading, months_max=None)
    start = match.start()
    passed = match["le"] or re.search(r"了$|已经$", plain[max(0, start - 2) : start]) or floor.startswith("已经")
    if passed and floor not in ("足足", "足有") and length.step == YEAR and length.low == length.high:
        return replace(reading, months_max=length.low + YEAR - 1)
    return reading


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
