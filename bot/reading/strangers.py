"""Messages told of a workmate or a neighbour: a stranger otherwise, and the one who wants to register here.

Such a message names nobody else, and the asker only as whoever asks (我替工友问) or knows them (我同事).
"""

from __future__ import annotations

from bot.reading.cues import cue
from bot.reading.kin_words import acquainted
from bot.reading.kinship import COUPLE, NOBODY, PRONOUN, SELF, kin

_NEAR = 10


def told_of_a_stranger(plain: str) -> bool:
    """Whether the message is about a workmate, a neighbour or somebody from the same street."""
    relation = kin().relation
    named = askers = 0
    for match in kin().pattern.finditer(plain):
        word, start, end = match.group(), match.start(), match.end()
        kind = relation.get(word, "")
        if acquainted(word) or cue("people.form_of_address").fullmatch(word):
            if not named and not _opens(plain, start, end):
                return False
            named += 1
        elif word == "一家" and cue("people.one_firm").match(plain, end):
            continue
        elif kind in (SELF, COUPLE) and word != "自己":
            if not _only_asks(plain, start, end):
                return False
            askers += 1
        elif kind not in ("", PRONOUN, NOBODY) and word != "自己":
            return False
    return named > 0


def _opens(plain: str, start: int, end: int) -> bool:
    """Whether the message begins with the stranger, or says that it asks for him, and he neither speaks nor helps."""
    before = plain[max(0, start - _NEAR) : start]
    title = kin().pattern.match(plain, end)
    if title is not None and cue("people.form_of_address").fullmatch(title.group()):
        end = title.end()
    asked = cue("strangers.asked_for").search(before)
    return bool(asked or cue("strangers.opens").search(plain[:start])) and not cue("strangers.by_the_way").match(plain, end)


def _only_asks(plain: str, start: int, end: int) -> bool:
    """Whether 我 only asks, is asked to, or is whom the stranger works with."""
    asks = cue("strangers.asker_after").match(plain, end) or cue("strangers.asker_before").search(plain[max(0, start - _NEAR) : start])
    return bool(asks)
