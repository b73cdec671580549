"""A month said to be the present one (合同写十月底交房,现在才七月初): what the message counts its other days from.

Whoever writes so tells how far off a day is. Where the calendar of the conversation says another month, the distance told counts,
and the days are as far from the day of asking as they are from the month the message was written in.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from bot.eligibility.values import Dates
from bot.reading.text.cues import cue
from bot.reading.text.numbers import number

_PARTS = {"初": (1, 10), "头": (1, 10), "上": (1, 10), "中": (11, 20), "半": (11, 20), "下": (21, 31), "底": (21, 31), "末": (21, 31)}


@dataclass(frozen=True)
class SaidNow:
    """The days one of which the message says is today, the last such that have come; where it says so."""

    first: date
    last: date
    span: tuple[int, int]

    def as_seen_on(self, as_of: date, day: Dates) -> Dates:
        """A day read from here, put as far from ``as_of`` as it is from these days."""
        first = None if day.first is None else as_of + (day.first - self.last)
        last = None if day.last is None else as_of + (day.last - self.first)
        return Dates(first, last)


def said_now(plain: str, as_of: date) -> SaidNow | None:
    """The month a message says it is now, ``None`` where it says none or the one that the calendar says."""
    found = cue("dates.said_now").search(plain)
    month = _month(found) if found else None
    if found is None or month is None or month == as_of.month:
        return None
    year = as_of.year if month < as_of.month else as_of.year - 1
    end = calendar.monthrange(year, month)[1]
    if found["day"] and (day := number(found["day"])) is not None and 1 <= day.low <= end:
        low = high = int(day.low)
    else:
        low, high = _PARTS.get((found["part"] or "-")[0], (1, end))
    return SaidNow(date(year, month, low), date(year, month, min(high, end)), found.span())


def _month(found: re.Match[str]) -> int | None:
    said = number(found["month"])
    return int(said.low) if said is not None and 1 <= said.low <= 12 else None
