"""Where conversations are kept: one small row per sender, so that a turn costs the same however long the conversation is.

Rasa's own SQL store keeps every event for ever and replays them on every message.  A row here holds what the next turn
needs and nothing else: the slots, the form under way, and when and with what intent the resident last spoke.  What the
resident wrote is not kept; the facts they told are in the ``conversation`` slot.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.store.database import METADATA, database_url, engine_for

CONVERSATIONS = sa.Table(
    "conversations",
    METADATA,
    sa.Column("sender", sa.String(255), primary_key=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("seen", sa.Float, nullable=False, index=True),
)


# As text, since SQLAlchemy compiles its own "on conflict" anew for every statement; SQLite and PostgreSQL both take it.
_LOAD = sa.text("SELECT state FROM conversations WHERE sender = :sender")
_KEEP = sa.text(
    "INSERT INTO conversations (sender, state, seen) VALUES (:sender, :state, :seen) "
    "ON CONFLICT (sender) DO UPDATE SET state = excluded.state, seen = excluded.seen"
)


class SnapshotTrackerStore(TrackerStore):
    """Rasa's tracker store over one row per sender.

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
        """Open the database and make the table where it is missing."""
        super().__init__(domain, event_broker)
        self._engine = engine_for(url or host or database_url())
        METADATA.create_all(self._engine)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Replace the sender's row by a snapshot of the tracker."""
        self.keep(tracker.sender_id, snapshot(tracker), _seen(tracker))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The sender's tracker, or ``None`` for a sender not seen before (or deleted)."""
        state = self.load(sender_id)
        if state is None:
            return None
        tracker = self.init_tracker(sender_id)
        for event in restored(state, {slot.name for slot in self.domain.slots}):
            tracker.update(event, self.domain)
        return tracker

    def load(self, sender: str) -> dict[str, Any] | None:
        """The sender's :func:`snapshot`, or ``None`` where there is none."""
        with self._engine.connect() as connection:
            state = connection.execute(_LOAD, {"sender": sender}).scalar()
        return None if state is None else json.loads(state)

    def keep(self, sender: str, state: Mapping[str, Any], seen: float) -> None:
        """Replace the sender's snapshot; ``seen`` is when they last spoke, in seconds of the epoch."""
        with self._engine.begin() as connection:
            connection.execute(_KEEP, {"sender": sender, "state": json.dumps(state, ensure_ascii=False), "seen": seen})

    async def keys(self) -> Iterable[str]:
        """Every sender that has a row."""
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(CONVERSATIONS.c.sender)).scalars())

    def delete(self, sender: str) -> bool:
        """Erase everything kept about a sender; whether there was anything."""
        with self._engine.begin() as connection:
            return bool(connection.execute(sa.delete(CONVERSATIONS).where(CONVERSATIONS.c.sender == sender)).rowcount)

    def purge(self, older_than: float) -> int:
        """Erase senders not heard of for this many seconds; how many there were."""
        with self._engine.begin() as connection:
            return int(connection.execute(sa.delete(CONVERSATIONS).where(CONVERSATIONS.c.seen < time.time() - older_than)).rowcount)

    def alive(self) -> bool:
        """Whether the database answers."""
        try:
            with self._engine.connect() as connection:
                return connection.execute(sa.select(sa.literal(1))).scalar() == 1
        except sa.exc.SQLAlchemyError:
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
