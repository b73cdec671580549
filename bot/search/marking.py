"""A clause cut to what a hit needs, with the words that matched marked. Text is verbatim but for white space."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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


def marked(text: str, words: Iterable[str], limit: int = 0, around: str = "", weak: Collection[str] = ()) -> tuple[Piece, ...]:
    """The text without white space, matches marked; with ``limit`` cut to so many characters around what matters most.

    Args:
        words: what was looked for; a word that does not occur is looked for by its pairs of characters.
        around: the passage of the text that matters most: the cut begins there if a match is in it, or if there is no match at all.
        weak: words that are marked only where nothing else matches.
    """
    whole = fold(text)
    hits = _hits(whole, [w for w in dict.fromkeys(words) if w], weak)
    start, end = 0, len(whole)
    if limit and len(whole) > limit:
        passage = fold(around)
        at = whole.find(passage) if passage else -1
        inside = at >= 0 and (not hits or any(at <= hit < at + len(passage) for hit in hits))
        start = _sentence_start(whole, at if inside else min(hits, default=0))
        start = min(start, max(0, len(whole) - limit))
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


def _hits(whole: str, words: list[str], weak: Collection[str]) -> set[int]:
    lower = whole.lower()
    parts = [part for word in words for part in ([word] if word in lower else [p for p in pieces(word) if len(p) > 1])]
    strong = _places(lower, [p for p in parts if p not in weak])
    return strong or _places(lower, parts)


def _places(text: str, parts: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for part in parts:
        at = text.find(part)
        while at >= 0:
            found.update(range(at, at + len(part)))
            at = text.find(part, at + 1)
    return found
