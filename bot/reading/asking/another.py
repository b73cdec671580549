"""What a message amid one person's case says of another: asks for theirs, brings them along, or puts them where the first one is."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reading.asking.wanting import asks
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.kin.mention import Mention
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_AND_THEN, _ALSO_ASKS = cue("another.and_then"), cue("another.also_asks")
_HOW_ABOUT, _WHETHER, _SHE = cue("another.how_about"), cue("another.whether"), cue("another.she")
_AT_THE_END = " ,。!?" + "".join(group("another.particles"))
_LIVES_WITH, _AND_ALSO = cue("another.lives_with"), cue("another.and_also")
_ALSO_WANTS = cue("another.also_wants")
_I_GO = cue("another.i_go")
_IN_A_ROW, _ALL_OF_US = cue("another.in_a_row"), cue("another.all_of_us")
_ALL_OF_THEM = cue("another.all_of_them")
_LIVE_WITH = cue("another.live_with")
_TURNS_TO_SELF, _I_MYSELF = cue("another.turns_to_self"), cue("another.i_myself")
_THEY_MAY, _MAY_SETTLE = cue("another.they_may"), cue("another.may_settle")
_THERE_INSTEAD = cue("another.there_instead")
_BEFORE_KIN, _BEHIND_KIN = cue("answers.before_kin"), cue("answers.behind_kin")
_ALONG, _HERE_TOO, _IS_HERE_TOO = cue("another.along"), cue("another.here_too"), cue("another.is_here_too")
_JOINS_NOW = cue("another.joins_now")
_IS_THERE, _WOULD_JOIN, _APPLIES = cue("another.is_there"), cue("another.would_join"), cue("another.applies_instead")


def opens_with(plain: str, start: int) -> bool:
    """Whether nothing but a word like 那 or 还想问 stands before the person named at ``start``."""
    return _AND_THEN.fullmatch(plain[:start]) is not None


def how_about(plain: str, end: int) -> bool:
    """Whether the name that ends at ``end`` is asked about by itself: 我爱人呢."""
    return _HOW_ABOUT.match(plain, end) is not None


def asks_whether(plain: str, start: int, end: int) -> bool:
    """Whether it is asked if the one person named may come too: 弟媳妇行不, 再问下我孩子, 丈母娘也住这,她呢."""
    return bool(_ALSO_ASKS.search(plain[:start]) or _WHETHER.fullmatch(plain, end) or _SHE.search(plain))


def lives_with_me(plain: str, end: int) -> bool:
    """Whether no more is told of whoever the name that ends at ``end`` means than that they live with the asker: 我妈跟我住."""
    return _LIVES_WITH.match(plain, end) is not None


def live_with_me(plain: str, end: int) -> bool:
    """Whether the clause tells of whoever is named right before ``end`` that they live with the asker, whatever comes after it."""
    return _LIVE_WITH.match(plain, end) is not None


def also_wants(plain: str, end: int) -> bool:
    """Whether the one whose name ends at ``end`` wants to come as well: 我妹妹也想来, 老婆和岳父一块迁."""
    return _ALSO_WANTS.match(plain, end) is not None


def and_also(plain: str, start: int, end: int) -> bool:
    """Whether somebody is named as one more and nothing else is said: 还有俺爹."""
    return bool(_AND_ALSO.fullmatch(plain[:start])) and not plain[end:].strip(_AT_THE_END)


def named_in_a_row(plain: str, people: Sequence[Mention], one: Mention) -> tuple[Mention, ...]:
    """All relatives named in one breath with ``one``, who is among them: 我妈我哥我嫂子, 老婆孩子, 我媳妇和俺爹."""
    row: list[Mention] = []
    for m in people:
        if m.person in (SELF, COUPLE, NOBODY) or m.relation == PRONOUN:
            continue
        if row and not _IN_A_ROW.fullmatch(plain[row[-1].end : m.start]):
            if one in row:
                break
            row = []
        row.append(m)
    return tuple(row) if one in row else (one,)


def all_of_us(plain: str) -> bool:
    """Whether it is asked of everybody named together with the asker: 我仨都能落不, 我们一家都想迁."""
    return _ALL_OF_US.search(plain) is not None


def all_of_them(plain: str) -> bool:
    """Whether what is told holds of everybody spoken of: 都住一起."""
    return _ALL_OF_THEM.match(plain) is not None


def comes_along(plain: str) -> bool:
    """Whether somebody is to come with who was spoken of: 能跟着落不."""
    return _ALONG.search(plain) is not None


def here_too(plain: str) -> bool:
    """Whether somebody is told to be where the one spoken of before is: 我媳妇也在这边."""
    return _HERE_TOO.search(plain) is not None


def is_here_too(plain: str, end: int) -> bool:
    """Whether all that is told of whoever is named is that they are there as well: 我姐也在, 我姐也住那边."""
    return _IS_HERE_TOO.fullmatch(plain, end) is not None


def is_there(plain: str, end: int) -> bool:
    """Whether whoever the name that ends at ``end`` means is told to be there, in a clause that asks nothing: 俺姑也在城里."""
    return _IS_THERE.match(plain, end) is not None


def applies_instead(plain: str) -> bool:
    """Whether whoever is named is to apply in the asker's stead: 那我媳妇有社保,她去办."""
    return _APPLIES.search(plain) is not None


def would_join(plain: str, start: int, movers: Sequence[int] = ()) -> bool:
    """Whether the clause says, before a name that begins at ``start``, that somebody spoken of would follow that one: 那投靠|我爸.

    ``movers`` are the ends of the words for that somebody, which may stand in front (姐夫|投奔|他儿子).
    """
    clause = max(plain.rfind(mark, 0, start) for mark in ",。;?!") + 1
    return any(_WOULD_JOIN.fullmatch(plain, at, start) for at in (clause, *(end for end in movers if clause < end <= start)))


def joins_now(plain: str, start: int, end: int) -> bool:
    """Whether the clause says that the asker goes to whoever is named between ``start`` and ``end``: 改投|我爸, 落|我姐|那, 跟|我哥|落."""
    clause = max(plain.rfind(mark, 0, start) for mark in ",。;?!") + 1
    found = _JOINS_NOW.fullmatch(plain, clause, start)
    if found is None or not found["along"] and not found["at"]:
        return found is not None
    lands = cue("another.lands_with") if found["along"] else cue("another.lands_at")
    return lands.match(plain, end) is not None


def turns_to_self(plain: str) -> bool:
    """Whether the asker turns from a relative's case to their own: 再说我, 那我自己呢."""
    return _TURNS_TO_SELF.search(plain) is not None


def they_may(plain: str) -> bool:
    """Whether it is asked if somebody told of, called by a pronoun, may register in their own right: 他能落户不."""
    return _THEY_MAY.fullmatch(plain) is not None


def may_settle(plain: str) -> bool:
    """Whether it is asked if one may register, and nothing says who: 能落户吗."""
    return _MAY_SETTLE.fullmatch(plain) is not None


def there_instead(plain: str, end: int) -> bool:
    """Whether behind the name that ends at ``end`` nothing is asked but how it is there: 那我爸妈|在城里呢."""
    return _THERE_INSTEAD.fullmatch(plain, end) is not None


def i_go(plain: str) -> bool:
    """Whether the asker says that it is they who move (那我落我妈那), whoever is named beside."""
    return _I_GO.search(plain) is not None


def i_myself(plain: str) -> bool:
    """Whether the asker speaks of themselves by stressing it (我自己有房), which alone turns from nobody, and asks nothing."""
    return _I_MYSELF.match(plain) is not None and not asks(plain)


def only_names(before: str, behind: str) -> bool:
    """Whether nothing is said but a word for a relative: ``before`` and ``behind`` are what stands around it (是我二姨吧)."""
    return bool(_BEFORE_KIN.fullmatch(before) and _BEHIND_KIN.fullmatch(behind))
