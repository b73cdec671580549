"""What is kept of an answered message: nothing, unless it shows a gap in what the bot knows, or says whether an answer was of use.

:func:`gap` and :func:`opinion` are pure; :func:`keep` writes. The gap of a message is kept with its answer, in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from bot.channels import metrics
from bot.channels.guard import Incoming
from bot.channels.secret import person
from bot.replies.wording import load_wording
from bot.store import feedback, gaps
from bot.store.feedback import Feedback
from bot.store.gaps import Gap

_DECLINED = ("out_of_scope", "not_stated")
_UNSURE = ("answer", "clarify", "handoff")
_FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Asked:
    """A message (masked) and what a note on it needs: how it was understood and which reply it got.

    ``intent`` is the fallback where the bot failed; ``useful`` says, of a message that is feedback, whether it is praise. It holds no
    payload, since the last one of many senders is remembered.
    """

    channel: str
    sender: str
    text: str
    corrects: bool
    intent: str
    ranking: tuple[tuple[str, float], ...]
    reply: str
    kind: str
    jurisdiction: str | None
    useful: bool

    @property
    def is_feedback(self) -> bool:
        """Whether the message says of the answer before whether it was of use."""
        return self.intent == "feedback"


def heard(said: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """How a message was understood, by what was said to it: intent, and the classes it came nearest to; empty where nothing tells."""
    return next((m["heard"] for m in reversed(said) if m.get("heard")), {})


def asked(channel: str, incoming: Incoming, said: Sequence[Mapping[str, Any]]) -> Asked:
    """What there is to note of a message and what was said to it; the first message that has a payload answers it."""
    answer = next(m for m in said if m.get("custom"))
    payload: Mapping[str, Any] = answer["custom"]
    understood = heard(said)
    return Asked(
        channel,
        incoming.sender,
        incoming.text,
        "about" in incoming.metadata,
        str(understood.get("intent") or _FALLBACK),
        tuple((str(name), float(share)) for name, share in understood.get("ranking") or ()),
        str(payload.get("id") or ""),
        str(payload.get("kind") or ""),
        payload.get("jurisdiction"),
        str(answer.get("text", "")).startswith(_praise()),
    )


def asked_json(asked: Asked) -> dict[str, Any]:
    """A message as plain JSON, without its sender."""
    return {name: getattr(asked, name) for name in _NAMED}


def asked_of(plain: Mapping[str, Any]) -> Asked:
    """The inverse of :func:`asked_json`, of nobody."""
    return Asked(**{**plain, "sender": "", "ranking": tuple((name, share) for name, share in plain["ranking"])})


Kept = tuple[Gap | Feedback, ...]


def gap(now: Asked) -> Gap | None:
    """The gap that a message shows by its answer."""
    if now.is_feedback or now.corrects:
        return None
    if now.kind in _DECLINED:
        return _gap(now.sender, now, "declined")
    if now.kind in _UNSURE and now.intent == _FALLBACK:
        return _gap(now.sender, now, "unsure")
    return None


def opinion(now: Asked, before: Asked | None) -> Kept:
    """The feedback that a message is, with the message ``before`` as a gap where that was no use."""
    if not now.is_feedback or before is None:
        return ()
    said = Feedback(person(now.sender), now.channel, before.reply, now.useful, now.text)
    return (said,) if now.useful else (said, _gap(now.sender, before, "useless"))


def keep(kept: Kept) -> None:
    """Write them down."""
    for one in kept:
        if isinstance(one, Gap):
            gaps.record(one)
            metrics.gap(one.reason)
        else:
            feedback.record(one)
            metrics.opinion(one.useful)


_NAMED = tuple(one.name for one in fields(Asked) if one.name != "sender")


def _gap(sender: str, one: Asked, reason: str) -> Gap:
    return Gap(person(sender), one.channel, one.text, reason, one.kind, one.jurisdiction, one.ranking, one.reply)


@lru_cache(maxsize=1)
def _praise() -> str:
    return load_wording()["feedback_good"]
