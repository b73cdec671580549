"""Another member of the family."""

from __future__ import annotations

from actions.base import TurnAction


class OtherPerson(TurnAction):
    """Begins or resumes the screening of another person."""

    action_name = "action_other_person"
    turn_name = "other_person"
