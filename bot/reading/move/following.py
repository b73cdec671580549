"""Who follows whom, with what a message tells of the one followed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.eligibility.values import Places
from bot.reading.kin.kinship import COUPLE, SELF
from bot.reading.record.ledger import ONES_OWN, Claim, Ledger, Thing, along, names_of, things
from bot.reading.text.cues import cue

# 媳妇娘家在村里 tells of her parents, not where she is
_OF_THE_PARENTS, _NEAR = cue("followed.of_the_parents"), 10


@dataclass(frozen=True)
class Following:
    """One mover and the one followed: both as seen from the asker, what the one followed is to the mover, and the message."""

    ledger: Ledger
    mover: str
    followed: str
    relation: str
    plain: str
    home: str | None

    @cached_property
    def theirs(self) -> list[Claim]:
        """What is claimed of the one followed."""
        return along(self.ledger, self.followed)

    @cached_property
    def homes(self) -> list[Thing]:
        """The homes of the one followed, or of whom they are married to where none is told of them.

        A child's step-parent is the asker's husband or wife (对象有房,…孩子想随继父), and the home of the asker's is the asker's too for
        whoever else lives in it (儿媳住我老伴名下的房,想落过来).
        """
        told = things(self.ledger.homes, self.followed)
        if any(t.kind for t in told) or self.mover in (SELF, COUPLE, "spouse"):
            return told
        if self.followed.split("/")[-1] == "step_parent" and self.mover in ("child", "step_child"):
            return told + [t for person in ("spouse", "fiance") for t in self.ledger.homes if t.person == person]
        if self.followed == SELF:
            return told + [t for t in self.ledger.homes if t.person == "spouse" and t.kind <= ONES_OWN]
        return told

    @cached_property
    def jobs(self) -> list[Thing]:
        """The jobs of the one followed."""
        return things(self.ledger.jobs, self.followed)

    @cached_property
    def stands(self) -> list[Claim]:
        """Where the one followed is said to be or to be registered."""
        own = [c for c in self.ledger.stands if c.person in names_of(self.followed)]
        return [c for c in own if not _OF_THE_PARENTS.search(self.plain, max(0, c.start - _NEAR), c.start)]

    @cached_property
    def registers(self) -> list[tuple[Places, Claim]]:
        """The places where the one followed is said to be registered, with the claims."""
        return [(c.value, c) for c in self.theirs if c.fact == "hukou.place" and isinstance(c.value, Places)]

    @cached_property
    def named_at(self) -> tuple[int, int]:
        """Where the one followed is named first; of one who is not, the beginning of the message."""
        own = (m for m in self.ledger.people if m.person == self.followed or (self.followed == SELF and m.relation in (SELF, COUPLE)))
        return next(((m.start, m.end) for m in own), (0, 0))


def area_told_with(ledger: Ledger, stand: Claim) -> Claim | None:
    """The kind of area told by the same words as where somebody is."""
    return next((c for c in ledger.stands if c.fact == "area" and c.start == stand.start), None)
