"""What a short message asks of what was said last: 条件是什么, 谁来认定, 一定给办吗, 依据是哪一条, 为啥非得一年, 那未婚的呢.

Such a message holds no word of any topic, so the classifier hears anything in it; it is about the way or the verdict spoken of before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.conversation import hearing
from bot.conversation.judging import focus_of, judge
from bot.conversation.replying import way_spoken_of
from bot.conversation.screening import speak
from bot.conversation.state import Conversation
from bot.conversation.switching import because, how_to, why
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.screening import RouteResult, Verdict
from bot.policy.model import Pack, Topic
from bot.reading.asking.follow_ups import BASIS, CERTAIN, CONDITIONS, WHO_DECIDES, WHY_SO
from bot.reading.text.cues import cue
from bot.reading.text.points import points
from bot.replies.answers import Sides, aspect_said, citation, stated, topic_reply
from bot.replies.model import Citation, Reply, Said
from bot.replies.ranking import closed_by_told, ranked
from bot.replies.verdicts import why_not

_DETAIL = 10
"""Who says more than this asks a question of its own."""
_MAY, _RESPONSIBLE = cue("recalling.may"), cue("recalling.responsible")
"""Words of the documents: what the authority may do, and which it is."""
_QUOTED = 2


def recall(world: World, state: Conversation, heard: Heard, pack: Pack, kind: str, *, begun: bool) -> Turn | None:
    """The turn of such a message; ``None`` where nothing was said before that it could be about.

    Args:
        kind: what is asked, one of :data:`ABOUT_THE_LAST`.
        begun: whether somebody's case is under way.
    """
    return ABOUT_THE_LAST[kind](world, state, heard, pack, begun)


def detail(world: World, state: Conversation, heard: Heard, pack: Pack) -> Turn | None:
    """那未婚的呢, 那合租的呢: a detail of the topic spoken of, asked of it in half a sentence while nothing waits for an answer."""
    plain, topic = hearing.plain(heard.text).strip("?。! "), pack.topics.get(state.topic or "")
    if topic is None or state.case.pending is not None or len(plain) > _DETAIL or not cue("recalling.and_those").search(plain):
        return None
    named = tuple(p for p in points(plain) if p in topic.points)
    return Turn(state, (topic_reply(pack, topic, world.wording, asked=Sides(points=named, known=True)),)) if named else None


def _topic(world: World, state: Conversation, heard: Heard, pack: Pack) -> Topic | None:
    return pack.topics.get(way_spoken_of(world, state, heard, pack) or "")


def _conditions(world: World, state: Conversation, heard: Heard, pack: Pack, begun: bool) -> Turn | None:
    """What the way asks for: of a case what it still lacks, else its rule once more."""
    if begun:
        return how_to(world, state, heard)
    topic = _topic(world, state, heard, pack)
    return Turn(state, (topic_reply(pack, topic, world.wording),)) if topic else None


def _who_decides(world: World, state: Conversation, heard: Heard, pack: Pack, begun: bool) -> Turn | None:
    """Whom the document names for the way spoken of; where it names nobody, that it does not."""
    topic = _topic(world, state, heard, pack)
    if topic is None:
        return None
    office = aspect_said(pack, topic, "office", world.wording)
    named = [s for s in office if any(_RESPONSIBLE.search(c.quote) for c in s.cites)]  # not who issues a paper
    said = named or [Said(world.wording["aspect_decider"], "absent"), world.wording.say("confirm_office")]
    kind = "answer" if named else "not_stated"
    return Turn(state, (Reply(kind, tuple(said), pack.identity.jurisdiction.id, topic.id, first=_cites(pack, topic)),))


def _certain(world: World, state: Conversation, heard: Heard, pack: Pack, begun: bool) -> Turn | None:
    """That nothing is certain: the words of the way are 可 or 可以."""
    topic, wording = _topic(world, state, heard, pack), world.wording
    if topic is None and not begun:
        return None
    may = next((c for c in _cites(pack, topic) if _MAY.search(c.quote)), None) if topic else None
    said = Said(wording["certain"].format(quote=_words(may)), "states", (may,)) if may else wording.say("certain_not")
    return Turn(state, (Reply("answer" if may else "chitchat", (said, wording.say("caution")), pack.identity.jurisdiction.id),))


def _basis(world: World, state: Conversation, heard: Heard, pack: Pack, begun: bool) -> Turn | None:
    """The passages that the verdict or the answer rests on."""
    topic = _topic(world, state, heard, pack) or pack.topics.get(state.topic or "")
    cites = _of_the_verdict(world, state, heard, pack) if begun else _cites(pack, topic)[:1] if topic else ()
    if not cites:
        return None
    said = tuple(Said(world.wording["basis"].format(quote=_words(c)), "states", (c,)) for c in cites[:_QUOTED])
    return Turn(state, (Reply("answer", said, pack.identity.jurisdiction.id),))


def _of_the_verdict(world: World, state: Conversation, heard: Heard, pack: Pack) -> Sequence[Citation]:
    """The passages behind the way that decides: the one that is open to the resident, else the one asked about that is closed."""
    case = state.case.reopened()
    order = ranked(judge(world, state.with_case(case), heard, pack)[0], focus_of(pack, case), case.said)
    if open_ := next((r for r in order if r.verdict is Verdict.ELIGIBLE), None):
        return tuple(dict.fromkeys(citation(pack, a.atom.article, a.atom.quote) for a in open_.atoms if a.value is True))
    shut = _closed(world, state, heard, pack)
    return why_not(pack, shut[0], world.wording).cites if shut else ()


def _closed(world: World, state: Conversation, heard: Heard, pack: Pack) -> list[RouteResult]:
    """The ways that what was told closes, those asked about alone where there are any."""
    case = state.case.reopened()
    focus = focus_of(pack, case)
    order = ranked(judge(world, state.with_case(case), heard, pack)[0], focus, case.said)
    shut = [r for r in order if r.verdict is Verdict.NOT_ELIGIBLE and closed_by_told(r, case.said)]
    return [r for r in shut if r.route.id in focus] or shut


def _why_so(world: World, state: Conversation, heard: Heard, pack: Pack, begun: bool) -> Turn | None:
    """Why that is asked for of all things: the words that ask for it, and that they give no reason."""
    silent = Said(world.wording["aspect_reason"], "absent")
    if begun and (shut := _closed(world, state, heard, pack)):
        again = state.with_case(state.case.reopened())
        return speak(world, again, heard, pack, brief=True, prefix=(why_not(pack, shut[0], world.wording), silent))
    if begun and state.case.pending:
        return why(world, state, heard)
    turn = because(world, state, pack)
    if turn is None:
        return None
    first = turn.replies[0]
    return Turn(state, (Reply(first.kind, (first.said[0], silent), first.jurisdiction, first.topic),))


def _cites(pack: Pack, topic: Topic) -> tuple[Citation, ...]:
    return tuple(c for s in topic.sentences for c in stated(pack, s).cites)


def _words(cited: Citation) -> str:
    return "".join(cited.quote.split())


ABOUT_THE_LAST: Mapping[str, Callable[[World, Conversation, Heard, Pack, bool], Turn | None]] = {
    CONDITIONS: _conditions,
    WHO_DECIDES: _who_decides,
    CERTAIN: _certain,
    BASIS: _basis,
    WHY_SO: _why_so,
}
