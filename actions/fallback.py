"""Messages that were not understood."""

from __future__ import annotations

from actions.base import TurnAction


class Fallback(TurnAction):
    """Asks what is meant, or says what the text says nearest."""

    action_name = "action_fallback"
    turn_name = "fallback"
