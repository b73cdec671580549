"""Which place is easier."""

from __future__ import annotations

from actions.base import TurnAction


class Compare(TurnAction):
    """The same facts through every document, side by side."""

    action_name = "action_compare"
    turn_name = "compare"
