"""Talk in the terminal: the same guard, model and actions as the server, without a port."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage

from bot.channels.asking import Collector
from bot.channels.guard import Refused, check_message
from bot.channels.loaded import world
from bot.channels.server import load_agent
from bot.channels.spoken import spoken
from bot.channels.trackers import SnapshotTrackerStore
from bot.channels.warming import warm_up


def chat(model: Path, place: str | None, payloads: bool) -> None:
    """Read lines until an empty one or the end of input; nothing of the conversation is kept."""
    agent = load_agent(model, SnapshotTrackerStore(url="sqlite://"))
    jurisdictions = frozenset(world().packs.by_jurisdiction)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(warm_up(agent))
    print(world().wording["terminal_opens"], flush=True)
    buttons: list[dict[str, Any]] = []
    while True:
        try:
            line = input("> ").strip()
        except EOFError:
            break
        if not line:
            break
        if line.isascii() and line.isdigit() and 1 <= int(line) <= len(buttons):
            line = buttons[int(line) - 1]["payload"]
        try:
            incoming = check_message(
                {"sender": "terminal", "message": line, "metadata": {"jurisdiction": place} if place else None}, jurisdictions
            )
        except Refused as refused:
            print(refused.message)
            continue
        if incoming.spoken:
            messages = [spoken(incoming.spoken, "terminal")]
        else:
            collector = Collector()
            loop.run_until_complete(
                agent.handle_message(
                    UserMessage(incoming.text, collector, "terminal", input_channel="terminal", metadata=dict(incoming.metadata))
                )
            )
            messages = collector.messages or [spoken("safe", "terminal")]
        buttons = []
        for message in messages:
            print(message["text"])
            buttons = message.get("buttons") or buttons
            if payloads:
                print(json.dumps(message["custom"], ensure_ascii=False, indent=2))
        for number, button in enumerate(buttons, 1):
            print(f"  [{number}] {button['title']}")
    loop.close()
