"""A place or a day named by mistake and put right in the same breath (户口济南的,说错了济宁,济宁汶上): read where the wrong one stands.

The right one has no words of its own that say what it is for, while the wrong one has them all. So it takes the wrong one's place in the
text, and what is read there are the resident's words of the right one. What a day put right leaves out is that of the wrong one: its year
where only another month is named (2027年3月交,不对,是9月), its month where only another year is.
"""

from __future__ import annotations

from datetime import date

from bot.eligibility.values import inside
from bot.reading.place.places import NAMED, PlaceReading, find_places
from bot.reading.text.cues import cue
from bot.reading.text.normalise import Text
from bot.reading.time.dates import DateReading, find_dates

_SORTS = (NAMED, frozenset({"area"}))


def put_right(text: Text, home: str | None, as_of: date) -> Text:
    """The message with every place and day that it takes back replaced by the one it names instead; any other message as it is."""
    if not cue("put_right.mark").search(text.plain):
        return text
    return _days(_places(text, home), as_of)


def _places(text: Text, home: str | None) -> Text:
    places = find_places(text.plain, home)
    for wrong, right in reversed(list(zip(places, places[1:], strict=False))):
        if _puts_right(text.plain, wrong, right):
            text = _exchanged(text, wrong.span, *_in_full(text.plain, right, places))
    return text


def _puts_right(plain: str, wrong: PlaceReading, right: PlaceReading) -> bool:
    """Whether nothing but words of having misspoken stands between two places of one sort, and nothing more is said of the second."""
    alike = any(wrong.kind in sort and right.kind in sort for sort in _SORTS)
    return alike and (_taken_back(plain, wrong.span, right.span) or _believed(plain, wrong.span, right.span))


def _believed(plain: str, wrong: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether the first place is only where something was believed or said to be (以为厂子在临淄,其实归张店管)."""
    before = plain[max(plain.rfind(mark, 0, wrong[0]) for mark in ",。;!?") + 1 : wrong[0]]
    between = cue("put_right.it_is_in").fullmatch(plain[wrong[1] : right[0]])
    return bool(between and cue("put_right.believed").search(before) and cue("put_right.under").match(plain, right[1]))


def _taken_back(plain: str, wrong: tuple[int, int], right: tuple[int, int]) -> bool:
    between = plain[wrong[1] : right[0]]
    return bool(cue("put_right.between").fullmatch(between) and cue("put_right.after").match(plain, right[1]))


def _days(text: Text, as_of: date) -> Text:
    """The text with every day that it takes back exchanged for the one after it."""
    days = [day for day in find_dates(text.plain, as_of) if not day.relative]
    for wrong, right in reversed(list(zip(days, days[1:], strict=False))):
        if _taken_back(text.plain, wrong.span, right.span):
            text = _exchanged(text, _what_was_wrong(text.plain, wrong, right), right.span, right.span)
    return text


def _what_was_wrong(plain: str, wrong: DateReading, right: DateReading) -> tuple[int, int]:
    """The part of a wrong day that the right one names anew: all of it, or what lies within or beside the year that it leaves as it was."""
    year, put = (cue("put_right.year").match(plain, day.span[0], day.span[1]) for day in (wrong, right))
    if year is None or year.end() == wrong.span[1]:
        return wrong.span
    if put is None:
        return year.end(), wrong.span[1]
    return year.span() if put.end() == right.span[1] else wrong.span


def _in_full(plain: str, right: PlaceReading, places: list[PlaceReading]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The span of the right name, or of the closer one that follows it at once (济宁,济宁汶上), and of all that names it."""
    closer = next((p for p in places if p.span[0] >= right.span[1]), None)
    if closer is None or not cue("put_right.goes_on").fullmatch(plain[right.span[1] : closer.span[0]]):
        return right.span, right.span
    within = all(any(inside(p, q) for q in right.places.include) for p in closer.places.include)
    if not within or not cue("put_right.after").match(plain, closer.span[1]):
        return right.span, right.span
    return closer.span, (right.span[0], closer.span[1])


def _exchanged(text: Text, wrong: tuple[int, int], name: tuple[int, int], told: tuple[int, int]) -> Text:
    """The text with the right name in the wrong one's place, and no more in its own."""
    plain, origins = text.plain, text.origins
    return Text(
        text.original,
        plain[: wrong[0]] + plain[slice(*name)] + plain[wrong[1] : told[0]] + plain[told[1] :],
        (*origins[: wrong[0]], *origins[slice(*name)], *origins[wrong[1] : told[0]], *origins[told[1] :]),
    )
