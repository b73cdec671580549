"""Questions: answered from the packs, declined where the documents say nothing, screened where a person's own case is told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.articles import topics_named
from bot.conversation.beside import come_too
from bot.conversation.by_the_way import tells_a_case
from bot.conversation.in_words import (
    ASKS_TO_SETTLE,
    BARE_ASPECTS,
    CONDITIONS,
    insured_way,
    of_a_way,
    only_settling,
    relative_named,
    ways_of_papers,
)
from bot.conversation.judging import judge
from bot.conversation.kinfolk import way_of_kin
from bot.conversation.listening import listen
from bot.conversation.manners import chitchat
from bot.conversation.merge import tell
from bot.conversation.narrowing import narrowed
from bot.conversation.particular import closed, particular
from bot.conversation.personal import CASE, OWN, RULE, about_kin_alone, answered_whole, how_personal
from bot.conversation.screening import speak
from bot.conversation.several import Asked, questions, topics
from bot.conversation.state import Case, Conversation, Told
from bot.conversation.subject import FOREIGN, GENERAL, OF_EVERY_WAY, Subject, subject
from bot.conversation.tale import Tale
from bot.conversation.where import Where, where
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.screening import Verdict
from bot.policy.model import Pack
from bot.reading.asking.aspects import aspects
from bot.reading.asking.wanting import asks, brings_register
from bot.reading.record.builder import FactReading
from bot.reading.text.points import known, papers_asked, points
from bot.reading.text.terms import asks_the_assistant, landlord_refuses, measured_by_a_term, of_another_nation
from bot.replies.answers import Sides, side_reply, stated, topic_reply
from bot.replies.model import Option, Reply, Said

_FOLLOW_UPS = 3
_TEXT = "document"
_PAPERS = "materials"
# Topics that are a detail of every way, and that detail.
_IN_GENERAL: Mapping[str, str] = {"social_insurance": "insurance", "family_follow": "family"}
# Topics whose own words are those of a side (找谁说理).
_SIDELESS = (*BARE_ASPECTS, "refusal")
_SETTLES = re.compile("[落入迁转上]个?户|户口[^,。;?!]{0,8}[落迁转挪办弄]|[落迁转挪弄][^,。;?!]{0,6}户口|[落迁][^,。;?!]{0,4}[吗不没]")


def speaks_of_settling(plain: str) -> bool:
    """Whether a message speaks of a register being moved."""
    return bool(_SETTLES.search(plain))


def answer(world: World, state: Conversation, heard: Heard) -> Turn:
    """A question or a story: the place first, then what it is about, then the answer, the verdict, or both."""
    place = where(world, state, heard)
    about = subject(world, heard, place)
    if about.topic == "document" and asks_the_assistant(hearing.plain(heard.text)):
        return chitchat(world, state, replace(heard, intent="bot"))  # who 你 is, not what the document is
    bare = None if place.elsewhere else only_settling(world, heard)
    if about.matter and bare is None and not _answerable_beside(world, heard, place, about):
        return out_of_scope(world, state, heard)
    if place.jurisdiction is None:
        return ask_place(world, state, heard)
    if place.named:
        state = replace(state, place=place.named[0])
    pack = world.pack(place.jurisdiction)
    if bare:
        if bare == "wish":  # 我想落户, 俺娘想落户: nothing is told yet
            relative = relative_named(heard)
            topic = way_of_kin(world, pack, relative.person) if relative else None
            return begin(world, state, heard, pack, Subject(topic or CONDITIONS))
        sides = Sides(about.aspects, points(hearing.plain(heard.text)))
        reply = _one(world, pack, about.topic or CONDITIONS, sides, state)
        return Turn(replace(state, topic=reply.topic, waiting=None), (reply,))
    reading = hearing.reading(world, heard, pack.identity.jurisdiction.place)
    if about.topic in (None, _TEXT) and not reading.is_story and (named := topics_named(pack, hearing.plain(heard.text))):
        replies = tuple(_one(world, pack, topic, Sides(about.aspects), state) for topic in named)  # 二(二)是什么内容
        return Turn(replace(state, topic=named[0], waiting=None), replies)
    about = narrowed(world, about, heard, reading, pack)
    tale = Tale(world, heard, pack, reading, about)
    wish = how_personal(tale)
    if wish != RULE and answered_whole(tale):
        wish = RULE
    if wish == CASE:
        return begin(world, state, heard, pack, about)
    replies = answers(world, state, heard, pack, about, reading.supposed or reading.facts)
    topic = next((r.topic for r in replies if r.topic), state.topic)
    state = replace(state, topic=topic, waiting=None)
    if wish == RULE and reading.is_story:
        state, _ = listen(world, state, heard, pack)  # told beside a question: not asked again once a verdict is wanted
    shut = about_kin_alone(tale) and closed(world, pack, pack.topics[about.topic or CONDITIONS], reading.facts, heard.as_of)
    if wish == OWN and not shut:
        turn = begin(world, state, heard, pack, replace(about, aspects=()))
        said = {s.text for r in replies for s in r.said}
        more = (r for r in turn.replies if r.screening or not {s.text for s in r.said} <= said)
        return replace(turn, replies=(*replies, *more))
    return Turn(state, replies)


def begin(world: World, state: Conversation, heard: Heard, pack: Pack, about: Subject) -> Turn:
    """Start, or go on with, the pre-screening of the case that the message tells; a side question in it is answered too."""
    case = state.case
    topic = about.topic if about.topic in world.vocabulary.topics and pack.topics.get(about.topic or "") else case.topic
    if topic and not pack.topics[topic].routes:
        topic = case.topic
    routes = pack.topics[topic].routes if topic else ()
    # Who asks about something beside settling, such as a booklet of one's own, wants to know of that alone.
    only = case.only or bool(routes) and not any(pack.route(r).settles for r in routes)
    state = state.with_case(replace(case, topic=topic, only=only))
    state, _ = listen(world, replace(state, waiting=None), heard, pack)
    turn = speak(world, state, heard, pack)
    side = _sides(world, state, heard, pack, about, turn.replies)
    after, too = come_too(world, turn.state, heard, pack)
    others = (*_details(world, heard, pack, about), *_others(world, turn.state, heard, pack), *too)
    return replace(turn, state=after, replies=(*others, *turn.replies, *side, *_besides(world, heard, pack, about, state)))


def _besides(world: World, heard: Heard, pack: Pack, about: Subject, state: Conversation) -> tuple[Reply, ...]:
    """What else a message asks that tells a case: each further topic or matter, answered after the verdict."""
    # A right that the whole message sounds like (…想落户，创业有没有补贴) is not answered by the verdict.
    told = about.topic if about.topic in world.settling else None
    done = {state.case.topic, told, *BARE_ASPECTS, *GENERAL}
    words = hearing.plain(heard.text)  # 我在这打工 asks nothing, and 户口咋弄过来 nothing of what is the reason
    heard_one = (Asked(about.topic),) if about.topic in pack.topics and heard.likely and asks(words) and not brings_register(words) else ()
    asked = questions(heard, about, pack) if heard.luohu.get("segments") else heard_one
    rest = [a for a in asked if a.topic not in done or a.matter]
    if any(a.topic for a in rest):  # nor is the rule of a way whose conditions the verdict has just said to be met
        fits = set(_fitting(world, state, heard, pack))
        rest = [a for a in rest if not a.topic or not fits & set(pack.topics[a.topic].routes)]
    here = pack.identity.jurisdiction.id
    return tuple(_one(world, pack, a.topic, Sides(), state) if a.topic else declined(world, a.matter, here) for a in rest)


def _details(world: World, heard: Heard, pack: Pack, about: Subject) -> tuple[Reply, ...]:
    """What a message that tells a case turns on and no verdict says, before the verdict.

    Whether papers are needed (公租房证有,外地户,要社保不), or what no fact holds (不是正式职工,能按毕业生落不).
    """
    plain = hearing.plain(heard.text)
    asked = [(way, name) for way in ways_of_papers(heard) for name in papers_asked(plain)]
    if not asked and (way := insured_way(heard)):
        asked = [(way, "insurance")]
    asked += [(about.topic or "", name) for name in points(plain) if known()[name].beside]
    found = [(pack.topics[way], name) for way, name in asked if way in pack.topics and name in pack.topics[way].points]
    return tuple(side_reply(pack, topic, world.wording, (), [stated(pack, s) for s in topic.points[name]]) for topic, name in found)


def _others(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Reply, ...]:
    """A verdict each for the further people that one message wants to move (爱人和妹妹); the questions go on with the first."""
    reading = hearing.reading(world, heard, pack.identity.jurisdiction.place)
    found: list[Reply] = []
    for other in reading.wishes:
        news = {f.fact: Told(f.value, f.words, f.certainty) for f in other.facts}
        case = tell(Case(other.person or "other", other.person_words), news)
        head = world.wording.say("other_person", who=world.wording.who(case.person, case.words))
        found += [reply.unasked() for reply in speak(world, state.with_case(case), heard, pack, prefix=(head,)).replies]
    return tuple(found)


def _sides(world: World, state: Conversation, heard: Heard, pack: Pack, about: Subject, verdict: Sequence[Reply]) -> tuple[Reply, ...]:
    """What a message that tells a case also asks of its way (户口菏泽,在这上班,社保要交够几个月): each side of it, beside the verdict."""
    # A verdict that somebody may register says which papers the way asks for.
    listed = any(r.screening and r.screening["verdict"] == Verdict.ELIGIBLE.value and r.said for r in verdict)
    about = replace(about, aspects=tuple(a for a in about.aspects if not (listed and a == _PAPERS)))
    if not about.aspects:
        return ()
    topic = pack.topics.get(state.case.topic or way_spoken_of(world, state, heard, pack) or "")
    if topic is None:
        sides = dict.fromkeys(OF_EVERY_WAY.get(a, a) for a in about.aspects)
        return tuple(topic_reply(pack, pack.topics[side], world.wording) for side in sides if side in pack.topics)
    return (side_reply(pack, topic, world.wording, about.aspects),)


def answers(
    world: World, state: Conversation, heard: Heard, pack: Pack, about: Subject, facts: Sequence[FactReading] = ()
) -> tuple[Reply, ...]:
    """One reply for every question in the message, in order; what no document regulates is said to be so.

    ``facts`` are those of the case that the message asks about, be it one's own or a supposed one.
    """
    asked = tuple(a for a in questions(heard, about, pack) if not _misheard(world, heard, pack, about, a, facts))
    plain = hearing.plain(heard.text)
    whether = bool(ASKS_TO_SETTLE.search(plain))
    if landlord_refuses(plain):
        about = replace(about, aspects=tuple(dict.fromkeys((*about.aspects, "consent"))))  # 房东不让落咋整
    if about.topic in BARE_ASPECTS and not _names_topic(topics(asked)) and (way := way_spoken_of(world, state, heard, pack)):
        # 要带什么材料, after an answer about a route or a verdict, asks for the papers of that route; its rule was said.
        return (_one(world, pack, way, Sides(about.aspects, points(plain), known=True), state),)
    asked, sides = _of_one_way(pack, _told_of_a_way(pack, asked, points(plain)), about)
    here = pack.identity.jurisdiction.id
    turning, replies = points(plain), []
    for one in asked:
        named = set(points(plain)).intersection(pack.topics[one.topic].points) if one.topic else set()
        if named and not named.intersection(turning):
            continue  # all that is asked of it was said of the topic before
        if one.topic is None:
            replies.append(declined(world, one.matter, here))
            continue
        lead = particular(world, pack, pack.topics[one.topic], facts, heard.as_of)
        replies.append(_one(world, pack, one.topic, Sides(sides, turning, whether), state, lead))
        turning = tuple(p for p in turning if p not in pack.topics[one.topic].points or known()[p].needed)  # said once, papers of each way
    return tuple(replies) or (unclear(world, heard, pack),)


def _told_of_a_way(pack: Pack, asked: tuple[Asked, ...], turning: tuple[str, ...]) -> tuple[Asked, ...]:
    """The questions without those in general (insurance, who comes along) that the way asked about answers for itself."""
    ways = [pack.topics[a.topic].points for a in asked if a.topic and a.topic not in _IN_GENERAL]
    told = {topic for topic, point in _IN_GENERAL.items() if point in turning and any(point in way for way in ways)}
    return tuple(a for a in asked if a.topic not in told)


def _of_one_way(pack: Pack, asked: tuple[Asked, ...], about: Subject) -> tuple[tuple[Asked, ...], tuple[str, ...]]:
    """The questions, and the sides asked for: where one way is named, 租房要啥材料,多少钱,几天 are sides of it."""
    named = [t for t in topics(asked) if t not in BARE_ASPECTS]
    if len(named) != 1:
        return asked, about.aspects if len(asked) == 1 else ()
    bare = tuple(t for t in topics(asked) if t in BARE_ASPECTS)
    if pack.topics[named[0]].routes and named[0] not in GENERAL:
        return tuple(a for a in asked if a.topic not in BARE_ASPECTS), tuple(dict.fromkeys((*about.aspects, *bare)))
    if _PAPERS in bare:
        # 聊城落户什么条件，要什么材料: the papers of this, not papers in general.
        return tuple(a for a in asked if a.topic != _PAPERS), (_PAPERS,)
    return asked, about.aspects if len(asked) == 1 else ()


def _misheard(world: World, heard: Heard, pack: Pack, about: Subject, asked: Asked, facts: Sequence[FactReading]) -> bool:
    """Whether a question is only what the classifier heard before the words decided otherwise, and closed to the case asked about."""
    decided = about.topic not in (None, heard.topic) and asked.topic == heard.topic is not None
    if decided and heard.topic == "rural_kin":
        return True  # 投靠亲戚能落户吗: no village is named
    if decided and measured_by_a_term(hearing.plain(heard.text)):
        return True  # 住宿舍算不算稳定住所 asks nothing of work
    return decided and bool(facts) and closed(world, pack, pack.topics[str(asked.topic)], facts, heard.as_of)


def way_spoken_of(world: World, state: Conversation, heard: Heard, pack: Pack) -> str | None:
    """The topic of the way spoken of: the one asked about, unless the case under way fits another."""
    asked = state.topic if state.topic and pack.topics[state.topic].routes else None
    if not state.case.told:
        return asked
    fits = _fitting(world, state, heard, pack)
    if not fits or asked and set(fits) & set(pack.topics[asked].routes):
        return asked
    return next((name for name, topic in pack.topics.items() if fits[0] in topic.routes and name not in GENERAL), asked)


def _fitting(world: World, state: Conversation, heard: Heard, pack: Pack) -> list[str]:
    """The routes whose conditions the case under way meets."""
    return [r.route.id for r in judge(world, state, heard, pack)[0].routes if r.verdict is Verdict.ELIGIBLE]


def _names_topic(found: Sequence[str]) -> bool:
    return any(t not in BARE_ASPECTS for t in found)


def _answerable_beside(world: World, heard: Heard, place: Where, about: Subject) -> bool:
    """Whether a message about another matter also asks something that the document of the place answers."""
    if place.jurisdiction is None or place.elsewhere:
        return False
    # Where the words decided against the topic heard, a part that sounds like it again is misheard too.
    misheard = heard.topic if heard.intent == "ask" else None
    return any(a.topic and a.topic != misheard for a in questions(heard, about, world.pack(place.jurisdiction)))


def _one(world: World, pack: Pack, topic_id: str, asked: Sides, state: Conversation, lead: Sequence[Said] = ()) -> Reply:
    topic = pack.topics[topic_id]
    titles = [(t, world.vocabulary.topics[t]) for t in topic.related if t in world.vocabulary.topics][:_FOLLOW_UPS]
    sides = () if topic_id in _SIDELESS else tuple(a for a in asked.aspects if a != topic_id)
    asked = replace(asked, aspects=sides, known=asked.known or state.topic == topic_id)
    return topic_reply(pack, topic, world.wording, titles, asked=asked, lead=lead)


def ask_place(world: World, state: Conversation, heard: Heard) -> Turn:
    """Ask once which place is meant, keep the message until it is told; asked again, answer for every place."""
    if state.asked_place and heard.topic and not heard.luohu.get("place_only"):
        replies = tuple(r for p in world.packs.by_jurisdiction.values() for r in answers(world, state, heard, p, Subject(heard.topic)))
        return Turn(state, replies)
    names = [p.identity.jurisdiction.name for p in world.packs.by_jurisdiction.values()]
    options = tuple(Option(n, n) for n in names)
    reply = Reply("clarify", (), None, heard.topic, world.wording["which_place"], options)
    return Turn(
        replace(state, asked_place=True, waiting={"text": heard.text, "intent": heard.intent, "luohu": dict(heard.luohu)}), (reply,)
    )


def out_of_scope(world: World, state: Conversation, heard: Heard) -> Turn:
    """Another matter, or another place: said plainly, with where to turn; a matter of a place served here is answered after all."""
    place = where(world, state, heard)
    about = subject(world, heard, place)
    if about.matter == FOREIGN and of_another_nation(hearing.plain(heard.text)):
        return Turn(replace(state, waiting=None), (declined(world, FOREIGN, place.jurisdiction),))
    if not place.elsewhere and about.topic and of_a_way(heard) == about.topic:
        return answer(world, state, replace(heard, intent="ask", luohu={**heard.luohu, "topic": None}))
    if place.jurisdiction and not place.elsewhere and tells_a_case(world, heard, world.pack(place.jurisdiction)):
        return begin(world, state, heard, world.pack(place.jurisdiction), Subject(aspects=aspects(hearing.plain(heard.text))))
    if place.jurisdiction and state.case.told and not place.elsewhere and not asks(hearing.plain(heard.text)):
        # A statement in the middle of somebody's case: "我没有交社保" is a fact before it is a matter.
        pack = world.pack(place.jurisdiction)
        after, understood = listen(world, state, heard, pack)
        if understood:
            return speak(world, after, heard, pack)
    if state.case.pending and not heard.sure and not asks(hearing.plain(heard.text)):
        return Turn(state, (Reply("chitchat", (world.wording.say("ask_again"),), place.jurisdiction),))  # no answer and no question
    if about.matter is None and about.topic:
        return answer(world, state, replace(heard, intent="ask", luohu={**heard.luohu, "topic": about.topic, "matter": None}))
    if _answerable_beside(world, heard, place, about):
        return answer(world, state, heard)
    return Turn(replace(state, waiting=None), (declined(world, about.matter, place.jurisdiction),))


def declined(world: World, matter: str | None, jurisdiction: str | None) -> Reply:
    """That a matter is none of the documents', and where to turn."""
    wording = world.wording
    if matter in ("other_place", "points_elsewhere", "province_rule"):
        said = (wording.say("other_place", places=world.places), wording.say("other_place_where"))
    else:
        name = world.vocabulary.matters.get(matter or "other", world.vocabulary.matters["other"])
        said = (wording.say("out_of_scope", matter=name), wording.say("out_of_scope_where"))
    return Reply("out_of_scope", said, jurisdiction)


def unclear(world: World, heard: Heard, pack: Pack | None) -> Reply:
    """Not understood: offer the nearest topics to choose from."""
    titles = []
    for name, share in heard.luohu.get("ranking", ()):
        intent, _, topic = str(name).partition("/")
        if intent == "ask" and topic in world.vocabulary.topics and share >= 0.05:
            titles.append(world.vocabulary.topics[topic])
    options = tuple(Option(t, t) for t in titles[:_FOLLOW_UPS])
    return Reply("clarify", (world.wording.say("fallback"),), pack.identity.jurisdiction.id if pack else None, options=options)
