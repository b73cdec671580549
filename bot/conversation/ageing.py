"""What an age told amid a case is of: whoever the case is of, or the one followed (儿子今年17, of the son whom the asker wants to join)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.kinfolk import only
from bot.conversation.state import PRESUMED, SAID, Case
from bot.conversation.world import Heard
from bot.reading.asking.wanting import asks_whether
from bot.reading.kin.kinship import PRONOUN, SELF, followed_relation
from bot.reading.kin.mention import Mention
from bot.reading.person.same_person import same_one
from bot.reading.record.builder import FactReading
from bot.reading.text.cues import cue

_RELATION, _ADULT = "kin.relation", "kin.adult"
_CLAUSE = re.compile("[,，。;!]")


def only_an_age(heard: Heard, case: Case) -> bool:
    """Whether a message amid a case tells nothing but an age, and may ask if it does: of nobody named, the mover or the one followed."""
    words = hearing.plain(heard.text).strip("。! ")
    named = [m for m in hearing.people(heard.text) if m.relation != PRONOUN]
    if named and not all(_followed(case, m) or _mover(case, m) for m in named):
        return False
    for m in reversed(named):
        words = words[: m.start] + words[m.end :]
    first, *rest = _CLAUSE.split(words)
    told = cue("ages.only_an_age").fullmatch(first) is not None
    return bool(case.told) and told and all(cue("ages.only_grown").fullmatch(c) or asks_whether(c) for c in rest if c)


def of_the_one_followed(heard: Heard, case: Case, facts: Sequence[FactReading]) -> tuple[FactReading, ...]:
    """The facts of a message, with whether the one it names is grown up as said of whom the case follows, not of one who may be."""
    named = [m for m in hearing.people(heard.text) if m.person != SELF]
    told = case.told.get(_RELATION)
    if told is None or told.certainty == PRESUMED or not named or not all(_followed(case, m) for m in named):
        return tuple(facts)
    return tuple(replace(f, certainty=SAID) if f.fact == _ADULT else f for f in facts)


def _followed(case: Case, one: Mention) -> bool:
    """Whether somebody named is the one whom the asker follows."""
    told = case.told.get(_RELATION)
    if case.person != SELF or told is None or followed_relation(SELF, one.person) != only(case, _RELATION):
        return False
    return same_one(one.person, told.words, one.words)


def _mover(case: Case, one: Mention) -> bool:
    return one.person == case.person and same_one(case.person, case.words, one.words)
