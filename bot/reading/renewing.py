"""Whether a message says anew what was told: that was wrong (哦不, 记岔了), is known better (又翻了翻), or has changed (昨天领证了)."""

from __future__ import annotations

from bot.reading.cues import cue

_WRONG, _CHANGED = cue("renewing.wrong"), cue("renewing.changed")
_MARK, _SAYS = cue("renewing.mark"), cue("renewing.says")


def renews(plain: str) -> bool:
    """Whether what the plain text tells takes the place of what was told before."""
    return bool(_WRONG.search(plain) or _CHANGED.search(plain))


def what_is_right(plain: str) -> str:
    """The plain text without the words that only say that something was wrong, and without the 是 or 写的是 behind them."""
    rest = plain
    while (mark := _MARK.match(rest)) and mark.end() > 0:
        rest = rest[mark.end() :]
    return _SAYS.sub("", rest)
