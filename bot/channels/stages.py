"""Where the time of a message goes: each stage is timed without the stages inside it, so that together they are the whole.

A message under way has one :class:`Times`, found through the context it runs in. Without one nothing is timed, and nothing fails.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType

QUEUE, PARSE, POLICY, ACTIONS, ENGINE, STORE, RENDER, OTHER = "queue", "parse", "policy", "actions", "engine", "store", "render", "other"
STAGES = (QUEUE, PARSE, POLICY, ACTIONS, ENGINE, STORE, RENDER, OTHER)
"""Waiting for the sender's earlier message; understanding; choosing the next action; running it; the turn itself (facts, law, verdict);
reading and writing the conversation; putting the reply into words and payload; whatever is left."""


class Times:
    """The seconds of one message by stage, and the innermost stage in which something was raised."""

    def __init__(self) -> None:
        """The clock runs from now on."""
        self.spent: dict[str, float] = {}
        self.failed: str | None = None
        self.errors: list[str] = []
        """The types of the errors, in the order they came."""
        self._stack = [OTHER]
        self._since = self._began = time.perf_counter()

    @property
    def whole(self) -> float:
        """Seconds from the message's arrival to the last that was booked: what the stages add up to."""
        return self._since - self._began

    def enter(self, stage: str) -> None:
        """Begin a stage; the one around it stands still."""
        self._book()
        self._stack.append(stage)

    def leave(self) -> None:
        """End the stage that was begun last."""
        self._book()
        self._stack.pop()

    def close(self) -> None:
        """Book the time up to now."""
        self._book()

    def raised(self, error: BaseException, stage: str | None = None) -> None:
        """Note an error, with the innermost stage it passed through."""
        self.failed = self.failed or stage or self._stack[-1]
        name = type(error).__name__
        if not self.errors or self.errors[-1] != name:
            self.errors.append(name)

    def _book(self) -> None:
        now = time.perf_counter()
        stage = self._stack[-1]
        self.spent[stage] = self.spent.get(stage, 0.0) + now - self._since
        self._since = now


_UNDER_WAY: ContextVar[Times | None] = ContextVar("luohu_times", default=None)


def under_way() -> Times | None:
    """The times of the message that this code runs for."""
    return _UNDER_WAY.get()


@contextmanager
def message() -> Iterator[Times]:
    """Time a message."""
    times = Times()
    token = _UNDER_WAY.set(times)
    try:
        yield times
    finally:
        times.close()
        _UNDER_WAY.reset(token)


class timed:
    """Time what is inside as a stage of the message under way."""

    __slots__ = ("_stage", "_times")

    def __init__(self, stage: str) -> None:
        """``stage`` is one of :data:`STAGES`."""
        self._stage = stage

    def __enter__(self) -> None:
        self._times = _UNDER_WAY.get()
        if self._times is not None:
            self._times.enter(self._stage)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._times is not None:
            if error is not None:
                self._times.raised(error)
            self._times.leave()
