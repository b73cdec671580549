"""What ``/metrics`` counts: messages, replies, how surely they were understood, where the time goes, what waits, what fails.

No text and no sender is in any of it, and every label has a small, fixed set of values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from bot.channels.stages import STAGES, Times

disable_created_metrics()  # a second series for each, which nothing here asks for
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

_MESSAGES = Counter("luohu_messages_total", "Messages answered", ["channel"], registry=REGISTRY)
_AGAIN = Counter("luohu_messages_again_total", "Messages sent again that got the answer they had got", ["channel"], registry=REGISTRY)
_REPLIES = Counter("luohu_replies_total", "Replies sent", ["channel", "kind"], registry=REGISTRY)
_SPOKEN = Counter("luohu_spoken_total", "Fixed sentences said instead of an answer, by phrase", ["phrase"], registry=REGISTRY)
_REFUSED = Counter("luohu_refused_total", "Requests refused with an error, by code", ["code"], registry=REGISTRY)
_ERRORS = Counter("luohu_errors_total", "Messages in which something failed, by the stage it failed in", ["stage"], registry=REGISTRY)
_NOT_UNDERSTOOD = Counter("luohu_not_understood_total", "Messages understood below confidence", registry=REGISTRY)
_GAPS = Counter("luohu_gaps_total", "Knowledge gaps recorded, by reason", ["reason"], registry=REGISTRY)
_FEEDBACK = Counter("luohu_feedback_total", "Opinions on answers", ["useful"], registry=REGISTRY)
_SECONDS = Histogram(
    "luohu_answer_seconds",
    "Seconds from message to answer",
    ["channel"],
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 4, 5, 10, 30),
)
_STAGES = Histogram(
    "luohu_stage_seconds",
    "Seconds of a message in each stage, without the stages inside it",
    ["stage"],
    registry=REGISTRY,
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30),
)
_CONFIDENCE = Histogram(
    "luohu_confidence",
    "Share of the class that a message was taken for, 0 to 1",
    registry=REGISTRY,
    buckets=tuple(n / 10 for n in range(1, 11)),
)
_IN_FLIGHT = Gauge("luohu_in_flight", "Messages under way, those that wait included", registry=REGISTRY)
_WAITING = Gauge("luohu_queue_messages", "Messages that wait for an earlier one of the same sender", registry=REGISTRY)
_SENDERS = Gauge("luohu_queue_senders", "Senders of whom a message waits", registry=REGISTRY)
_WECHAT = Counter("luohu_wechat_answers_total", "Tries of WeChat answered within 4.5 seconds or not", ["when"], registry=REGISTRY)
_WECHAT_LATE = Counter(
    "luohu_wechat_late_total", "Answers that nobody waited for any more: sent as customer service, or kept", ["passed"], registry=REGISTRY
)
_WECHAT_FETCHED = Counter("luohu_wechat_fetched_total", "Kept answers fetched by the resident or by a later try", registry=REGISTRY)
_READY = Gauge("luohu_ready", "Whether a part is ready (1) or not (0)", ["part"], registry=REGISTRY)
_BUILD = Gauge("luohu_build_info", "What is running; always 1", ["version", "code", "model"], registry=REGISTRY)
_DATA = Gauge("luohu_data_info", "Hash of each document and of the other data; always 1", ["name", "hash"], registry=REGISTRY)

_CODES = 200
"""Codes that are counted by name; one more would mean that a code is made of what somebody sent."""
_seen_codes: set[str] = set()
_waiting: dict[str, int] = {}

for _stage in STAGES:
    _STAGES.labels(_stage)
    _ERRORS.labels(_stage)
for _when in ("in_time", "late"):
    _WECHAT.labels(_when)
for _passed in ("sent", "kept"):
    _WECHAT_LATE.labels(_passed)
_children = {stage: _STAGES.labels(stage) for stage in STAGES}


def answered(channel: str, messages: Sequence[Mapping[str, Any]], times: Times) -> None:
    """Count an answered message with its replies and its time by stage."""
    _MESSAGES.labels(channel).inc()
    for message in messages:
        _REPLIES.labels(channel, (message.get("custom") or {}).get("kind", "none")).inc()
    _SECONDS.labels(channel).observe(times.whole)
    for stage, seconds in times.spent.items():
        _children[stage].observe(seconds)


def again(channel: str) -> None:
    """Count a message that had been answered before; its replies and its time were counted then."""
    _AGAIN.labels(channel).inc()


def understood(confidence: float | None, known: bool) -> None:
    """Count how surely a message was understood; ``known`` is false below the model's thresholds."""
    if confidence is not None:
        _CONFIDENCE.observe(confidence)
    if not known:
        _NOT_UNDERSTOOD.inc()


def said(phrase: str) -> None:
    """Count a fixed sentence said instead of an answer."""
    _SPOKEN.labels(phrase).inc()


def failed(stage: str) -> None:
    """Count an error in a stage."""
    _ERRORS.labels(stage).inc()


def refused(code: str) -> None:
    """Count a request that was refused with an error."""
    if code not in _seen_codes and len(_seen_codes) >= _CODES:
        code = "other"
    _seen_codes.add(code)
    _REFUSED.labels(code).inc()


def gap(reason: str) -> None:
    """Count a recorded gap."""
    _GAPS.labels(reason).inc()


def opinion(useful: bool) -> None:
    """Count an opinion on an answer."""
    _FEEDBACK.labels("yes" if useful else "no").inc()


def wechat_answered(in_time: bool) -> None:
    """Count a try of WeChat that was answered: with the answer, or with a word to ask again."""
    _WECHAT.labels("in_time" if in_time else "late").inc()


def wechat_late(sent: bool) -> None:
    """Count an answer nobody waited for: ``sent`` in another way, or kept to be fetched."""
    _WECHAT_LATE.labels("sent" if sent else "kept").inc()


def wechat_fetched(answers: int) -> None:
    """Count kept answers that were fetched."""
    _WECHAT_FETCHED.inc(answers)


@contextmanager
def in_flight() -> Iterator[None]:
    """Count a message as under way."""
    _IN_FLIGHT.inc()
    try:
        yield
    finally:
        _IN_FLIGHT.dec()


@contextmanager
def waiting(sender: str) -> Iterator[None]:
    """Count a message as waiting for its turn."""
    _waiting[sender] = _waiting.get(sender, 0) + 1
    _WAITING.inc()
    _SENDERS.set(len(_waiting))
    try:
        yield
    finally:
        _waiting[sender] -= 1
        if not _waiting[sender]:
            del _waiting[sender]
        _WAITING.dec()
        _SENDERS.set(len(_waiting))


def built(version: str, code: str, model: str, data: Mapping[str, str]) -> None:
    """Say what is running."""
    _BUILD.labels(version, code, model).set(1)
    for name, digest in data.items():
        _DATA.labels(name, digest).set(1)


def exposition(ready: Mapping[str, bool]) -> tuple[bytes, str]:
    """The metrics in Prometheus' text format, and its content type; ``ready`` are the parts of the server as they are now."""
    for part, is_ready in ready.items():
        _READY.labels(part).set(is_ready)
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
