"""The pre-screening: a form whose next question comes from the engine, never from Rasa."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CONVERSATION, FORM, REQUESTED, SCREENING_DONE, Events, TurnAction, kept, slot, turn
from bot.conversation.world import Turn


class ValidateScreeningForm(Action):
    """One step of the screening: reads the message, speaks the verdict or the next question, says whether the form goes on.

    Rasa calls it when a message arrives while the form runs, when a message begins the form, and when it comes back to the
    form after another action has spoken; then the open question is repeated.  A message that is neither fact nor answer is
    handed to the dialogue rules by returning no event, which makes Rasa reject the form.
    """

    def name(self) -> str:
        """The name Rasa expects of the form's validation."""
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Take the step."""
        before = _since_message(tracker)
        running = tracker.active_loop_name == FORM and tracker.get_slot(REQUESTED) == SCREENING_DONE
        if any(e["event"] == "action" and e["name"] != FORM for e in before):
            return _events(turn("resume", dispatcher, tracker), tracker, running=True)
        if not running:
            return _events(turn("answer", dispatcher, tracker), tracker)
        taken = turn("screen_turn", dispatcher, tracker)
        if taken is None or taken.loop != "rejected":
            return _events(taken, tracker, running=True)
        if not any(e["event"] == "action_execution_rejected" for e in before):
            return []
        return _events(turn("ask_again", dispatcher, tracker), tracker, running=True)  # the rules led back here: no endless loop


class AskAgain(TurnAction):
    """A yes, a no or a "don't know" that answers nothing: asks what is meant."""

    action_name = "action_ask_again"
    turn_name = "ask_again"


def _events(taken: Turn | None, tracker: Tracker, running: bool = False) -> Events:
    """Keep the state, and keep the form going or end it. A failed turn changes nothing."""
    if taken is None:
        goes_on, state = running, [slot(CONVERSATION, tracker.get_slot(CONVERSATION))]
    else:
        goes_on, state = taken.loop == "on" or (running and taken.loop == "keep"), kept(taken)
    return [*state, slot(SCREENING_DONE, None)] if goes_on else [*state, slot(SCREENING_DONE, True), slot(REQUESTED, None)]


def _since_message(tracker: Tracker) -> Events:
    """The events since the latest message, newest first."""
    events: Events = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        events.append(event)
    return events
