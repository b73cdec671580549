"""The same case in the other place."""

from __future__ import annotations

from actions.base import TurnAction


class Elsewhere(TurnAction):
    """Screens the facts told against the other document."""

    action_name = "action_elsewhere"
    turn_name = "elsewhere"
