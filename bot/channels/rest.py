"""The REST channel: Rasa's wire format behind the guard.

``POST /webhooks/rest/webhook`` takes ``{"sender", "message", "metadata"}`` and answers a list of
``{"recipient_id", "text", "buttons", "custom"}``, never an empty one.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import metrics
from bot.channels.guard import Rate, Refused, check_message, parse_json
from bot.channels.loaded import world
from bot.channels.ordering import Queues
from bot.channels.spoken import spoken

logger = logging.getLogger("luohu.rest")

ANSWER_WITHIN = 30.0
"""Seconds after which a message gets the safe sentence instead of an answer."""


class Collector(CollectingOutputChannel):
    """Collects one message per reply, with text, buttons and payload together (Rasa's own would split them)."""

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take a whole reply."""
        parts = {
            "recipient_id": recipient_id,
            "text": message.get("text"),
            "buttons": message.get("buttons"),
            "custom": message.get("custom"),
        }
        await self._persist_message({key: value for key, value in parts.items() if value})


class RestChannel(InputChannel):
    """The channel; ``jurisdictions`` are the ids that ``metadata.jurisdiction`` may name (``None`` reads the packs)."""

    def __init__(self, jurisdictions: frozenset[str] | None = None, rate: Rate | None = None) -> None:
        """Set up the rate limit: ``LUOHU_RATE`` messages per second and sender (0 switches it off)."""
        self._jurisdictions = jurisdictions
        self._queues = Queues()
        per_second = float(os.environ.get("LUOHU_RATE", "2"))
        self._rate = rate or (Rate(burst=20, per_second=per_second) if per_second > 0 else None)

    @classmethod
    def name(cls) -> str:
        """Where the channel is served: ``/webhooks/rest``."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> RestChannel:
        """For ``rasa run``; there is nothing to configure."""
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The two routes."""
        hook = Blueprint("luohu_rest")

        @hook.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @hook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                incoming = check_message(parse_json(request.body), self._known())
            except Refused as refused:
                metrics.refused(refused.code)
                return response.json(refused.body(), refused.status, ensure_ascii=False)
            started = time.perf_counter()
            phrase = incoming.spoken
            if phrase is None and self._rate and not self._rate.allows(incoming.sender):
                phrase = "too_fast"
            messages = (
                [spoken(phrase, incoming.sender)]
                if phrase
                else await self._ask(on_new_message, incoming.sender, incoming.text, dict(incoming.metadata))
            )
            metrics.answered(self.name(), messages, time.perf_counter() - started)
            return response.json(messages, ensure_ascii=False)

        return hook

    async def _ask(
        self, on_new_message: Callable[[UserMessage], Awaitable[Any]], sender: str, text: str, metadata: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """What the bot says; the safe sentence where it fails, says nothing or takes too long."""
        collector = Collector()
        try:
            message = UserMessage(text, collector, sender, input_channel=self.name(), metadata=metadata)
            async with self._queues.turn(sender):
                await asyncio.wait_for(on_new_message(message), ANSWER_WITHIN)
        except Exception as error:  # whatever it is, the resident gets an answer; the log never holds their words
            logger.error("message not answered: %s", type(error).__name__)
        return [m for m in collector.messages if m.get("custom")] or [spoken("safe", sender)]

    def _known(self) -> frozenset[str]:
        if self._jurisdictions is None:
            self._jurisdictions = frozenset(world().packs.by_jurisdiction)
        return self._jurisdictions
