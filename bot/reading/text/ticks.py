"""Ticks and crosses people set behind a thing instead of a word (备案√ 社保× 证书0): read as 有 and 无."""

from __future__ import annotations

from bot.reading.text.cues import cue

_YES = cue("ticks.yes")
_NO = cue("ticks.no")
_NOUGHT = cue("ticks.nought")


def without_ticks(plain: str) -> str:
    """The text with each mark replaced by its word, the length kept; a name masked with several crosses (某××公司) is left."""
    return _NOUGHT.sub("无", _NO.sub("无", _YES.sub("有", plain)))
