"""Other matters and other places."""

from __future__ import annotations

from actions.base import TurnAction


class OutOfScope(TurnAction):
    """Says that the documents do not cover this, and who may know."""

    action_name = "action_out_of_scope"
    turn_name = "out_of_scope"
