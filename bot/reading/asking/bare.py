"""A message of nothing but words of settling: a wish for one's own case (想落户) or a question after the conditions (外地人能落户吗).

Such a message is the shortest that people send and the one that says least; it is read by the words that it does not hold.
"""

from __future__ import annotations

from bot.reading.text.cues import cue

_WORDS, _SETTLES, _WISH, _HOW = cue("bare.words"), cue("bare.settles"), cue("bare.wish"), cue("bare.how")


def bare_settling(plain: str) -> str | None:
    """``wish`` or ``question`` where the plain text, its places taken out, only speaks of settling; otherwise ``None``."""
    if not _WORDS.fullmatch(plain) or not _SETTLES.search(plain):
        return None
    return "wish" if _WISH.search(plain) and not _HOW.search(plain) else "question"
