"""Hand over to a person."""

from __future__ import annotations

from actions.base import TurnAction


class Handoff(TurnAction):
    """Names the hotline and what to have ready."""

    action_name = "action_handoff"
    turn_name = "handoff"
