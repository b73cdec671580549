"""Why a question is asked."""

from __future__ import annotations

from actions.base import TurnAction


class Why(TurnAction):
    """Shows the condition and the article behind the question."""

    action_name = "action_why"
    turn_name = "why"
