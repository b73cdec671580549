"""A message below the classifier's thresholds: its words decide what it is, else what it most likely is, else it is asked back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversation import hearing
from bot.conversation.answering import answer, ask_place, out_of_scope, speaks_of_settling
from bot.conversation.articles import asks_where_written, names_article
from bot.conversation.beginning import begin
from bot.conversation.by_the_way import of_something_else, tells_nothing_else
from bot.conversation.in_words import BARE_ASPECTS, of_a_way, of_kind, of_term, only_settling, way_asked
from bot.conversation.manners import chitchat
from bot.conversation.replying import unclear
from bot.conversation.several import questions, topics
from bot.conversation.state import Conversation
from bot.conversation.subject import GENERAL, OF_EVERY_WAY, Subject
from bot.conversation.tale import Tale
from bot.conversation.where import Where, where
from bot.conversation.world import Heard, Turn, World
from bot.policy.model import Pack
from bot.reading.asking.aspects import aspects
from bot.reading.asking.wanting import asks_for_a_look
from bot.replies.model import Reply

_BRIEF = 10
# Likely enough to answer after all, too unlikely to ask back, hardly any known word.
_LIKELY, _CLEAR, _UNLIKELY, _KNOWN, _OUTSIDE = 0.1, 1.6, 0.1, 0.35, 0.33
# How much the share of all other matters together counts against the best topic.
_AGAINST = 0.6


@dataclass(frozen=True)
class _Unclear:
    """A message that was not understood, with the place that it is about."""

    world: World
    state: Conversation
    heard: Heard
    place: Where

    @property
    def plain(self) -> str:
        """The message in its plain spelling."""
        return hearing.plain(self.heard.text)

    @property
    def pack(self) -> Pack | None:
        """The document of the place, where that is known."""
        return self.world.pack(self.place.jurisdiction) if self.place.jurisdiction else None

    @property
    def outside(self) -> float:
        """The share of all other matters together."""
        return float(self.heard.luohu.get("outside", 0.0))

    @property
    def ranking(self) -> list[tuple[str, float]]:
        """What the classifier heard, the likeliest first; never empty."""
        return [(str(name), float(share)) for name, share in self.heard.luohu.get("ranking", ())] or [("", 0.0)]

    def asking(self, topic: str | None, **luohu: object) -> Turn:
        """The answer to the message as a question about this topic."""
        return answer(self.world, self.state, replace(self.heard, intent="ask", luohu={**self.heard.luohu, "topic": topic, **luohu}))

    def replied(self, kind: str, wording: str) -> Reply:
        """A fixed sentence of the assistant."""
        return Reply(kind, (self.world.wording.say(wording),), self.place.jurisdiction)


def fallback(world: World, state: Conversation, heard: Heard) -> Turn:
    """A message below the thresholds: facts in it are still taken; otherwise the nearest topics are offered, then a person."""
    message = _Unclear(world, state, heard, where(world, state, heard))
    return next(turn for stage in _STAGES if (turn := stage(message)) is not None)


def _elsewhere(message: _Unclear) -> Turn | None:
    """A place that no document governs is named."""
    return out_of_scope(message.world, message.state, message.heard) if message.place.elsewhere else None


def _only_settling(message: _Unclear) -> Turn | None:
    """Nothing but settling is spoken of."""
    return answer(message.world, message.state, message.heard) if only_settling(message.world, message.heard) else None


def _in_words(message: _Unclear) -> Turn | None:
    """The words name what is asked about: a way, a kind of case, a word or an article of the document."""
    world, heard = message.world, message.heard
    if way := of_a_way(heard) or way_asked(heard):  # the words decide, so nothing else that it sounds like is asked
        return message.asking(way, ranking=[])
    if kind := of_kind(world, heard, message.place) or of_term(world, heard):
        return message.asking(kind)
    if (names_article(message.plain) or asks_where_written(message.plain)) and not hearing.reading(world, heard, None).is_story:
        return message.asking(None)
    return None


def _told_of_no_place(message: _Unclear) -> Turn | None:
    """A case is told, and not where."""
    if message.place.jurisdiction is not None or not hearing.reading(message.world, message.heard, None).is_story:
        return None
    return ask_place(message.world, message.state, replace(message.heard, intent="tell"))


def _in_parts(message: _Unclear) -> Turn | None:
    """Several questions are asked: the parts are clear, only the whole is not."""
    if message.pack is None:
        return None
    asked = questions(message.heard, Subject(), message.pack)
    clear = [a for a in asked if a.topic and a.topic not in (*BARE_ASPECTS, *GENERAL)]
    return message.asking(topics(asked)[0]) if len(clear) > 1 else None


def _told(message: _Unclear) -> Turn | None:
    """A case is told, or a verdict asked for on one that is not told yet."""
    world, heard, pack = message.world, message.heard, message.pack
    if pack is None:
        return None
    there = replace(message.state, place=message.place.named[0]) if message.place.named else message.state
    if asks_for_a_look(message.plain) and not aspects(message.plain):
        return begin(world, there, heard, pack, Subject())
    tale = Tale(world, heard, pack, hearing.reading(world, heard, pack.identity.jurisdiction.place))
    if tale.story and tale.facts and not of_something_else(tale, message.state) or tells_nothing_else(tale):
        return begin(world, there, heard, pack, Subject(heard.luohu.get("topic"), aspects=aspects(message.plain)))
    return None


def _nonsense(message: _Unclear) -> Turn | None:
    """No word is said at all."""
    if any(c.isalnum() for c in message.plain):
        return None
    return chitchat(message.world, message.state, replace(message.heard, intent="nonsense"))


def _briefly_of_a_side(message: _Unclear) -> Turn | None:
    """多少钱办一个: the words that ask are surer than the classifier."""
    words = message.plain
    side = next((OF_EVERY_WAY.get(a, a) for a in aspects(words) if a in BARE_ASPECTS or a in OF_EVERY_WAY), None)
    return message.asking(side) if side and len(words) <= _BRIEF else None


def _likeliest(message: _Unclear) -> Turn | None:
    """One topic is likely enough; a message that speaks of moving is answered even where two are alike, and on both then."""
    (first, share), *others = message.ranking
    intent, _, topic = first.partition("/")
    if intent != "ask" or share < max(_LIKELY, _AGAINST * message.outside):
        return None
    clear = not others or share >= _CLEAR * others[0][1] or speaks_of_settling(message.plain)
    return message.asking(topic) if clear else None


def _of_another_matter(message: _Unclear) -> Turn | None:
    """It sounds like no matter of the documents, or like nothing at all."""
    first, share = message.ranking[0]
    outside = first.partition("/")[0] == "out_of_scope" or message.outside >= _OUTSIDE
    if not outside and share >= _UNLIKELY and float(message.heard.luohu.get("coverage", 1.0)) >= _KNOWN:
        return None
    options = unclear(message.world, message.heard, None).options
    return Turn(message.state, (replace(message.replied("out_of_scope", "not_found"), options=options),))


def _asked_back(message: _Unclear) -> Turn:
    """The nearest topics are offered once; after that, a person."""
    misses = replace(message.state, misses=message.state.misses + 1)
    if message.state.misses >= 1:
        return Turn(misses, (message.replied("handoff", "fallback_again"),))
    return Turn(misses, (unclear(message.world, message.heard, message.pack),))


_STAGES: tuple[Callable[[_Unclear], Turn | None], ...] = (
    _elsewhere,
    _only_settling,
    _in_words,
    _told_of_no_place,
    _in_parts,
    _told,
    _nonsense,
    _briefly_of_a_side,
    _likeliest,
    _of_another_matter,
    _asked_back,
)
"""What such a message may be, in the order in which it is looked for; the last is what is left."""
