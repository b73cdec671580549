"""Praise and complaint about an answer."""

from __future__ import annotations

from actions.base import TurnAction


class Feedback(TurnAction):
    """Takes the feedback and offers the hotline."""

    action_name = "action_feedback"
    turn_name = "feedback"
