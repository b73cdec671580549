"""What to say (口径): the residents' bot's own words for a hit, what the text leaves out, what is asked next, and the citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.world import World
from bot.policy.model import Pack, Quote, Topic
from bot.reading.asking.aspects import aspects
from bot.reading.text.normalise import normalise
from bot.replies.answers import Sides, aspect_said, citation, quote_said, topic_reply
from bot.replies.gate import check
from bot.replies.model import Citation, Reply
from bot.search.entries import Entry, topic_quote

_LEFT_OUT = ("materials", "fee", "time", "office", "steps", "online", "count", "area", "age", "consent")
"""Sides of a topic that callers ask about, in the order they are listed where the text is silent on them."""


@dataclass(frozen=True)
class Script:
    """What to say about one entry.

    ``kind`` is that of the bot's reply (``answer``, ``not_stated``), or ``none`` where the bot has no words for the clause and it can
    only be read out; ``text`` is what is said, ``absent`` what the document does not say, ``related`` topics (id and title) that callers
    ask next, ``topic`` the topic the words are about.
    """

    kind: str
    text: str
    citations: tuple[Citation, ...]
    absent: tuple[str, ...] = ()
    related: tuple[tuple[str, str], ...] = ()
    topic: str | None = None


def script(world: World, entry: Entry, query: str = "") -> Script:
    """The script of an entry; a side that the query asks about (费用, 多久) is answered as the bot answers it.

    Raises:
        bot.replies.gate.GateError: the words would not pass the citation gate, so nobody may say them.
    """
    pack = world.packs.by_id[entry.policy]
    if entry.kind == "note":
        note = pack.notes[entry.name]
        return _passed(world, pack, Reply("answer", (quote_said(pack, Quote(note.article, note.quote), note.say),), entry.place), (), ())
    topic = topic_of(pack, entry)
    if topic is None:
        article = pack.article(entry.article)
        return Script("none", "", (citation(pack, article.path, article.text.strip()),) if article.text.strip() else ())
    sides = tuple(a for a in _sides(query) if a != topic.id) if query else ()
    reply = topic_reply(pack, topic, world.wording, asked=Sides(aspects=sides))
    titles = world.vocabulary.topics
    related = [(t, titles[t]) for t in topic.related if t in pack.topics]
    if entry.kind in ("article", "route"):
        related += [(t.id, titles[t.id]) for t in topics_on(pack, entry.article) if t is not topic]
    absent = (*topic.leaves_out, *silent_sides(world, pack, topic))
    return _passed(world, pack, reply, absent, tuple(dict.fromkeys(related)))


@lru_cache(maxsize=32)
def _sides(query: str) -> tuple[str, ...]:
    """The sides that a query asks about; every hit of one query asks."""
    return aspects(normalise(query).plain)


def topic_of(pack: Pack, entry: Entry) -> Topic | None:
    """The topic whose words say an entry: itself, that of the route, or the one that rests most on the clause."""
    if entry.kind == "topic":
        return pack.topics[entry.name]
    if entry.kind == "route":
        about = [t for t in pack.topics.values() if entry.name in t.routes]
        return min(about, key=lambda t: (t.kind != "answer", len(t.routes)), default=None)
    return next(iter(topics_on(pack, entry.article)), None)


def topics_on(pack: Pack, article: str) -> Sequence[Topic]:
    """The topics that rest on a clause, those that rest on it alone first."""
    resting = [t for t in pack.topics.values() if topic_quote(t)[0] == article]
    return sorted(resting, key=lambda t: (t.kind != "answer", -_share(t, article)))


def _share(topic: Topic, article: str) -> float:
    cites = [q.article for s in topic.sentences for q in s.cites]
    return cites.count(article) / len(cites)


def silent_sides(world: World, pack: Pack, topic: Topic) -> tuple[str, ...]:
    """The sentences that say on which sides of a way to settle the document is silent."""
    if not topic.routes:
        return ()
    found: list[str] = []
    for side in _LEFT_OUT:
        said = aspect_said(pack, topic, side, world.wording)
        if all(s.sort == "absent" for s in said):
            found += [s.text for s in said]
    return tuple(dict.fromkeys(found))


def _passed(world: World, pack: Pack, reply: Reply, absent: Sequence[str], related: tuple[tuple[str, str], ...]) -> Script:
    checked = check(reply, {pack.id: pack}, world.wording, world.vocabulary)  # it speaks of one document only
    text = "".join(s.text for s in checked.said)
    left = tuple(a for a in dict.fromkeys(absent) if a not in text)
    return Script(checked.kind, text, checked.citations, left, related, checked.topic)
