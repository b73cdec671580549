"""What a message is about once its facts are read: the home, the pair of relatives or the village that it tells of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.particular import closed
from bot.conversation.state import PRESUMED
from bot.conversation.subject import BACK_THERE, KIN, RURAL, Subject, goes_to_town, names_a_village
from bot.conversation.world import Heard, World
from bot.eligibility.values import Choice
from bot.policy.model import Pack
from bot.reading.kin.kinship import SELF
from bot.reading.reader import Reading
from bot.reading.text.cues import cue
from bot.reading.text.terms import way_named

_RELATION, _HOME, _AREA = "kin.relation", "housing.kind", "wish.area"
_WORK, _KINS_WORK, _OWN_WORK = "work.status", "kin.work", frozenset({"work.status", "business.license", "license.issued"})
_HANDOVER, _IN_FORCE = "presale.handover", "validity"
_FAMILY = "family_follow"
_VILLAGE: Mapping[str, frozenset[str]] = {
    _AREA: frozenset({"village"}),
    "kin.area": frozenset({"town_village", "urban_village", "township"}),
}


def narrowed(world: World, about: Subject, heard: Heard, reading: Reading, pack: Pack) -> Subject:
    """The subject once the facts are read."""
    about = of_relation(world, of_home(world, _no_document(about, heard, reading), heard, reading, pack), reading, pack)
    about = of_those_followed(world, about, reading, pack)
    return in_village(world, about, heard, reading, pack)


def _no_document(about: Subject, heard: Heard, reading: Reading) -> Subject:
    """The subject without whether the document is in force, where a home is told of and no document (交房日过了,那条还算数不)."""
    told = any(f.fact in (_HOME, _HANDOVER) and f.certainty != PRESUMED for f in reading.facts)
    if _IN_FORCE not in about.aspects or not told or cue("narrowing.names_document").search(hearing.plain(heard.text)):
        return about
    return replace(about, aspects=tuple(a for a in about.aspects if a != _IN_FORCE))


def of_those_followed(world: World, about: Subject, reading: Reading, pack: Pack) -> Subject:
    """The subject once it is known whose the trade or the job is: of whom a relative would follow (我开了个店,能给孩子上户口不)."""
    said = {f.fact: f.value for f in reading.facts if f.certainty != PRESUMED}
    of_work = {t for topics in world.vocabulary.supposed.get(_WORK, {}).values() for t in topics}
    relation = said.get(_RELATION)
    if about.topic not in of_work or _KINS_WORK not in said or said.keys() & _OWN_WORK or reading.person in (None, SELF):
        return about
    topics = world.vocabulary.supposed.get(_RELATION, {}).get(next(iter(relation.values)), ()) if isinstance(relation, Choice) else ()
    return replace(about, topic=topics[0]) if topics and topics[0] in pack.topics else about


def of_home(world: World, about: Subject, heard: Heard, reading: Reading, pack: Pack) -> Subject:
    """The subject once the home is known: a case heard as that of another kind of home is about the home it tells of.

    房子交了住着,购房合同在手,房产证没下来 sounds like a home under construction. Who names the other way asks for it all the same.
    """
    ways = world.vocabulary.supposed.get(_HOME, {})
    told = next((f.value for f in reading.facts if f.fact == _HOME and f.certainty != PRESUMED), None)
    if not isinstance(told, Choice) or len(told.values) != 1 or about.topic not in {t for topics in ways.values() for t in topics}:
        return about
    topics = ways.get(next(iter(told.values)), ())
    if not topics or about.topic in topics or way_named(hearing.plain(heard.text)) == about.topic or about.topic not in pack.topics:
        return about
    other = closed(world, pack, pack.topics[about.topic], reading.facts, heard.as_of)
    return replace(about, topic=topics[0]) if other and topics[0] in pack.topics else about


def of_relation(world: World, about: Subject, reading: Reading, pack: Pack) -> Subject:
    """The subject once it is known who follows whom: a case heard as that of another pair of relatives is about the pair it tells of."""
    told = next((f.value for f in reading.facts if f.fact == _RELATION), None)
    if not (about.topic or "").startswith(KIN) or reading.person is None or not isinstance(told, Choice) or len(told.values) != 1:
        return about
    topics = world.vocabulary.supposed.get(_RELATION, {}).get(next(iter(told.values)), ())
    return replace(about, topic=topics[0]) if topics and topics[0] in pack.topics else about


def in_village(world: World, about: Subject, heard: Heard, reading: Reading, pack: Pack) -> Subject:
    """The subject once it is known where it is: whoever follows a relative in a village asks about another clause than in town.

    A register in the country moved into town is none of a village's.
    """
    if not _told_of_a_village(reading):
        return _in_no_village(about, heard) if about.topic == RURAL else about
    if about.topic in world.settling and _goes_back(reading) and not pack.topics[BACK_THERE].routes:
        return replace(about, topic=BACK_THERE)  # 念大学迁走的,想退回老家村里: no way leads there, whatever else is told
    follows = (about.topic or "").startswith(KIN) and RURAL in pack.topics
    return replace(about, topic=RURAL) if follows else about


def _told_of_a_village(reading: Reading) -> bool:
    """Whether the register is to go to a village, or the relative followed is in one."""
    told = (f for f in reading.facts if f.fact in _VILLAGE and f.certainty != PRESUMED)
    return any(isinstance(f.value, Choice) and f.value.values <= _VILLAGE[f.fact] for f in told)


def _in_no_village(about: Subject, heard: Heard) -> Subject:
    """The subject heard as that of a relative in a village, where no village is told of."""
    if goes_to_town(hearing.plain(heard.text)):
        return replace(about, topic=_kin_topic(heard) or about.topic)  # 老婆是农村户口，能跟我落城里吗
    if not heard.sure and not names_a_village(hearing.plain(heard.text)):
        return replace(about, topic=_FAMILY)  # 投靠亲戚能落户吗: no village is named
    return about


def _kin_topic(heard: Heard) -> str | None:
    named = (str(name).partition("/")[2] for name, _ in heard.luohu.get("ranking", ()))
    return next((topic for topic in named if topic.startswith(KIN)), None)


def _goes_back(reading: Reading) -> bool:
    """Whether a village register is wanted by somebody who came from there, and who follows nobody."""
    told = {f.fact for f in reading.facts if f.certainty != PRESUMED}
    return wants_a_village(reading) and bool(told & {"origin.moved", "origin.place"}) and _RELATION not in told


def wants_a_village(reading: Reading) -> bool:
    """Whether it is told that the register is to go to a village."""
    return any(f.fact == _AREA and f.certainty != PRESUMED and f.value == Choice(_VILLAGE[_AREA]) for f in reading.facts)
