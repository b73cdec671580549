"""Drives whole conversations through the real guard, parser, rules, policies and actions, in one process."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.channels.guard import check_message
from bot.channels.rest import Collector


@dataclass
class Talk:
    """One conversation of one made-up sender."""

    agent: Agent
    loop: asyncio.AbstractEventLoop
    places: frozenset[str]
    metadata: dict[str, Any] = field(default_factory=dict)
    sender: str = field(default_factory=lambda: f"test-{uuid.uuid4().hex}")

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send a message as a channel would; the messages that come back, each with text, custom and buttons."""
        incoming = check_message({"sender": self.sender, "message": text, "metadata": self.metadata or None}, self.places)
        collector = Collector()
        message = UserMessage(incoming.text, collector, self.sender, input_channel="rest", metadata=dict(incoming.metadata))
        self.loop.run_until_complete(self.agent.handle_message(message))
        return collector.messages


def model_file(models: Path) -> Path:
    """The newest trained model.

    Raises:
        FileNotFoundError: nothing was trained.
    """
    found = sorted(models.glob("*.tar.gz"), key=lambda p: p.stat().st_mtime)
    if not found:
        raise FileNotFoundError(f"no model under {models}; run `luohu train`")
    return found[-1]
