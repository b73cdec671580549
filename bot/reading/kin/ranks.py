"""Which of several people of one kind a word names: by rank (老大, 小的), by sort (儿子, 妹妹), elders by their place in the family."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reading.kin.family import family
from bot.reading.kin.kin_words import OLD
from bot.reading.kin.kinship import PRONOUN
from bot.reading.kin.mention import Mention
from bot.reading.kin.pronouns import female
from bot.reading.text.cues import cue

YOUNGEST = "youngest"
_ELDEST = "eldest"
WOMEN = frozenset({"daughter", "姐", "妹", "mother", "father_mother", "mother_mother", "partner_mother"})


@dataclass(frozen=True)
class Individual:
    """One of several: the rank and the sort (son or daughter, elder or younger brother or sister), empty where not said."""

    rank: str
    sort: str

    def may_be(self, other: Individual) -> bool:
        """Whether nothing said of the two tells them apart; the youngest may be the second."""
        ranks = {self.rank, other.rank} - {""}
        return (len(ranks) < 2 or YOUNGEST in ranks and _ELDEST not in ranks) and len({self.sort, other.sort} - {""}) < 2

    def joined(self, other: Individual) -> Individual:
        """What is said of one person in two places."""
        return Individual(self.rank or other.rank, self.sort or other.sort)


def said_of(m: Mention) -> Individual:
    """What the words of a mention tell of which one it is."""
    if m.relation == PRONOUN:
        return Individual("", "")
    if m.person in OLD and m.relation == m.person:
        return Individual("", family().place(m.words) or "")
    rank, sort = cue("individuals.rank").search(m.words), cue("individuals.sort").search(m.words)
    if sort is None:
        return Individual(_rank(rank.group()) if rank else "", "")
    kind = sort.group()[-1] if m.relation == "sibling" else "daughter" if female(sort.group()) else "son"
    return Individual(_rank(rank.group()) if rank else "", kind)


def _rank(words: str) -> str:
    if cue("individuals.eldest").search(words):
        return _ELDEST
    return YOUNGEST if cue("individuals.youngest").search(words) else words[-1]
