"""Who else a relative of the asker may follow: the mother-in-law of the asker is the mother of the wife who lives there too."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reading.people import COUPLE, SELF, followed_relation

_NEAR = frozenset({"spouse", "parent", "child", "sibling", "grandparent", "grandchild"})


def nearer(mover: str, followed: str | None, relation: str | None, here: Sequence[str]) -> tuple[str, str] | None:
    """Somebody told to be at the destination who is a near relative of the mover, where the asker, to be followed, is none.

    Args:
        here: the people told to live, work or be registered there.

    Returns:
        That person and what they are to the mover; ``None`` where the asker is near enough or nobody is nearer.
    """
    if mover == SELF or followed not in (SELF, COUPLE) or relation in _NEAR:
        return None
    found = ((person, followed_relation(mover, person)) for person in here if person not in (mover, followed))
    return next(((person, to) for person, to in found if to in _NEAR), None)
