"""A message is answered once: what is said is kept together with the conversation, and sent only then.

A message that its channel names (:func:`named`) and sends again gets what was said the first time, from whichever server. One that was
overtaken, because another server went on with the conversation meanwhile, is handled anew from what is in the database now.
"""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from bot.channels.recording import recording
from bot.channels.stages import STORE, timed
from bot.channels.trackers import UNDER_WAY, Attempt, SnapshotTrackerStore
from bot.store.errors import Overtaken

TRIES = 4
"""How often a message is handled anew before the resident gets the safe sentence."""
Short = Callable[[UserMessage, Attempt], Awaitable[bool]]
Long = Callable[[UserMessage], Awaitable[Any]]


def named(channel: str, name: str | None) -> str | None:
    """The ``message_id`` of a message that its channel calls ``name``, the same whenever it is sent again; ``None`` for one without."""
    return None if name is None else f"{channel}:{name}"


def key_of(message: UserMessage) -> str | None:
    """The name of a message; ``None`` where Rasa has made one up."""
    given = str(message.message_id)
    return given if given.startswith(f"{message.input_channel}:") else None


class Held(OutputChannel):
    """Takes what is said and passes nothing on."""

    def __init__(self, said: list[dict[str, Any]], channel: str) -> None:
        """``said`` is filled; ``channel`` is the name of the channel for which it is said."""
        self._said, self._channel = said, channel

    def name(self) -> str:  # type: ignore[override]
        """The channel's own name, which Rasa may choose a response by."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take a message as Rasa hands it to a channel."""
        self._said.append(message)


async def answer(message: UserMessage, store: SnapshotTrackerStore, short: Short, long: Long) -> None:
    """Answer a message on its output channel.

    What was said before is marked ``again``.

    ``short`` handles it and keeps the outcome, or says that it cannot; then ``long``, Rasa's own processor, handles it, which keeps the
    outcome through the store.

    Raises:
        Overtaken: the conversation was written elsewhere every time.
        Unavailable: the database does not answer.
    """
    for left in reversed(range(TRIES)):
        with timed(STORE):
            attempt = await store.begin(message.sender_id, str(message.input_channel or ""), key_of(message))
        attempt.noting = getattr(message.output_channel, "noting", None)
        if attempt.earlier is not None:
            attempt.said = [{**said, "again": True} for said in attempt.earlier]
            break
        try:
            with recording():
                done = await short(message, attempt)
            if not done:
                await _the_long_way(message, attempt, long)
            break
        except Overtaken:
            if not left:
                raise
    for said in attempt.said:
        await message.output_channel.send_response(message.sender_id, said)


async def _the_long_way(message: UserMessage, attempt: Attempt, long: Long) -> None:
    held = copy.copy(message)
    held.output_channel = Held(attempt.said, message.output_channel.name())
    token = UNDER_WAY.set(attempt)
    try:
        with recording():
            await long(held)
    finally:
        UNDER_WAY.reset(token)
