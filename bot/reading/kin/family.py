"""The family as a graph: what any two relatives of the asker are to each other (an uncle's sister may be the mother).

Words for relatives stand for places in it (``family`` in ``data/lexicon/kin.yml``): 嫂子 is the brother's wife, and her husband's
parents are the asker's own. Words that leave the place open (孩子, 亲戚) have none, and nothing is said of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML

from bot.paths import LEXICON

ME = "me"
OTHER = "other"


@dataclass(frozen=True)
class Family:
    """Who is whose parent and who is married to whom; ``words`` are the ends of words for each place, the longest first."""

    parents: Mapping[str, frozenset[str]]
    couples: frozenset[frozenset[str]]
    words: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]

    def place(self, word: str) -> str | None:
        """The place a word stands for; ``None`` where it leaves it open (表舅 is no 舅)."""
        for end, place in self.words:
            if word.endswith(end):
                return None if word[: -len(end)].endswith(self.removed) else place
        return None

    def between(self, one: str, another: str) -> str:
        """What ``another`` is to ``one``, both places; ``other`` where no word of the vocabulary fits."""
        mine, theirs = self._parents(one), self._parents(another)
        if frozenset({one, another}) in self.couples:
            return "spouse"
        if another in mine or one in theirs:
            return "parent" if another in mine else "child"
        if mine & theirs:
            return "sibling"
        if another in self._grandparents(one) or one in self._grandparents(another):
            return "grandparent" if another in self._grandparents(one) else "grandchild"
        if any(another in self._parents(partner) for partner in self._partners(one)):
            return "parent_in_law"
        return "child_in_law" if any(one in self._parents(partner) for partner in self._partners(another)) else OTHER

    def _parents(self, place: str) -> frozenset[str]:
        return self.parents.get(place, frozenset())

    def _partners(self, place: str) -> list[str]:
        return [other for couple in self.couples if place in couple for other in couple - {place}]

    def _grandparents(self, place: str) -> frozenset[str]:
        return frozenset(old for parent in self._parents(place) for old in self._parents(parent))


@lru_cache(maxsize=1)
def family() -> Family:
    """The family of ``data/lexicon/kin.yml``, read once."""
    raw = YAML(typ="safe", pure=True).load((LEXICON / "kin.yml").read_text(encoding="utf-8"))["family"]
    places = raw["places"]
    words = [(word, place) for place, row in places.items() for word in row.get("words", ())]
    return Family(
        {place: frozenset(row.get("parents", ())) for place, row in places.items()},
        frozenset(frozenset({place, row["spouse"]}) for place, row in places.items() if "spouse" in row),
        tuple(sorted(words, key=lambda pair: -len(pair[0]))),
        tuple(raw["removed"]),
    )


def related(one: str, another: str) -> str | None:
    """What the second of two relatives of the asker's is to the first, by their words; ``None`` where these leave it open."""
    tree = family()
    places = tree.place(one), tree.place(another)
    if places[0] is None or places[1] is None or places[0] == places[1]:
        return None
    return tree.between(places[0], places[1])
