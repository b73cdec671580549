"""Where conversations are kept: one small row per sender, so that a turn costs the same however long the conversation is.

Rasa's own SQL store keeps every event for ever and replays them on every message.  A row here holds what the next turn
needs and nothing else: the slots, the form under way, and when and with what intent the resident last spoke.  What the
resident wrote is not kept; the facts they told are in the ``conversation`` slot.
"""

from __future__ import annotations

import contextvars
import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import SQLAlchemyError

from bot.channels import metrics
from bot.channels.recording import recorded
from bot.channels.secret import keyed_hash, person
from bot.store import conversations, releases, turns
from bot.store.conversations import CONVERSATIONS
from bot.store.database import database_url, delete_in_batches, engine_for
from bot.store.errors import StoreError, Unavailable
from bot.store.gaps import Gap
from bot.store.keeping import keeper_for
from bot.store.schema import migrate
from bot.store.turns import Turn
from bot.versions import current

RED = 10.0
"""Seconds for which the server is not ready after something could not be kept, unless something else was kept since."""


Noting = Callable[[Sequence[Mapping[str, Any]]], Gap | None]
"""Says of what was said to a message which gap in what the bot knows it shows."""


@dataclass
class Attempt:
    """One attempt at a message: the conversation as it was read, and what has been said since.

    ``person`` is the sender in the journal; ``key`` stands for the message as its channel names it (``None``: it has no name), and
    ``earlier`` is what was said to it already. ``noting`` is the channel's, ``None`` for one that notes nothing.
    """

    sender: str
    person: str
    channel: str
    key: str | None
    row: conversations.Row | None
    earlier: list[dict[str, Any]] | None = None
    said: list[dict[str, Any]] = field(default_factory=list)
    noting: Noting | None = None

    @property
    def state(self) -> dict[str, Any] | None:
        """The conversation before the message, as :func:`snapshot` makes it."""
        return self.row.state if self.row else None


UNDER_WAY: contextvars.ContextVar[Attempt | None] = contextvars.ContextVar("under_way", default=None)
"""The attempt that Rasa's own processor is making: what it saves is kept together with what was said."""


class SnapshotTrackerStore(TrackerStore):
    """Rasa's tracker store over one row per sender, and the journal of what was said.

    ``url`` is a SQLAlchemy URL (Rasa passes the one of ``endpoints.yml`` as ``host``); without one, :func:`database_url`.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        url: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Open the database and bring it up to date.

        Raises:
            StoreError: it cannot be used; the message says how to mend it.
        """
        super().__init__(domain, event_broker)
        made = url or host or database_url()
        self._engine = engine_for(made, asks_again=True)
        migrate(self._engine)
        here = current()
        releases.keep(self._engine, here.id, here.to_json())
        self._refused = -math.inf
        self.keeper = keeper_for(self._engine, made)

    async def begin(self, sender: str, channel: str, key: str | None = None) -> Attempt:
        """What is known before a message is handled: the conversation, and what was said to this very message already.

        ``key`` is the message's name in its channel.

        Raises:
            Unavailable: the database does not answer.
        """
        known_as, hashed = person(sender), key and keyed_hash("message", key)
        return Attempt(sender, known_as, channel, hashed, *await self.keeper.before(sender, known_as, hashed))

    async def finish(self, attempt: Attempt, state: Mapping[str, Any], seen: float) -> None:
        """Keep the conversation after a message, and in the same transaction what was said to it. Only then may it be sent.

        Raises:
            Overtaken: the conversation or the message has been handled elsewhere since :meth:`begin`; nothing was kept.
            Unavailable: the database does not answer; as far as it says, nothing was kept.
            RuntimeError: nothing was said; then nothing is kept either, so that the message can be sent again.
        """
        if not attempt.said:
            raise RuntimeError("nothing was said to a message; it is not kept as answered")
        gap = attempt.noting(attempt.said) if attempt.noting else None
        turn = Turn(turns.new_id(), attempt.person, attempt.channel, attempt.said, recorded(), attempt.key, seen, gap)
        try:
            await self.keeper.keep(attempt.sender, state, attempt.row.version if attempt.row else None, turn)
        except Unavailable:
            self._refused = time.monotonic()
            raise
        self._refused = -math.inf
        if gap:
            metrics.gap(gap.reason)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Replace the sender's row by a snapshot of the tracker; with the journal, where a message of the server is under way."""
        attempt = UNDER_WAY.get()
        if attempt is None or attempt.sender != tracker.sender_id:
            self.keep(tracker.sender_id, snapshot(tracker), _seen(tracker))
        else:
            await self.finish(attempt, snapshot(tracker), _seen(tracker))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The sender's tracker, or ``None`` for a sender not seen before (or deleted)."""
        attempt = UNDER_WAY.get()
        state = attempt.state if attempt is not None and attempt.sender == sender_id else self.load(sender_id)
        if state is None:
            return None
        tracker = self.init_tracker(sender_id)
        for event in restored(state, {slot.name for slot in self.domain.slots}):
            tracker.update(event, self.domain)
        return tracker

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A tracker for a new sender; nothing is kept of it before it has been answered."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    def load(self, sender: str) -> dict[str, Any] | None:
        """The sender's :func:`snapshot`, or ``None`` where there is none."""
        with self._engine.connect() as connection:
            row = conversations.load(connection, sender)
        return row.state if row else None

    def keep(self, sender: str, state: Mapping[str, Any], seen: float) -> None:
        """Replace the sender's snapshot, whoever wrote it; ``seen`` is when they last spoke, in seconds of the epoch."""
        with self._engine.begin() as connection:
            conversations.put(connection, sender, state, seen)

    async def keys(self) -> Iterable[str]:
        """Every sender that has a row."""
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(CONVERSATIONS.c.sender)).scalars())

    def delete(self, sender: str) -> bool:
        """Erase the conversation of a sender; whether there was one."""
        with self._engine.begin() as connection:
            return bool(connection.execute(sa.delete(CONVERSATIONS).where(CONVERSATIONS.c.sender == sender)).rowcount)

    def purge(self, older_than: float) -> int:
        """Erase senders not heard of for this many seconds; how many there were."""
        return delete_in_batches(self._engine, CONVERSATIONS, CONVERSATIONS.c.seen < time.time() - older_than)

    def alive(self) -> bool:
        """Whether the database answers, and has not just refused to keep something (a full disk can still be read)."""
        if time.monotonic() - self._refused < RED:
            return False
        try:
            with self._engine.connect() as connection:
                return connection.execute(sa.select(sa.literal(1))).scalar() == 1
        except (SQLAlchemyError, StoreError):
            return False


def snapshot(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What the next turn needs of a tracker, as plain JSON."""
    loop = tracker.active_loop
    last = next((e for e in reversed(tracker.events) if isinstance(e, UserUttered)), None)
    return {
        "slots": {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value},
        "loop": tracker.active_loop_name,
        "rejected": bool(loop and loop.rejected),
        "heard": {"intent": last.intent.get("name"), "at": last.timestamp, "channel": last.input_channel} if last else None,
        "assistant": tracker.assistant_id,
    }


def restored(state: dict[str, Any], known: set[str]) -> list[Event]:
    """The events that bring a new tracker to a snapshot; slots the domain no longer knows are left out."""
    at = (state.get("heard") or {}).get("at") or time.time()
    events: list[Event] = [
        ActionExecuted(ACTION_SESSION_START_NAME, timestamp=at),
        SessionStarted(timestamp=at),
        ActionExecuted(ACTION_LISTEN_NAME, timestamp=at),
    ]
    if heard := state.get("heard"):
        events.append(UserUttered("", {"name": heard["intent"], "confidence": 1.0}, [], timestamp=at, input_channel=heard.get("channel")))
    events += [SlotSet(name, value, timestamp=at) for name, value in state["slots"].items() if name in known]
    if state.get("loop"):
        events.append(ActiveLoop(state["loop"], timestamp=at))
        if state.get("rejected"):
            events.append(ActionExecutionRejected(state["loop"], timestamp=at))
    events.append(ActionExecuted(ACTION_LISTEN_NAME, timestamp=at))
    return events


def _seen(tracker: DialogueStateTracker) -> float:
    return float(tracker.events[-1].timestamp) if tracker.events else time.time()
