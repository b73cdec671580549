"""The REST channel: Rasa's wire format behind the guard.

``POST /webhooks/rest/webhook`` takes ``{"sender", "message", "metadata", "message_id"}`` and answers a list of
``{"recipient_id", "text", "buttons", "custom"}``, never an empty one. A message that is sent again under the same ``message_id`` (or
the same header ``Idempotency-Key``) is not handled again and gets the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import orjson
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels import metrics
from bot.channels.asking import Asker, Collector
from bot.channels.guard import Refused, check_message, check_name, parse_json
from bot.channels.loaded import world
from bot.channels.shared import Limit, Shared

__all__ = ["Collector", "RestChannel"]


class RestChannel(InputChannel):
    """The channel; ``jurisdictions`` are the ids that ``metadata.jurisdiction`` may name (``None`` reads the packs)."""

    def __init__(self, jurisdictions: frozenset[str] | None = None, rate: Limit | None = None, shared: Shared | None = None) -> None:
        """Set up the rate limit: ``LUOHU_RATE`` messages per second and sender (0 switches it off)."""
        self._jurisdictions = jurisdictions
        self._asker = Asker(self.name(), rate, shared)

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
                incoming = check_message(_named(request), self._known())
            except Refused as refused:
                metrics.refused(refused.code)
                return response.json(refused.body(), refused.status, ensure_ascii=False)
            if incoming.name is None:
                incoming = replace(incoming, name=_try_of(request))
            messages = await self._asker.ask(incoming, on_new_message)
            # A fifth of the time that Sanic's own encoder takes for ten thousand bytes of payload.
            return HTTPResponse(orjson.dumps(messages), content_type="application/json")

        return hook

    def _known(self) -> frozenset[str]:
        if self._jurisdictions is None:
            self._jurisdictions = frozenset(world().packs.by_jurisdiction)
        return self._jurisdictions


def _named(request: Request) -> dict[str, Any]:
    """The body, with the message's name from the header where the body has none."""
    body = parse_json(request.body)
    name = request.headers.get("idempotency-key")
    if name is None:
        return body
    check_name({"message_id": name})  # a wrong one is told, also beside a right one in the body
    return {"message_id": name, **body}


def _try_of(request: Request) -> str | None:
    """What a proxy calls the request, the same on every try (``X-Request-ID``); a message its client did not name goes by that."""
    given = request.headers.get("x-request-id", "")
    return given if re.fullmatch(r"[!-~]{16,64}", given) else None
