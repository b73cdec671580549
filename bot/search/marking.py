"""A clause cut to what a hit needs, with the words that matched marked. Text is verbatim but for white space."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.policy.tree import fold
from bot.search.index import pieces

_BEFORE = 24
_ENDS = "。；;！？"


@dataclass(frozen=True)
class Piece:
    """A run of text; ``marked`` where it matched."""

    text: str
    marked: bool


def marked(text: str, words: Iterable[str], limit: int = 0, around: str = "") -> tuple[Piece, ...]:
    """The text without white space, matches marked; with ``limit`` cut to so many characters around the first match.

    Args:
        words: what was looked for; a word that does not occur is looked for by its pairs of characters.
        around: a passage of the text that the cut should show where no word matches.
    """
    whole = fold(text)
    hits = _hits(whole, [w for w in dict.fromkeys(words) if w])
    start, end = 0, len(whole)
    if limit and len(whole) > limit:
        first = min(hits) if hits else max(0, whole.find(fold(around)) if around else 0)
        start = _sentence_start(whole, first)
        end = min(len(whole), start + limit)
    pieces_: list[Piece] = []
    if start > 0:
        pieces_.append(Piece("……", False))
    at = start
    while at < end:
        on = at in hits
        last = at
        while last < end and (last in hits) is on:
            last += 1
        pieces_.append(Piece(whole[at:last], on))
        at = last
    if end < len(whole):
        pieces_.append(Piece("……", False))
    return tuple(pieces_)


def _sentence_start(whole: str, first: int) -> int:
    """Where the sentence of the first match begins, or a little before the match where that is far back."""
    begin = max((whole.rfind(c, 0, first) for c in _ENDS), default=-1) + 1
    return begin if first - begin <= _BEFORE * 2 else first - _BEFORE


def _hits(whole: str, words: list[str]) -> set[int]:
    found: set[int] = set()
    for word in words:
        parts = [word] if word in whole.lower() else [p for p in pieces(word) if len(p) > 1]
        for part in parts:
            at = whole.lower().find(part)
            while at >= 0:
                found.update(range(at, at + len(part)))
                at = whole.lower().find(part, at + 1)
    return found
