"""With whom a relative who is to follow the asker lives by now (我妈…她跟我哥在东北住着): nobody else is followed by that."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.kinfolk import follows_asker
from bot.conversation.state import Case
from bot.conversation.world import Heard
from bot.eligibility.values import Choice
from bot.reading.asking.wanting import asks, wants_to_register
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.person.same_person import same_one
from bot.reading.reader import Reading
from bot.reading.text.cues import cue

_TOGETHER, _NO = "kin.together", Choice(frozenset({"no"}))
_WHERE = ("kin.", "housing.", "work.")
"""What is read of a home, of work or of one followed where it is only told with whom somebody lives."""


def lives_with_another(heard: Heard, case: Case) -> bool:
    """Whether it is told, and nothing asked, with whom a relative lives by now who is to follow the asker."""
    plain = hearing.plain(heard.text)
    if not follows_asker(case) or asks(plain) or wants_to_register(plain):
        return False
    named = [m for m in hearing.people(heard.text) if m.relation != PRONOUN and m.person not in (SELF, COUPLE, NOBODY)]
    others = [m for m in named if not (m.person == case.person and same_one(case.person, case.words, m.words))]
    if len(others) != 1:
        return False
    (one,) = others
    with_them = cue("lives_with.before").fullmatch(plain[: one.start].removeprefix(case.words))
    return with_them is not None and cue("lives_with.there").match(plain, one.end) is not None


def without_where_they_live(case: Case, reading: Reading) -> Reading:
    """What else such a message tells, as that they do not live with the asker."""
    facts = tuple(f for f in reading.facts if not f.fact.startswith(_WHERE) or f.fact == _TOGETHER and f.value == _NO)
    return replace(reading, person=case.person, person_words=case.words, facts=facts, wishes=())
