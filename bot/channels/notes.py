"""What is kept of an answered message: nothing, unless it shows a gap in what the bot knows, or says whether an answer was of use.

:func:`worth_keeping` is pure; :func:`keep` writes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.channels.erasure import person
from bot.channels.guard import Incoming
from bot.replies.wording import load_wording
from bot.store import feedback, gaps
from bot.store.feedback import Feedback
from bot.store.gaps import Gap

_DECLINED = ("out_of_scope", "not_stated")
_UNSURE = ("answer", "clarify", "handoff")
_FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Asked:
    """A message (masked), what was answered, and how it was understood (``intent``, ``ranking``; empty where the bot failed)."""

    channel: str
    sender: str
    incoming: Incoming
    replies: tuple[Mapping[str, Any], ...]
    heard: Mapping[str, Any]

    @property
    def is_feedback(self) -> bool:
        """Whether the message says of the answer before whether it was of use."""
        return self.heard.get("intent") == "feedback"

    @property
    def reply(self) -> Mapping[str, Any]:
        """The payload of the first reply, which answers the message."""
        payload: Mapping[str, Any] = self.replies[0]["custom"]
        return payload


Kept = tuple[Gap | Feedback, ...]


def worth_keeping(asked: Asked, before: Asked | None) -> Kept:
    """The gap that a message shows, or the feedback it is, with the message ``before`` as a gap where that was no use."""
    if asked.is_feedback:
        if before is None:
            return ()
        useful = _says_useful(asked)
        opinion = Feedback(person(asked.sender), asked.channel, str(before.reply.get("id")), useful, asked.incoming.text)
        return (opinion,) if useful else (opinion, _gap(before, "useless"))
    kind = asked.reply.get("kind")
    if "about" in asked.incoming.metadata:
        return ()
    if kind in _DECLINED:
        return (_gap(asked, "declined"),)
    if kind in _UNSURE and asked.heard.get("intent", _FALLBACK) == _FALLBACK:
        return (_gap(asked, "unsure"),)
    return ()


def keep(kept: Kept) -> None:
    """Write them down."""
    for one in kept:
        if isinstance(one, Gap):
            gaps.record(one)
        else:
            feedback.record(one)


def _gap(asked: Asked, reason: str) -> Gap:
    reply = asked.reply
    ranking = tuple((str(name), float(share)) for name, share in asked.heard.get("ranking") or ())
    return Gap(
        person(asked.sender),
        asked.channel,
        asked.incoming.text,
        reason,
        str(reply.get("kind") or ""),
        reply.get("jurisdiction"),
        ranking,
        str(reply.get("id") or ""),
    )


@lru_cache(maxsize=1)
def _praise() -> str:
    return load_wording()["feedback_good"]


def _says_useful(asked: Asked) -> bool:
    return str(asked.replies[0].get("text", "")).startswith(_praise())
