"""What a message is instead of the turn it was heard as, where its words are surer than the classifier."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.ageing import only_an_age
from bot.conversation.ascribing import tells_of_one_to_follow, tells_standing
from bot.conversation.context import joined_by_them
from bot.conversation.in_words import of_a_way, relative_named, way_asked
from bot.conversation.joining import joined_now
from bot.conversation.limiting import limited_to
from bot.conversation.listening import tells_news
from bot.conversation.locating import thing_lies
from bot.conversation.state import Conversation
from bot.conversation.weddings import told_certified, told_of_a_wedding, told_unwed
from bot.conversation.where import spoken_of, where
from bot.conversation.world import Heard, World
from bot.reading.asking.another import asks_whether, opens_with
from bot.reading.asking.aspects import aspects
from bot.reading.asking.follow_ups import greets, untoned
from bot.reading.asking.wanting import asks, asks_more, only_asks, told_before_asking, wants_to_register
from bot.reading.kin.kinship import SELF
from bot.reading.text.cues import cue
from bot.reading.text.points import points

_HALF = 16
"""Who says more than this amid a screening may tell or ask anything."""


def a_place_in_a_greeting(world: World, state: Conversation, heard: Heard) -> bool:
    """东昌府区的: a place alone sounds like nothing."""
    return heard.intent == "greet" and hearing.names_a_place(heard.text) and not greets(hearing.plain(heard.text))


def speaks_of_a_way(world: World, state: Conversation, heard: Heard) -> bool:
    """我女朋友能跟着不, 你就说租房行不行: asked of a way, though it sounds like 做我女朋友 or like anger."""
    return heard.intent == "bot" and of_a_way(heard) is not None or way_asked(said_plainly(heard)) is not None


def said_plainly(heard: Heard) -> Heard:
    """The message without its tone of voice (你就说…行不行)."""
    return replace(heard, text=untoned(heard.text))


def of_a_relative_alone(world: World, state: Conversation, heard: Heard) -> bool:
    """我爸能吗, after an answer about another relative and with no case under way: the rule is asked for that one."""
    relative, words = relative_named(heard), hearing.plain(heard.text)
    if relative is None or state.topic is None or state.case.told or state.case.pending or heard.sure or len(words) > _HALF:
        return False
    return opens_with(words, relative.start) and asks_whether(words, relative.start, relative.end)


def says_where_alone(world: World, state: Conversation, heard: Heard) -> bool:
    """在城里, amid a case in which nothing is asked; 超市在城里, 场在村边上, of the workplace told of before."""
    words = hearing.plain(heard.text).strip("。! ")
    if not state.case.told:
        return False
    alone = state.case.pending is None and cue("follow_up.only_an_area").fullmatch(words) is not None
    return alone or says_where_it_lies(world, state, heard)


def says_where_it_lies(world: World, state: Conversation, heard: Heard) -> bool:
    """小区就在城里头, of the home told of before: it sounds like a question about what counts as a town."""
    place = spoken_of(world, state, heard).jurisdiction
    return place is not None and bool(thing_lies(world, heard, world.pack(place).identity.jurisdiction.place, state.case))


def tells_of_a_relative_here(world: World, state: Conversation, heard: Heard) -> bool:
    """我媳妇户口就在城里, amid the asker's own case: it sounds like a question about husband and wife, and asks nothing."""
    place = spoken_of(world, state, heard).jurisdiction
    return place is not None and tells_of_one_to_follow(world, heard, world.pack(place).identity.jurisdiction.place, state.case)


def asks_if_it_matters(world: World, state: Conversation, heard: Heard) -> bool:
    """没签合同,这样也行, amid a case: what is told belongs to the case, and it is asked no more than whether that matters."""
    told = told_before_asking(hearing.plain(heard.text))
    place = spoken_of(world, state, heard).jurisdiction
    if told is None or place is None or not state.case.told:
        return False
    return tells_news(world, state, replace(heard, text=told), world.pack(place))


def only_tells_news(world: World, state: Conversation, heard: Heard) -> bool:
    """在那边没房没亲戚, amid a case in which nothing is asked: it sounds like a question about where such people land."""
    plain, place = hearing.plain(heard.text), spoken_of(world, state, heard).jurisdiction
    if not state.case.told or state.case.pending is not None or place is None or asks(plain) or wants_to_register(plain):
        return False
    return not (aspects(plain) or only_asks(plain)) and tells_news(world, state, heard, world.pack(place))


def goes_to_another(world: World, state: Conversation, heard: Heard) -> bool:
    """不投儿子了,投媳妇, amid the case of who wanted to follow the son: it sounds like nothing, or like a question about following."""
    plain, place = hearing.plain(heard.text), spoken_of(world, state, heard).jurisdiction
    if place is None or not state.case.told or asks_more(plain) or aspects(plain):
        return False
    if state.person != SELF:
        return bool(joined_by_them(world, heard, world.pack(place).identity.jurisdiction.place, state.case))
    return joined_now(state.case, hearing.people(heard.text), plain) is not None


def turns_to_oneself(world: World, state: Conversation, heard: Heard) -> bool:
    """那我自己呢,我户口在外地,老公城里有房: the asker's own case, whoever is named in it."""
    return cue("follow_up.to_oneself").match(hearing.plain(heard.text)) is not None


def tells_of_no_marriage(world: World, state: Conversation, heard: Heard) -> bool:
    """没领证呢还, of the husband or wife who is followed: it sounds like a question about getting married."""
    return told_unwed(state, heard)


def tells_of_the_marriage(world: World, state: Conversation, heard: Heard) -> bool:
    """没办婚礼,不过证领了, of husband and wife: it sounds like a question about getting married."""
    return told_certified(state, heard)


def tells_of_a_marriage(world: World, state: Conversation, heard: Heard) -> bool:
    """昨天把证领了, of whom the mover goes out with: it sounds like a question about getting married, or like small talk."""
    place = spoken_of(world, state, heard).jurisdiction
    return place is not None and told_of_a_wedding(world, state, heard, world.pack(place).identity.jurisdiction.place)


def asks_of_one_way_alone(world: World, state: Conversation, heard: Heard) -> bool:
    """就按投靠父母说,成不, amid a case: its verdict is wanted, limited to that way, and not what the document says of the way."""
    return limited_to(world, state, heard) is not None


def tells_an_age_alone(world: World, state: Conversation, heard: Heard) -> bool:
    """16了, 我儿子17岁, amid a case: a number sounds like any question with a number in it."""
    return only_an_age(heard, state.case)


def tells_home_or_work(world: World, state: Conversation, heard: Heard) -> bool:
    """在城里上班: tells of a home or of work and asks nothing, though it sounds like a question about rights."""
    place = where(world, state, heard)
    if place.jurisdiction is None or heard.sure or heard.topic is None or heard.topic in world.settling:
        return False
    home = world.pack(place.jurisdiction).identity.jurisdiction.place
    return tells_standing(world, heard, home, state.case) and not asks_more(hearing.plain(heard.text))


def no_more_of_it(world: World, state: Conversation, heard: Heard) -> bool:
    """签了协议的呢: half a question, though it sounds like 还有呢."""
    return not heard.sure and heard.luohu.get("half") is not None


def only_tells(world: World, state: Conversation, heard: Heard) -> bool:
    """Whether a short message amid a screening tells something that was not made out (租赁合同,单位给的) and asks nothing.

    However much it sounds like a topic, the rule of that topic is no answer to it.
    """
    plain = hearing.plain(heard.text)
    if state.case.pending is None or len(plain) > _HALF:
        return False
    if cue("follow_up.only_an_area").fullmatch(plain.strip("。! ")):
        return True  # 在城里: where something lies, and not of what
    if heard.topic not in world.settling or not cue("follow_up.only_tells").search(plain):
        return False
    return not (asks(plain) or aspects(plain) or points(plain) or only_asks(plain))
