"""Words for a dwelling in their clause, with what stands around them: what every part of reading a home looks at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from bot.reading.home.dwelling_links import hit_text
from bot.reading.home.spots import place_of
from bot.reading.home.unreal import as_meant
from bot.reading.kin.mention import Mention
from bot.reading.record.in_clause import KindTold
from bot.reading.record.ledger import Passage, Spot
from bot.reading.text.cues import cue
from bot.reading.text.patterns import KindHit

OWNED, INHERITED, UNTITLED = frozenset({"owned"}), frozenset({"inherited"}), frozenset({"untitled"})
PRESALE, SECONDHAND = frozenset({"presale"}), frozenset({"secondhand"})
BORROWED, SHOP, NONE = frozenset({"borrowed"}), frozenset({"shop"}), frozenset({"none"})
ACQUIRED = cue("dwellings.acquired")
_NAMED, _WHICH_DAY = cue("dwellings.named"), cue("dwellings.which_day")
_JUST_BEFORE = 2  # clauses back in which a home is still the one just told


@dataclass(frozen=True)
class HomeTold(KindTold):
    """Words for a dwelling, as their clause means them; ``as_said`` unless the words around them deny it.

    ``landed`` is whose home the clause wants a register put on, where it says so.
    """

    as_said: bool
    landed: Mention | None

    @classmethod
    def of(cls, passage: Passage, found: KindHit, landed: Mention | None) -> HomeTold:
        """What the words found in the clause tell, denied where the words around them say so."""
        meant = as_meant(found, passage.clause.text)
        return cls(passage, meant, meant is found, landed)

    def as_kind(self, kind: frozenset[str]) -> HomeTold:
        """The same words, told of a dwelling of another kind."""
        return replace(self, hit=replace(self.hit, kind=kind))

    @property
    def words(self) -> str:
        """The words for the dwelling themselves."""
        return hit_text(self.text, self.hit)

    @property
    def before(self) -> str:
        """The words of the clause before."""
        return self.last_clause.text if self.last_clause else ""

    @property
    def after(self) -> str:
        """The words of the clause behind."""
        return self.ledger.clauses[self.order + 1].text if self.order + 1 < len(self.ledger.clauses) else ""

    @property
    def in_tenancy(self) -> bool:
        """Whether the message as a whole tells of a rented home."""
        return "rented" in self.passage.story

    @cached_property
    def owner_word(self) -> tuple[str, int] | None:
        """The word for whose the clause says the home is (房本写我妈名字), and where it stands in the clause."""
        named = _NAMED.search(self.text)
        return (named.group(1), named.start(1)) if named else None

    @cached_property
    def asks_the_day(self) -> bool:
        """Whether the words are only of the day of the handover, which wavers and not the home (交房日子记不清了)."""
        return self.kind == PRESALE and _WHICH_DAY.search(self.words) is not None

    @cached_property
    def spot(self) -> Spot:
        """Where the dwelling is."""
        passage = self.passage
        return place_of(passage.ledger, passage.clause, passage.order, self.hit, passage.plain, passage.roles, passage.where)

    def last_kind(self, near: int = _JUST_BEFORE) -> frozenset[str]:
        """The kinds of the dwelling told in the clause or two before (or ``near`` many), empty where none was."""
        earlier = (t for t in reversed(self.ledger.homes) if t.kind and t.order < self.order)
        return next((t.kind for t in earlier if self.order - t.order <= near), frozenset())

    def speaks_of(self) -> str:
        """Whom the words are about where they begin."""
        return self.passage.who(self.hit.start)
