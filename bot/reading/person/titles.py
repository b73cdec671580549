"""Words for a brother, sister or elder that also address anybody (大姐我问下) or name a stranger (单位保洁大姐)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.reading.kin.kin_words import acquainted
from bot.reading.kin.kinship import COUPLE, NICKNAME, NOBODY, PRONOUN, SELF
from bot.reading.kin.mention import Mention
from bot.reading.person.named import Message, Named, Word, counted
from bot.reading.text.cues import cue

_NEAR = 8


def titled(word: str, plain: str, start: int, end: int, found: Iterable[Mention]) -> str | None:
    """``other`` where the word names somebody no relative of the asker's, empty where it addresses who answers, else ``None``."""
    if not cue("people.form_of_address").fullmatch(word):
        return None
    if cue("people.vocative").match(plain, end) and cue("people.opens").search(plain[:start]):
        return ""
    named_so = any(m.person == "other" and m.words.endswith(word) for m in found)
    return "other" if named_so or cue("people.stranger").search(plain[max(0, start - _NEAR) : start]) else None


def with_title(message: Message, named: Named, word: Word) -> Named | None:
    """The mentions where the word is but the title of a stranger named right before it (房东|大爷): one person; else ``None``."""
    last = named.last
    if last is None or last.end != word.start:
        return None
    if last.person == "other" and NICKNAME.fullmatch(word.text) and cue("strangers.of_no_kin").search(last.words):
        return named.with_last(replace(last, end=word.end, words=last.words + word.text))  # 我一个同事|小董
    if not cue("people.title").fullmatch(word.text):
        return None
    if last.relation == "other" and acquainted(last.words.removeprefix("我").removeprefix("俺")):
        return named.with_last(replace(last, end=word.end, words=last.words + word.text))  # 邻居大姐, of whom the message is
    if last.person != NOBODY:
        return None
    who = "other" if cue("people.sends").match(message.plain, word.end) else NOBODY  # 街坊大娘托我问
    named = counted(message, named, who, who, last.start, word.end)
    return named.with_last(Mention(who, who, last.start, word.end, message.plain[last.start : word.end]))


def apposed(last: Mention, plain: str, end: int) -> bool:
    """Whether a word for a relative right before 我 says what the asker is to somebody else (随爷爷我落户, 姐夫我能接收不)."""
    if last.owner == SELF or last.relation in (SELF, COUPLE, NOBODY, PRONOUN) or last.plural:
        return False
    before = cue("people.apposed_before").search(plain[max(0, last.start - 4) : last.start])
    return bool(before and cue("people.apposed_after").match(plain, end))
