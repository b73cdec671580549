"""The pre-screening of a case that a message tells, begun or gone on with, and what else the message asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.beside import come_too
from bot.conversation.in_words import BARE_ASPECTS, insured_way, ways_of_papers
from bot.conversation.listening import listen
from bot.conversation.merge import tell
from bot.conversation.replying import declined, fitting, on_topic, way_spoken_of
from bot.conversation.required import ASKED as INSURED
from bot.conversation.required import says_if_needed
from bot.conversation.screening import speak
from bot.conversation.several import Asked, questions
from bot.conversation.state import Case, Conversation, Told
from bot.conversation.subject import GENERAL, IN_GENERAL, OF_EVERY_WAY, Subject
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.screening import Verdict
from bot.policy.model import Pack
from bot.reading.asking.wanting import asks, brings_register
from bot.reading.text.points import known, papers_asked, points
from bot.replies.answers import Sides, side_reply, stated, topic_reply
from bot.replies.model import Reply

_PAPERS = "materials"


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
    said = INSURED if says_if_needed(world, pack, heard, turn.state.case, turn.replies) else frozenset[str]()
    others = (*_details(world, heard, pack, about, said), *_others(world, turn.state, heard, pack), *too)
    besides = (r for r in _besides(world, heard, pack, about, state) if IN_GENERAL.get(r.topic or "") not in said)
    return replace(turn, state=after, replies=(*others, *turn.replies, *side, *besides))


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
        fits = set(fitting(world, state, heard, pack))
        rest = [a for a in rest if not a.topic or not fits & set(pack.topics[a.topic].routes)]
    here = pack.identity.jurisdiction.id
    return tuple(on_topic(world, pack, a.topic, Sides(), state) if a.topic else declined(world, a.matter, here) for a in rest)


def _details(world: World, heard: Heard, pack: Pack, about: Subject, said: frozenset[str]) -> tuple[Reply, ...]:
    """What a message that tells a case turns on and no verdict says, before the verdict.

    Whether papers are needed (公租房证有,外地户,要社保不), or what no fact holds (不是正式职工,能按毕业生落不); not what the verdict has
    ``said`` already.
    """
    plain = hearing.plain(heard.text)
    asked = [(way, name) for way in ways_of_papers(heard) for name in papers_asked(plain)]
    if not asked and (way := insured_way(heard)):
        asked = [(way, "insurance")]
    asked += [(about.topic or "", name) for name in points(plain) if known()[name].beside]
    found = [(pack.topics[way], name) for way, name in asked if way in pack.topics and name in {*pack.topics[way].points} - said]
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
