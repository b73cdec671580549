"""Start again."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import CONVERSATION, FORM_OFF, LISTEN, SCREENING_DONE, Events, TurnAction, kept, slot, turn


class Restart(TurnAction):
    """Drops facts and person. Replaces Rasa's own action of this name, which would wipe silently."""

    action_name = "action_restart"
    turn_name = "restart"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Take the turn and leave the form, whatever the turn says."""
        taken = turn(self.turn_name, dispatcher, tracker)
        state = [slot(CONVERSATION, None)] if taken is None else kept(taken)
        return [*state, *FORM_OFF, slot(SCREENING_DONE, None), FollowupAction(LISTEN)]
