"""A message handled without the detours of Rasa's message processor: same parser, same rules, same actions, same row afterwards.

Rasa's processor is built for any bot: it copies the tracker before every action, turns it into JSON and back, describes the whole
conversation to the policy for every step and checks what it has just made itself.  That is most of the time of a turn.  Here a
conversation is its row: the model's own pipeline reads the message, the model's own RulePolicy names the next action (its answer is
kept, since it depends on nothing but the form under way, the intent and the actions since), and the actions of the ``actions`` package
run on what is in the row.

Whatever this does not cover is left to Rasa's processor before anything is sent or kept: a session that has expired, a form begun
in one, an action of Rasa's own, a domain whose slots feed the policy.
``tests/channels/test_direct.py`` holds both ways against each other.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rasa.core.actions.action import create_bot_utterance
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.shared.core.constants import ACTION_LISTEN_NAME, SESSION_START_METADATA_SLOT
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, ActiveLoop, Event, LoopInterrupted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.channels.inprocess import InProcessActions, plan_of, run_graph
from bot.channels.once import answer
from bot.channels.room import Room
from bot.channels.stages import ACTIONS, PARSE, POLICY, QUEUE, RENDER, STORE, timed
from bot.channels.trackers import Attempt, SnapshotTrackerStore, restored

REQUESTED = "requested_slot"
_KEPT = 4096


@dataclass
class _Walk:
    """One message under way: the row as it is now, and what has happened since the message."""

    sender: str
    slots: dict[str, Any]
    loop: str | None
    rejected: bool
    heard: Mapping[str, Any]
    """The message as Rasa's actions see it."""
    latest: str = ACTION_LISTEN_NAME
    predicted: tuple[Event, ...] = ()
    """What the policy left with its choice of the action under way."""
    since: list[dict[str, Any]] = field(default_factory=list)
    """Events since the message, as an action sees them."""
    trail: list[Event] = field(default_factory=list)
    """The same, as the policy sees them."""
    said: list[dict[str, Any]] = field(default_factory=list)


class _Before(NamedTuple):
    """What the policy needs of the conversation before the message."""

    loop: str | None
    rejected: bool


class DirectAgent(Agent):
    """Rasa's agent, which answers by :class:`Direct` where that covers the message."""

    direct: Direct | None = None

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Answer on the message's output channel; one message of a sender at a time."""
        if self.direct is None:
            return await super().handle_message(message)
        async with AsyncExitStack() as held:
            with timed(QUEUE):
                await held.enter_async_context(self.lock_store.lock(message.sender_id))
                await held.enter_async_context(self.direct.room.enter())
            await answer(message, self.direct.store, self.direct.handle, self.direct.processor.handle_message)
        return getattr(message.output_channel, "messages", None)


class Direct:
    """Handles the messages of one loaded model."""

    def __init__(self, processor: MessageProcessor, store: SnapshotTrackerStore, actions: InProcessActions) -> None:
        """``actions`` run in this process; ``store`` is the processor's own."""
        self.processor = processor
        self.store = store
        self._actions = actions
        self._forms: Mapping[str, Any] = processor.domain.forms
        self._initial = {slot.name: slot.initial_value for slot in processor.domain.slots}
        self._covered = not any(slot.has_features() for slot in processor.domain.slots)
        self._session = 60 * processor.domain.session_config.session_expiration_time
        self._next: dict[tuple[object, ...], tuple[str, tuple[Event, ...]]] = {}
        self._parsed = processor.model_metadata.nlu_target
        self._parsing = plan_of(processor.graph_runner, self._parsed)
        self._nobody = DialogueStateTracker.from_events("", [])  # reading a message needs nothing of its sender
        self.room = Room()

    async def handle(self, message: UserMessage, attempt: Attempt) -> bool:
        """Answer a message and keep the conversation; false, with nothing done, where only Rasa's processor may.

        Raises:
            StoreError: nothing was kept.
        """
        row, now = attempt.state, time.time()
        if not self._covers(message, row, now):
            return False
        before = row or {"slots": {}}
        slots = {**self._initial, **{name: value for name, value in before["slots"].items() if name in self._initial}}
        if row is None and message.metadata:
            slots[SESSION_START_METADATA_SLOT] = message.metadata
        with timed(PARSE):
            heard = self._heard(message)
        walk = _Walk(message.sender_id, slots, before.get("loop"), bool(before.get("rejected")), heard, since=[{"event": "user"}])
        walk.trail.append(UserUttered("", heard["intent"], [], timestamp=now))
        if not await self._walk(walk):
            return False
        attempt.said += walk.said
        with timed(STORE):
            await self.store.finish(attempt, self._after(walk, message, now), time.time())
        return True

    def _covers(self, message: UserMessage, row: Mapping[str, Any] | None, now: float) -> bool:
        if not self._covered or not message.text or message.text.startswith("/") or message.parse_data:
            return False
        if row is None:
            return True
        heard: Mapping[str, Any] = row.get("heard") or {"at": -math.inf}
        return now - heard["at"] <= self._session and not (row["slots"].get(REQUESTED) and not row.get("loop"))

    def _heard(self, message: UserMessage) -> dict[str, Any]:
        given = {PLACEHOLDER_MESSAGE: (PLACEHOLDER_MESSAGE, [message]), PLACEHOLDER_TRACKER: (PLACEHOLDER_TRACKER, self._nobody)}
        ((_, (parsed,)),) = run_graph({**self._parsing, **given}, [self._parsed])
        return {
            "text": "",
            "intent": {"name": None, "confidence": 0.0},
            "entities": [],
            **parsed.as_dict(only_output_properties=True),
            "metadata": message.metadata or {},
            "message_id": message.message_id,
        }

    async def _walk(self, walk: _Walk) -> bool:
        """Act until it is the resident's turn; false where an action of Rasa's own would be next. Nothing is sent or kept yet."""
        before = _Before(walk.loop, walk.rejected)
        then: str | None = None
        for _ in range(self.processor.max_number_of_predictions):
            with timed(POLICY):
                name, walk.predicted = (then, ()) if then else self._predicted(before, walk.trail)
            if name == ACTION_LISTEN_NAME:
                break
            if name not in self._forms and name not in self._actions.names:
                return False
            then = await (self._fill(walk, name) if name in self._forms else self._act(walk, name))
        return True

    def _predicted(self, before: _Before, trail: list[Event]) -> tuple[str, tuple[Event, ...]]:
        """The policy's next action, and the events that come with its choice.

        What the message before was about is left out, since no rule looks further back than the message under way; so the answers
        are few and each is asked for once.
        """
        key = (before, *map(_mark, trail))
        known = self._next.get(key)
        if known is None:
            domain = self.processor.domain
            row: dict[str, Any] = {"slots": {}, "loop": before.loop, "rejected": before.rejected}
            tracker = DialogueStateTracker.from_events("", [*restored(row, set()), *trail], slots=domain.slots, domain=domain)
            prediction = self.processor._predict_next_with_tracker(tracker)
            if len(self._next) >= _KEPT:
                self._next.clear()
            known = self._next[key] = domain.action_names_or_texts[prediction.max_confidence_index], tuple(prediction.events)
        return known

    def prepare(self) -> None:
        """Ask the policy beforehand what follows each intent, in a form and outside it, and where the form refuses it."""
        for intent in self.processor.domain.intents:
            heard: Event = UserUttered("", {"name": intent})
            self._predicted(_Before(None, False), [heard])
            for form in self._forms:
                self._predicted(_Before(form, False), [heard])
                self._predicted(_Before(form, False), [heard, ActionExecutionRejected(form)])

    async def _act(self, walk: _Walk, name: str) -> str | None:
        """Run an action; the action that is to follow, where it says so."""
        events, said = await self._run(walk, name, walk.loop, walk.latest)
        walk.said += said
        return self._done(walk, name, events)

    async def _fill(self, walk: _Walk, form: str) -> str | None:
        """Run the form as Rasa's ``FormAction`` does: validate, refuse where nothing was taken, else ask for the next slot or end."""
        fresh = walk.loop != form
        came = walk.latest
        events, said = await self._run(walk, f"validate_{form}", form, came)
        back = any(isinstance(e, LoopInterrupted) and e.is_interrupted for e in walk.predicted)
        if not fresh and came == ACTION_LISTEN_NAME and not back and not any(_sets(e) not in (None, REQUESTED) for e in events):
            walk.rejected = True
            walk.since.append({"event": "action_execution_rejected", "name": form})
            walk.trail.append(ActionExecutionRejected(form))
            return None
        walk.said += said
        then = self._done(walk, form, [*([{"event": "active_loop", "name": form}] if fresh else []), *events])
        last = next((e["value"] for e in reversed(events) if _sets(e) == REQUESTED), form)
        wanted = next((s for s in self._forms[form]["required_slots"] if walk.slots.get(s) is None), None) if last is not None else None
        walk.slots[REQUESTED] = wanted
        if wanted is None:
            self._apply(walk, {"event": "active_loop", "name": None})
        return then

    async def _run(self, walk: _Walk, name: str, loop: str | None, latest: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        dispatcher = CollectingDispatcher()
        active = {"name": loop, "rejected": walk.rejected} if loop else {}
        tracker = Tracker(walk.sender, dict(walk.slots), dict(walk.heard), list(walk.since), False, None, active, latest)
        with timed(ACTIONS):
            events = await self._actions.run(name, dispatcher, tracker)
        with timed(RENDER):
            return events, [_message(m) for m in dispatcher.messages]

    def _done(self, walk: _Walk, name: str, events: list[dict[str, Any]]) -> str | None:
        """Take in what an action left behind."""
        walk.latest = name
        walk.since.append({"event": "action", "name": name})
        walk.trail += (*walk.predicted, ActionExecuted(name))
        if name == walk.loop:
            walk.rejected = False
        then = None
        for event in events:
            then = event["name"] if event["event"] == "followup" else then
            self._apply(walk, event)
        return then

    def _apply(self, walk: _Walk, event: Mapping[str, Any]) -> None:
        if event["event"] == "slot" and event["name"] in walk.slots:
            walk.slots[event["name"]] = event["value"]
        elif event["event"] == "active_loop":
            walk.loop, walk.rejected = event["name"], False
            walk.trail.append(ActiveLoop(event["name"]))

    def _after(self, walk: _Walk, message: UserMessage, at: float) -> dict[str, Any]:
        """The row after the message."""
        return {
            "slots": {name: value for name, value in walk.slots.items() if value != self._initial[name]},
            "loop": walk.loop,
            "rejected": bool(walk.loop) and walk.rejected,
            "heard": {"intent": walk.heard["intent"]["name"], "at": at, "channel": message.input_channel},
            "assistant": self.processor.model_metadata.assistant_id,
        }


def _sets(event: Mapping[str, Any]) -> str | None:
    """The slot that an event sets."""
    return event["name"] if event["event"] == "slot" else None


def _mark(event: Event) -> tuple[str, str | None]:
    """What the policy can tell of an event."""
    if isinstance(event, UserUttered):
        return event.type_name, event.intent["name"]
    return event.type_name, getattr(event, "action_name", None) or getattr(event, "name", None)


def _message(message: Mapping[str, Any]) -> dict[str, Any]:
    """A dispatched message in the form in which Rasa hands one to a channel."""
    return create_bot_utterance({key: value for key, value in message.items() if value}).message()
