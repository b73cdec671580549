"""The dwellings that one clause names, with words that say more of one another made one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.reading.home.dwelling_links import hit_text
from bot.reading.home.home_told import ACQUIRED, BORROWED, INHERITED, OWNED, PRESALE, SECONDHAND, UNTITLED
from bot.reading.text.cues import cue
from bot.reading.text.patterns import KindHit, lodging_hits

_YARD, _FLAT_WITH_YARD = cue("dwellings.yard"), cue("dwellings.flat_with_yard")
_ONE_OF_THEM, _FLATS = cue("dwellings.either"), cue("dwellings.flats")
_VILLAGE_HOUSE, _RENTED, _PUBLIC = frozenset({"village_house"}), frozenset({"rented"}), frozenset({"public_rental"})
_PRECISE = frozenset(
    {
        "small_title",
        "village_house",
        "apartment",
        "inherited",
        "untitled",
        "presale",
        "secondhand",
        "subscription",
        "public_rental",
        "shop",
        "rented",
        "borrowed",
        "dormitory",
    }
)
"""Kinds of dwelling that say more than that it is owned."""
_SAME_HOME = 6  # letters within which two words for the same kind of home speak of one


@dataclass(frozen=True)
class _Named:
    """Words for a dwelling among all those of their clause; ``kinds`` are those that the clause names in all."""

    text: str
    hit: KindHit
    found: list[KindHit]
    kinds: frozenset[str]

    @property
    def words(self) -> str:
        return hit_text(self.text, self.hit)


def homes_in(text: str) -> list[KindHit]:
    """The dwellings that a clause names, in order of place."""
    found = lodging_hits(text)
    kinds = _kinds_of(found, text)
    told = [h for h in found if h.kind]
    if len(told) > 1 and _ONE_OF_THEM.search(text):
        return [KindHit(kinds, frozenset(), told[0].start, found[-1].end)]
    kept: list[KindHit] = []
    for hit in found:
        if not _said_already(hit, kept) and not _says_no_more(_Named(text, hit, found, kinds)):
            kept.append(hit)
    return kept


def _kinds_of(found: list[KindHit], text: str) -> frozenset[str]:
    """Every kind that the clause names; a flat with a yard is no village house."""
    kinds = frozenset[str]().union(*(h.kind for h in found))
    houses = (h for h in found if h.kind == _VILLAGE_HOUSE)
    if _FLAT_WITH_YARD.search(text) and all(_YARD.match(hit_text(text, h)) for h in houses):
        return kinds - _VILLAGE_HOUSE
    return kinds


def _said_already(hit: KindHit, kept: list[KindHit]) -> bool:
    """Whether the same kind of home stands just before: said in two ways, or twice."""
    return bool(hit.kind) and any(k.kind == hit.kind and hit.start < k.end + _SAME_HOME for k in kept)


def _says_no_more(named: _Named) -> bool:
    """Whether other words of the clause say more of the same dwelling, or deny it."""
    if _denied_beside(named):
        return True
    says_more = _SAYS_MORE.get(named.hit.kind)
    return says_more is not None and says_more(named)


def _denied_beside(named: _Named) -> bool:
    """Whether words that deny this kind of dwelling reach up to where it is named."""
    hit = named.hit
    return any(h.deny & hit.kind and h.start <= hit.start < h.end + 1 for h in named.found)


def _owned_and_more(named: _Named) -> bool:
    """Whether what is owned is told in more precise words, or is the home of the one who lends it."""
    precise = named.kinds & _PRECISE
    of_another = (precise <= _RENTED and not _is_the_rented_one(named)) or precise <= BORROWED
    return not of_another or _lent(named)


def _is_the_rented_one(named: _Named) -> bool:
    """Whether the rented dwelling of the clause is the one these words speak of (租的房,写的…)."""
    rented = next((h for h in named.found if "rented" in h.kind), None)
    return rented is not None and abs(rented.start - named.hit.start) < _SAME_HOME


def _lent(named: _Named) -> bool:
    """住我哥名下的房: the owner is not who lives there."""
    lives = any(h.kind == BORROWED and h.start <= named.hit.start for h in named.found)
    return lives and not ACQUIRED.search(named.words)


def _of_a_shop(named: _Named) -> bool:
    """法院拍的写字楼."""
    return "shop" in named.kinds


def _house_told_otherwise(named: _Named) -> bool:
    """Whether a house in the village is told in more precise words, or is only the yard of a flat."""
    if named.kinds & {"small_title", "rented", "borrowed", "public_rental"}:
        return True
    return _YARD.match(named.words) is not None and _FLAT_WITH_YARD.search(named.text) is not None


def _public_or_bought_out(named: _Named) -> bool:
    """Whether the flat of the employer's, which may have been bought out, is told to be let."""
    return any(h.kind == _PUBLIC for h in named.found)


def _flat_of_the_dormitory(named: _Named) -> bool:
    """Whether the flat is one that a firm lodges its people in (公寓)."""
    return "dormitory" in named.kinds and _FLATS.search(named.text) is not None


_SAYS_MORE: Mapping[frozenset[str], Callable[[_Named], bool]] = {
    OWNED: _owned_and_more,
    INHERITED: _of_a_shop,
    _VILLAGE_HOUSE: _house_told_otherwise,
    _RENTED: lambda named: bool(named.kinds & {"public_rental", "dormitory"}),
    BORROWED: lambda named: bool(named.kinds & {"dormitory", "rented", "public_rental"}),
    _PUBLIC: _flat_of_the_dormitory,
    _PUBLIC | OWNED: _public_or_bought_out,
    SECONDHAND: lambda named: "presale" in named.kinds,
    PRESALE: lambda named: "secondhand" in named.kinds,
    UNTITLED: lambda named: bool(named.kinds & {"presale", "small_title", "village_house", "secondhand"}),
}
"""By the kind of dwelling, what else of the clause says more of it."""
