"""Asking the bot: what the channels of the server share.

Messages of one sender one after the other, the safe sentence where the bot fails, and a note, once the answer is on its way, of
what was not answered well.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.channels import notes, settings
from bot.channels.guard import Incoming
from bot.channels.memory import Kind
from bot.channels.observing import Observed, observed, waiting
from bot.channels.once import named
from bot.channels.shared import Alone, Apart, Limit, Shared, Turns
from bot.channels.spoken import spoken
from bot.channels.trackers import Noting
from bot.logs import origin
from bot.store.errors import Unavailable
from bot.store.gaps import Gap

logger = logging.getLogger("luohu.rest")

ANSWER_WITHIN = 30.0
"""Seconds after which a message gets the safe sentence instead of an answer."""
LAST = Kind("last", seconds=24 * 3600, most=5000, encode=notes.asked_json, decode=notes.asked_of)
"""The last message of a sender that was no feedback, for a feedback that follows."""

OnMessage = Callable[[UserMessage], Awaitable[Any]]
Messages = list[dict[str, Any]]


class Collector(CollectingOutputChannel):
    """Collects one message per reply, with text, buttons and payload together (Rasa's own would split them).

    ``said`` are the messages as they came; ``again`` tells that the message had been answered before, and that this is what was said then.
    """

    def __init__(self, noting: Noting | None = None) -> None:
        """Nothing collected yet. ``noting`` says of an answer what is to be kept with it."""
        super().__init__()
        self.noting = noting
        self.said: list[dict[str, Any]] = []
        self.again = False

    @property
    def heard(self) -> Mapping[str, Any]:
        """How the message was understood; nothing where no message says so."""
        return notes.heard(self.said)

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take a whole reply."""
        self.again = bool(message.get("again"))
        parts = {
            "recipient_id": recipient_id,
            "text": message.get("text"),
            "buttons": message.get("buttons"),
            "custom": message.get("custom"),
        }
        await self._persist_message({key: value for key, value in parts.items() if value})
        self.said.append(message)  # last, so that what is no message at all is not among them


class Asker:
    """Asks the bot for one channel. ``rate`` limits each sender: ``LUOHU_RATE`` messages per second by default (0 switches it off)."""

    def __init__(self, channel: str, rate: Limit | None = None, shared: Shared | None = None) -> None:
        """``shared`` is what the servers share; without it, this is the only one."""
        self._channel = channel
        shared = shared or Alone()
        self._turns = shared.turns("bot")
        per_second = settings.rate()
        self._rate = rate or (shared.limit(channel, burst=20, per_second=per_second) if per_second > 0 else None)
        self._last = shared.memory(LAST)
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, incoming: Incoming, on_new_message: OnMessage, in_turn: bool = False) -> Messages:
        """What is said to a message that passed the guard; never an empty list. ``in_turn``: the caller has the sender's turn."""
        with observed(self._channel, incoming.sender) as seen:
            phrase = incoming.spoken or await self._refused(incoming.sender, seen)
            if phrase:
                seen.said(phrase)
            answers = self._answers_in_turn if in_turn else self._answers
            messages = [spoken(phrase, incoming.sender)] if phrase else await answers(incoming, on_new_message, seen)
            seen.answered(messages)
        return messages

    @property
    def turns(self) -> Turns:
        """Whose turn it is: of all that is asked of the bot, at whichever server."""
        return self._turns

    async def forget(self, sender: str) -> None:
        """Drop what is remembered of a sender between two messages; called in their turn."""
        await self._last.put(sender, None)

    async def _refused(self, sender: str, seen: Observed) -> str | None:
        """The phrase for a message that may not be handled now."""
        try:
            return None if self._rate is None or await self._rate.allows(sender) else "too_fast"
        except Apart as error:
            logger.error("message not answered: %s", error)
            seen.apologised(error, "apart")
            return "apart"

    async def _answers(self, incoming: Incoming, on_new_message: OnMessage, seen: Observed) -> Messages:
        """What the bot says; the safe sentence where it fails, says nothing or takes too long."""
        try:
            async with waiting(incoming.sender, self._turns.turn(incoming.sender)):
                return await self._answers_in_turn(incoming, on_new_message, seen)
        except Apart as error:
            logger.error("message not answered: %s", error)
            seen.apologised(error, "apart")
            return [spoken("apart", incoming.sender)]

    async def _answers_in_turn(self, incoming: Incoming, on_new_message: OnMessage, seen: Observed) -> Messages:
        sender = incoming.sender

        def noting(said: Sequence[Mapping[str, Any]]) -> Gap | None:
            return notes.gap(notes.asked(self._channel, incoming, said)) if any(m.get("custom") for m in said) else None

        collector = Collector(noting)
        try:
            name, metadata = named(self._channel, incoming.name), dict(incoming.metadata)
            message = UserMessage(incoming.text, collector, sender, None, self._channel, name, metadata)
            await asyncio.wait_for(on_new_message(message), ANSWER_WITHIN)
        except Unavailable as error:
            logger.error("message not answered: %s", error)
            seen.apologised(error, "unkept")
            return [spoken("unkept", sender)]
        except Exception as error:  # whatever it is, the resident gets an answer; the log never holds their words
            logger.error("message not answered: %s", origin(error))
            seen.apologised(error)
        answers = [m for m in collector.messages if m.get("custom")]
        messages = answers or [spoken("safe", sender)]
        if not answers:
            seen.apologised()
        seen.understood(collector.heard)
        if collector.again:
            seen.again()
        else:
            await self._note(notes.asked(self._channel, incoming, collector.said if answers else messages), failed=not answers)
        return messages

    async def _note(self, now: notes.Asked, failed: bool) -> None:
        """Keep what deserves to be kept and is not yet (the gap of an answer is kept with it), before the sender's next message."""
        try:
            before = await self._last.put(now.sender, None if now.is_feedback else now)
        except Apart as error:  # the answer is there all the same
            logger.error("a message was not noted: %s", error)
            return
        kept = notes.opinion(now, before)
        if failed and (gap := notes.gap(now)) is not None:
            kept = (gap,)
        if kept:
            self.later(self._keep(now.sender, kept))

    async def _keep(self, sender: str, kept: notes.Kept) -> None:
        async with self._turns.turn(sender):
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
