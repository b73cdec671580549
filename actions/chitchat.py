"""Greetings, thanks, goodbyes, abuse, nonsense, questions about the bot itself."""

from __future__ import annotations

from actions.base import TurnAction


class Chitchat(TurnAction):
    """A short word back, and the way to the matter."""

    action_name = "action_chitchat"
    turn_name = "chitchat"
