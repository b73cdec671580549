"""Calendar dates in Chinese text, as intervals: 去年12月, 下个月, 3个月后, 半年前.

No clock: ``as_of`` is always handed in.  Impossible dates are reported, never raised.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.eligibility.values import Dates
from bot.reading.text.cues import cue
from bot.reading.text.expressions import compiled
from bot.reading.text.numbers import number
from bot.reading.time.almanac import YEAR_NAMED, YEARS_FROM_NOW, find_almanac
from bot.reading.time.durations import HEDGES, DurationReading, ahead, find_durations, is_year
from bot.reading.time.months import add_months
from bot.reading.time.said_now import SaidNow, said_now


@dataclass(frozen=True)
class DateReading:
    """A day or a stretch of days somebody wrote.

    ``value`` is every day it may be, ``None`` where no such day exists (2月30日).
    ``hedged`` is set where the words are rough (大概, 左右, 刚, 最近, a month without its year that may be meant either way): no limit
    should be decided on it without asking.
    ``relative`` is set where the words count from the day of asking (3个月后, 还有14个月, 半年前).
    """

    value: Dates | None
    span: tuple[int, int]
    hedged: bool = False
    relative: bool = False


_CN = "零〇○一二三四五六七八九"
_CN_VALUE = {ch: max(0, at - 2) for at, ch in enumerate(_CN)}
_Y = (
    rf"(?:(?P<y4>\d{{4}}|[{_CN}]{{4}})年?|(?P<y2>\d{{2}}|[{_CN}]{{2}})年|(?P<rel>{YEAR_NAMED})"
    r"(?!级)的?)"
)
_MONTH_NAME = r"1[0-2]|0?[1-9]|十[一二]?|[一二两三四五六七八九]"
_M = rf"(?P<m>{_MONTH_NAME})(?:(?:月?份?[、或到至~-]|(?<=[一二三四五六七八九])(?=[二三四五六七八九]月))(?P<mt>{_MONTH_NAME}))?月份?"
# 三月十五交房, 执照是七月十五办的, 发证日期2025年7月15: a day without 日 only where the handover or the issue follows, or nothing at all
_D = (
    r"(?P<d>\d{1,2}|[一二两三四五六七八九十廿卅]{1,3})"
    r"(?:日|号|(?=(?:[才就要能])*(?:交(?:房|付|钥匙|呢|[,。]|$)|[给拿领]钥匙|收房)|[,。;!?)]|$|[才就刚]?(?:[办领拿起批发][的了下到]|下来|到手)))"
)
# 六月初一: a day of the lunar calendar
_LUNAR = r"初(?P<ld>[一二三四五六七八九十])(?![中高学]|开学|新生|年级|上学)"
_PART = r"(?P<part>初|中旬|上旬|下旬|中|底|末)"
_SEASON = (
    r"(?P<season>第?[一二三四1-4]个?季度|开春|秋后|[上下前后]半年|年?初|年?底|年?末|年中|春天|夏天|秋天|冬天|春季|夏季|秋季|冬季|春(?!节)|夏|秋|冬|"
    r"五一|十一|国庆节?|元旦|春节|过年|中秋节?|端午节?|清明|暑假|寒假|七一|八一|六一|三八)"
)
# First and last day as month, day, month, day; those of the lunar calendar wander, so the widest stretch is taken.
_HOLIDAYS = {
    "元旦": (1, 1, 1, 3),
    "春节": (1, 21, 2, 20),
    "过年": (1, 21, 2, 20),
    "三八": (3, 8, 3, 8),
    "清明": (4, 4, 4, 6),
    "五一": (5, 1, 5, 5),
    "端午": (5, 28, 6, 27),
    "六一": (6, 1, 6, 1),
    "七一": (7, 1, 7, 1),
    "八一": (8, 1, 8, 1),
    "中秋": (9, 7, 10, 8),
    "十一": (10, 1, 10, 7),
    "国庆": (10, 1, 10, 7),
    "寒假": (1, 10, 2, 28),
    "暑假": (7, 1, 8, 31),
}
_SEASONS = {
    "上半": (1, 6),
    "前半": (1, 6),
    "下半": (7, 12),
    "后半": (7, 12),
    "初": (1, 2),
    "底": (11, 12),
    "末": (11, 12),
    "中": (5, 8),
    "开春": (2, 4),
    "秋后": (9, 12),
    "春": (3, 5),
    "夏": (6, 8),
    "秋": (9, 11),
    "冬": (11, 12),
}
_BARE_M, _BARE_D, _BARE_LUNAR, _BARE_PART = (re.sub(r"\?P<(\w+)>", r"?P<b\1>", pattern) for pattern in (_M, _D, _LUNAR, _PART))
_DATE = compiled(
    r"(?P<iso>(?<!\d)(?P<iy>(?:19|20)\d{2})(?P<sep>[-/.])(?P<im>\d{1,2})(?:(?P=sep)(?P<id>\d{1,2}))?(?![\d.]))"
    rf"|(?P<full>{_Y}(?:{_M}(?:{_D}|{_LUNAR}|{_PART})?|{_SEASON})?)"
    rf"|(?P<rm>上上个?月|上个月|上月|本月|这个月|当月|下下个?月|下个月|下月)(?:(?P<rd>\d{{1,2}}|"
    rf"[一二两三四五六七八九十廿卅]{{1,3}})(?:日|号)|(?P<rpart>初|中旬|上旬|下旬|中|底|末))?"
    r"|(?P<week>上上周|上周|上个?星期|上个?礼拜|本周|这周|这个?星期|下下周|下周|下个?星期|下个?礼拜)[一二三四五六日天末]?"
    r"|(?P<decade>[零〇五六七八九])几年"
    r"|(?P<day>大前天|前天|昨天|昨日|今天|今日|明天|明日|后天|大后天)"
    rf"|(?P<bare>(?<![\d一二两三四五六七八九十个]){_BARE_M}(?:{_BARE_D}|{_BARE_LUNAR}|{_BARE_PART})?)"
    r"|(?P<tail>(?<!今)(?<!明)(?<!去)(?<!后)(?<!前)年[底末初](?!\d)|(?<![交缴干住待做租])[上下]半年|开春|秋后(?!算)|第?[一二三四1-4]个?季度(?=[^,。]{0,6}[交收拿])|"
    r"(?<![\d一二三四五六七八九十])十一(?=[^,。月号人个口条楼层块]{0,4}(?:交房|交付|交钥匙|拿钥匙|收房|交$))|月底|月初|五一(?!路|街)|国庆节?|元旦|"
    r"春节|(?<![超经通不])过年(?!龄|限|度|检|审|级)|"
    r"(?<![\d一二两三四五六七八九十半多几百来周])年[后前](?!来)|中秋节?|端午节?|暑假|寒假)"
    r"|(?P<recent>刚刚?(?!满|好|性|需|过|到(?:年|法定)|才(?:说|问))|最近|近期|前几天|前不久|前阵子|前段时间|这几天|前些天|不久前)"
)
# What is done in a year, right behind its digits alone (2022开业, 2027交房)
_DONE_THEN = cue("dates.done_then")
_PAST_CUE = cue("dates.past")
_FUTURE_CUE = cue("dates.future")


def _has_year(match: re.Match[str]) -> bool:
    """Whether a match names the year by its digits, so that it counts from no day."""
    return bool(match["iso"] or match["y4"] or match["y2"])


def _counted_from(now: SaidNow, match: re.Match[str], plain: str, as_of: date) -> DateReading | None:
    """The reading of one match, counted from the month that the message says it is."""
    reading = _read(match, plain, now.first)
    return replace(reading, value=now.as_seen_on(as_of, reading.value)) if reading and reading.value else reading


def _century(yy: int, as_of: date) -> int:
    """The four-digit year meant by two digits: not more than ten years ahead, otherwise in the last century."""
    return 2000 + yy if 2000 + yy <= as_of.year + 10 else 1900 + yy


def _int(words: str) -> int:
    reading = number(words)
    return int(reading.low) if reading else 0


def _month_dates(year: int, month: int, part: str | None = None) -> Dates | None:
    if not (1 <= year <= 9998 and 1 <= month <= 12):
        return None
    end = calendar.monthrange(year, month)[1]
    first, last = {
        None: (1, end),
        "初": (1, 10),
        "上旬": (1, 10),
        "中": (8, 22),
        "中旬": (11, 20),
        "下旬": (21, end),
        "底": (20, end),
        "末": (20, end),
    }[part]
    return Dates(date(year, month, first), date(year, month, last))


def _day_dates(year: int, month: int, day: int) -> Dates | None:
    try:
        exact = date(year, month, day)
    except ValueError:
        return None
    return Dates(exact, exact)


_MONTH_BEGINS = (20, 22)  # of the calendar's month of the same number and of the next: between them the first of a lunar month wanders


def _lunar_dates(year: int, month: int, day: int) -> Dates | None:
    """The widest stretch in which a day of a lunar month may lie (六月初一 is late in June, or well into July)."""
    if not (1 <= year <= 9997 and 1 <= month <= 12):
        return None
    later = timedelta(days=day - 1)
    early, late = _MONTH_BEGINS
    return Dates(date(year, month, early) + later, date(year + month // 12, month % 12 + 1, late) + later)


def _season_dates(year: int, words: str) -> Dates | None:
    if not 1 <= year <= 9997:
        return None
    name = words.rstrip("节") if words.rstrip("节") in _HOLIDAYS else words
    if name in _HOLIDAYS:
        m1, d1, m2, d2 = _HOLIDAYS[name]
        return Dates(date(year, m1, d1), date(year, m2, d2))
    if words.endswith("季度"):
        quarter = _int(words.strip("第个季度"))
        return Dates(date(year, quarter * 3 - 2, 1), date(year, quarter * 3, calendar.monthrange(year, quarter * 3)[1]))
    key = words[:2] if words[:2] in _SEASONS else words.lstrip("年")[:1]
    first, last = _SEASONS[key]
    start = date(year, first, 1)
    end = date(year, last, calendar.monthrange(year, last)[1])
    return Dates(start, date(year + 1, 2, calendar.monthrange(year + 1, 2)[1])) if key == "冬" else Dates(start, end)


def _year_of(match: re.Match[str], plain: str, as_of: date) -> int | None:
    """The calendar year a match names, ``None`` where its digits are a length of time after all."""
    if match["rel"]:
        return as_of.year + YEARS_FROM_NOW[match["rel"]]
    words = match["y4"] or match["y2"]
    value = int("".join(str(_CN_VALUE.get(ch, ch)) for ch in words))
    if match["y4"]:
        named = plain[match.end("y4") : match.end("y4") + 1] == "年" or words.isdigit() and _DONE_THEN.match(plain, match.end())
        if match.start() and plain[match.start() - 1].isdigit():
            return None
        return value if 1900 <= value <= 2099 and (named or (match["m"] and words.isdigit())) else None
    start = match.start("y2")
    if start and (plain[start - 1].isdigit() or plain[start - 1] in _CN + "十百第"):
        return None
    if not is_year(plain, start, match.end("y2") + 1, words):
        return None
    return _century(value, as_of)


def _read(match: re.Match[str], plain: str, as_of: date) -> DateReading | None:
    """The reading of one match of the date pattern."""
    span = match.span()
    if match["iso"]:
        year, month = int(match["iy"]), int(match["im"])
        if match["id"]:
            return DateReading(_day_dates(year, month, int(match["id"])), span)
        return DateReading(_month_dates(year, month), span) if match["sep"] != "." or 1 <= month <= 12 else None
    if match["full"]:
        named_year = _year_of(match, plain, as_of)
        if named_year is None:
            return None
        return DateReading(_of_the_year(named_year, match), span)
    if match["rm"]:
        step = match["rm"].count("下") - match["rm"].count("上")
        then = add_months(as_of.replace(day=1), step)
        if match["rd"]:
            return DateReading(_day_dates(then.year, then.month, _int(match["rd"])), span)
        return DateReading(_month_dates(then.year, then.month, match["rpart"]), span)
    if match["week"]:
        step = match["week"].count("下") - match["week"].count("上")
        monday = as_of - timedelta(days=as_of.weekday()) + timedelta(days=7 * step)
        return DateReading(Dates(monday, monday + timedelta(days=6)), span)
    if match["day"]:
        word = match["day"]
        step = {"大前天": -3, "前天": -2, "昨": -1, "今": 0, "明": 1, "后天": 2, "大后天": 3}.get(word) or {"昨": -1, "今": 0, "明": 1}.get(
            word[0], 0
        )
        day = as_of + timedelta(days=step)
        return DateReading(Dates(day, day), span)
    if match["decade"]:
        tens = _CN_VALUE[match["decade"]] * 10
        start = (2000 if tens == 0 else 1900) + tens
        return DateReading(Dates(date(start, 1, 1), date(start + 9, 12, 31)), span)
    if match["bare"]:
        return _bare_month(match, plain, as_of)
    if match["tail"]:
        return _bare_season(match["tail"], span, plain, as_of)
    back = 2 if match["recent"].startswith(("刚", "最", "近", "前不", "前阵", "前段", "不")) else 1
    return DateReading(Dates(add_months(as_of, -back), as_of), span, hedged=True, relative=True)


def _of_the_year(year: int, match: re.Match[str]) -> Dates | None:
    """The part of a year that a match names, by the lunar calendar or the common one."""
    if match["ld"]:
        return _lunar_dates(year, _int(match["m"]), _int(match["ld"]))
    return _within_year(year, match["m"], match["d"], match["part"], match["season"], match["mt"])


def _within_year(
    year: int, month: str | None, day: str | None, part: str | None, season: str | None, until: str | None = None
) -> Dates | None:
    if month and until and _int(until) >= _int(month):
        first, last = _month_dates(year, _int(month)), _month_dates(year, _int(until))
        return Dates(first.first, last.last) if first and last else None
    if month:
        return _day_dates(year, _int(month), _int(day)) if day else _month_dates(year, _int(month), part)
    if season:
        return _season_dates(year, season)
    return Dates(date(year, 1, 1), date(year, 12, 31)) if 1 <= year <= 9998 else None


def _bare_month(match: re.Match[str], plain: str, as_of: date) -> DateReading:
    """A month without its year: this year's, or the one the words around point to."""
    month = _int(match["bm"])
    around = plain[match.end() : match.end() + 8]
    past, future = _PAST_CUE.search(around), _FUTURE_CUE.search(around)
    forward = bool(future) and not (past and past.start() < future.start()) if future else False
    year, hedged = as_of.year, False
    if month < as_of.month and forward:
        year += 1
    elif month > as_of.month and past and not forward:
        year -= 1
    elif not past and not future:
        hedged = True
    if match["bld"]:
        return DateReading(_lunar_dates(year, month, _int(match["bld"])), match.span(), hedged=hedged)
    return DateReading(_within_year(year, match["bm"], match["bd"], match["bpart"], None, match["bmt"]), match.span(), hedged=hedged)


def _bare_season(words: str, span: tuple[int, int], plain: str, as_of: date) -> DateReading:
    """年底, 五一, 过年 …: the next one, or the last one where the words behind say that it has been."""
    if words in ("月底", "月初"):
        return DateReading(_month_dates(as_of.year, as_of.month, words[1]), span)
    following = as_of.year + 1
    if words == "年后":
        return DateReading(Dates(date(following, 2, 1), date(following, 4, 30)), span, hedged=True)
    if words == "年前":
        return DateReading(Dates(as_of, date(following, 2, 20)), span, hedged=True)
    value = _season_dates(as_of.year, words)
    around = plain[span[1] : span[1] + 8]
    past, future = _PAST_CUE.search(around), _FUTURE_CUE.search(around)
    if value and value.last and value.last < as_of and not (past and not (future and future.start() < past.start())):
        value = _season_dates(as_of.year + 1, words)
    elif value and value.first and value.first > as_of and past and not future:
        value = _season_dates(as_of.year - 1, words)
    return DateReading(value, span, hedged=not past and not future)


def find_dates(plain: str, as_of: date) -> list[DateReading]:
    """Every date in the text, from left to right; durations that count from ``as_of`` (3个月后, 还有俩月, 半年前) included."""
    found: list[DateReading] = []
    now = said_now(plain, as_of)
    for match in _DATE.finditer(plain):
        if now is not None and match.start() < now.span[1] and now.span[0] < match.end():
            continue
        if reading := _read(match, plain, as_of) if now is None or _has_year(match) else _counted_from(now, match, plain, as_of):
            hedged = bool(cue("dates.roughly").match(plain[match.end() : match.end() + 2])) or bool(
                re.search(rf"(?:{HEDGES})$", plain[max(0, match.start() - 4) : match.start()])
            )
            found.append(replace(reading, hedged=reading.hedged or hedged))
    relative = [reading for duration in find_durations(plain) if (reading := _from_now(duration, plain, as_of))]
    relative += [DateReading(value, span, hedged) for value, span, hedged in find_almanac(plain, as_of)]
    taken = [reading.span for reading in relative]
    found = [reading for reading in found if not any(a < reading.span[1] and reading.span[0] < b for a, b in taken)]
    return sorted(found + relative, key=lambda reading: reading.span)


def _from_now(duration: DurationReading, plain: str, as_of: date) -> DateReading | None:
    """A length of time that the words around turn into a date: 3个月后, 再过俩月, 还有14个月, 半年以内交房, 三年前."""
    start, end = duration.span
    before = plain[max(0, start - 5) : start]
    after = cue("dates.follows").match(plain[end : end + 14])
    lead = cue("dates.lead").search(before)
    until = cue("dates.until").search(plain[max(0, start - 14) : start])
    duration_over = plain[end - 1] == "了" and not until
    inside = cue("dates.inside").search(plain[start:end])
    if after and after["ago"]:
        return _ago(duration, (start, end + after.end("ago")), as_of)
    if cue("dates.lasted").search(before + plain[start:end][:1]) and not lead:
        return None
    if after and (after["in"] or inside):
        upper = ahead(replace(duration, months_min=duration.months_max, hedged=False), as_of).last
        return DateReading(Dates(as_of, upper), (start, end + (after.end("in") if after["in"] else 0)), duration.hedged, True)
    if after and after["later"]:
        first = start - len(lead.group()) if lead else start
        return DateReading(ahead(duration, as_of), (first, end + after.end("later")), duration.hedged, True)
    if (
        not duration_over
        and (until or (after and not after["later"] and not after["ago"]))
        and (until or start == 0 or plain[start - 1] not in "了满")
    ):
        return DateReading(ahead(duration, as_of), (start - (len(lead.group()) if lead else 0), end), duration.hedged, True)
    if lead and not cue("dates.of_something_else").match(plain[end : end + 3]):
        return DateReading(ahead(duration, as_of), (start - len(lead.group()), end), duration.hedged, True)
    return None


def _ago(duration: DurationReading, span: tuple[int, int], as_of: date) -> DateReading:
    """三年前, 半年前: roughly that long ago, so always hedged unless counted in days."""
    if duration.days is not None and not duration.hedged:
        day = as_of - timedelta(days=duration.days)
        return DateReading(Dates(day, day), span, False, True)
    low, high = duration.months_min or 0, duration.months_max
    slack = 6 if low >= 12 else 1
    first = None if high is None else add_months(as_of, -(high + slack))
    return DateReading(Dates(first, add_months(as_of, -max(low - slack, 0))), span, True, True)
