"""Years named from now (去年, 旧年), and days told by the farming year, the solar terms and the lunar months.

过了麦收, 立夏前, 腊月里, 正月十五, 下个季度, 不出半年.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.eligibility.values import Dates
from bot.reading.text.cues import cue
from bot.reading.time.months import add_months

YEARS_FROM_NOW = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上一年": -1,
    "上年": -1,
    "旧年": -1,
    "今年": 0,
    "本年": 0,
    "明年": 1,
    "来年": 1,
    "后年": 2,
    "大后年": 3,
}
"""How many years from the one of asking a word names."""
_NO_YEAR = {"上年": r"(?<![马晚早])上年(?=[一二两三四五六七八九十\d]{1,2}月|的)"}  # 上年纪, 马上年底
YEAR_NAMED = "|".join(_NO_YEAR.get(word, word) for word in sorted(YEARS_FROM_NOW, key=len, reverse=True))
"""Such a word, as alternatives of an expression."""

# First and last day as month, day, month, day; a last month before the first lies in the next year. What wanders has its widest stretch.
_TERMS: dict[str, tuple[int, int, int, int]] = {
    "正月十五": (2, 4, 3, 5),
    "元宵节": (2, 4, 3, 5),
    "元宵": (2, 4, 3, 5),
    "正月": (1, 21, 3, 20),
    "腊月": (12, 22, 2, 18),
    "麦收": (6, 1, 6, 25),
    "收麦": (6, 1, 6, 25),
    "割麦": (6, 1, 6, 25),
    "打麦": (6, 1, 6, 25),
    "过麦": (6, 1, 6, 25),
    "秋收": (9, 15, 10, 31),
    "收秋": (9, 15, 10, 31),
    "过秋": (9, 15, 10, 31),
    "完秋": (10, 10, 10, 31),
    "掰棒子": (9, 15, 10, 15),
    "种麦": (10, 1, 10, 31),
    "入伏": (7, 11, 7, 21),
    "三伏": (7, 11, 8, 25),
    "入冬": (11, 5, 11, 20),
    "供暖": (11, 10, 11, 15),
    "送暖": (11, 10, 11, 15),
    "立春": (2, 3, 2, 5),
    "雨水": (2, 18, 2, 20),
    "惊蛰": (3, 5, 3, 7),
    "春分": (3, 20, 3, 21),
    "清明节": (4, 4, 4, 6),
    "清明": (4, 4, 4, 6),
    "谷雨": (4, 19, 4, 21),
    "立夏": (5, 5, 5, 7),
    "小满": (5, 20, 5, 22),
    "芒种": (6, 5, 6, 7),
    "夏至": (6, 21, 6, 22),
    "立秋": (8, 7, 8, 9),
    "白露": (9, 7, 9, 9),
    "秋分": (9, 22, 9, 24),
    "霜降": (10, 23, 10, 24),
    "立冬": (11, 7, 11, 8),
    "冬至": (12, 21, 12, 23),
}
_TERM = re.compile(
    rf"(?:(?P<rel>{YEAR_NAMED})的?)?"
    rf"(?P<pre>过了|过完|忙完|收完|打完|割完|熬过|等)?(?P<term>{'|'.join(sorted(_TERMS, key=len, reverse=True))})"
    r"(?:子)?(?:里|节气|时节|的时候|那会儿?|那阵)?(?P<post>以前|之前|前头|前后|左右|以后|之后|过后|完|罢|前|后)?"
)
_NEW_YEAR = cue("almanac.new_year")
_QUARTER = cue("almanac.quarter")
_MONTHS = {"半年": 6, "一年": 12, "仨月": 3, "俩月": 2}
_WITHIN = cue("almanac.within")
_GONE = cue("almanac.gone")
_DIGITS = {ch: n for n, ch in enumerate("零一二三四五六七八九十")} | {"两": 2}
_AFTERWARDS = timedelta(days=40)  # 过了麦收 is not long after it


def find_almanac(plain: str, as_of: date) -> list[tuple[Dates, tuple[int, int], bool]]:
    """Every such day of the text: the days it may be, where it stands, and whether the words are rough."""
    found: list[tuple[Dates, tuple[int, int], bool]] = []
    for match in _TERM.finditer(plain):
        found.append((_term(match, plain, as_of), match.span(), False))
    for match in _NEW_YEAR.finditer(plain):
        year = as_of.year + (as_of.month > 2)
        found.append((Dates(date(year, 2, 1), date(year, 4, 30)), match.span(), True))
    for match in _QUARTER.finditer(plain):
        number = (as_of.month - 1) // 3 + (match["which"] == "下")
        first = date(as_of.year + number // 4, number % 4 * 3 + 1, 1)
        following = number + 1
        found.append((Dates(first, date(as_of.year + following // 4, following % 4 * 3 + 1, 1) - timedelta(days=1)), match.span(), False))
    for match in _WITHIN.finditer(plain):
        words = match["count"] or ""
        months = (int(words) if words.isdigit() else _DIGITS[words]) if words else _MONTHS[match["length"]]
        found.append((Dates(as_of, add_months(as_of, months)), match.span(), False))
    return found


def _term(match: re.Match[str], plain: str, as_of: date) -> Dates:
    m1, d1, m2, d2 = _TERMS[match["term"]]

    def in_year(year: int) -> Dates:
        return Dates(date(year, m1, d1), date(year + (m2 < m1), m2, d2))

    if match["rel"]:
        value = in_year(as_of.year + YEARS_FROM_NOW[match["rel"]])
    else:
        years = [in_year(year) for year in (as_of.year - 1, as_of.year, as_of.year + 1)]
        past = _GONE.search(plain[match.end() : match.end() + 12])
        over = [v for v in years if v.last is not None and v.last < as_of]
        value = over[-1] if past else next(v for v in years if v.last is not None and v.last >= as_of)
    after = match["pre"] not in (None, "等") or match["post"] in ("以后", "之后", "过后", "完", "罢", "后")
    if after and value.first is not None and value.last is not None:
        return Dates(value.first + (value.last - value.first) // 2, value.last + _AFTERWARDS)
    return value
