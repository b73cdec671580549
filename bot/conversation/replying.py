"""One reply: the rule of a topic, that a matter is none of the documents', the nearest topics to choose from; and the way spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.conversation.in_words import BARE_ASPECTS
from bot.conversation.judging import judge
from bot.conversation.state import Conversation
from bot.conversation.subject import GENERAL
from bot.conversation.world import Heard, World
from bot.eligibility.screening import Verdict
from bot.policy.model import Pack, Route, Topic
from bot.replies.answers import Sides, citation, stated, topic_reply
from bot.replies.model import Citation, Option, Reply, Said

_FOLLOW_UPS = 3
_TEXT = "document"
# Topics whose own words are those of a side (找谁说理).
_SIDELESS = (*BARE_ASPECTS, "refusal")


def on_topic(world: World, pack: Pack, topic_id: str, asked: Sides, state: Conversation, lead: Sequence[Said] = ()) -> Reply:
    """What the document says of a topic, on the sides asked for."""
    topic = pack.topics[topic_id]
    titles = [(t, world.vocabulary.topics[t]) for t in topic.related if t in world.vocabulary.topics][:_FOLLOW_UPS]
    sides = () if topic_id in _SIDELESS else tuple(a for a in asked.aspects if a != topic_id)
    named = [s for p in asked.points for s in topic.points.get(p, ())]
    if topic_id == _TEXT and named:  # who asks what the document leaves out or rests on is not told its title
        asked, sides = replace(asked, known=True), ()
    asked = replace(asked, aspects=sides, known=asked.known or state.topic == topic_id)
    reply = topic_reply(pack, topic, world.wording, titles, asked=asked, lead=lead)
    # Where no way is asked about, what is asked of the topic rests on its own passages first.
    own = tuple(cited for s in named for cited in stated(pack, s).cites) if not topic.routes else ()
    return replace(reply, first=(*own, *reply.first)) if own else reply


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


def way_spoken_of(world: World, state: Conversation, heard: Heard, pack: Pack) -> str | None:
    """The topic of the way spoken of: the one asked about, unless the case under way fits another."""
    asked = state.topic if state.topic and pack.topics[state.topic].routes else None
    if not state.case.told:
        return asked
    fits = fitting(world, state, heard, pack)
    if not fits or asked and set(fits) & set(pack.topics[asked].routes):
        return asked
    found = topic_of(pack, pack.route(fits[0]))
    return found.id if found else asked


def topic_of(pack: Pack, route: Route) -> Topic | None:
    """The first topic that a way belongs to, none so general that every way does."""
    return next((topic for name, topic in pack.topics.items() if route.id in topic.routes and name not in GENERAL), None)


def fitting(world: World, state: Conversation, heard: Heard, pack: Pack) -> list[str]:
    """The routes whose conditions the case under way meets."""
    return [r.route.id for r in judge(world, state, heard, pack)[0].routes if r.verdict is Verdict.ELIGIBLE]


def last_cited(state: Conversation, pack: Pack) -> tuple[Citation, ...]:
    """The passages of this pack that the last answer rested on, as far as its document still says so."""
    articles = {article.path: article.text for article in pack.articles}
    known_ = (p for p in state.rests_on if p[0] == pack.id and "".join(p[2].split()) in "".join(articles.get(p[1], "").split()))
    return tuple(citation(pack, article, quote) for _, article, quote in known_)
