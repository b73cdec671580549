"""Recording, while a message is answered, what :mod:`bot.conversation.replay` needs to answer it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from bot import versions
from bot.conversation.replay import Record, Step
from bot.conversation.state import Conversation
from bot.conversation.world import Heard


class Recording:
    """The message under way. Empty until a turn is taken."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self._first: tuple[Conversation, Heard] | None = None
        self._steps: list[Step] = []

    def taken(self, name: str, before: Conversation, heard: Heard) -> None:
        """A turn is about to be taken on the state ``before``."""
        if self._first is None:
            self._first = (before, heard)
        self._steps.append(Step(name))

    def failed(self, name: str, error: BaseException) -> None:
        """The turn failed, and the safe sentence was said."""
        if self._steps and self._steps[-1] == Step(name):
            self._steps[-1] = Step(name, type(error).__name__)

    @property
    def record(self) -> Record | None:
        """What has been recorded; ``None`` where no turn was taken."""
        if self._first is None:
            return None
        before, heard = self._first
        return Record(before, heard, tuple(self._steps), versions.current().id)


_UNDER_WAY: ContextVar[Recording | None] = ContextVar("luohu_recording", default=None)


@contextmanager
def recording() -> Iterator[Recording]:
    """Record what is done inside."""
    new = Recording()
    token = _UNDER_WAY.set(new)
    try:
        yield new
    finally:
        _UNDER_WAY.reset(token)


def recorded() -> dict[str, Any]:
    """The record of the message under way, for the journal; empty where no turn was taken."""
    now = _UNDER_WAY.get()
    record = now.record if now else None
    return record.to_json() if record else {}


def taken(name: str, before: Conversation, heard: Heard) -> None:
    """A turn is about to be taken; without a recording under way nothing is kept."""
    if now := _UNDER_WAY.get():
        now.taken(name, before, heard)


def failed(name: str, error: BaseException) -> None:
    """The turn failed."""
    if now := _UNDER_WAY.get():
        now.failed(name, error)
