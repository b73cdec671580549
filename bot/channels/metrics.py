"""Counters for ``/metrics``: messages by channel and kind of reply, refused requests, seconds to an answer. No text, no sender."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

REGISTRY = CollectorRegistry()
_MESSAGES = Counter("luohu_messages_total", "Messages answered", ["channel"], registry=REGISTRY)
_REPLIES = Counter("luohu_replies_total", "Replies sent", ["channel", "kind"], registry=REGISTRY)
_REFUSED = Counter("luohu_refused_total", "Requests refused by the guard", ["code"], registry=REGISTRY)
_SECONDS = Histogram(
    "luohu_answer_seconds",
    "Seconds from message to answer",
    ["channel"],
    registry=REGISTRY,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)


def answered(channel: str, messages: Sequence[dict[str, Any]], seconds: float) -> None:
    """Count an answered message."""
    _MESSAGES.labels(channel).inc()
    for message in messages:
        _REPLIES.labels(channel, (message.get("custom") or {}).get("kind", "none")).inc()
    _SECONDS.labels(channel).observe(seconds)


def refused(code: str) -> None:
    """Count a request that the guard refused."""
    _REFUSED.labels(code).inc()


def exposition() -> tuple[bytes, str]:
    """The metrics in Prometheus' text format, and its content type."""
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
