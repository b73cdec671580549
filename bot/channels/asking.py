"""Asking the bot: what the channels of the server share.

Messages of one sender one after the other, the safe sentence where the bot fails, and a note, once the answer is on its way, of
what was not answered well.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.channels import metrics, notes, settings
from bot.channels.guard import Incoming, Rate
from bot.channels.once import named
from bot.channels.ordering import Queues
from bot.channels.spoken import spoken
from bot.store.errors import Unavailable

logger = logging.getLogger("luohu.rest")

ANSWER_WITHIN = 30.0
"""Seconds after which a message gets the safe sentence instead of an answer."""
_REMEMBERED = 5000

OnMessage = Callable[[UserMessage], Awaitable[Any]]
Messages = list[dict[str, Any]]


class Collector(CollectingOutputChannel):
    """Collects one message per reply, with text, buttons and payload together (Rasa's own would split them).

    ``heard`` is how the message was understood: intent, and the classes it came nearest to.
    """

    def __init__(self) -> None:
        """Nothing collected yet."""
        super().__init__()
        self.heard: dict[str, Any] = {}

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take a whole reply."""
        self.heard = message.get("heard") or self.heard
        parts = {
            "recipient_id": recipient_id,
            "text": message.get("text"),
            "buttons": message.get("buttons"),
            "custom": message.get("custom"),
        }
        await self._persist_message({key: value for key, value in parts.items() if value})


class Asker:
    """Asks the bot for one channel. ``rate`` limits each sender: ``LUOHU_RATE`` messages per second by default (0 switches it off)."""

    def __init__(self, channel: str, rate: Rate | None = None) -> None:
        """Nobody has asked yet."""
        self._channel = channel
        self._queues = Queues()
        per_second = settings.rate()
        self._rate = rate or (Rate(burst=20, per_second=per_second) if per_second > 0 else None)
        self._last: OrderedDict[str, notes.Asked] = OrderedDict()
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, incoming: Incoming, on_new_message: OnMessage) -> Messages:
        """What is said to a message that passed the guard; never an empty list."""
        started = time.perf_counter()
        phrase = incoming.spoken
        if phrase is None and self._rate and not self._rate.allows(incoming.sender):
            phrase = "too_fast"
        messages = [spoken(phrase, incoming.sender)] if phrase else await self._answers(incoming, on_new_message)
        metrics.answered(self._channel, messages, time.perf_counter() - started)
        return messages

    def turn(self, sender: str) -> AbstractAsyncContextManager[None]:
        """Wait until every earlier message of the sender is done, and let later ones wait."""
        return self._queues.turn(sender)

    def forget(self, sender: str) -> None:
        """Drop what is remembered of a sender between two messages."""
        self._last.pop(sender, None)

    async def _answers(self, incoming: Incoming, on_new_message: OnMessage) -> Messages:
        """What the bot says; the safe sentence where it fails, says nothing or takes too long."""
        collector = Collector()
        sender = incoming.sender
        try:
            name, metadata = named(self._channel, incoming.name), dict(incoming.metadata)
            message = UserMessage(incoming.text, collector, sender, None, self._channel, name, metadata)
            async with self._queues.turn(sender):
                await asyncio.wait_for(on_new_message(message), ANSWER_WITHIN)
        except Unavailable as error:
            logger.error("message not answered: %s", error)
            return [spoken("unkept", sender)]
        except Exception as error:  # whatever it is, the resident gets an answer; the log never holds their words
            logger.error("message not answered: %s", type(error).__name__)
        messages = [m for m in collector.messages if m.get("custom")] or [spoken("safe", sender)]
        self._note(notes.asked(self._channel, incoming, messages, collector.heard))
        return messages

    def _note(self, now: notes.Asked) -> None:
        """Keep what deserves to be kept, after the answer is sent and before the sender's next message."""
        before = self._last.pop(now.sender, None)
        if not now.is_feedback:
            self._last[now.sender] = now
            if len(self._last) > _REMEMBERED:
                self._last.popitem(last=False)
        kept = notes.worth_keeping(now, before)
        if kept:
            self.later(self._keep(now.sender, kept))

    async def _keep(self, sender: str, kept: notes.Kept) -> None:
        async with self._queues.turn(sender):
            await asyncio.get_running_loop().run_in_executor(None, notes.keep, kept)

    def later(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something after the answer; what goes wrong is logged and never reaches the resident."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.error("a note was not kept: %s", type(error).__name__)
