"""A place in brackets behind another one (高新区(聊城), 聊城(高新区)): read as the one place that both name together, 聊城高新区.

Clauses end at brackets, which would cut what is told of the place in two; and a bare 高新区 is one of the home until the brackets say of
which city.
"""

from __future__ import annotations

from bot.eligibility.values import inside
from bot.reading.place.places import find_places
from bot.reading.text.cues import cue
from bot.reading.text.normalise import Text

_LONGEST = 9  # characters of a name before the brackets


def out_of_brackets(text: Text, home: str | None) -> Text:
    """The message with every place in brackets joined with the one before it, where the two are one place; any other as it is."""
    if "(" not in text.plain:
        return text
    for match in reversed(list(cue("bracketed.place").finditer(text.plain))):
        joined = _joined(text.plain[max(0, match.start() - _LONGEST) : match.start()], match["name"], home)
        if joined is not None:
            before, name = joined
            text = _put_together(text, match.start() - len(before), match.end(), name)
    return text


def _joined(head: str, inner: str, home: str | None) -> tuple[str, str] | None:
    """The name before the brackets, and what it is called together with the one within them."""
    for start in range(len(head) - 1):
        before = head[start:]
        for above, name in ((inner, inner + before), (before, before + inner)):
            if _is_one_place(name, above, home):
                return before, name
    return None


def _is_one_place(name: str, above: str, home: str | None) -> bool:
    """Whether the words are one name of a place, in the one of the two that is the larger."""
    whole, top = find_places(name, home), find_places(above, home)
    if len(whole) != 1 or len(top) != 1 or whole[0].span != (0, len(name)) or top[0].span != (0, len(above)) or top[0].assumed:
        return False
    return all(any(inside(path, one) for one in top[0].places.include) for path in whole[0].places.include)


def _put_together(text: Text, start: int, end: int, name: str) -> Text:
    """The text with one name for the other and its brackets; each of its characters stands for all of them."""
    origin = (text.origins[start][0], text.origins[end - 1][1])
    return Text(
        text.original,
        text.plain[:start] + name + text.plain[end:],
        (*text.origins[:start], *(origin for _ in name), *text.origins[end:]),
    )
