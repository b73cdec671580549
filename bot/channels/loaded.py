"""What a running process has loaded: the documents with their wording, once; and today's date where the residents live."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from bot.conversation.world import World, load_world

_CHINA = timezone(timedelta(hours=8))


@lru_cache(maxsize=1)
def world() -> World:
    """The data the bot speaks from; a server loads it before it is ready.

    Raises:
        bot.policy.problem.PackError: a document is not well formed.
    """
    return load_world()


def today() -> date:
    """The day in China."""
    return datetime.now(_CHINA).date()
