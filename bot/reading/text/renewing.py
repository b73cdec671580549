"""Whether a message says anew what was told: that was wrong (哦不, 记岔了), is known better (又翻了翻), or has changed (昨天领证了)."""

from __future__ import annotations

from bot.reading.text.cues import cue

_WRONG, _CHANGED = cue("renewing.wrong"), cue("renewing.changed")
_MARK, _SAYS = cue("renewing.mark"), cue("renewing.says")
_CONTRAST, _BEHIND = cue("renewing.contrast"), cue("renewing.contrast_behind")
_OWNER, _DEED, _DISOWNED = cue("renewing.owner"), cue("renewing.deed"), cue("renewing.disowned")


def renews(plain: str) -> bool:
    """Whether what the plain text tells takes the place of what was told before."""
    return bool(_WRONG.search(plain) or _CHANGED.search(plain))


def what_is_right(plain: str) -> str:
    """The plain text without the words that only say that something was wrong, and without the 是 or 写的是 behind them."""
    rest = plain
    while (mark := _MARK.match(rest)) and mark.end() > 0:
        rest = rest[mark.end() :]
    return _SAYS.sub("", rest)


def behind_the_opening(plain: str) -> str:
    """What a note says behind the words that only say it puts something right (更正:其子17岁); empty where it does not open so."""
    opened = cue("renewing.opens").match(plain)
    return plain[opened.end() :] if opened else ""


def contrast(plain: str) -> tuple[str, str] | None:
    """What a message that says nothing else takes back and what it puts in its place: 不是我弟是我堂弟, 不是单间,是整套."""
    found = _CONTRAST.search(plain) or _BEHIND.search(plain)
    return (found["wrong"], found["right"]) if found else None


def owner_said(words: str) -> str:
    """Whom a home is said to belong to (房子是我妈的, 我哥的, 写的我媳妇名); empty where the words say nothing of it."""
    found = _OWNER.search(words) or _DEED.search(words)
    return found["owner"] if found else ""


def disowned(plain: str) -> bool:
    """Whether a home is said not to be one's own, and not whose it is: 不是我的."""
    return _DISOWNED.search(plain) is not None


def with_whom(words: str) -> str | None:
    """What somebody does with whoever stood in these words (跟…住: 住), empty where that is not said; ``None`` for other words."""
    found = cue("renewing.with_whom").search(words)
    return (found["live"] or "") if found else None
