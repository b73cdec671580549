"""What every action does: load the conversation, take one turn of ``bot.conversation.turns``, keep the state, send the replies.

An action never fails towards a resident: whatever goes wrong, a safe sentence with a valid payload is sent, and the log
names the turn and the error, never what the resident wrote.
"""

from __future__ import annotations

import importlib
import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.conversation.state import Conversation

logger = logging.getLogger(__name__)

CONVERSATION = "conversation"
FORM = "screening_form"
SCREENING_DONE = "screening_done"
REQUESTED = "requested_slot"
Events = list[dict[str, Any]]

SAFE = "抱歉，这句话我这边没能处理好。请换个说法再说一次，或者拨打12345咨询。"
"""What a resident reads when a turn fails. The number is the one number any reply may hold."""


def safe_payload(kind: str = "handoff") -> dict[str, Any]:
    """A valid ``luohu.reply/1`` object that states nothing: for turns that could not be taken."""
    return {"schema": "luohu.reply/1", "kind": kind, "jurisdiction": None, "topic": None, "id": secrets.token_hex(4), "citations": [],
            "screening": None}


def heard(tracker: Tracker) -> Any:
    """The latest message as ``bot.conversation.turns.Heard``."""
    turns = _turns()
    message: Mapping[str, Any] = tracker.latest_message or {}
    intent = (message.get("intent") or {}).get("name") or "nlu_fallback"
    return turns.Heard(message.get("text") or "", intent, message.get("luohu") or {}, message.get("metadata") or {})


def load(tracker: Tracker) -> Conversation:
    """The conversation so far; a slot that cannot be read (an older version wrote it) begins a new one and is logged."""
    try:
        return Conversation.from_json(tracker.get_slot(CONVERSATION))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        logger.error("conversation slot unreadable (%s); a new conversation begins", type(error).__name__)
        return Conversation()


def speak(dispatcher: CollectingDispatcher, turn: Any) -> None:
    """Send each reply of the turn as one message with text, payload and buttons."""
    for reply in turn.replies:
        buttons = [{"title": title, "payload": title} for title in getattr(reply, "buttons", ())]
        dispatcher.utter_message(text=reply.text, json_message=reply.payload, buttons=buttons)


def apologise(dispatcher: CollectingDispatcher, name: str, error: BaseException) -> None:
    """Send the safe sentence and log the failed turn without the resident's words."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
    logger.error("turn %s failed: %s at %s", name, type(error).__name__, where)
    dispatcher.messages.clear()
    dispatcher.utter_message(text=SAFE, json_message=safe_payload())


def take(name: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> Any | None:
    """Take the turn ``name`` and speak it; ``None`` where it failed (the safe sentence is then said)."""
    try:
        step: Callable[..., Any] = getattr(_turns(), name)
        turn = step(load(tracker), heard(tracker))
        speak(dispatcher, turn)
        return turn
    except Exception as error:  # whatever it is, the resident gets an answer
        apologise(dispatcher, name, error)
        return None


def kept(turn: Any) -> Events:
    """The slot event that keeps the state of the turn."""
    return [slot(CONVERSATION, turn.state.to_json())]


def slot(name: str, value: Any) -> dict[str, Any]:
    """A ``SlotSet`` event."""
    return {"event": "slot", "timestamp": None, "name": name, "value": value}


def loop(name: str | None) -> dict[str, Any]:
    """An ``ActiveLoop`` event; ``None`` ends the loop."""
    return {"event": "active_loop", "timestamp": None, "name": name}


class TurnAction(Action):
    """An action that is one turn of ``bot.conversation.turns``.

    Where the turn leaves a screening open that was not, the form is switched on, and where it ends one, off.
    """

    action_name: str = ""
    turn_name: str = ""

    def name(self) -> str:
        """The name in ``domain.yml``."""
        return self.action_name

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Take the turn."""
        turn = take(self.turn_name, dispatcher, tracker)
        if turn is None:
            return []
        events = kept(turn)
        if tracker.active_loop_name == FORM:
            if turn.screening == "done":
                events += [loop(None), slot(REQUESTED, None)]
        elif turn.screening == "on":
            events += [loop(FORM), slot(REQUESTED, SCREENING_DONE)]
        return events


def _turns() -> Any:
    return importlib.import_module("bot.conversation.turns")
