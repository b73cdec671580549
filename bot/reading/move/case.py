"""One mover's case: who wants to register, and the message as far as it concerns them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import SELF
from bot.reading.move.wish import Wish
from bot.reading.record.ledger import Claim, Ledger, along
from bot.reading.register.departure import for_this_person


@dataclass(frozen=True)
class Case:
    """One mover: their wish, ``None`` where none is told, in a message; ``movers`` are all who want to register where several do."""

    ledger: Ledger
    wish: Wish | None
    plain: str
    home: str | None
    movers: frozenset[str] = frozenset()

    @property
    def mover(self) -> str:
        """Who wants to register, as seen from the asker."""
        return self.wish.person if self.wish else SELF

    @property
    def words(self) -> str:
        """The words for the mover."""
        return self.wish.words if self.wish else ""

    @cached_property
    def mine(self) -> list[Claim]:
        """What is claimed of the mover, with what a departure told in general means for this one."""
        rural = for_this_person(self.ledger, self.mover, self.words)
        return [c for c in along(self.ledger, self.mover) if not any(c.fact == r.fact and c.start == r.start for r in rural)] + rural

    @cached_property
    def minor(self) -> bool:
        """Whether the mover is told to be a minor."""
        return any(c.fact == "age" and c.value == Choice(frozenset({"minor"})) for c in self.mine)

    @cached_property
    def contract(self) -> frozenset[str]:
        """What is told of the mover's contract of work."""
        return frozenset(v for c in self.mine if c.fact == "contract" and isinstance(c.value, Choice) for v in c.value.values)
