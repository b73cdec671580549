"""The rest of an answer."""

from __future__ import annotations

from actions.base import TurnAction


class More(TurnAction):
    """Says what was left out of the last answer."""

    action_name = "action_more"
    turn_name = "more"
