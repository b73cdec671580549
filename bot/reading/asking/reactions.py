"""What stands before a question without being part of it, and what is said of an answer: thanks, a look-up verb, doubt, disappointment."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading.asking.wanting import asks
from bot.reading.text.cues import cue

_THANKS, _ONE_MORE, _CLOSES = cue("reactions.thanks"), cue("reactions.one_more"), cue("reactions.closes")
_LOOKS_UP = cue("reactions.looks_up")
_DOUBTS, _GIVES_UP, _BLAMES, _SIDE = cue("reactions.doubts"), cue("reactions.gives_up"), cue("reactions.blames"), cue("reactions.side")
_MARKS = " ,。;?!~…"
_LONGEST = 30
"""Who says more than this tells or asks something of their own."""


@dataclass(frozen=True)
class Doubt:
    """An answer is doubted. ``refused``: somebody said otherwise before; ``alone``: because so little is asked for (就一个房产证?)."""

    refused: bool = False
    alone: bool = False


def doubts(plain: str) -> Doubt | None:
    """Whether the text does nothing but doubt an answer: 真的假的,以前派出所说不行; ``None`` where it does not."""
    found = _DOUBTS.fullmatch(plain.strip(" ")) if len(plain) <= _LONGEST else None
    if found is None or not (found["sure"] or found["refused"]):
        return None
    return Doubt(bool(found["refused"]), bool(found["alone"]))


def gives_up(plain: str) -> bool:
    """Whether somebody takes it that nothing can be done: 那我不是白跑了, 那落不了呗."""
    return len(plain) <= _LONGEST and _GIVES_UP.fullmatch(plain.strip(_MARKS)) is not None


def blames(plain: str) -> bool:
    """Whether the document is blamed for what it leaves out: 那你们文件也不写,这不糊弄人吗."""
    return len(plain) <= _LONGEST and _BLAMES.fullmatch(plain.strip(_MARKS)) is not None


def side_asked(plain: str) -> str | None:
    """The side of the matter on the table that is asked of in a breath: ``age``, ``count`` (years, waiting) or ``retired``."""
    found = _SIDE.fullmatch(plain.strip(_MARKS)) if len(plain) <= _LONGEST else None
    if found is None or not (asks(plain) or cue("reactions.to_confirm").search(plain)):
        return None
    return found.lastgroup


def behind_manners(plain: str) -> str | None:
    """What is asked behind thanks or a word of looking up (谢谢,再问个退伍的能落不: 退伍的能落不; 查一下 表弟: 表弟).

    ``None`` where nothing of the kind stands before it, or nothing is asked behind thanks (谢谢,我知道去哪办了).
    """
    if looked_up := _LOOKS_UP.fullmatch(plain.strip(_MARKS)):
        return looked_up["what"] or looked_up["kin"]
    thanks = _THANKS.match(plain)
    if thanks is None:
        return None
    behind = plain[thanks.end() :].lstrip(_MARKS)
    more = _ONE_MORE.match(behind)
    rest = behind[more.end() :].lstrip(_MARKS) if more else behind
    if len(rest.strip(_MARKS)) < 2:
        return None
    return rest if more or asks(_CLOSES.sub("", rest)) else None
