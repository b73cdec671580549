"""What a short message asks of what was said last: 条件是什么, 谁来认定, 一定给办吗, 依据是哪一条, 为啥非得一年, 那未婚的呢.

Such a message holds no word of any topic, so the classifier hears anything in it; it is about the way or the verdict spoken of before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.conversation import hearing
from bot.conversation.articles import words_of
from bot.conversation.judging import ways_meant, ways_shut
from bot.conversation.replying import last_cited, topic_of, way_spoken_of
from bot.conversation.screening import open_from, speak
from bot.conversation.state import Case, Conversation
from bot.conversation.switching import because, how_to, why
from bot.conversation.world import Heard, Turn, World
from bot.eligibility.screening import RouteResult
from bot.policy.model import Pack, Statement, Topic
from bot.reading.asking.follow_ups import BASIS, CERTAIN, CONDITIONS, WHEN, WHO_DECIDES, WHY_SO
from bot.reading.text.cues import cue
from bot.reading.text.points import points
from bot.replies.answers import Sides, aspect_said, from_statements, side_reply, stated, topic_reply
from bot.replies.model import Citation, Reply, Said
from bot.replies.passages import passages
from bot.replies.verdicts import from_day, is_dated, why_not

_DETAIL = 10
"""Who says more than this asks a question of its own."""
_MAY, _RESPONSIBLE = cue("recalling.may"), cue("recalling.responsible")
"""Words of the documents: what the authority may do, and which it is."""
_QUOTED = 2
_COUNT, _TIME = "count", "time"


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
    if begun:
        rests_on = [cited for way in ways_meant(world, state, heard, pack)[:1] for cited in passages(pack, way)]
    else:
        rests_on = [*_cites(pack, topic)] if topic else []
    may = next((c for c in rests_on if _MAY.search(c.quote)), None)
    said = Said(wording["certain"].format(quote=_words(may)), "states", (may,)) if may else wording.say("certain_not")
    return Turn(state, (Reply("answer" if may else "chitchat", (said, wording.say("caution")), pack.identity.jurisdiction.id),))


def _basis(world: World, state: Conversation, heard: Heard, pack: Pack, begun: bool) -> Turn | None:
    """Where the ways that the verdict speaks of are written, or the passages that the last answer rests on; in full where asked for."""
    if state.rests_on:
        verbatim = cue("articles.verbatim").search(hearing.plain(heard.text)) is not None
        replies = tuple(r for p in world.packs if (r := _of_last(world, state, p, verbatim=verbatim)))
        return Turn(state, replies) if replies else None
    if begun:
        ways = ways_meant(world, state, heard, pack)[:_QUOTED]
        rest_on = ((way, cited) for i, way in enumerate(ways) for cited in passages(pack, way, brief=i > 0)[:1])
        said = tuple(_written(world, way.route.title, cited) for way, cited in rest_on)
    else:
        topic = _topic(world, state, heard, pack) or pack.topics.get(state.topic or "")
        said = tuple(_stands(world, cited) for cited in (_cites(pack, topic)[:1] if topic else ()))
    return Turn(state, (Reply("answer", said, pack.identity.jurisdiction.id),)) if said else None


def _of_last(world: World, state: Conversation, pack: Pack, *, verbatim: bool) -> Reply | None:
    """The passages of one document that the last answer rests on, or the articles in full."""
    cites = last_cited(state, pack)
    paths = list(dict.fromkeys(c.article for c in cites))[:_QUOTED]
    if verbatim:
        said = tuple(words_of(pack, pack.article(path), world.wording) for path in paths)
    else:
        said = tuple(_together(world, [c for c in cites if c.article == path]) for path in paths)
    return Reply("answer", said, pack.identity.jurisdiction.id) if said else None


def _together(world: World, cites: Sequence[Citation]) -> Said:
    """Where several passages of one article stand."""
    quotes = "”“".join(_words(c) for c in cites)
    return Said(world.wording["basis"].format(article=cites[0].article, quote=quotes), "states", tuple(cites))


def everywhere(world: World, state: Conversation) -> Turn | None:
    """Where each document writes of what was asked last (两边各依据哪条), though the place may still be waited for."""
    heard = (state.waiting or {}).get("luohu") or {}
    names = [str(name) for name in (state.topic, state.case.topic, heard.get("topic"))]
    topics = [(p, next((p.topics[n] for n in names if n in p.topics), None)) for p in world.packs]
    replies = []
    for pack, topic in topics:
        if topic and (cites := _cites(pack, topic)):
            head = world.wording.say("elsewhere_untold", place=pack.identity.jurisdiction.name)
            firsts = list({c.article: c for c in reversed(cites)}.values())[::-1][:_QUOTED]
            replies.append(Reply("answer", (head, *(_stands(world, c) for c in firsts)), pack.identity.jurisdiction.id))
    return Turn(state, tuple(replies)) if replies else None


def _written(world: World, title: str, cited: Citation) -> Said:
    return Said(world.wording["basis_way"].format(route=title, article=cited.article, quote=_words(cited)), "states", (cited,))


def _stands(world: World, cited: Citation) -> Said:
    return Said(world.wording["basis"].format(article=cited.article, quote=_words(cited)), "states", (cited,))


def _why_so(world: World, state: Conversation, heard: Heard, pack: Pack, begun: bool) -> Turn | None:
    """Why that is asked for of all things: the words that ask for it, and that they give no reason."""
    silent = Said(world.wording["aspect_reason"], "absent")
    if begun and (asked_for := _asked_for(world, state, heard, pack)):
        return speak(world, state.with_case(state.case.reopened()), heard, pack, brief=True, prefix=(*asked_for, silent))
    if begun and (shut := ways_shut(world, state, heard, pack)):
        again = state.with_case(state.case.reopened())
        return speak(world, again, heard, pack, brief=True, prefix=(why_not(pack, shut[0], world.wording), silent))
    if begun and state.case.pending:
        return why(world, state, heard)
    turn = because(world, state, pack)
    if turn is None:
        return None
    first = turn.replies[0]
    return Turn(state, (Reply(first.kind, (first.said[0], silent), first.jurisdiction, first.topic),))


def _asked_for(world: World, state: Conversation, heard: Heard, pack: Pack) -> tuple[Said, ...]:
    """What the way that the case is about says of a detail named (为啥要社保), whatever question waits."""
    named = points(hearing.plain(heard.text))
    ways = [*ways_shut(world, state, heard, pack), *ways_meant(world, state, heard, pack)]
    topics = [pack.topics.get(state.case.topic or ""), *(topic_of(pack, way.route) for way in ways)]
    said = (tuple(stated(pack, s) for name in named for s in topic.points.get(name, ())) for topic in topics if topic)
    return next(filter(None, said), ())


def _when(world: World, state: Conversation, heard: Heard, pack: Pack, begun: bool) -> Turn | None:
    """From when on somebody may: the day that is counted from what was told, or the time that the way asks for."""
    if not begun:
        topic = pack.topics.get(state.topic or "")
        said = aspect_said(pack, topic, _COUNT, world.wording) if topic and topic.routes else ()
        return Turn(state, (side_reply(pack, topic, world.wording, (_COUNT,)),)) if topic and any(s.cites for s in said) else None
    case = state.case.reopened()
    days = (_from_day(world, case, heard, pack, way) for way in ways_shut(world, state, heard, pack))
    times = (_counted(world, pack, way) for way in ways_meant(world, state, heard, pack))
    silent = (Said(world.wording["aspect_count"], "absent"),)
    if not (said := next(filter(None, (*days, *times)), ())) and heard.topic == _TIME and heard.sure:
        return None  # how long it takes
    return speak(world, state.with_case(case), heard, pack, brief=True, prefix=said or silent)


def _from_day(world: World, case: Case, heard: Heard, pack: Pack, way: RouteResult) -> tuple[Said, ...]:
    """The day from which on a way is no longer closed, where a day alone closes it."""
    return tuple(from_day(pack, way, world.wording, open_from(world, pack, case, heard, way)))


def _counted(world: World, pack: Pack, way: RouteResult) -> tuple[Said, ...]:
    """The time that a way counts and that is not known to be over."""
    dated = (a.atom for a in way.atoms if is_dated(a) and a.value is not True)
    counted = tuple(dict.fromkeys(Statement(a.text, a.quote, a.article) for a in dated))
    return (from_statements(pack, world.wording["count"], counted),) if counted else ()


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
    WHEN: _when,
}
