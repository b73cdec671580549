"""What a message asks about, once the place is known: a topic the packs answer, or a matter they do not.

The classifier sees no place names, so "积分落户" of this city and of another look the same to it; the place decides.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.conversation import hearing
from bot.conversation.in_words import (
    ASKS_TO_SETTLE,
    BARE_ASPECTS,
    CONDITIONS,
    HOME_TOPIC,
    OF_A_TENANT,
    QUESTION,
    of_a_way,
    of_kind,
    of_term,
    only_settling,
    relative_named,
)
from bot.conversation.kinfolk import way_of_kin
from bot.conversation.where import Where
from bot.conversation.world import Heard, World
from bot.reading.asking.aspects import aspects, without_aspects
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.place.destinations import names_place_elsewhere
from bot.reading.text.cues import cue
from bot.reading.text.points import points, topic_of_points
from bot.reading.text.terms import (
    asks_as_a_landlord,
    asks_as_a_tenant,
    finer_topic,
    neighbour_named,
    of_another_nation,
    of_higher_rank,
    way_counted,
    way_named,
    word_alone,
)

FOREIGN = "foreigner"
_TEXT, _HIGHER, _INSURANCE = "document", "province_rule", "insurance"
# Topics so general that a side asked for, or a specific topic nearly as likely, says better what is meant.
GENERAL = (CONDITIONS, "limits")
# Topics that are a detail of every way, and that detail.
IN_GENERAL: Mapping[str, str] = {"social_insurance": "insurance", "family_follow": "family"}
_NEARLY = 0.6
_BESIDE = 0.06
# Where what was heard surely is not meant, so much is enough for what comes next.
_SPECK = 0.02
_ALONE = 0.3
# From this share on, what is left beside the words that ask is another matter.
_ELSE = 0.4
# From this share on, what is left beside the words that ask for papers is another matter.
_NOT_OURS = 0.5
_LAND = frozenset({"land_rights", "land_use"})
_OF_SOMEBODY = cue("subject.of_somebody")
_SPEAKS_OF_MOVING = cue("subject.speaks_of_moving")
# A matter that is the requirement of a way to settle when the message asks how much of it is needed.
COUNTED: Mapping[str, str] = {"insurance_arrears": "social_insurance", "social_security": "social_insurance"}
_REGISTER = cue("subject.register")
# Topics that a finer one, named by a word of its own, sounds like.
_COARSE = frozenset({"collective_hukou", "community_hukou", "family_booklet", "village_hukou"})
# A relative followed in town, and in a village.
KIN, RURAL = "kin_", "rural_kin"
_OF_A_VILLAGE = cue("subject.of_a_village")
# Topics of villages, which whoever studied or was registered here once may sound like; and the words without which they are not meant.
BACK_THERE = "return_to_village"
_VILLAGES = frozenset({"rural_talent", BACK_THERE, "rural_collective"})
_IN_THE_COUNTRY = cue("subject.in_the_country")
_BACK_TO_A_VILLAGE = cue("subject.back_to_a_village")
_TO_TOWN = cue("subject.to_town")
_THERE = "other_place"
# The topics that speak of relatives by no way of their own.
_KIN_TOPICS = ("kin_child_to_parent", "kin_parent_to_child", "kin_in_law")
# What is left of a question without the words that ask (那你说|我该找谁) is no thing of which papers or steps could be asked.
_SMALL_TALK = "weather_joke"
# Rules of one place, and points, which are given by other cities alone: whoever names another place asks about that.
_BY_PLACE: Mapping[str, str] = {"local_rules": _THERE, "points_system": "points_elsewhere"}
# Sides of settling that one topic answers for every way, when they are asked for by themselves.
OF_EVERY_WAY: Mapping[str, str] = {"area": "limits", "age": "limits"}


@dataclass(frozen=True)
class Subject:
    """``topic`` or ``matter`` (or neither), and the sides of the topic that are asked for."""

    topic: str | None = None
    matter: str | None = None
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Message:
    """A message with the place it is about."""

    world: World
    heard: Heard
    place: Where

    @property
    def plain(self) -> str:
        """The message in its plain spelling."""
        return hearing.plain(self.heard.text)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The sides that the words ask for."""
        return aspects(self.plain)

    @cached_property
    def only_elsewhere(self) -> bool:
        """Whether it names other places and none that is served."""
        homes = [p.identity.jurisdiction.place for p in self.world.packs]
        return not self.place.named and names_place_elsewhere(self.plain, homes)

    def of_topic(self, topic: str) -> Subject:
        """A topic, with the sides asked for."""
        return Subject(topic, aspects=self.asked)

    def of_matter(self, matter: str) -> Subject:
        """A neighbouring matter, with the sides asked for."""
        return Subject(matter=matter, aspects=self.asked)


def subject(world: World, heard: Heard, place: Where) -> Subject:
    """The subject of one message: the words decide where they can, else what the classifier heard, put right by the words."""
    message = _Message(world, heard, place)
    return _of_no_document(message) or _in_words(message) or _as_heard(message)


# -- where the words decide -----------------------------------------------------------------------------------------


def _of_no_document(message: _Message) -> Subject | None:
    """The matter where another place, a foreigner or a law of higher rank is asked about."""
    heard = message.heard
    if message.place.elsewhere:
        return Subject(matter=_THERE)
    if of_another_nation(message.plain) and _settles_or_foreign(message.world, heard):
        return Subject(matter=FOREIGN)
    if heard.topic == _TEXT and of_higher_rank(message.plain):
        return Subject(matter=_HIGHER)
    if heard.sure and heard.intent == "out_of_scope" and heard.matter == _THERE and message.only_elsewhere:
        return Subject(matter=_THERE)  # 周村那边上班能落户不: the place says more than the kind of case
    return None


def _in_words(message: _Message) -> Subject | None:
    """The topic or matter that the words name, whatever was heard."""
    world, heard = message.world, message.heard
    if only_settling(world, heard):
        return message.of_topic(_side(message.asked) or CONDITIONS)
    if topic := word_alone(message.plain) or _side_alone(message) or _relative_alone(message):
        return message.of_topic(topic)
    if topic := of_kind(world, heard, message.place) or of_term(world, heard) or of_a_way(heard):
        return message.of_topic(topic)
    neighbour = _neighbour(world, heard)
    return message.of_matter(neighbour) if neighbour else None


def _side_alone(message: _Message) -> str | None:
    """The side that is all a message asks for, and names nothing that it is of: 带啥."""
    return _side(message.asked) if not any(map(str.isalnum, without_aspects(message.plain))) else None


def _relative_alone(message: _Message) -> str | None:
    """The topic of a relative who is all a message names, as if looked up: 表弟, 养女."""
    relative, plain = relative_named(message.heard), message.plain.strip(" ,。;?!")
    if relative is None or relative.words != plain or message.place.jurisdiction is None:
        return None
    pack = message.world.pack(message.place.jurisdiction)
    details = points(plain)
    way = way_of_kin(message.world, pack, relative.person)
    names = [t for t in (topic_of_points(plain), way, *_KIN_TOPICS) if t and t in pack.topics]
    held = [t for t in names if set(details) & set(pack.topics[t].points)]
    return held[0] if held else way


def _side(asked: Sequence[str]) -> str | None:
    """The first side asked for that is a topic by itself."""
    return next((a for a in asked if a in BARE_ASPECTS), None)


def _settles_or_foreign(world: World, heard: Heard) -> bool:
    """Whether a short question that names a foreigner sounds like settling, or like nothing surely, so that the nationality decides."""
    if heard.intent == "tell" or len(heard.text) > QUESTION:
        return False  # who tells a case may name a foreigner by the way
    return heard.topic in world.settling or heard.matter == FOREIGN or not heard.sure


def _neighbour(world: World, heard: Heard) -> str | None:
    """The matter that a word of its own names (逾期交房的违约金) in a message that sounds like a way to settle but says no word of it."""
    plain = hearing.plain(heard.text)
    if heard.intent != "ask" or heard.topic not in world.settling | _LAND or _SPEAKS_OF_MOVING.search(plain):
        return None
    return neighbour_named(plain)


# -- what was heard, put right --------------------------------------------------------------------------------------


def _as_heard(message: _Message) -> Subject:
    """What the classifier heard, a topic or a matter, put right by the words step by step."""
    heard = message.heard
    about = Subject(heard.topic, heard.matter if heard.intent == "out_of_scope" else None, message.asked)
    for put_right in (_finer, _of_nobody, _settling_after_all, _of_a_tenant, _counted, _insured):
        about = put_right(message, about)
    if about.topic in _VILLAGES and _means_no_village(message.plain):  # 我是聊城的大学生,能落不
        return message.of_topic(_next_topic(heard, _SPECK, but=_VILLAGES) or CONDITIONS)
    for put_right in (_here_or_there, _specific, _of_which):
        about = put_right(message, about)
    return about


def _finer(message: _Message, about: Subject) -> Subject:
    """The finer topic that a word of its own names, where a coarse one was heard."""
    return replace(about, topic=finer_topic(message.plain) or about.topic) if about.topic in _COARSE else about


def _of_nobody(message: _Message, about: Subject) -> Subject:
    """The conditions in general, where a relative's way was heard unsurely and nobody is named (我是张店的,想落到临淄,咋弄)."""
    if about.topic is None or message.heard.sure or _may_be_meant(message.heard, about.topic):
        return about
    return about if _OF_SOMEBODY.search(message.plain) else message.of_topic(CONDITIONS)


def _settling_after_all(message: _Message, about: Subject) -> Subject:
    """The likeliest topic, where a matter was heard unsurely and the words ask to settle."""
    if about.matter is None or about.matter in HOME_TOPIC or message.heard.sure or not ASKS_TO_SETTLE.search(message.plain):
        return about
    topic = _next_meant(message.heard, 0.0)
    return message.of_topic(topic) if topic else about


def _of_a_tenant(message: _Message, about: Subject) -> Subject:
    """租的房里有前头租客的户口,我能落不: asked by who rents the home and wants to register there, or by who lets it to them."""
    way = OF_A_TENANT.get(about.matter or "")
    by_a_party = asks_as_a_tenant(message.plain) or asks_as_a_landlord(message.plain)
    return message.of_topic(way) if way and by_a_party else about


def _counted(message: _Message, about: Subject) -> Subject:
    """The requirement of a way, where it is asked how much of it is needed.

    落户要交几年社保: what the way asks for, not what comes after it. 租房落户要交几个月社保: what this way asks for.
    """
    if "count" not in message.asked:
        return about
    if required := COUNTED.get(about.matter or ""):
        about = message.of_topic(required)
    if (required := COUNTED.get(about.topic or "")) and _REGISTER.search(message.plain):
        about = replace(about, topic=required)
    return replace(about, topic=way_counted(message.plain) or about.topic) if about.topic in COUNTED.values() else about


def _insured(message: _Message, about: Subject) -> Subject:
    """租房用不用社保: whether this way asks for it."""
    if about.topic == "social_insurance" and _INSURANCE in points(message.plain):
        return replace(about, topic=way_named(message.plain) or about.topic)
    return about


def _means_no_village(plain: str) -> bool:
    """Whether a message says no word of the country, or says that it is to town that somebody moves, and back to no village."""
    to_town = goes_to_town(plain) and not _BACK_TO_A_VILLAGE.search(plain)  # 当年迁到城里,如今想迁回老家村里
    return not _IN_THE_COUNTRY.search(plain) or to_town


def goes_to_town(plain: str) -> bool:
    """Whether it is to town that a register is said to move."""
    return bool(_TO_TOWN.search(plain))


def names_a_village(plain: str) -> bool:
    """Whether a village, or the country, is spoken of."""
    return bool(_OF_A_VILLAGE.search(plain))


def _here_or_there(message: _Message, about: Subject) -> Subject:
    """A matter of another place as the topic that it is here, and what depends on the place as a matter of the only one named."""
    if (here := HOME_TOPIC.get(about.matter or "")) and not message.only_elsewhere:
        return message.of_topic(_next_meant(message.heard) or here)
    if (there := _BY_PLACE.get(about.topic or "")) and message.only_elsewhere:
        return message.of_matter(there)
    return about


def _specific(message: _Message, about: Subject) -> Subject:
    """The side asked for, or a specific topic nearly as likely, where a topic in general was heard."""
    if about.topic not in GENERAL or about.topic is None:
        return about
    return replace(about, topic=_side(message.asked) or _more_specific(message.heard, about.topic))


def _of_which(message: _Message, about: Subject) -> Subject:
    """Where a side alone was heard, the matter or the way of which it is asked."""
    if about.topic not in BARE_ASPECTS or about.topic is None:
        return about
    heard = message.heard
    if matter := _matter_of(heard):
        return Subject(matter=matter)
    if matter := _of_another_matter(heard):
        return message.of_matter(matter)
    contradicted = bool(message.asked) and about.topic not in message.asked
    way = _asked_of(message.world, heard, 0.0 if contradicted else _BESIDE) or _way_beside(heard)
    # the words that ask are surer than the classifier
    return Subject(way or about.topic, aspects=message.asked or ((about.topic,) if heard.likely else ()))


def _way_beside(heard: Heard) -> str | None:
    """The way named where sides alone were heard (买房落户要带啥,几天,多少钱): it is asked of, if the message speaks of a register."""
    plain = hearing.plain(heard.text)
    return way_named(plain) if _REGISTER.search(plain) else None


def _asked_of(world: World, heard: Heard, least: float) -> str | None:
    """The way to settle whose papers, fee or time is asked for, where the message names one beside."""
    beside = [heard.luohu["beside"]] if heard.luohu.get("beside") else []
    for name, share in (*beside, *heard.luohu.get("ranking", ())):
        intent, _, topic = str(name).partition("/")
        bar = _ALONE if [name, share] in beside else least
        if intent == "ask" and topic in world.settling and topic not in GENERAL and share >= bar and _may_be_meant(heard, topic):
            return topic
    return None


def _matter_of(heard: Heard) -> str | None:
    """The matter whose papers, fee or time is asked for (电车挂牌要什么证件), where no word speaks of a register."""
    name, share = heard.luohu.get("beside") or ("", 0.0)
    intent, _, matter = str(name).partition("/")
    of_another = intent == "out_of_scope" and matter != _SMALL_TALK and share >= _NOT_OURS
    return matter if of_another and not _SPEAKS_OF_MOVING.search(hearing.plain(heard.text)) else None


def _of_another_matter(heard: Heard) -> str | None:
    """The matter whose steps, papers or fee are asked for, where the rest of the message is about it and nothing about a register."""
    name, share = heard.luohu.get("beside") or ("", 0.0)
    intent, _, matter = str(name).partition("/")
    if intent != "out_of_scope" or matter in ("", _SMALL_TALK) or share < _ELSE or _REGISTER.search(hearing.plain(heard.text)):
        return None
    return matter


def _more_specific(heard: Heard, general: str) -> str:
    """A specific topic that is nearly as likely as the general one is the one meant."""
    shares = {str(name): float(share) for name, share in heard.luohu.get("ranking", ())}
    own = shares.get(f"ask/{general}", 0.0)
    for name, share in sorted(shares.items(), key=lambda item: -item[1]):
        intent, _, topic = name.partition("/")
        fits = topic not in GENERAL and topic not in BARE_ASPECTS and _may_be_meant(heard, topic)
        if intent == "ask" and fits and share >= _NEARLY * own:
            return topic
    return general


def _next_topic(heard: Heard, least: float = 0.1, but: Collection[str] = ()) -> str | None:
    for name, share in heard.luohu.get("ranking", ()):
        intent, _, topic = name.partition("/")
        if intent == "ask" and topic and topic not in but and share >= least:
            return topic
    return None


def _next_meant(heard: Heard, least: float = 0.1) -> str | None:
    """The likeliest topic, of a relative only where somebody is named: 我是张店的,想落到临淄 follows nobody."""
    topic = _next_topic(heard, least)
    return topic if topic is None or _may_be_meant(heard, topic) else CONDITIONS


def _may_be_meant(heard: Heard, topic: str) -> bool:
    return not topic.startswith(KIN) or any(m.person not in (SELF, NOBODY) for m in hearing.people(heard.text))


def names_topic(heard: Heard, topic: str | None) -> bool:
    """Whether a message asks of a topic in so many words: surely heard so, or heard as kin in town and placed in a village by its facts."""
    if heard.intent != "ask" or heard.topic is None:
        return False
    return heard.topic == topic and heard.sure or topic == RURAL and heard.topic.startswith(KIN)
