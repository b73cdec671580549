"""What every action does: load the conversation, take one turn of ``bot.conversation.turns``, keep the state, send the replies.

An action never fails towards a resident: whatever goes wrong, a safe sentence with a valid payload is sent, and the log
names the turn and the error, never what the resident wrote.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from bot.channels import observing, recording
from bot.channels.loaded import today, world
from bot.channels.stages import ENGINE, RENDER, timed
from bot.conversation.carried import carried
from bot.conversation.state import Conversation
from bot.conversation.turns import take
from bot.conversation.world import Heard, Turn
from bot.logs import origin
from bot.replies.message import message as message_of
from bot.replies.model import Reply
from bot.replies.wording import load_wording

logger = logging.getLogger("luohu.actions")

CONVERSATION = "conversation"
FORM = "screening_form"
SCREENING_DONE = "screening_done"
REQUESTED = "requested_slot"
LISTEN = "action_listen"
Events = list[dict[str, Any]]


def heard(tracker: Tracker) -> Heard:
    """The latest message as the conversation takes it; a deployment pinned to one place adds that place."""
    message: Mapping[str, Any] = tracker.latest_message or {}
    intent = (message.get("intent") or {}).get("name") or "nlu_fallback"
    metadata = dict(message.get("metadata") or {})
    if pinned := os.environ.get("LUOHU_JURISDICTION"):
        metadata.setdefault("jurisdiction", pinned)
    return Heard(message.get("text") or "", intent, today(), message.get("luohu") or {}, metadata)


def load(tracker: Tracker) -> Conversation:
    """The conversation so far, whichever version of the data it began with; a slot that cannot be read begins a new one and is logged."""
    try:
        return carried(world(), Conversation.from_json(tracker.get_slot(CONVERSATION)))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        logger.error("conversation slot unreadable (%s); a new conversation begins", type(error).__name__)
        return Conversation()


def speak(dispatcher: CollectingDispatcher, replies: Iterable[Reply], understood: Heard | None = None) -> None:
    """Send each reply as one message with text, payload and buttons.

    How the message was understood goes along for the channel, which keeps what was not answered well.
    """
    how = {"intent": understood.intent, "ranking": understood.luohu.get("ranking")} if understood else None
    for reply in replies:
        said = message_of(reply)
        dispatcher.utter_message(text=said["text"], json_message=said["custom"], buttons=said.get("buttons", []), heard=how)


def turn(name: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> Turn | None:
    """Take the turn ``name`` and speak it; ``None`` where it failed (the safe sentence is then said)."""
    try:
        message = heard(tracker)
        before = load(tracker)
        recording.taken(name, before, message)
        with timed(ENGINE):
            taken = take(world(), before, message, name)
        with timed(RENDER):
            speak(dispatcher, taken.replies, message)
        return taken
    except Exception as error:  # whatever it is, the resident gets an answer
        apologise(dispatcher, name, error)
        return None


def apologise(dispatcher: CollectingDispatcher, name: str, error: BaseException) -> None:
    """Send the safe sentence and log the failed turn without the resident's words."""
    logger.error("turn %s failed: %s", name, origin(error))
    observing.apologised(error)
    recording.failed(name, error)
    dispatcher.messages.clear()
    speak(dispatcher, [Reply("handoff", (load_wording().say("safe"),))])


def kept(taken: Turn) -> Events:
    """The slot event that keeps the state of the turn."""
    return [slot(CONVERSATION, taken.state.to_json())]


def slot(name: str, value: Any) -> dict[str, Any]:
    """A ``SlotSet`` event."""
    return {"event": "slot", "timestamp": None, "name": name, "value": value}


def loop(name: str | None) -> dict[str, Any]:
    """An ``ActiveLoop`` event; ``None`` ends the loop."""
    return {"event": "active_loop", "timestamp": None, "name": name}


# Switching the form on anew also lifts the rejection that led here.
FORM_ON: Events = [loop(FORM), slot(REQUESTED, SCREENING_DONE), slot(SCREENING_DONE, None)]
FORM_OFF: Events = [loop(None), slot(REQUESTED, None)]


class TurnAction(Action):
    """An action that is one turn of ``bot.conversation.turns``.

    Where the turn opens a screening the form is switched on, and where it ends one, off.  A form that goes on is run again at
    once, so that it repeats its question, unless the turn itself has asked something; then Rasa listens.
    """

    action_name: str = ""
    turn_name: str = ""

    def name(self) -> str:
        """The name in ``domain.yml``."""
        return self.action_name

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Take the turn."""
        taken = turn(self.turn_name, dispatcher, tracker)
        running = tracker.active_loop_name == FORM
        if taken is None:
            return [FollowupAction(FORM if running else LISTEN)]
        if taken.loop == "off":
            return [*kept(taken), *(FORM_OFF if running else []), FollowupAction(LISTEN)]
        if taken.loop == "on" or (running and asks(taken)):
            return [*kept(taken), *FORM_ON, FollowupAction(LISTEN)]
        return [*kept(taken), FollowupAction(FORM if running else LISTEN)]


def asks(taken: Turn) -> bool:
    """Whether the turn ends with a question of its own."""
    return any(r.question or r.kind in ("ask", "clarify") for r in taken.replies)
