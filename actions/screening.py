"""The pre-screening: a form whose next question comes from the engine, never from Rasa."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CONVERSATION, FORM, REQUESTED, SCREENING_DONE, Events, TurnAction, apologise, heard, kept, load, slot, speak, take
from actions.base import _turns as turns


class ValidateScreeningForm(Action):
    """One step of the screening: reads the message, speaks the verdict or the next question, says whether the form goes on.

    Rasa calls it once in a turn the form takes itself, and a second time when it comes back to the form after another
    action has spoken; then the open question is repeated.  A message that is neither fact nor answer is handed back to
    the rules by returning no event, which makes Rasa reject the form.
    """

    def name(self) -> str:
        """The name Rasa expects of the form's validation."""
        return f"validate_{FORM}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Take the step."""
        before = _since_message(tracker)
        if any(e["event"] == "action" and e["name"] != FORM for e in before):
            return self._resume(dispatcher, tracker, before)
        rejected_before = any(e["event"] == "action_execution_rejected" for e in before)
        running = tracker.active_loop_name == FORM and tracker.get_slot(REQUESTED) == SCREENING_DONE
        try:
            turn = turns().screen_turn(load(tracker), heard(tracker))
            if turn.screening == "rejected":
                if running and not rejected_before:
                    return []
                turn = turns().fallback(load(tracker), heard(tracker))
            speak(dispatcher, turn)
        except Exception as error:  # whatever it is, the resident gets an answer
            apologise(dispatcher, "screen_turn", error)
            return [slot(SCREENING_DONE, None)]
        return kept(turn) + _ending(turn, running)

    def _resume(self, dispatcher: CollectingDispatcher, tracker: Tracker, before: Events) -> Events:
        same = [slot(CONVERSATION, tracker.get_slot(CONVERSATION))]
        if _asks(before):
            return same
        turn = take("ask_again", dispatcher, tracker)
        return same if turn is None else kept(turn) + _ending(turn, running=True)


class AskAgain(TurnAction):
    """A yes, a no or a "don't know" with no question open: asks what is meant."""

    action_name = "action_ask_again"
    turn_name = "ask_again"


def _ending(turn: Any, running: bool) -> Events:
    """The events that keep the form going, or end it. A turn that is no step of the screening changes neither."""
    if turn.screening == "on" or (running and turn.screening != "done"):
        return [slot(SCREENING_DONE, None)]
    return [slot(SCREENING_DONE, True), slot(REQUESTED, None)]


def _asks(events: Events) -> bool:
    """Whether the last reply among these events (newest first) already asks the resident something."""
    for event in events:
        if event["event"] == "bot":
            payload = (event.get("data") or {}).get("custom") or {}
            return payload.get("kind") in ("ask", "clarify") or bool((payload.get("screening") or {}).get("question"))
    return False


def _since_message(tracker: Tracker) -> Events:
    """The events since the latest message, without the run of the form that Rasa has just added."""
    events: Events = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        events.append(event)
    return events
