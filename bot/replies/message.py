"""A reply as the one message in which every channel gets it: text, payload, buttons."""

from __future__ import annotations

from typing import Any

from bot.replies.model import Reply
from bot.replies.payload import reply_json
from bot.replies.text import render


def message(reply: Reply) -> dict[str, Any]:
    """``text``, ``custom`` (the payload) and, where something is offered, ``buttons``; a button sends plain text, never an intent."""
    buttons = [{"title": option.label, "payload": option.message} for option in reply.options]
    return {"text": render(reply), **({"buttons": buttons} if buttons else {}), "custom": reply_json(reply)}
