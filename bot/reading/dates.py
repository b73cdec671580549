"""Calendar dates and durations in Chinese text, as intervals: 去年12月, 下个月, 3个月后, 三年零六个月, 快一年, 不到半年.

No clock: ``as_of`` is always handed in.  Impossible dates are reported, never raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.eligibility.values import Dates


@dataclass(frozen=True)
class DateReading:
    """A day or a stretch of days somebody wrote.

    ``value`` is every day it may be, ``None`` where no such day exists (2月30日); ``hedged`` is set for 大概, 左右, 前后 … and
    the caller should not decide a limit on it without asking; ``ahead`` says whether the words count from the day of asking (3个月后, 还有14个月).
    """

    value: Dates | None
    span: tuple[int, int]
    hedged: bool = False
    relative: bool = False


@dataclass(frozen=True)
class DurationReading:
    """A length of time in months, both ends included; ``None`` is an open end.

    ``exact`` is set where the words count precisely (半年, 三年零六个月, 满一年 has only a lower end); 三年了 is 36..47, 一年多 12..23,
    快一年 10..11, 不到半年 0..5, 差不多半年 5..7 with ``hedged``.  ``days`` is set where it was counted in days or weeks (10天).
    """

    months_min: int | None
    months_max: int | None
    span: tuple[int, int]
    hedged: bool = False
    days: int | None = None


def find_dates(plain: str, as_of: date) -> list[DateReading]:
    """Every date in the text, from left to right; durations that count from ``as_of`` (3个月后, 还有俩月) included."""
    return []


def find_durations(plain: str) -> list[DurationReading]:
    """Every length of time in the text, from left to right, those that ``find_dates`` reads as a date (3个月后) included."""
    return []


def since(duration: DurationReading, as_of: date) -> Dates:
    """The days on which something began that has lasted this long on ``as_of`` (三年了 is between 3 and under 4 years ago)."""
    return Dates(None, as_of)


def ahead(duration: DurationReading, as_of: date) -> Dates:
    """The days that lie this far ahead of ``as_of`` (3个月后 is exactly that day; fuzzy words give an interval)."""
    return Dates(as_of, None)
