"""Whoever the asker has told of, and might follow, asked about in their own right: 我爸在城里上班,…他能落不.

A first message that tells of a relative and wishes nothing is taken for that of somebody who would follow them.  Once it is asked whether
they may register themselves, the case is theirs: what was told of one followed is told of a mover.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.kinfolk import only
from bot.conversation.state import PRESUMED, SAID, Case, Conversation, Told
from bot.conversation.whose import fresh, known
from bot.conversation.world import Heard
from bot.eligibility.values import Choice, Places
from bot.reading.asking.another import may_settle, they_may
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, followed_relation
from bot.reading.kin.mention import Mention
from bot.reading.kin.pronouns import fits
from bot.reading.person.same_person import same_one

_RELATION, _TOGETHER, _REGISTER, _HERE = "kin.relation", "kin.together", "hukou.place", "kin.hukou_here"
_HOME, _WORK, _INSURED = "kin.housing", "kin.work", "kin.insurance"
_OWN: Mapping[str, str] = {_HOME: "housing.kind", _WORK: "work.status", _INSURED: "insurance.paid"}
_WHERE: Mapping[str, tuple[str, str]] = {_HOME: ("housing.place", "housing.area"), _WORK: ("work.place", "work.area")}
_NONE = Choice(frozenset({"none"}))


def asked_in_own_right(state: Conversation, heard: Heard) -> Mention | None:
    """Whoever is told of in the asker's case and is now asked about themselves; ``None`` where it is the asker's wish.

    Without a pronoun (能落户吗) that is so where insurance was told, which nobody tells of one who is only followed.
    """
    case, plain = state.case, hearing.plain(heard.text)
    if case.person != SELF or _TOGETHER in case.told:
        return None
    told = case.told.get(_RELATION)
    if told is None or told.certainty != SAID:
        return None
    one = _told_of(case, told)
    if one is None:
        return None
    if _named_again(heard, one) and any(fact in case.told for fact in _OWN):
        return one  # 我爸在城里上班…我爸能落户吗
    if they_may(plain) and (case.topic is None or not one.bare):  # 投靠哥哥…他能落不 may be told of a caller
        pronoun = next((m.words for m in hearing.people(heard.text) if m.relation == PRONOUN), "")
        return one if fits(pronoun[:1], one.words) else None
    return one if may_settle(plain) and case.topic is None and _INSURED in case.told and _all_of_them(case) else None


def in_own_right(state: Conversation, one: Mention, home: str) -> Conversation:
    """The conversation with the case of whoever is asked about, in which is theirs what was told of them."""
    own, theirs = state.case, known(state, one.person, one.words) or fresh(state, one.person, one.words)
    told = {_OWN[fact]: one_told for fact, one_told in own.told.items() if fact in _OWN}
    for thing, facts in _WHERE.items():
        if thing in own.told and own.told[thing].value != _NONE:
            places = zip(("kin.place", "kin.area"), facts, strict=True)
            told |= {fact: own.told[kins] for kins, fact in places if kins in own.told}
    rest = own
    register, here = own.told.get(_REGISTER), own.told.get(_HERE)
    if _is_theirs(own) and register is not None:
        told[_REGISTER] = register
        rest = replace(own, told=MappingProxyType({f: t for f, t in own.told.items() if f != _REGISTER}))
    elif here is not None and here.value == Choice(frozenset({"yes"})):
        told[_REGISTER] = replace(here, value=Places(frozenset({home})))
    kept = MappingProxyType({**told, **theirs.told})
    return state.with_case(replace(rest, pending=None)).with_case(replace(theirs, told=kept))


def _named_again(heard: Heard, one: Mention) -> bool:
    """Whether it is asked if whoever was told of may register, and they are named once more."""
    named = [m for m in hearing.people(heard.text) if m.person != NOBODY]
    if len(named) != 1 or named[0].person != one.person or not same_one(one.person, one.words, named[0].words):
        return False
    plain = hearing.plain(heard.text)
    return they_may(f"{plain[: named[0].start]}他{plain[named[0].end :]}")


def _told_of(case: Case, told: Told) -> Mention | None:
    relation = only(case, _RELATION)
    near = (m for m in hearing.people(told.words) if m.person not in (SELF, COUPLE, NOBODY) and m.relation != PRONOUN)
    return next((m for m in near if followed_relation(SELF, m.person) == relation), None)


def _all_of_them(case: Case) -> bool:
    """Whether nothing was told of the asker: where the register is may have been told of the other one (他社保有…户口在河南)."""
    own = (f for f, told in case.told.items() if not f.startswith("kin.") and told.certainty != PRESUMED)
    return all(fact == _REGISTER and _is_theirs(case) for fact in own)


def _is_theirs(case: Case) -> bool:
    """Whether a register was told without a subject, so that it was taken to be the asker's and the other one's."""
    register, here = case.told.get(_REGISTER), case.told.get(_HERE)
    return register is not None and here is not None and register.words == here.words
