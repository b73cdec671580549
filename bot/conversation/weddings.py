"""Whether those who go out with each other have married by now, or are not married yet, and what that makes of a case."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.kinfolk import follows_asker, only, way_of_kin, with_askers_own
from bot.conversation.merge import tell
from bot.conversation.state import PRESUMED, SAID, Case, Conversation, Told
from bot.conversation.world import Heard, World
from bot.eligibility.values import Choice
from bot.policy.model import Pack
from bot.reading.asking.wanting import asks
from bot.reading.kin.kinship import COUPLE, PRONOUN, SELF
from bot.reading.person.same_person import says_either
from bot.reading.reader import Reading
from bot.reading.text.cues import cue

_RELATION, _MARITAL, _FIANCE = "kin.relation", "marital", "fiance"
_MARRIED, _DIVORCED = Choice(frozenset({"married"})), Choice(frozenset({"divorced"}))
_CLAUSE = re.compile("[,。;!]")


def wedding_told(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Conversation, str] | None:
    """The conversation after a message that two have married, or have not yet, and what else it says; ``None`` for any other message."""
    home = pack.identity.jurisdiction.place
    if told_certified(state, heard):
        return state.with_case(tell(state.case, {_MARITAL: Told(_MARRIED, heard.text.strip())})), ""
    if told_unwed(state, heard):
        return state.with_case(_unwed(state.case)), ""
    if _told_married(world, state, heard, home):
        return state.with_case(_married(state.case, heard)), heard.text
    if told_wed(world, state, heard, home):
        now = wed(world, state, pack)
        return now.with_case(with_askers_own(now, now.case, home)), _beside_the_wedding(heard)
    return None


def told_certified(state: Conversation, heard: Heard) -> bool:
    """Whether husband and wife, of whom one follows the other, are said to be married, and nothing else (没办婚礼,不过证领了)."""
    follows = only(state.case, _RELATION) == "spouse"
    return follows and cue("weddings.certified").fullmatch(hearing.plain(heard.text).strip("。! ")) is not None


def as_married(before: Case, case: Case) -> Case:
    """The case with whoever is followed as what a wedding or a divorce told since ``before`` makes of them."""
    return _parted(before, _wedded(case))


def _wedded(case: Case) -> Case:
    """The case with a fiancé(e) who is by now married to the mover as what they are."""
    relation, marital = case.told.get(_RELATION), case.told.get(_MARITAL)
    if relation is None or marital is None or relation.value != Choice(frozenset({_FIANCE})):
        return case
    if marital.value != _MARRIED:
        return case  # who has parents-in-law is married, though it is only presumed
    spouse = replace(relation, value=Choice(frozenset({"spouse"})), words=relation.words if says_either(relation.words) else marital.words)
    return replace(case, told=MappingProxyType({**case.told, _RELATION: spouse}))


def of_the_two(case: Case, heard: Heard, reading: Reading) -> bool:
    """Whether a message amid the case of the asker's other half only tells of the marriage of the two (我俩离了): it begins no case."""
    told = {f.fact for f in reading.facts if f.certainty != PRESUMED}
    alone = all(m.person == COUPLE or m.relation == PRONOUN for m in hearing.people(heard.text))
    return case.person in ("spouse", _FIANCE) and follows_asker(case) and told == {_MARITAL} and alone


def _parted(before: Case, case: Case) -> Case:
    """The case with the husband or wife who is followed as no near relative any more, once the two are told to be divorced (他俩离了)."""
    relation, marital = case.told.get(_RELATION), case.told.get(_MARITAL)
    if relation is None or marital is None or marital.certainty == PRESUMED or marital.value != _DIVORCED:
        return case
    if only(case, _RELATION) != "spouse" or relation != before.told.get(_RELATION) or marital == before.told.get(_MARITAL):
        return case
    former = replace(relation, value=Choice(frozenset({"other"})), words=marital.words)
    return replace(case, told=MappingProxyType({**case.told, _RELATION: former}))


def told_wed(world: World, state: Conversation, heard: Heard, home: str) -> bool:
    """Whether the one whose case it is, with whom the asker goes out, is told to be married to them (领证了)."""
    if state.person != _FIANCE or asks(hearing.plain(heard.text)):
        return False
    others = {m.person for m in hearing.people(heard.text, _FIANCE) if m.relation != PRONOUN} - {SELF, COUPLE, _FIANCE, "spouse"}
    return not others and (_in_half_a_sentence(heard) or _says_married(world, heard, home))


def _told_married(world: World, state: Conversation, heard: Heard, home: str) -> bool:
    """Whether the mover and the one they go out with, whom they follow, are told to have married (昨天我俩把证领了)."""
    if only(state.case, _RELATION) != _FIANCE or state.person == _FIANCE or asks(hearing.plain(heard.text)):
        return False
    return _in_half_a_sentence(heard) or _says_married(world, heard, home)


def told_of_a_wedding(world: World, state: Conversation, heard: Heard, home: str) -> bool:
    """Whether two who go out with each other are told to have married, whichever of them moves."""
    return _told_married(world, state, heard, home) or told_wed(world, state, heard, home)


def _married(case: Case, heard: Heard) -> Case:
    """The case of whoever has by now married the one they follow, every question open again."""
    told = {name: one for name, one in case.told.items() if name != _MARITAL}
    case = replace(case, told=MappingProxyType({**told, _MARITAL: Told(_MARRIED, heard.text.strip(), SAID)}), pending=None, asked=())
    return _wedded(case)


def _says_married(world: World, heard: Heard, home: str) -> bool:
    told = hearing.reading(world, heard, home).facts
    return any(f.fact == _MARITAL and f.value == _MARRIED and f.certainty != PRESUMED for f in told)


def _in_half_a_sentence(heard: Heard) -> bool:
    """Whether the first words say it of two who are known from the case (证领出来了)."""
    return cue("weddings.wed").fullmatch(_first_clause(heard)[0]) is not None


def _first_clause(heard: Heard) -> tuple[str, str]:
    """The first clause of the message, and what follows it."""
    first, *rest = _CLAUSE.split(hearing.plain(heard.text).strip(), maxsplit=1)
    return first, "".join(rest)


def wed(world: World, state: Conversation, pack: Pack) -> Conversation:
    """The conversation after the one with whom the asker goes out has married them: the case is that of a husband or wife."""
    case = state.case
    told = {name: one for name, one in case.told.items() if name != _RELATION}
    if (relation := case.told.get(_RELATION)) is not None and follows_asker(case):
        told[_RELATION] = replace(relation, value=Choice(frozenset({"spouse"})))
    told[_MARITAL] = Told(_MARRIED, "", SAID)
    others = {key: other for key, other in state.cases.items() if key != case.key}
    nth = max((c.nth for c in state.of("spouse")), default=0) + 1
    words = case.words if says_either(case.words) else ""
    spouse = replace(case, person="spouse", words=words, nth=nth, told=MappingProxyType(told), pending=None, asked=())
    spouse = replace(spouse, topic=way_of_kin(world, pack, "spouse") or case.topic)
    return replace(state, cases=MappingProxyType(others)).with_case(spouse)


def _beside_the_wedding(heard: Heard) -> str:
    """What a message says beside that two have married (我俩领证了,她户口在桓台); the whole where the first words do not say only that."""
    return _first_clause(heard)[1] if _in_half_a_sentence(heard) else heard.text


def told_unwed(state: Conversation, heard: Heard) -> bool:
    """Whether the husband or wife whom the asker follows is said not to be one yet (还没领证呢)."""
    follows = state.person == SELF and only(state.case, _RELATION) == "spouse"
    return follows and cue("weddings.unwed").fullmatch(hearing.plain(heard.text).strip("。! ")) is not None


def _unwed(case: Case) -> Case:
    """The case of who follows somebody that they have not married yet."""
    told = {name: one for name, one in case.told.items() if name not in (_RELATION, _MARITAL)}
    relation = replace(case.told[_RELATION], value=Choice(frozenset({_FIANCE})))
    single = Told(Choice(frozenset({"unmarried"})), relation.words, SAID)
    return replace(case, told=MappingProxyType({**told, _RELATION: relation, _MARITAL: single}), pending=None, asked=())
