"""Whether an everyday word that is also a place's short name (东明, 平原, 义乌) is taken for the place where it stands."""

from __future__ import annotations

import re

from bot.reading.text.cues import cue

# Words behind which a county's short name is a place, however rarely it is heard.
_FROM = cue("places.from")
_AT = cue("places.at")
_THERE = cue("places.there")
_OF = cue("places.of")
_ENDS = cue("places.ends")
# 男50,东明户口: an everyday word right before a register, where a clause or whose register it is comes before it. Any town has a 城区户口.
_BEGINS = cue("places.begins")
_REGISTER = cue("places.register")
_OF_ANY_TOWN = cue("places.of_any_town")


def speaks_of_a_place(plain: str, start: int, end: int) -> bool:
    """Whether the words around a county's short name, an everyday word at times, take it for a place (户口砀山, 在义乌做生意, 沈丘人)."""
    before = plain[max(0, start - 12) : start]
    return bool(_FROM.search(before) or _OF.match(plain, end) or _AT.search(before) and _THERE.match(plain, end))


def is_told_as_a_home(plain: str, name: str) -> bool:
    """Whether an everyday word is the county that bears its name, as the message says somewhere.

    Somebody is from there (户口在平原) or registered there (东明户口); what is told of it elsewhere (亲属都在东明) is then of that county.
    """
    for said in re.finditer(re.escape(name), plain):
        before = plain[max(0, said.start() - 12) : said.start()]
        if _FROM.search(before) and _ENDS.match(plain, said.end()):
            return True
        if _BEGINS.search(before) and _REGISTER.match(plain, said.end()) and not _OF_ANY_TOWN.fullmatch(name):
            return True
    return False
