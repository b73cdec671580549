"""Questions about the policy."""

from __future__ import annotations

from actions.base import TurnAction


class Answer(TurnAction):
    """What the text says about the topic asked, or that it does not say it."""

    action_name = "action_answer"
    turn_name = "answer"
