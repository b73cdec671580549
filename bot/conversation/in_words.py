"""What the words of a message name, whatever was heard in it: a way, papers of one, a kind of case, or nothing but settling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.conversation import hearing
from bot.conversation.particular import closed
from bot.conversation.state import PRESUMED
from bot.conversation.where import Where
from bot.conversation.world import CERTAIN, Heard, World
from bot.eligibility.values import Choice
from bot.reading.asking.aspects import aspects
from bot.reading.asking.bare import bare_settling
from bot.reading.asking.wanting import asks, asks_whether, only_asks, without_asking
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.kin.mention import Mention
from bot.reading.text.cues import cue
from bot.reading.text.points import known, papers_asked, points, topic_of_points
from bot.reading.text.terms import (
    measured_by_a_term,
    of_other_papers,
    of_the_landlord,
    papers_of_a_way,
    term_asked,
    way_named,
    ways_named,
)

CONDITIONS = "general_conditions"
# Sides of settling that are topics by themselves.
BARE_ASPECTS = ("materials", "steps", "fee", "time", "office", "online")
# A matter of another place, and the topic it is when the place is served here.
HOME_TOPIC: Mapping[str, str] = {"other_place": CONDITIONS, "points_elsewhere": "points_system"}
# Matters about somebody else in a home: for who rents it and wants to register there, that the register is empty is what the way asks for.
OF_A_TENANT: Mapping[str, str] = {"occupant_hukou": "rent_settle", "former_spouse": "rent_settle", "rental_dispute": "rent_settle"}
QUESTION = 30
"""A message of more characters tells something, whatever it asks."""
# Below this share a topic about settling is no nearer than a word of the documents that is asked about.
_UNSURE = 0.4
_INSURANCE = "insurance"
ASKS_TO_SETTLE = cue("in_words.asks_to_settle")
# Matters of getting a paper, which 户口簿要带吗 sounds like: brought along, it is one of those for settling, unless it is to be renewed.
_OF_PAPERS = frozenset({"household_book", "id_card", "hukou_certificate", "birth_policy"})
_BROUGHT, _RENEWED = cue("in_words.brought"), cue("in_words.renewed")
# A register is moved, in words that no 户口本 holds.
_IS_MOVED = cue("in_words.is_moved")


def ways_of_papers(heard: Heard) -> tuple[str, ...]:
    """The topics of a question whether papers are needed: the ways it names, else what the papers belong to; none of any other message.

    公租房还用提供备案证明吗 asks nothing of who gets such a home, and 落户要无犯罪证明不 nothing of who issues that.
    """
    plain = hearing.plain(heard.text)
    asked = papers_asked(plain)
    if not asked or heard.intent == "tell" and not asks(plain) or of_other_papers(plain) and not _IS_MOVED.search(plain):
        return ()
    topic = known()[asked[0]].topic
    if topic in BARE_ASPECTS:  # papers that no way lists; who asks for them alone may want them for anything
        brought = heard.matter in _OF_PAPERS and _BROUGHT.search(plain) and not _RENEWED.search(plain)
        return (str(topic),) if _IS_MOVED.search(plain) or heard.topic == topic or brought else ()
    return ways_named(plain) or ((topic,) if topic else ())


def insured_way(heard: Heard) -> str | None:
    """The way named of which it is asked if it needs insurance, in words that sound like a matter: 廉租房要社保不 asks of no arrears."""
    plain = hearing.plain(heard.text)
    return way_named(plain) if heard.matter and heard.matter not in HOME_TOPIC and _INSURANCE in points(plain) else None


def of_a_way(heard: Heard) -> str | None:
    """The way that the words of a short question name, where it sounds like a matter beside it or like nothing surely.

    租房要啥材料, 房东不同意咋办, 买了市里的房要社保不: none of them is asked of somebody else's office.
    """
    plain = hearing.plain(heard.text)
    if heard.intent == "tell" and not asks(plain) or len(plain) > QUESTION:
        return None
    if ways := ways_of_papers(heard):
        return ways[0]
    if papers_asked(plain):
        return None  # of something else: 租给别人要备案吗, 户口本丢了,补办要带户口本吗
    if way := insured_way(heard) or papers_of_a_way(plain):
        return way
    unsure = heard.topic is None or float(heard.luohu.get("confidence", 0.0)) < _UNSURE
    return _way_of_a_detail(heard) if unsure else None


def _way_of_a_detail(heard: Heard) -> str | None:
    """The way that a detail named is of: whether the landlord agrees, a point of the ways, or insurance."""
    plain = hearing.plain(heard.text)
    of_rent = not heard.sure or heard.matter is None or heard.matter in OF_A_TENANT  # not of a permit whose papers the landlord signs
    if of_rent and of_the_landlord(plain) and asks(plain):
        return "rent_settle"
    if heard.matter in HOME_TOPIC:
        return None  # another place is asked about, whatever detail is named
    if (asks(plain) or aspects(plain)) and (topic := topic_of_points(plain)):
        return topic
    return way_named(plain) or "social_insurance" if not heard.sure and _INSURANCE in points(plain) else None


def way_asked(heard: Heard) -> str | None:
    """The way named in a message that is not understood and only asks: whether it will do, or of a side of it."""
    plain = hearing.plain(heard.text)
    if not only_asks(plain) or names_oneself(without_asking(plain)):
        return None
    return way_named(plain) if aspects(plain) or ASKS_TO_SETTLE.search(plain) or asks_whether(plain) else None


def names_oneself(text: str, beside: Sequence[str] = ()) -> bool:
    """Whether the asker, or somebody of theirs, is named, by other words than these."""
    return any((m.person in (SELF, COUPLE) or m.owner == SELF) and m.words not in beside for m in hearing.people(text))


def only_settling(world: World, heard: Heard) -> str | None:
    """``wish`` or ``question`` where a message only speaks of settling, in a place served or in none (想落户, 聊城咋落户)."""
    words = hearing.plain(heard.text)
    for pack in world.packs:
        here = pack.identity.jurisdiction
        for name in sorted((here.name, *here.aliases), key=len, reverse=True):
            words = words.replace(name, "")
    relative = relative_named(heard)
    if relative is not None:  # 俺娘想落户: her wish; 俺娘能落户吗 asks after what she follows
        return "wish" if bare_settling(words.replace(relative.words, "", 1)) == "wish" else None
    return bare_settling(words)


def relative_named(heard: Heard) -> Mention | None:
    """The one relative whom a message names; ``None`` where it names none or several."""
    named = [m for m in hearing.people(heard.text) if m.relation not in (PRONOUN, SELF)]
    return named[0] if len(named) == 1 and named[0].person not in (SELF, COUPLE, NOBODY) else None


def of_term(world: World, heard: Heard) -> str | None:
    """The topic of a question what a word of the documents takes in, where nothing nearer is heard.

    Such a question sounds like one for the text itself, or like whatever matter the thing belongs to that may or may not be one.
    """
    if measured := measured_by_a_term(hearing.plain(heard.text)):
        return measured
    sure = float(heard.luohu.get("confidence", 0.0))
    settles = heard.intent == "ask" and heard.topic in world.settling and sure >= _UNSURE
    # However surely a case is heard in it: 住厂里宿舍算不算有稳定住所 asks what the word takes in.
    return None if settles or sure >= CERTAIN and heard.intent != "tell" else term_asked(hearing.plain(heard.text))


def of_kind(world: World, heard: Heard, place: Where) -> str | None:
    """The topic of a question in general whether a kind of case is enough (宿舍能落户吗), where nothing else is surely meant.

    A topic about settling of which the classifier is certain, or that is one of those the kind belongs to, says more.
    """
    plain = hearing.plain(heard.text)
    if not ASKS_TO_SETTLE.search(plain):
        return None
    kinds = world.vocabulary.supposed
    if heard.sure and heard.topic in world.settling:
        return None
    pack = world.pack(place.jurisdiction) if place.jurisdiction else None
    supposed = hearing.reading(world, heard, pack.identity.jurisdiction.place if pack else None).supposed
    for fact in supposed:
        if fact.fact in kinds and fact.certainty != PRESUMED and isinstance(fact.value, Choice):
            found = {kinds[fact.fact].get(value, ()) for value in fact.value.values}
            if len(found) == 1 and (topics := found.pop()):
                if heard.topic in topics:
                    return None
                ways = (t for t in topics if pack and not closed(world, pack, pack.topics[t], supposed, heard.as_of))
                return next(ways, topics[0])
    return None
