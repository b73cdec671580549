"""What the asker and a relative are to each other in a case, and what told of one holds in the case of the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.merge import tell
from bot.conversation.state import PRESUMED, SAID, Case, Conversation, Told
from bot.conversation.world import World
from bot.eligibility.values import Choice, Places, inside, meet
from bot.policy.model import Pack
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF, followed_relation, kin
from bot.reading.record.builder import FactReading
from bot.reading.text.cues import cue

_ADDRESSED, _OWN = cue("kinfolk.addressed"), cue("kinfolk.own")
_RELATION, _NOT_NEAR = "kin.relation", "kin_in_law"
_OWN_AS_KIN: Mapping[str, str] = {
    "housing.kind": "kin.housing",
    "housing.place": "kin.place",
    "housing.area": "kin.area",
    "work.status": "kin.work",
    "insurance.paid": "kin.insurance",
}
"""What the asker told of themselves, as facts of the one followed."""
_AT_WORK: Mapping[str, str] = {"work.place": "kin.place", "work.area": "kin.area"}
"""Where the asker is, as far as no home of theirs was told."""
_WHERE = ("kin.place", "kin.area")
_STANDING = ("kin.place", "kin.area", "kin.hukou_here", "kin.housing", "kin.work")
"""What gives one followed a standing of their own in the place."""
OF_KIN = (*_STANDING, "kin.insurance", "kin.adult")
"""What is known of one followed, whoever follows them."""
_GIVES_STANDING, _NONE = ("housing.kind", "work.status"), Choice(frozenset({"none"}))
_NEAR = frozenset({"spouse", "parent", "child", "sibling"})
_NEAR_TO_BOTH = frozenset({"spouse", "parent", "child", "sibling"})
_GRAND = frozenset({"grandparent", "grandchild"})
_OF_ASKER = (*_OWN_AS_KIN.values(), "kin.hukou_here")


def asker_to(person: str) -> str | None:
    """What the asker is to a relative: ``other`` where the two are no near ones; ``None`` for the asker."""
    return kin().inverse.get(person)


def whose_they_are(case: Case) -> str:
    """Whose relative somebody is who is named with a pronoun amid a case (他媳妇): the applicant's, or that of whom the asker follows."""
    return case.person.split("/")[0] if case.person != SELF else only(case, _RELATION) or SELF  # 他爷爷奶奶…他二叔: the same 他


def only(case: Case, fact: str) -> str | None:
    """The one value told of a fact with a list of values; ``None`` where there is none or more than one."""
    told = case.told.get(fact)
    if told is None or not isinstance(told.value, Choice) or len(told.value.values) != 1:
        return None
    return next(iter(told.value.values))


def by_the_asker(world: World, case: Case) -> str:
    """Whose case it is in the asker's own words: 我, 我妈."""
    me = world.wording.parts["me"]
    if case.person == SELF:
        return me
    words = case.words or _ADDRESSED.sub(me, world.wording.who(case.person))
    return words if _OWN.match(words) else f"{me}{words}"


def follows_asker(case: Case) -> bool:
    """Whether the case is of a relative who follows the asker."""
    wanted = asker_to(case.person)
    return wanted is not None and only(case, _RELATION) == wanted and other_followed(case) is None


def other_followed(case: Case) -> str | None:
    """The words for somebody other than the asker whom the mover follows (我妈想投靠我弟), where they are named so."""
    told = case.told.get(_RELATION)
    if told is None:
        return None
    relation = only(case, _RELATION)
    near = (m for m in hearing.people(told.words) if m.person not in (SELF, COUPLE, NOBODY) and m.relation != PRONOUN)
    return next((m.words for m in near if followed_relation(case.person, m.person) == relation), None)


def without_followed(case: Case, *, same_place: bool = False) -> Case:
    """The case with nothing of the relative followed so far: somebody else is to be followed instead.

    ``same_place``: whoever it is lives where the one before does (我媳妇也在这边), which is then presumed.
    """
    kept = {name: told for name, told in case.told.items() if not name.startswith("kin.")}
    if same_place:
        kept |= {name: replace(case.told[name], certainty=PRESUMED) for name in _WHERE if name in case.told}
    return replace(case, told=MappingProxyType(kept))


def follows_another(case: Case, news: Mapping[str, Told]) -> bool:
    """Whether a message tells of a second relative in the place (我媳妇也在这边有户口): another one to follow, no contradiction."""
    old, new = case.told.get(_RELATION), news.get(_RELATION)
    if old is None or new is None or PRESUMED in (old.certainty, new.certainty) or meet(old.value, new.value) is not None:
        return False
    return any(fact in _STANDING and told.certainty != PRESUMED for fact, told in news.items())


def with_askers_own(state: Conversation, case: Case, home: str) -> Case:
    """The case of somebody who follows the asker, with what the asker has already told of themselves."""
    if case.person == SELF or not follows_asker(case):
        return case
    asker = state.cases.get(SELF) or Case()
    own_as_kin = _OWN_AS_KIN if "housing.kind" in asker.told else {**_OWN_AS_KIN, **_AT_WORK}
    news = {kin: asker.told[own] for own, kin in own_as_kin.items() if own in asker.told and _untold(case, kin)}
    for other in state.cases.values():  # what was told of the asker when somebody else was to follow them
        if other.person != SELF and other.key != case.key and follows_asker(other):
            news |= {kin: other.told[kin] for kin in _OF_ASKER if kin in other.told and _untold(case, kin) and kin not in news}
    register = asker.told.get("hukou.place")
    if register and isinstance(register.value, Places) and _untold(case, "kin.hukou_here"):
        here = all(inside(place, home) for place in register.value.include)
        news["kin.hukou_here"] = Told(Choice(frozenset({"yes" if here else "no"})), register.words, register.certainty)
    kept = MappingProxyType({name: told for name, told in case.told.items() if name not in news})
    return tell(replace(case, told=kept), news) if news else case


def follow_too(state: Conversation, before: Case, person: str, *, along: bool, same: bool) -> dict[str, Told]:
    """Whom a relative most likely follows who is asked about after the case ``before`` (那我妈呢): presumed, with what is known of them.

    That is the asker where they are followed already or have a standing here, or whoever the asker follows who is as near to the relative
    (我想投靠儿子,那我老伴呢). Where neither is, it is whoever the asker follows as a grandchild or grandparent of theirs (他爷爷奶奶呢), or
    the asker, who is to be there by then (我想投靠媳妇,我爸妈呢).

    Args:
        along: the relative is said to come along.
        same: the message says that it is the one whom the asker follows.
    """
    own = before if before.person == SELF or follows_asker(before) and before.told[_RELATION].certainty == SAID else state.cases.get(SELF)
    relation = only(own, _RELATION) if own is not None and own.person == SELF else None
    before = own if own is not None and relation else before
    theirs = followed_relation(person, relation) if relation in _NEAR_TO_BOTH or same and relation else "other"
    if theirs in _NEAR or same and relation:
        return _as_followed_too(before, theirs)
    asker, wanted = state.cases.get(SELF) or Case(), asker_to(person)
    if wanted and (follows_asker(before) or has_standing(asker) or before.person in (SELF, "spouse") and along):
        return {_RELATION: Told(Choice(frozenset({wanted})), "", PRESUMED)}
    if theirs in _GRAND and wanted not in _NEAR:
        return _as_followed_too(before, theirs)
    if relation and wanted in _NEAR:
        there = {fact: replace(before.told[fact], certainty=PRESUMED) for fact in _WHERE if fact in before.told}
        return {_RELATION: Told(Choice(frozenset({wanted})), "", PRESUMED), **there}
    return {}


def _as_followed_too(before: Case, relation: str) -> dict[str, Told]:
    """Whom the asker follows as the one whom somebody else follows too, with what is known of them."""
    shared = {fact: before.told[fact] for fact in OF_KIN if fact in before.told}
    return {_RELATION: Told(Choice(frozenset({relation})), before.told[_RELATION].words, PRESUMED), **shared}


def has_standing(case: Case) -> bool:
    """Whether a home or work was told that others may follow somebody to."""
    return any(fact in case.told and case.told[fact].value != _NONE for fact in _GIVES_STANDING)


def of_the_asker(state: Conversation, facts: Iterable[FactReading], *, corrected: bool = False) -> Conversation:
    """The conversation with what the asker tells of themselves in a relative's case, kept for when they ask of themselves."""
    known = state.cases.get(SELF) or Case()
    news = {f.fact: Told(f.value, f.words, f.certainty) for f in facts if corrected or _untold(known, f.fact)}
    own = tell(known, news, corrected=corrected)
    return replace(state, cases=MappingProxyType({**state.cases, SELF: own})) if news else state


def way_of_kin(world: World, pack: Pack, person: str) -> str | None:
    """The topic of following the asker, for a relative who is asked about: the way a family member most likely means."""
    if person == SELF:
        return None
    return way_to(world, pack, asker_to(person) or "")


def way_to(world: World, pack: Pack, relation: str) -> str | None:
    """The topic of following somebody of a relation to the mover."""
    known = world.vocabulary.supposed.get(_RELATION, {}).get(relation, ())
    return next((topic for topic in (*known, _NOT_NEAR) if topic in pack.topics and pack.topics[topic].routes), None)


def _untold(case: Case, fact: str) -> bool:
    return fact not in case.told or case.told[fact].certainty == PRESUMED
