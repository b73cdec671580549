"""From shares of classes to what a turn is told: intent, topic or matter, how sure, and the questions within a message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.nlu.features import adds, masked, questions_in, wish_before
from bot.nlu.model import SEPARATOR, TopicModel, intent_of
from bot.nlu.words import Word, words_of
from bot.policy.vocabulary import ASPECTS
from bot.reading.asking.aspects import without_aspects
from bot.reading.asking.reactions import behind_manners

FALLBACK = "nlu_fallback"
TOPIC, MATTER = "topic", "matter"
_ASKED = ("ask", "out_of_scope")
_MOST = 6
"""How many questions of one message are looked at."""
_SURELY = 0.5
"""From this share on, a wish and the question after it are taken for two questions."""
# What says nothing of a part: that there are two questions, and which of them this is.
_COUNTED = re.compile("^(?:[^,。;?!]{0,6}(?:问题|个事儿?|件事儿?)[,:。]?)?(?:第?[一二三四123](?:个是?|是|来|则)?[,:.、])?")
# 能落户吗,还有公租房呢: half a question, whose other half was said before.
_HALF = re.compile("^(?:还有|那么?|另外|以及|换成|要是)?,?(?P<what>[^,。;?!]{2,7})呢[?]?[,。;!]?$")
_SETTLES = re.compile("落[户不吗得]|[能给让想可以][^,。;?!]{0,4}[落迁]|入户|上户|迁户|户口")
_ASKED_BEFORE = "能落户吗"


@dataclass(frozen=True)
class Thresholds:
    """Below which shares a message counts as not understood: of the best intent, of the best class, of known words."""

    intent: float
    topic: float
    coverage: float


@dataclass(frozen=True)
class Understanding:
    """``intents`` are the shares of the base intents, best first; ``luohu`` is what the conversation reads."""

    intent: str
    confidence: float
    intents: tuple[tuple[str, float], ...]
    luohu: Mapping[str, Any]


def class_of(intent: str, metadata: Mapping[str, Any] | None) -> str:
    """The class of a training phrase: the intent, or intent/topic or intent/matter where the phrase's metadata names one."""
    label = (metadata or {}).get(TOPIC) or (metadata or {}).get(MATTER)
    return f"{intent}{SEPARATOR}{label}" if label else intent


def understand(model: TopicModel, plain: str, words: Sequence[Word], thresholds: Thresholds) -> Understanding:
    """What the message is about.

    The intent is the one whose classes have most of the probability together; the topic is its best class. Thanks before a question
    are manners, so that the question alone is heard.
    """
    if asked := behind_manners(plain):
        plain, words = words_of(asked)
    prediction = model.predict(masked(plain, words))
    best, confidence = prediction.intents[0]
    own = list(islice((one for one in prediction.ranking if intent_of(one[0]) == best), 2))  # the best class and the next
    name, share = own[0]
    label = _label(name)
    known = prediction.coverage >= thresholds.coverage and confidence >= thresholds.intent and share >= thresholds.topic
    luohu = {
        "class": name,
        TOPIC: label if best == "ask" else None,
        MATTER: label if best != "ask" else None,
        "confidence": round(share, 4),
        "margin": round(share - (own[1][1] if len(own) > 1 else 0.0), 4),
        "ranking": [[c, round(p, 4)] for c, p in prediction.ranking[:5]],
        "coverage": round(prediction.coverage, 4),
        "outside": round(next((share for name, share in prediction.intents if name == "out_of_scope"), 0.0), 4),
        "segments": _segments(model, plain, words),
        "half": _half(model, plain),
        "beside": _beside(model, plain) if best == "ask" and label in ASPECTS else None,
    }
    return Understanding(best if known else FALLBACK, confidence, prediction.intents, luohu)


def _label(name: str) -> str | None:
    """The topic or matter of a class; ``None`` for one that is an intent alone."""
    return name.split(SEPARATOR, 1)[1] if SEPARATOR in name else None


def _half(model: TopicModel, plain: str) -> dict[str, Any] | None:
    """Half a question (那商铺呢) as it would be asked in full, with its class and share; ``None`` for any other message."""
    half = _HALF.match(plain)
    if half is None:
        return None
    whole, words = words_of(half["what"].removesuffix("的") + _ASKED_BEFORE)
    name, share = model.predict(masked(whole, words)).ranking[0]
    return {"text": whole, "class": name, "intent": intent_of(name), "label": _label(name), "p": round(share, 4)}


def _beside(model: TopicModel, plain: str) -> list[Any] | None:
    """Class and share of what is left when the words that ask for papers, a fee or a time are taken out; ``None`` if nothing is."""
    rest, words = words_of(without_aspects(plain))
    if len(words) < 2:
        return None
    name, share = model.predict(masked(rest, words)).ranking[0]
    return [name, round(share, 4)]


def _segments(model: TopicModel, plain: str, words: Sequence[Word]) -> list[dict[str, Any]]:
    """Class and share of each question of a message that asks more than one; empty for a single question."""
    out: list[dict[str, Any]] = []
    at = 0
    pieces = [(piece, wish_before(piece)) for piece in questions_in([w.text for w in words])[:_MOST]]
    if len(pieces) == 1 and not pieces[0][1]:
        return []
    for piece, cut in pieces:
        part = words[at : at + len(piece)]
        before = plain[: part[0].plain[0]]
        at += len(piece)
        halves = [_segment(model, plain, part[:cut], before), _segment(model, plain, part[cut:], before)] if cut else []
        out += halves if halves and _differ(*halves) else [_segment(model, plain, part, before)]
    return out if len(out) > 1 else []


def _segment(model: TopicModel, plain: str, part: Sequence[Word], before: str) -> dict[str, Any]:
    start, end = part[0].plain[0], part[-1].plain[1]
    text = plain[start:end]
    shifted = [Word(w.text, (w.plain[0] - start, w.plain[1] - start), w.typed) for w in part]
    whole = _completed(text, before)
    ranking = model.predict(masked(text, shifted) if whole == text else masked(*words_of(whole))).ranking
    # A part of a longer message is a question; small talk is not expected in the middle.
    asked = [(name, share) for name, share in ranking if name.startswith(_ASKED)] or list(ranking)
    name, share = asked[0]
    topics = [one for one in asked if one[0].startswith("ask")]
    among = sum(share for _, share in topics) or 1.0
    return {
        "text": text,
        "class": name,
        "p": round(share / sum(s for _, s in asked), 4),
        # The best topics among topics alone: what the part asks if it asks to settle, however much it sounds like another matter.
        "topics": [[topic, round(share / among, 4)] for topic, share in topics[:2]],
    }


def _completed(text: str, before: str) -> str:
    """A part as it would be asked by itself: without its number, and with the question that it shares with what was said before."""
    bare = text[_COUNTED.match(text).end() :]  # type: ignore[union-attr]  # the pattern matches the empty string
    half = _HALF.match(bare)
    if half and _SETTLES.search(before) and not _SETTLES.search(bare):
        return half["what"] + _ASKED_BEFORE
    return bare if any(map(str.isalnum, bare)) else text


def _differ(wish: Mapping[str, Any], question: Mapping[str, Any]) -> bool:
    """Whether what is said before a question and the question are surely about different things.

    A question about another matter counts only where it is marked as one more; else what comes before it tells how it came about.
    """
    asks = str(wish["class"]).startswith("ask") and (str(question["class"]).startswith("ask") or adds(str(question["text"])))
    return asks and wish["class"] != question["class"] and min(wish["p"], question["p"]) >= _SURELY
