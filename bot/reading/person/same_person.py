"""Whether two words for people of one relation may mean the same person, by the words alone: 我妈 and 老太太 may, 我妈 and 我爸 may not."""

from __future__ import annotations

from bot.reading.kin.family import family
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.kin.pronouns import fits
from bot.reading.kin.ranks import Individual, said_of
from bot.reading.person.people import find_people
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

BY_WORD = frozenset({"other", "friend"})
"""Relations of which a word tells more than the relation does."""
_ONE_ONLY = frozenset({SELF, "spouse", "fiance"})
_ANY_OF_THEM = frozenset(group("same_person.any_of_them"))
_EITHER = group("same_person.either")
_OF_MINE = "".join(group("same_person.of_mine"))
_UNTOLD = Individual("", "")
_NAME = cue("same_person.name")


def same_one(person: str, one: str, another: str) -> bool:
    """Whether two words for people of one relation may mean the same: 我妈 and 老太太 may, 我妈 and 我爸 may not."""
    first, second = one.lstrip(_OF_MINE), another.lstrip(_OF_MINE)
    if person in _ONE_ONLY or not first or not second or first == second:
        return True
    if person in BY_WORD:
        if _is_a_name(first) != _is_a_name(second):
            return True  # 我同事…, then 老李: the colleague by name
        if cue("same_person.cousin").search(first) and cue("same_person.cousin").search(second) and first[-1:] == second[-1:]:
            return True  # 俺大爷家的哥, then 堂哥
        places = {family().place(first), family().place(second)}
        return not _ANY_OF_THEM.isdisjoint((first, second)) or len(places) == 1 and None not in places
    if several(first) != several(second):
        return False
    if several(first):
        return True
    genders = {_gender(first), _gender(second)} - {""}
    return len(genders) < 2 and _individual(first).may_be(_individual(second))


def says_either(words: str) -> bool:
    """Whether a word is said of a husband or wife as well as of somebody one goes out with: 对象."""
    return words.endswith(_EITHER)


def _is_a_name(words: str) -> bool:
    """Whether words are a surname with a title (老李, 王师傅) that is no word for a relative."""
    kin_words = any(m.relation not in ("other", NOBODY) for m in find_people(words))
    return _NAME.fullmatch(words) is not None and family().place(words) is None and not kin_words


def several(words: str) -> bool:
    """Whether words name two people or more (爸妈, 俩孩子)."""
    return any(m.plural for m in find_people(words)) or cue("individuals.several").search(words) is not None


def _individual(words: str) -> Individual:
    return next((said_of(m) for m in find_people(words)), _UNTOLD)


def _gender(words: str) -> str:
    if fits("他", words) == fits("她", words):
        return ""
    return "他" if fits("他", words) else "她"


def tells_more(words: str) -> bool:
    """Whether a word tells more of somebody than the relation alone (老人): which one, man or woman, or several."""
    return _individual(words) != _UNTOLD or bool(_gender(words)) or several(words)
