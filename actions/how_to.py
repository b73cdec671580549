"""What it would take."""

from __future__ import annotations

from actions.base import TurnAction


class HowTo(TurnAction):
    """The smallest honest changes that would make a route fit."""

    action_name = "action_how_to"
    turn_name = "how_to"
