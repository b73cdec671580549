"""Children of an earlier marriage and adopted ones: who is no parent by birth although the words only say 孩子 and 我 or 老公."""

from __future__ import annotations

from bot.reading.kin.kinship import COUPLE, SELF
from bot.reading.text.cues import cue

_OF_ASKER, _OF_SPOUSE, _ADOPTED_SELF = cue("step_kin.of_the_asker"), cue("step_kin.of_the_spouse"), cue("step_kin.adopted_self")
_ASKERS = (SELF, COUPLE)


def step_relation(mover: str, followed: str, relation: str, plain: str) -> str:
    """The relation, as a step relation where the message says that the child is the asker's, or the spouse's, by no birth.

    (我是孩子后妈,…孩子能跟我落不; 我带着儿子嫁过来的,…孩子跟他; 闺女是我抱养的.)
    """
    if relation not in ("parent", "child"):
        return relation
    elder, child = (followed, mover) if relation == "parent" else (mover, followed)
    by_no_birth = (
        child == "child"
        and (elder in _ASKERS and _OF_ASKER.search(plain) or elder == "spouse" and _OF_SPOUSE.search(plain))
        or child in _ASKERS
        and elder == "parent"
        and _ADOPTED_SELF.search(plain)
    )
    return f"step_{relation}" if by_no_birth else relation
