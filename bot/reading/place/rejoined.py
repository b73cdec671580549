"""A place that a comma nobody typed has cut in two (在河北衡水,枣强户口也在枣强): its names are put together again.

Where a clause ends in a stretch without a mark is weighed by the words around (:mod:`bot.reading.text.marks`), which know no places: the
name of a place right behind that of the one it lies in goes on with it. Where somebody or a register is told of behind it, the comma
belongs there.
"""

from __future__ import annotations

from bot.eligibility.values import inside
from bot.reading.place.place_tree import tree
from bot.reading.text.cues import cue
from bot.reading.text.normalise import Text

_SHORTEST, _LONGEST = 2, 9  # characters of a name


def rejoined(text: Text) -> Text:
    """The message with the commas that nobody typed taken out of the names of places, or set behind them."""
    for at in reversed([i for i, ch in enumerate(text.plain) if ch == "," and _nobody_typed(text, i)]):
        if (end := _end_of_name(text.plain, at)) is not None:
            text = _moved(text, at, end)
    return text


def _nobody_typed(text: Text, at: int) -> bool:
    """Whether a comma stands for none of the message's own characters: such a one has the place of the next."""
    return at + 1 < len(text.origins) and text.origins[at] == text.origins[at + 1]


def _end_of_name(plain: str, at: int) -> int | None:
    """Where the name behind a comma ends, if it is that of a place in the one named right before the comma."""
    names = tree().names
    above = [name.path for start in range(max(0, at - _LONGEST), at - 1) for name in names.get(plain[start:at], ())]
    for end in range(min(len(plain), at + 1 + _LONGEST), at + _SHORTEST, -1) if above else ():
        below = [name.path for name in names.get(plain[at + 1 : end], ())]
        if any(path != whole and inside(path, whole) for path in below for whole in above):
            return end
    return None


def _moved(text: Text, at: int, end: int) -> Text:
    """The text without the comma at an offset, which goes behind the name where something else is told of there."""
    plain, origins = text.plain[:at] + text.plain[at + 1 :], text.origins[:at] + text.origins[at + 1 :]
    end -= 1
    if cue("rejoined.told_next").match(plain, end):
        plain, origins = plain[:end] + "," + plain[end:], (*origins[:end], origins[end], *origins[end:])
    return Text(text.original, plain, origins)
