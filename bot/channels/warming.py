"""Before the first resident: what loads on first use is loaded, so that nobody waits for it."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.channels.direct import DirectAgent
from bot.channels.loaded import today, world
from bot.conversation.state import Conversation
from bot.conversation.turns import take
from bot.conversation.world import Heard

_STORY = "我户口在外省，大专毕业，在这里上班，交着社保，租房住，跟爱人一起，就按租房这条能落户吗"
_PACKAGES = ("bot.reading.", "bot.replies.", "bot.conversation.", "bot.nlu.", "bot.channels.spoken", "bot.channels.notes")
"""Whose tables are read while a message is handled."""


async def warm_up(agent: Agent) -> None:
    """Load tables and compile expressions; nothing of it is kept."""
    for load in loaders(_PACKAGES):
        load()
    if agent.processor:
        await agent.processor.parse_message(UserMessage(_STORY))
    if isinstance(agent, DirectAgent) and agent.direct:
        agent.direct.prepare()
    for place in world().packs.by_jurisdiction:
        told = take(world(), Conversation(), Heard(_STORY, "tell", today(), metadata={"jurisdiction": place}), "answer")
        take(world(), told.state, Heard("怎样才能办", "how_to", today(), metadata={"jurisdiction": place}), "how_to")


def loaders(packages: tuple[str, ...]) -> Iterator[Callable[[], Any]]:
    """What is made once and kept (``lru_cache`` without parameters) in the modules that begin so, as far as they are imported."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith(packages):
            for made in list(vars(module).values()):
                if getattr(made, "__module__", "") == name and hasattr(made, "cache_info") and not inspect.signature(made).parameters:
                    yield made
