"""Questions: answered from the packs, declined where the documents say nothing, screened where a person's own case is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.manners import chitchat
from bot.conversation.merge import tell
from bot.conversation.screening import listen, speak
from bot.conversation.state import PRESUMED, Case, Conversation, Told
from bot.conversation.subject import BARE_ASPECTS, GENERAL, Subject, subject
from bot.conversation.where import where
from bot.conversation.world import Heard, Turn, World
from bot.policy.model import Pack
from bot.reading.people import COUPLE, SELF
from bot.reading.reader import Reading
from bot.replies.answers import topic_reply
from bot.replies.model import Option, Reply

_FOLLOW_UPS = 3
# From this share of the classifier on, a topic is taken at its word.
_SURE = 0.4
_SEGMENT = 0.4
# Who tells so many facts wants a verdict, whatever the words sound like.
_MUCH = 6
# A message below the classifier's thresholds: likely enough to answer after all, too unlikely to ask back, hardly any known word.
_LIKELY, _CLEAR, _UNLIKELY, _KNOWN = 0.12, 1.6, 0.1, 0.35
# Below this share a question on rights may be a wish to move that names a right in passing (迁过去养老).
_RIGHT = 0.5
_QUESTION = re.compile("[?吗呢咋]|怎么|什么|多少|哪|啥|能不能|可以不|行不|几")
_MOVES = re.compile("(?<![不没])(?:迁|落|转)(?:户|过[来去]|[到来去进])")
# A wish, or a second clause about the same people, tells a case after all.
_TELLS = re.compile("想|[,。;]")
_KIND_FACTS = frozenset({"kin.relation", "kin.place"})


def answer(world: World, state: Conversation, heard: Heard) -> Turn:
    """A question or a story: the place first, then what it is about, then the answer, the verdict, or both."""
    place = where(world, state, heard)
    about = subject(world, heard, place)
    if about.matter:
        return out_of_scope(world, state, heard)
    if place.jurisdiction is None:
        return ask_place(world, state, heard)
    if place.named:
        state = replace(state, place=place.named[0])
    pack = world.pack(place.jurisdiction)
    reading = hearing.reading(world, heard, pack.identity.jurisdiction.place)
    wish = how_personal(world, heard, pack, about, reading)
    if wish == "case":
        return begin(world, state, heard, pack, about)
    replies = answers(world, state, heard, pack, about)
    topic = next((r.topic for r in replies if r.topic), state.topic)
    state = replace(state, topic=topic, waiting=None)
    if wish == "own":
        turn = begin(world, state, heard, pack, replace(about, aspects=()))
        return replace(turn, replies=(*replies, *turn.replies))
    return Turn(state, replies)


def begin(world: World, state: Conversation, heard: Heard, pack: Pack, about: Subject) -> Turn:
    """Start, or go on with, the pre-screening of the case that the message tells; a side question in it is answered too."""
    case = state.case
    topic = about.topic if about.topic in world.vocabulary.topics and pack.topics.get(about.topic or "") else case.topic
    if topic and not pack.topics[topic].routes:
        topic = case.topic
    state = state.with_case(replace(case, topic=topic))
    state, _ = listen(world, replace(state, waiting=None), heard, pack)
    side = _sides(world, pack, about, state)
    turn = speak(world, state, heard, pack)
    others = _others(world, turn.state, heard, pack)
    return replace(turn, replies=(*others, *turn.replies, *side))


def _others(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Reply, ...]:
    """A verdict each for the further people that one message wants to move (爱人和妹妹); the questions go on with the first."""
    reading = hearing.reading(world, heard, pack.identity.jurisdiction.place)
    found: list[Reply] = []
    for other in reading.wishes:
        news = {f.fact: Told(f.value, f.words, f.certainty) for f in other.facts}
        case = tell(Case(other.person or "other", other.person_words), news)
        head = world.wording.say("other_person", who=world.wording.who(case.person, case.words))
        for reply in speak(world, state.with_case(case), heard, pack, prefix=(head,)).replies:
            screening = {**reply.screening, "question": None} if reply.screening else None
            found.append(replace(reply, kind="screening", question=None, options=(), screening=screening))
    return tuple(found)


def _sides(world: World, pack: Pack, about: Subject, state: Conversation) -> tuple[Reply, ...]:
    asked = tuple(a for a in about.aspects if a in BARE_ASPECTS)
    topic = pack.topics.get(state.case.topic or "")
    if topic is None:
        return tuple(topic_reply(pack, pack.topics[a], world.wording) for a in asked if a in pack.topics)
    return (topic_reply(pack, topic, world.wording, aspects=asked),) if asked else ()


def how_personal(world: World, heard: Heard, pack: Pack, about: Subject, reading: Reading) -> str:
    """What a message is: a ``case`` (a verdict helps), about one's ``own`` (the rule, then the first question), or ``general``."""
    facts = {f.fact for f in reading.facts if f.certainty != PRESUMED}
    told = bool(facts)
    topic = pack.topics.get(about.topic or "")
    if told and reading.routes_only:
        return "case"
    if heard.intent == "ask":
        wishes = told and reading.is_story and bool(_MOVES.search(hearing.plain(heard.text)))
        if about.topic in BARE_ASPECTS and told and reading.person is not None:
            return "case"
        if about.topic not in world.settling or topic is None:
            # A right is asked about; unless that is unsure and the message says that somebody wants to move.
            return "case" if wishes and float(heard.luohu.get("confidence", 1.0)) < _RIGHT else "general"
        if not topic.routes and float(heard.luohu.get("confidence", 0.0)) >= _SURE and about.topic not in GENERAL and len(facts) < _MUCH:
            return "general"  # the document has no route of this kind; that is the answer
    if about.aspects and len(facts) < _MUCH and not _names_self(heard):
        return "general"  # the papers of a way, not of a person
    if heard.intent == "tell" or told and reading.is_story and not _about_kinds(heard, reading):
        return "case"
    if _about_kinds(heard, reading):
        return "general"
    own = reading.person is not None and _names_self(heard) and topic is not None and topic.routes
    return "own" if own and not about.aspects else "general"


def _about_kinds(heard: Heard, reading: Reading) -> bool:
    """Whether relatives are named as kinds of people (兄弟姐妹能投靠吗), not as somebody's own."""
    told = {f.fact for f in reading.facts if f.certainty != PRESUMED}
    plain = hearing.plain(heard.text)
    return bool(told) and told <= _KIND_FACTS and not _names_self(heard) and not _TELLS.search(plain)


def _names_self(heard: Heard) -> bool:
    return any(m.person in (SELF, COUPLE) or m.owner == SELF for m in hearing.people(heard.text))


def answers(world: World, state: Conversation, heard: Heard, pack: Pack, about: Subject) -> tuple[Reply, ...]:
    """One reply for every question in the message, in order."""
    topics = _topics(heard, about, pack)
    if about.topic in BARE_ASPECTS and state.topic and pack.topics[state.topic].routes and not _names_topic(topics):
        # 要带什么材料, after an answer about a route, asks for the papers of that route.
        return (_one(world, pack, state.topic, about.aspects, state),)
    return tuple(_one(world, pack, t, about.aspects if len(topics) == 1 else (), state) for t in topics) or (unclear(world, heard, pack),)


def _names_topic(topics: Sequence[str]) -> bool:
    return any(t not in BARE_ASPECTS for t in topics)


def _topics(heard: Heard, about: Subject, pack: Pack) -> list[str]:
    found = [about.topic] if about.topic else []
    for segment in heard.luohu.get("segments", ()):
        intent, _, topic = str(segment.get("class", "")).partition("/")
        if intent == "ask" and segment.get("p", 0) >= _SEGMENT and topic not in found:
            found.append(topic)
    return [t for t in found if t in pack.topics][:3]


def _one(world: World, pack: Pack, topic_id: str, aspects: Sequence[str], state: Conversation) -> Reply:
    topic = pack.topics[topic_id]
    titles = [(t, world.vocabulary.topics[t]) for t in topic.related if t in world.vocabulary.topics][:_FOLLOW_UPS]
    sides = tuple(a for a in aspects if a != topic_id)
    if topic_id in BARE_ASPECTS:
        sides = ()
    return topic_reply(pack, topic, world.wording, titles, aspects=sides)


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
    if place.jurisdiction and state.case.told and not place.elsewhere and not _QUESTION.search(hearing.plain(heard.text)):
        # A statement in the middle of somebody's case: "我没有交社保" is a fact before it is a matter.
        pack = world.pack(place.jurisdiction)
        after, understood = listen(world, state, heard, pack)
        if understood:
            return speak(world, after, heard, pack)
    if about.matter is None and about.topic:
        return answer(world, state, replace(heard, intent="ask", luohu={**heard.luohu, "topic": about.topic, "matter": None}))
    wording = world.wording
    if about.matter in ("other_place", "points_elsewhere", "province_rule"):
        said = (wording.say("other_place", places=world.places), wording.say("other_place_where"))
    else:
        name = world.vocabulary.matters.get(about.matter or "other", world.vocabulary.matters["other"])
        said = (wording.say("out_of_scope", matter=name), wording.say("out_of_scope_where"))
    return Turn(replace(state, waiting=None), (Reply("out_of_scope", said, place.jurisdiction),))


def unclear(world: World, heard: Heard, pack: Pack | None) -> Reply:
    """Not understood: offer the nearest topics to choose from."""
    titles = []
    for name, share in heard.luohu.get("ranking", ()):
        intent, _, topic = str(name).partition("/")
        if intent == "ask" and topic in world.vocabulary.topics and share >= 0.05:
            titles.append(world.vocabulary.topics[topic])
    options = tuple(Option(t, t) for t in titles[:_FOLLOW_UPS])
    return Reply("clarify", (world.wording.say("fallback"),), pack.identity.jurisdiction.id if pack else None, options=options)


def fallback(world: World, state: Conversation, heard: Heard) -> Turn:
    """A message below the thresholds: facts in it are still taken; otherwise the nearest topics are offered, then a person."""
    place = where(world, state, heard)
    if place.elsewhere:
        return out_of_scope(world, state, heard)
    if place.jurisdiction is None and hearing.reading(world, heard, None).is_story:
        return ask_place(world, state, replace(heard, intent="tell"))
    if place.jurisdiction:
        pack = world.pack(place.jurisdiction)
        reading = hearing.reading(world, heard, pack.identity.jurisdiction.place)
        if reading.is_story and any(f.certainty != PRESUMED for f in reading.facts):
            return begin(
                world, state if not place.named else replace(state, place=place.named[0]), heard, pack, Subject(heard.luohu.get("topic"))
            )
    if not any(c.isalnum() for c in hearing.plain(heard.text)):
        return chitchat(world, state, replace(heard, intent="nonsense"))
    ranking = [(str(name), float(share)) for name, share in heard.luohu.get("ranking", ())] or [("", 0.0)]
    intent, _, label = ranking[0][0].partition("/")
    clear = len(ranking) < 2 or ranking[0][1] >= _CLEAR * ranking[1][1]
    if intent == "ask" and ranking[0][1] >= _LIKELY and clear:
        return answer(world, state, replace(heard, intent="ask", luohu={**heard.luohu, "topic": label}))
    if intent == "out_of_scope" or ranking[0][1] < _UNLIKELY or float(heard.luohu.get("coverage", 1.0)) < _KNOWN:
        options = unclear(world, heard, None).options
        return Turn(state, (Reply("out_of_scope", (world.wording.say("not_found"),), place.jurisdiction, options=options),))
    if state.misses >= 1:
        return Turn(
            replace(state, misses=state.misses + 1), (Reply("handoff", (world.wording.say("fallback_again"),), place.jurisdiction),)
        )
    pack_or_none = world.pack(place.jurisdiction) if place.jurisdiction else None
    return Turn(replace(state, misses=state.misses + 1), (unclear(world, heard, pack_or_none),))
