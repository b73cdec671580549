"""The questions of one message, in the order they are asked: topics the pack answers and matters it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.subject import BARE_ASPECTS, GENERAL, Subject
from bot.conversation.world import Heard
from bot.policy.model import Pack

MOST = 4
"""How many questions of one message are answered; more would be a lecture."""
_TOPIC, _MATTER, _BESIDE_MATTER = 0.4, 0.6, 0.6
# Words of complaint (依据呢, 哪条规定) sound like questions for these.
_FORMAL = ("document", "validity", "local_rules", "refusal")
# A second topic counts from this share on, or from this part of the first one's share.
_SECOND, _ALIKE = 0.2, 0.6


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
    parts = [asked for segment in heard.luohu.get("segments", ()) if (asked := _asked(segment, pack, about)) is not None]
    if whole is not None and whole not in parts:
        parts.insert(0, whole)
    if len(parts) == 1 and (second := _nearly(heard, about, pack)):
        parts.append(Asked(second))
    return tuple(dict.fromkeys(parts))[:MOST]


def _nearly(heard: Heard, about: Subject, pack: Pack) -> str | None:
    """A second topic that the message is about nearly as likely as about the first: who moves and by which way are often both named."""
    if about.topic is None or about.topic in BARE_ASPECTS:
        return None
    shares = {str(name): float(share) for name, share in heard.luohu.get("ranking", ())}
    least = min(_SECOND, _ALIKE * shares.get(f"ask/{about.topic}", 1.0))
    for name, share in shares.items():
        intent, _, topic = name.partition("/")
        if intent == "ask" and topic != about.topic and share >= least:
            known = pack.topics.get(topic) if topic not in (*BARE_ASPECTS, *GENERAL) else None
            # Where the words decided against the classifier, what it heard is a second question only as another way to settle.
            trusted = known and (known.routes or heard.topic == about.topic)
            return topic if known and known.kind == "answer" and trusted else None
    return None


def topics(asked: tuple[Asked, ...]) -> list[str]:
    """The topics among the questions, in order."""
    return [a.topic for a in asked if a.topic]


def _asked(segment: Mapping[str, Any], pack: Pack, about: Subject) -> Asked | None:
    intent, _, label = str(segment.get("class", "")).partition("/")
    share = float(segment.get("p", 0.0))
    if intent == "ask" and label in pack.topics:
        # 身份证丢了，要什么材料: the papers of another matter are no question for the pack.
        bar = _BESIDE_MATTER if about.matter or label in _FORMAL else _TOPIC
        return Asked(label) if share >= bar and not (about.matter and label in BARE_ASPECTS) else None
    if intent == "out_of_scope" and label and share >= _MATTER:
        return Asked(matter=label)
    return None
