"""One person who wants to register, and whom they follow."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.reading.kin.kinship import followed_relation
from bot.reading.move.scene import Goal, Mover

NEAR_KIN = frozenset({"spouse", "child", "step_child", "parent"})
"""Relatives whose wish is to come to the asker where no word says to whom."""


@dataclass(frozen=True)
class Wish:
    """One person who wants to register: who (seen from the asker), the words, and the one followed, if any was said."""

    person: str
    words: str
    followed: str | None
    relation: str | None
    order: int
    spoken: bool  # whether the words name the mover, rather than leaving it to the context
    guessed: bool = False  # whether the clause names nobody at all, so that it is the context that says who moves

    def to(self, followed: str) -> Wish:
        """The same person's wish to come to somebody, who is to them what both are to the asker."""
        return replace(self, followed=followed, relation=followed_relation(self.person, followed))


def wish_of(mover: Mover, goal: Goal | None, order: int, guessed: bool = False) -> Wish:
    """The wish of a clause that wants somebody moved, and perhaps to somebody."""
    followed, relation = (goal.person, goal.relation) if goal else (None, None)
    return Wish(mover.person, mover.words, followed, relation, order, mover.spoken, guessed)
