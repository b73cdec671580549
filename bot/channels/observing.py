"""Watching over a message from its arrival to its answer: one line in the log, and the counts of ``/metrics``.

Every line that is logged meanwhile carries the message's own ``turn``, a random number, and so does the line of the answer, which
names the reply too: what went wrong can be found from the reply and the reply from what went wrong.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from structlog.contextvars import bound_contextvars

from bot import logs
from bot.channels import metrics, stages
from bot.channels.secret import keyed_hash

_SHOWN = 8
"""Digits of the sender's hash that a line shows: enough to follow a conversation, too few to look anybody up."""
_FALLBACK = "nlu_fallback"
_UNDER_WAY: ContextVar[Observed | None] = ContextVar("luohu_observed", default=None)


class Observed:
    """One message under observation."""

    def __init__(self, channel: str, sender: str, times: stages.Times) -> None:
        """Nothing is known of it yet."""
        self._channel, self._sender, self._times = channel, sender, times
        self._heard: Mapping[str, Any] = {}
        self._phrase: str | None = None
        self._apologised = False
        self._again = False

    def again(self) -> None:
        """The message had been answered before and got the same answer: it is counted as sent again, and as nothing else."""
        self._again = True

    def understood(self, heard: Mapping[str, Any]) -> None:
        """Take in how the message was understood: ``intent``, and ``ranking`` of the classes it came nearest to."""
        self._heard = heard

    def said(self, phrase: str) -> None:
        """A fixed sentence is said instead of an answer."""
        self._phrase = phrase

    def apologised(self, error: BaseException | None = None, phrase: str = "safe") -> None:
        """The safe sentence (or another ``phrase``) is said, because of an error or because the bot said nothing."""
        self.said(phrase)
        self._apologised = True
        if error is not None:
            self._times.raised(error)

    def answered(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Count the message and write its line."""
        times = self._times
        times.close()
        if self._again:
            metrics.again(self._channel)
        else:
            metrics.answered(self._channel, messages, times)
        if self._phrase:
            metrics.said(self._phrase)
        # What was tried again and then went well is no failure; its errors stand in the line all the same.
        failed = (times.failed or stages.OTHER) if self._apologised else None
        if failed:
            metrics.failed(failed)
        intent, confidence = self._heard.get("intent"), _confidence(self._heard)
        if intent and not self._again:
            metrics.understood(confidence, intent != _FALLBACK)
        first = messages[0].get("custom") or {}
        line = {
            "reply": first.get("id"),
            "channel": self._channel,
            "kind": first.get("kind"),
            "kinds": [(m.get("custom") or {}).get("kind") for m in messages] if len(messages) > 1 else None,
            "phrase": self._phrase,
            "again": self._again or None,
            "jurisdiction": first.get("jurisdiction"),
            "intent": intent,
            "confidence": confidence,
            "sender": _known_as(self._sender),
            "ms": round(times.whole * 1000, 2),
            "stages": {stage: round(seconds * 1000, 2) for stage, seconds in times.spent.items()},
            "model": _running.get("model"),
            "failed": failed,
            "errors": times.errors or None,
        }
        logs.event("answered", **{key: value for key, value in line.items() if value is not None})


@contextmanager
def observed(channel: str, sender: str) -> Iterator[Observed]:
    """Watch over a message of a channel."""
    with bound_contextvars(turn=secrets.token_hex(4)), stages.message() as times, metrics.in_flight():
        seen = Observed(channel, sender, times)
        token = _UNDER_WAY.set(seen)
        try:
            yield seen
        finally:
            _UNDER_WAY.reset(token)


@asynccontextmanager
async def waiting(sender: str, gate: AbstractAsyncContextManager[None]) -> AsyncIterator[None]:
    """Pass the gate in front of a sender's turn; the wait is counted and timed."""
    waits = metrics.waiting(sender)
    waits.__enter__()
    try:
        with stages.timed(stages.QUEUE):
            await gate.__aenter__()
    finally:
        waits.__exit__(None, None, None)
    try:
        yield
    except BaseException as error:
        if not await gate.__aexit__(type(error), error, error.__traceback__):
            raise
    else:
        await gate.__aexit__(None, None, None)


def apologised(error: BaseException) -> None:
    """An action failed and the safe sentence is said; the line of the message under way and the counts will say so."""
    seen = _UNDER_WAY.get()
    if seen is not None:
        seen.apologised(error)


_running: dict[str, str] = {}


def running(version: str, code: str, model: str, data: Mapping[str, str]) -> None:
    """Say once what runs here: in the metrics, in a line of the log, and the model in every line of an answer."""
    _running["model"] = model
    metrics.built(version, code, model, data)
    logs.event("started", version=version, code=code, model=model, data=dict(data))


def _confidence(heard: Mapping[str, Any]) -> float | None:
    ranking = heard.get("ranking")
    return float(ranking[0][1]) if ranking else None


@lru_cache(maxsize=4096)
def _known_as(sender: str) -> str:
    return keyed_hash("log", sender)[:_SHOWN]
