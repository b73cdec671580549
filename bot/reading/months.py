"""Calendar months counted from a day."""

from __future__ import annotations

import calendar
from datetime import date


def add_months(day: date, months: int) -> date:
    """The day that many calendar months later (or earlier); the last day of the month where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    year = min(max(year, 1), 9998)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


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
