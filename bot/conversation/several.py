"""The questions of one message, in the order they are asked: topics the pack answers and matters it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation import hearing
from bot.conversation.in_words import ASKS_TO_SETTLE, BARE_ASPECTS, of_a_way, ways_of_papers
from bot.conversation.subject import GENERAL, Subject
from bot.conversation.world import CERTAIN, Heard
from bot.policy.model import Pack
from bot.reading.asking.aspects import aspects
from bot.reading.text.cues import cue
from bot.reading.text.terms import term_asked, word_alone

MOST = 4
"""How many questions of one message are answered; more would be a lecture."""
_TOPIC, _MATTER, _BESIDE_MATTER = 0.4, 0.6, 0.6
FORMAL = ("document", "validity", "local_rules", "refusal")
"""Topics that words of complaint (依据呢, 哪条规定, 凭啥不行) sound like."""
_ABOVE, _VALIDITY = "province_rule", "validity"
# A part of nothing but the asking (…,能投靠不) asks of what the rest names.
_ONLY_ASKS = cue("several.only_asks")
# What questions for papers sound like.
_RENT, _PAPERS = "rent_settle", ("materials", "public_housing", "buy_house", "social_insurance")
# A second topic counts from this share on, or from this part of the first one's share.
_SECOND, _ALIKE = 0.2, 0.6
# A part that asks to settle is one of these ways from this share among topics on, where the next is clearly less likely.
_WAY, _CLEAR = 0.15, 1.5
# A part that says so and sounds like a way asks of it, whatever matter is asked of beside (买房落户要啥条件,还有几点上班).
_REGISTER = cue("several.register")
# A part that only says what somebody just spoken of wants (…,他不愿意咋整), or what is done by now (刚领证要啥), asks of no other matter.
_SAYS_NO_MORE = cue("several.says_no_more")
_COMES_ALONG = cue("several.comes_along")
# A part that asks since when a text is in force.
_OF_THE_TEXT = cue("several.of_the_text")


@dataclass(frozen=True)
class Asked:
    """One question: a ``topic`` of the pack, or else a ``matter`` that no document regulates."""

    topic: str | None = None
    matter: str | None = None


def questions(heard: Heard, about: Subject, pack: Pack) -> tuple[Asked, ...]:
    """What the message asks, each once.

    ``about`` is what the whole message is about; it comes first where no part of the message is about it.
    A part is counted where the classifier is sure enough of it, a matter only where it is surer: a needless answer does less
    harm than a needless refusal.
    """
    whole = Asked(about.topic) if about.topic in pack.topics else Asked(matter=about.matter) if about.matter else None
    segments = [s for s in heard.luohu.get("segments", ()) if whole is None or not _ONLY_ASKS.fullmatch(str(s.get("text", "")))]
    parts = [asked for segment in segments if (asked := _asked(segment, pack, about)) is not None]
    decided = about.topic not in (None, heard.topic) and of_a_way(heard) == about.topic
    if decided:  # 无房证明咋开: the part sounds like the matter that the words decided against
        parts = [a for a in parts if a.matter is None or a.matter != heard.matter]
    papers = [Asked(way) for way in ways_of_papers(heard) if way in pack.topics]
    if papers:
        # Of the homes named, only those are asked of; a part such as 备案证明用不用交 is no question of its own.
        parts = [*papers, *(a for a in parts if a.topic and not _alike(pack, a, Asked(_RENT)) and a.topic not in _PAPERS)]
    if about.matter == _ABOVE:
        parts = [a for a in parts if a.topic not in FORMAL]  # of which year a text of the state is, is asked of that text
    if whole is not None and whole not in parts and not (_unsure(heard) and any(_alike(pack, whole, part) for part in parts)):
        parts.insert(0, whole)
    ways = any(a.topic and a.topic not in GENERAL and pack.topics[a.topic].routes for a in parts)
    if ways and about.topic not in GENERAL:  # 没备案能落不, beside a way: asks of that way
        parts = [a for a in parts if a.topic not in GENERAL]
    if len(parts) == 1 and not decided and not papers and (second := _nearly(heard, about, pack)):
        parts.append(Asked(second))
    return tuple(dict.fromkeys(parts))[:MOST]


def _nearly(heard: Heard, about: Subject, pack: Pack) -> str | None:
    """A second topic that the message is about nearly as likely as about the first: who moves and by which way are often both named."""
    if about.topic is None or about.topic in BARE_ASPECTS or heard.intent == "tell" or _names_alone(heard):
        return None
    shares = {str(name): float(share) for name, share in heard.luohu.get("ranking", ())}
    least = min(_SECOND, _ALIKE * shares.get(f"ask/{about.topic}", 1.0))
    for name, share in shares.items():
        intent, _, topic = name.partition("/")
        if intent == "ask" and topic != about.topic and share >= least:
            known = pack.topics.get(topic) if topic not in (*BARE_ASPECTS, *GENERAL) else None
            # Where the words decided against the classifier, what it heard is a second question only as another way to settle.
            trusted = known and (known.routes or heard.topic == about.topic)
            return topic if known and known.kind == "answer" and trusted and not _same_way(pack, about.topic, topic) else None
    return None


def _names_alone(heard: Heard) -> bool:
    """Whether a term is asked about, or one word is all that is said, which asks of nothing beside."""
    plain = hearing.plain(heard.text)
    return term_asked(plain) is not None or word_alone(plain) is not None


def _unsure(heard: Heard) -> bool:
    """Whether the message as a whole is hardly heard, so that its parts say better what is asked."""
    return bool(heard.topic) and float(heard.luohu.get("confidence", 0.0)) < _TOPIC


def _alike(pack: Pack, whole: Asked, part: Asked) -> bool:
    return bool(whole.topic and part.topic) and _same_way(pack, str(whole.topic), str(part.topic))


def _same_way(pack: Pack, first: str, second: str) -> bool:
    """Whether two topics speak of the same way, so that one question heard as both is answered once (graduates and students)."""
    ways = pack.topics[first].routes if first in pack.topics else ()
    return not set(ways).isdisjoint(pack.topics[second].routes)


def topics(asked: tuple[Asked, ...]) -> list[str]:
    """The topics among the questions, in order."""
    return [a.topic for a in asked if a.topic]


def _asked(segment: Mapping[str, Any], pack: Pack, about: Subject) -> Asked | None:
    intent, _, label = str(segment.get("class", "")).partition("/")
    share = float(segment.get("p", 0.0))
    if intent == "ask" and label in pack.topics:
        # 身份证丢了，要什么材料: the papers of another matter are no question for the pack.
        settles = _REGISTER.search(str(segment.get("text", ""))) and bool(pack.topics[label].routes)
        bar = _BESIDE_MATTER if about.matter and not settles or label in FORMAL else _TOPIC
        if share >= bar:
            return Asked(label) if not (about.matter and label in BARE_ASPECTS) else None
    if share < CERTAIN and (way := _way(segment, pack)):
        return Asked(way)
    text = str(segment.get("text", ""))
    if intent == "out_of_scope" and _OF_THE_TEXT.search(text) and _VALIDITY in aspects(text):
        return Asked(_VALIDITY) if _VALIDITY in pack.topics else None  # 几月几号起实施: of the document, whatever it sounds like
    if intent == "out_of_scope" and label and share >= _MATTER and not _SAYS_NO_MORE.match(str(segment.get("text", ""))):
        return Asked(matter=label)
    return None


def _way(segment: Mapping[str, Any], pack: Pack) -> str | None:
    """The topic of a part that asks to settle in few or odd words: the best way among the topics, else the conditions in general."""
    text = str(segment.get("text", ""))
    if not ASKS_TO_SETTLE.search(text) and not _COMES_ALONG.search(text):
        return None
    topics = [(str(name).partition("/")[2], float(share)) for name, share in segment.get("topics", ())]
    if topics and topics[0][0] in pack.topics and topics[0][0] not in BARE_ASPECTS:
        rival = topics[1][1] if len(topics) > 1 else 0.0
        if topics[0][1] >= max(_WAY, _CLEAR * rival) and pack.topics[topics[0][0]].kind == "answer":
            return topics[0][0]
    return GENERAL[0] if GENERAL[0] in pack.topics else None
