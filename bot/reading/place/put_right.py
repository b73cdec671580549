"""A place named by mistake and put right in the same breath (户口济南的,说错了济宁,济宁汶上): read where the wrong one stands.

The right name has no words of its own that say what it is for, while the wrong one has them all. So it takes the wrong one's place in the
text, and what is read there are the resident's words of the right one.
"""

from __future__ import annotations

from bot.eligibility.values import inside
from bot.reading.place.places import NAMED, PlaceReading, find_places
from bot.reading.text.cues import cue
from bot.reading.text.normalise import Text

_SORTS = (NAMED, frozenset({"area"}))


def put_right(text: Text, home: str | None) -> Text:
    """The message with every place that it takes back replaced by the one it names instead; any other message as it is."""
    if not cue("put_right.mark").search(text.plain):
        return text
    places = find_places(text.plain, home)
    for wrong, right in reversed(list(zip(places, places[1:], strict=False))):
        if _puts_right(text.plain, wrong, right):
            text = _exchanged(text, wrong.span, *_in_full(text.plain, right, places))
    return text


def _puts_right(plain: str, wrong: PlaceReading, right: PlaceReading) -> bool:
    """Whether nothing but words of having misspoken stands between two places of one sort, and nothing more is said of the second."""
    alike = any(wrong.kind in sort and right.kind in sort for sort in _SORTS)
    between = plain[wrong.span[1] : right.span[0]]
    return alike and bool(cue("put_right.between").fullmatch(between) and cue("put_right.after").match(plain, right.span[1]))


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
