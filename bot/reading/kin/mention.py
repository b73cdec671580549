"""A person named at a place in the plain text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mention:
    """A person named at a place in the plain text.

    ``person`` is who it is (:mod:`bot.reading.kin.kinship`); ``relation`` is what the word alone means; ``owner`` is the possessor said
    (``self``, a relation), ``None`` where none was (爷爷, against 我爷爷 and 他爷爷), so that the word may be seen from the mover.
    """

    person: str
    relation: str
    start: int
    end: int
    words: str
    owner: str | None = None
    plural: bool = False

    @property
    def bare(self) -> bool:
        """Whether no possessor was said."""
        return self.owner is None
