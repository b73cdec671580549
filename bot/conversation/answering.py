"""Questions: answered from the packs, declined where the documents say nothing, screened where a person's own case is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bot.conversation import hearing
from bot.conversation.articles import asks_where_written, in_its_words, names_article, topics_named, where_written
from bot.conversation.beginning import begin
from bot.conversation.by_the_way import tells_a_case
from bot.conversation.in_words import ASKS_TO_SETTLE, BARE_ASPECTS, CONDITIONS, of_a_way, only_settling, relative_named
from bot.conversation.kinfolk import way_of_kin
from bot.conversation.listening import listen
from bot.conversation.manners import chitchat
from bot.conversation.meanings import meaning
from bot.conversation.narrowing import narrowed
from bot.conversation.particular import closed, particular
from bot.conversation.personal import CASE, OWN, RULE, about_kin_alone, answered_whole, how_personal
from bot.conversation.replying import declined, on_topic, unclear, way_spoken_of
from bot.conversation.required import ASKED as INSURED
from bot.conversation.required import says_if_needed
from bot.conversation.screening import speak
from bot.conversation.several import Asked, questions, topics
from bot.conversation.state import Case, Conversation, Told
from bot.conversation.subject import FOREIGN, GENERAL, IN_GENERAL, Subject, subject
from bot.conversation.tale import Tale
from bot.conversation.where import Where, where
from bot.conversation.world import Heard, Turn, World
from bot.policy.model import Pack
from bot.reading.asking.aspects import aspects
from bot.reading.asking.wanting import asks
from bot.reading.kin.kinship import SELF
from bot.reading.reader import Reading
from bot.reading.record.builder import FactReading
from bot.reading.text.cues import cue
from bot.reading.text.points import known, points
from bot.reading.text.terms import asks_the_assistant, landlord_refuses, measured_by_a_term, of_another_nation
from bot.replies.answers import Sides
from bot.replies.model import Option, Reply

_TEXT = "document"
_PAPERS = "materials"
_SETTLES = cue("answering.settles")


def speaks_of_settling(plain: str) -> bool:
    """Whether a message speaks of a register being moved."""
    return bool(_SETTLES.search(plain))


def answer(world: World, state: Conversation, heard: Heard) -> Turn:
    """A question or a story: the place first, then what it is about, then the answer, the verdict, or both."""
    place = where(world, state, heard)
    about = subject(world, heard, place)
    if about.topic == _TEXT and asks_the_assistant(hearing.plain(heard.text)):
        return chitchat(world, state, replace(heard, intent="bot"))  # who 你 is, not what the document is
    bare = None if place.elsewhere else only_settling(world, heard)
    written = asks_where_written(hearing.plain(heard.text)) or names_article(hearing.plain(heard.text)) and not heard.sure
    if about.matter and bare is None and not (written and not place.elsewhere) and not _answerable_beside(world, heard, place, about):
        return out_of_scope(world, state, heard)
    if place.jurisdiction is None:
        return ask_place(world, state, heard)
    if place.named:
        state = replace(state, place=place.named[0])
    pack = world.pack(place.jurisdiction)
    if bare == "wish":
        return _wished(world, state, heard, pack)
    if bare:
        reply = on_topic(world, pack, about.topic or CONDITIONS, Sides(about.aspects, points(hearing.plain(heard.text))), state)
        return Turn(replace(state, topic=reply.topic, waiting=None), (reply,))
    if turn := meaning(world, replace(state, waiting=None), heard, pack):
        return turn
    reading = hearing.reading(world, heard, pack.identity.jurisdiction.place)
    asks_of_text = asks_where_written(hearing.plain(heard.text)) or not reading.is_story
    if asks_of_text and (turn := _of_an_article(world, state, heard, pack, about)):
        return turn
    return _by_rule_or_verdict(Tale(world, heard, pack, reading, narrowed(world, about, heard, reading, pack)), state)


def _of_an_article(world: World, state: Conversation, heard: Heard, pack: Pack, about: Subject) -> Turn | None:
    """What an article named by its number says (二(二)是什么内容), whatever else the message sounds like (三(三)租的房算不)."""
    plain = hearing.plain(heard.text)
    if words := in_its_words(pack, plain, world.wording):
        return Turn(replace(state, waiting=None), (words,))
    other = about.topic if about.topic != _TEXT else None
    if found := where_written(pack, plain, other, world.wording):
        return Turn(replace(state, topic=found.topic, waiting=None), (found,))
    named = topics_named(pack, plain)
    if not named or about.topic in named or about.topic not in (None, _TEXT) and heard.sure:
        return None
    sides = Sides(about.aspects, points(plain))
    replies = tuple(on_topic(world, pack, topic, sides, state) for topic in named)
    return Turn(replace(state, topic=named[0], waiting=None), replies)


def _wished(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn:
    """我想落户, 俺娘想落户: nothing is told yet."""
    relative = relative_named(heard)
    topic = way_of_kin(world, pack, relative.person) if relative else None
    return begin(world, state, heard, pack, Subject(topic or CONDITIONS))


def _by_rule_or_verdict(tale: Tale, state: Conversation) -> Turn:
    """The rule that is asked for, the verdict on the case that is told, or the one and then the other."""
    world, heard, pack, about, reading = tale.world, tale.heard, tale.pack, tale.about, tale.reading
    wish = RULE if answered_whole(tale) else how_personal(tale)
    if wish == CASE:
        return begin(world, state, heard, pack, about)
    replies = answers(world, state, heard, pack, about, reading.supposed or reading.facts)
    topic = next((r.topic for r in replies if r.topic), state.topic)
    supposed = replace(Case(), told=_as_told(reading), topic=topic) if wish == RULE else None
    state = replace(state, topic=topic, waiting=None, question=supposed)
    of_a_relative = reading.person not in (None, SELF) and tale.names_self
    if wish == OWN:
        shut = about_kin_alone(tale) and closed(world, pack, pack.topics[about.topic or CONDITIONS], reading.facts, heard.as_of)
        if shut and of_a_relative:
            state, _ = listen(world, state, heard, pack)  # 我岳母能落我这吗…我在城里有房: her case, though that way is shut
        return Turn(state, replies) if shut else _then_the_verdict(tale, state, replies)
    of_kinds = about_kin_alone(tale) and not tale.names_self and reading.person not in (None, SELF)
    if of_a_relative or reading.is_story and not of_kinds:  # 儿媳投靠公婆 begins nobody's case
        state, _ = listen(world, state, heard, pack)  # told beside a question: not asked again once a verdict is wanted
    return Turn(state, replies)


def _as_told(reading: Reading) -> Mapping[str, Told]:
    """What a question in general supposes, as it would be told."""
    return MappingProxyType({f.fact: Told(f.value, f.words, f.certainty) for f in reading.supposed or reading.facts})


def _then_the_verdict(tale: Tale, state: Conversation, replies: tuple[Reply, ...]) -> Turn:
    """The rule, and behind it the verdict with what it says beside."""
    turn = begin(tale.world, state, tale.heard, tale.pack, replace(tale.about, aspects=()))
    if says_if_needed(tale.world, tale.pack, tale.heard, turn.state.case, turn.replies) and set(points(tale.words)) <= INSURED:
        return turn  # whether the insurance is needed was all that was asked
    said = {s.text for r in replies for s in r.said}
    more = (r for r in turn.replies if r.screening or not {s.text for s in r.said} <= said)
    return replace(turn, replies=(*replies, *more))


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
        return (on_topic(world, pack, way, Sides(about.aspects, points(plain), known=True), state),)
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
        replies.append(on_topic(world, pack, one.topic, Sides(sides, turning, whether), state, lead))
        turning = tuple(p for p in turning if p not in pack.topics[one.topic].points or known()[p].needed)  # said once, papers of each way
    return tuple(replies) or (unclear(world, heard, pack),)


def _told_of_a_way(pack: Pack, asked: tuple[Asked, ...], turning: tuple[str, ...]) -> tuple[Asked, ...]:
    """The questions without those in general (insurance, who comes along) that the way asked about answers for itself."""
    ways = [pack.topics[a.topic].points for a in asked if a.topic and a.topic not in IN_GENERAL]
    told = {topic for topic, point in IN_GENERAL.items() if point in turning and any(point in way for way in ways)}
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


def _names_topic(found: Sequence[str]) -> bool:
    return any(t not in BARE_ASPECTS for t in found)


def _answerable_beside(world: World, heard: Heard, place: Where, about: Subject) -> bool:
    """Whether a message about another matter also asks something that the document of the place answers."""
    if place.jurisdiction is None or place.elsewhere:
        return False
    # Where the words decided against the topic heard, a part that sounds like it again is misheard too.
    misheard = heard.topic if heard.intent == "ask" else None
    return any(a.topic and a.topic != misheard for a in questions(heard, about, world.pack(place.jurisdiction)))


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
    plain = hearing.plain(heard.text)
    numbered = not heard.sure and names_article(plain) or asks_where_written(plain)
    if numbered and not place.elsewhere and not hearing.reading(world, heard, None).is_story:
        return answer(world, state, replace(heard, intent="ask", luohu={**heard.luohu, "topic": None, "matter": None}))
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
