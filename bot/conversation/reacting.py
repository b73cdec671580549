"""What a resident says of an answer (真的假的, 那我不是白跑了, 你们文件也不写), and a side of the matter asked in a breath (得六十以上不).

None of it holds a word of any topic, so the classifier hears anything in it; it is about what was said last, be that a verdict or a rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.judging import ways_meant
from bot.conversation.kinfolk import only, way_to
from bot.conversation.replying import last_cited, topic_of, way_spoken_of
from bot.conversation.screening import speak
from bot.conversation.state import Conversation
from bot.conversation.switching import how_to
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.screening import Verdict
from bot.policy.model import Pack, Topic
from bot.reading.asking.aspects import aspects
from bot.reading.asking.follow_ups import follow_up
from bot.reading.asking.reactions import Doubt, blames, doubts, gives_up, side_asked
from bot.reading.text.points import known, points, topic_of_points
from bot.replies.answers import Sides, aspect_said, stated, topic_reply
from bot.replies.model import Citation, Reply, Said
from bot.replies.passages import passages

_RELATION, _PAPERS = "kin.relation", "materials"
_BEFORE, _RETIRED = "refused_before", "retired"
_SIDES = ("age", "count", "consent", "area")
_SHORT, _QUOTED = 14, 2


def reacts(state: Conversation, heard: Heard) -> bool:
    """Whether a message reacts to what was said last, so that it answers nothing that is asked."""
    plain = hearing.plain(heard.text)
    if not _spoken(state):
        return False
    return bool(doubts(plain) or gives_up(plain) or blames(plain) or _sides(plain))


def react(world: World, state: Conversation, heard: Heard, pack: Pack, *, begun: bool) -> Turn | None:
    """The turn of such a message; ``None`` where it is none, or nothing was said before that it could be about.

    Args:
        begun: whether somebody's case is under way.
    """
    plain = hearing.plain(heard.text)
    if not _spoken(state):
        return None
    if doubt := doubts(plain):
        return _doubted(world, state, heard, pack, doubt, begun)
    if gives_up(plain):
        return _given_up(world, state, heard, pack, begun)
    if blames(plain):
        said = (world.wording.say("blamed"), world.wording.say("confirm_office"))
        return Turn(state, (Reply("chitchat", said, pack.identity.jurisdiction.id),))
    return _side(world, state, heard, pack)


def _spoken(state: Conversation) -> bool:
    """Whether anything was answered or told before."""
    return state.topic is not None or bool(state.case.said) or state.case.pending is not None


def _doubted(world: World, state: Conversation, heard: Heard, pack: Pack, doubt: Doubt, begun: bool) -> Turn | None:
    """What was said last once more in a line, what it rests on, and that the office decides."""
    topic = _matter(world, state, heard, pack)
    beside: list[Said] = [stated(pack, s) for s in (topic.points.get(_BEFORE, ()) if topic and doubt.refused else ())]
    if doubt.alone and topic:
        beside += aspect_said(pack, topic, _PAPERS, world.wording)
    if doubt.refused:
        beside.append(world.wording.say("refused_before"))
    if not begun or state.rests_on:
        return _rule_doubted(world, state, pack, topic, beside)
    turn = speak(world, state.with_case(state.case.reopened()), heard, pack)
    first, *rest = turn.replies
    grounds = tuple(_rests(world, cited) for way in ways_meant(world, state, heard, pack)[:1] for cited in passages(pack, way)[:1])
    if turn.loop == "on":
        said = (*first.said, *beside)
    else:
        said = (first.said[0], *grounds, *beside, world.wording.say("caution"))
    return replace(turn, replies=(replace(first, said=tuple(dict.fromkeys(said))), *rest))


def _rule_doubted(world: World, state: Conversation, pack: Pack, topic: Topic | None, beside: Sequence[Said]) -> Turn | None:
    """The passages that the rule told last stands in."""
    cites = last_cited(state, pack) or tuple(c for s in (topic.sentences if topic else ()) for c in stated(pack, s).cites)
    if not cites:
        return None
    said = (*(_rests(world, c) for c in cites[:_QUOTED]), *beside, world.wording.say("confirm_office"))
    return Turn(state, (Reply("answer", said, pack.identity.jurisdiction.id, topic.id if topic else None),))


def _given_up(world: World, state: Conversation, heard: Heard, pack: Pack, begun: bool) -> Turn | None:
    """What stays open after all, or which ways there are."""
    plain = hearing.plain(heard.text)
    if (named := topic_of_points(plain)) and named in pack.topics:  # 那居住证白办了
        asked = Sides(points=points(plain), known=True)
        return Turn(state, (topic_reply(pack, pack.topics[named], world.wording, asked=asked),))
    if not begun:
        return None
    turn = how_to(world, state, replace(heard, text=""))
    first, *rest = turn.replies
    verdict = (first.screening or {}).get("verdict")
    if verdict == Verdict.ELIGIBLE.value:
        return _doubted(world, state, heard, pack, Doubt(), begun)
    lead = (world.wording.say("not_lost"),) if verdict == Verdict.NEED_MORE_INFO.value else ()
    return replace(turn, replies=(replace(first, said=(*lead, *first.said)), *rest))


def _sides(plain: str) -> tuple[str, ...]:
    """The sides of the matter on the table that are asked of in a breath."""
    if side := side_asked(plain):
        return (side,)
    if len(plain) > _SHORT or follow_up(plain):
        return ()
    return tuple(a for a in aspects(plain) if a in _SIDES)


def _side(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """What the document says of a side of the matter on the table (要他爹妈同意不), if the message names no matter of its own."""
    plain = hearing.plain(heard.text)
    sides, topic = _sides(plain), _matter(world, state, heard, pack)
    named = heard.sure and heard.topic is not None and heard.topic != (topic.id if topic else None)
    if not sides or topic is None or named and side_asked(plain) is None:
        return None
    details = (_RETIRED,) if sides == (_RETIRED,) else points(plain)
    asked = tuple(s for s in sides if s in _SIDES and s not in {known()[p].side for p in details if p in topic.points})
    if sides == (_RETIRED,) and _RETIRED not in topic.points:
        asked = ("age",)
    return Turn(state, (topic_reply(pack, topic, world.wording, asked=Sides(asked, details, known=True)),))


def _matter(world: World, state: Conversation, heard: Heard, pack: Pack) -> Topic | None:
    """The topic of what is on the table: of the relative followed, of the way that the case fits, else of the last answer."""
    relation = only(state.case, _RELATION) if state.case.said else None
    ways = ways_meant(world, state, heard, pack)[:1] if state.case.said else []
    kin = way_to(world, pack, relation) if relation else None
    if kin and (not ways or set(pack.topics[kin].routes) & {w.route.id for w in ways}):
        return pack.topics[kin]
    name = way_spoken_of(world, state, heard, pack) or state.case.topic
    if name is None and ways and (found := topic_of(pack, ways[0].route)):
        return found
    return pack.topics.get(name or state.topic or "")


def _rests(world: World, cited: Citation) -> Said:
    return Said(world.wording["basis"].format(article=cited.article, quote="".join(cited.quote.split())), "states", (cited,))
