"""Something found in one clause, with what stands around it: what the rules about homes, work, deeds and facts look at."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading.record.ledger import Ledger, Passage
from bot.reading.text.clauses import Clause
from bot.reading.text.patterns import KindHit


@dataclass(frozen=True)
class InClause:
    """Something found in the clause that a passage reads."""

    passage: Passage

    @property
    def ledger(self) -> Ledger:
        """What was read so far."""
        return self.passage.ledger

    @property
    def clause(self) -> Clause:
        """The clause that tells of it."""
        return self.passage.clause

    @property
    def order(self) -> int:
        """Which clause that is."""
        return self.passage.order

    @property
    def text(self) -> str:
        """The words of the clause."""
        return self.passage.clause.text

    @property
    def last_clause(self) -> Clause | None:
        """The clause before, where there is one."""
        return self.ledger.clauses[self.order - 1] if self.order else None


@dataclass(frozen=True)
class KindTold(InClause):
    """Words for a dwelling or a job in their clause."""

    hit: KindHit

    @property
    def kind(self) -> frozenset[str]:
        """Which kinds it may be; empty where there is said to be none of some kinds."""
        return self.hit.kind

    @property
    def start(self) -> int:
        """Where the words stand in the message."""
        return self.clause.start + self.hit.start

    @property
    def end(self) -> int:
        """Where they end in the message."""
        return self.clause.start + self.hit.end
