"""Whether a message says anew what was told: that was wrong (哦不, 记岔了), is known better (又翻了翻), or has changed (昨天领证了)."""

from __future__ import annotations

from bot.reading.cues import cue

_WRONG, _CHANGED = cue("renewing.wrong"), cue("renewing.changed")
_MARK, _SAYS = cue("renewing.mark"), cue("renewing.says")
_CONTRAST, _BEHIND, _OWNER = cue("renewing.contrast"), cue("renewing.contrast_behind"), cue("renewing.owner")


def renews(plain: str) -> bool:
    """Whether what the plain text tells takes the place of what was told before."""
    return bool(_WRONG.search(plain) or _CHANGED.search(plain))


def what_is_right(plain: str) -> str:
    """The plain text without the words that only say that something was wrong, and without the 是 or 写的是 behind them."""
    rest = plain
    while (mark := _MARK.match(rest)) and mark.end() > 0:
        rest = rest[mark.end() :]
    return _SAYS.sub("", rest)


def contrast(plain: str) -> tuple[str, str] | None:
    """What a message that says nothing else takes back and what it puts in its place: 不是我弟是我堂弟, 不是单间,是整套."""
    found = _CONTRAST.search(plain) or _BEHIND.search(plain)
    return (found["wrong"], found["right"]) if found else None


def owner_said(words: str) -> str:
    """Whom a home is said to belong to (房子是我妈的, 我哥的, 写的我媳妇名); empty where the words say nothing of it."""
    found = _OWNER.search(words)
    return found["owner"] if found else ""
