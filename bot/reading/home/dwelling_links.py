"""Words that say more of a dwelling just told, or give it away."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import meet
from bot.reading.home.spots import combine
from bot.reading.kin.kinship import NOBODY
from bot.reading.record.ledger import Ledger, Spot, Thing, same_person
from bot.reading.text.cues import cue
from bot.reading.text.patterns import KindHit

GIVEN_AWAY, _LET_GO = cue("dwelling_links.given_away"), cue("dwelling_links.let_go")
_NOT_MINE, _BOUGHT_OUT = cue("dwelling_links.not_mine"), cue("dwelling_links.bought_out")


def hit_text(text: str, hit: KindHit) -> str:
    """The words of a hit."""
    return text[hit.start : hit.end]


_LIVED_IN, _HOLDS = cue("dwelling_links.lived_in"), cue("deeds.holds")
_HOUSE = cue("dwellings.house")
_PAPERS_NEAR = 5  # clauses back in which the home may be told whose title is spoken of
_NEAR_BY = 4  # clauses within which words may still be about the dwelling told last


_REFINES = {
    "untitled": {"owned", "secondhand", "presale"},
    "secondhand": {"owned"},
    "presale": {"owned"},
    "small_title": {"owned", "village_house"},
    "inherited": {"owned"},
    "apartment": {"owned"},
    "shop": {"owned"},
}


_KEEPS = {
    ("secondhand", "presale"),
    ("inherited", "secondhand"),
    ("inherited", "untitled"),
    ("secondhand", "secondhand"),
    ("presale", "untitled"),
    ("small_title", "untitled"),
    ("village_house", "untitled"),
    ("village_house", "secondhand"),
    ("untitled", "untitled"),
    ("apartment", "untitled"),
    ("shop", "inherited"),
    ("shop", "untitled"),
}


def refined(ledger: Ledger, thing: Thing, text: str, hit: KindHit) -> bool:
    """Whether a dwelling only says more of the one told just before (全款买的 …, 证还没下来), which is then put in its place."""
    if len(thing.kind) != 1:
        return False
    new = next(iter(thing.kind))
    at = next(
        (
            i
            for i in range(len(ledger.homes) - 1, -1, -1)
            if ledger.homes[i].kind and thing.order - ledger.homes[i].order <= _NEAR_BY and ledger.homes[i].person == thing.person
        ),
        None,
    )
    if at is None or len(ledger.homes[at].kind) != 1 or ledger.homes[at].order == thing.order:
        return False
    last = ledger.homes[at]
    old = next(iter(last.kind))
    if thing.spot.places is not None and last.spot.places is not None and meet(thing.spot.places, last.spot.places) is None:
        return False
    if (old, new) == ("public_rental", "owned") and _BOUGHT_OUT.search(text):
        ledger.homes[at] = replace(thing, spot=combine(last.spot, thing.spot) if last.spot.said else thing.spot)
        return True  # 单位分的房,房改买下来了
    if (old, new) == ("public_rental", "secondhand") and not cue("dwelling_links.fresh").search(hit_text(text, hit)):
        return True  # 公房证写的我奶奶,没过户: of the tenancy
    if (old, new) in _KEEPS and not ((old, new) == ("presale", "untitled") and _lived_in(ledger, last.order, thing.order)):
        return True
    fresh = bool(cue("dwelling_links.fresh").search(hit_text(text, hit)))
    if (
        old in _REFINES.get(new, ())
        and not fresh
        or (
            new == "owned"
            and not fresh
            and old in ("untitled", "presale", "secondhand", "inherited")
            and cue("dwelling_links.a_title").search(hit_text(text, hit))
        )
    ):
        spot = combine(last.spot, thing.spot) if last.spot.said else thing.spot
        ledger.homes[at] = replace(
            thing, spot=Spot(spot.places, spot.area, thing.start, thing.end, spot.assumed), start=thing.start, end=thing.end
        )
        return True
    return False


def _lived_in(ledger: Ledger, first: int, last: int) -> bool:
    """Whether the clauses from the first to the last say that the home is lived in (开发商跑路,房我住着,本没处要去)."""
    return any(_LIVED_IN.search(c.text) and not c.asks and not c.planned(len(c.text)) for c in ledger.clauses[first : last + 1])


def anothers(thing: Thing, person: str) -> bool:
    """Whether a dwelling or job is told of somebody else than the words are about (我爸租房住,我有房)."""
    return NOBODY not in (thing.person, person) and not same_person(thing.person, person)


def title_of_this(ledger: Ledger, order: int, person: str) -> bool:
    """Whether a bare 证 may be the title of a home: the clause before speaks of a house, or one was told, and none of somebody else's."""
    spoken_of = bool(ledger.homes) or _HOUSE.search(ledger.clauses[order - 1].text) is not None
    return spoken_of and not lives_at_anothers(ledger, order, person)


def lives_at_anothers(ledger: Ledger, order: int, person: str) -> bool:
    """Whether the home told last is one that the person only lives in (住婆家,房子是公婆的,证领了: of the marriage)."""
    last = next((t for t in reversed(ledger.homes) if t.kind and order - t.order <= _PAPERS_NEAR), None)
    return last is not None and (last.kind == {"borrowed"} or anothers(last, person))


def title_of_anothers(ledger: Ledger, order: int, text: str, person: str) -> bool:
    """Whether a bare clause on a title (有房本) goes on about the home of somebody else just told (房子是爸妈的)."""
    if not _HOLDS.search(text):
        return False
    just_told = [t for t in ledger.homes if t.kind and t.order == order - 1]
    return any(anothers(t, person) for t in just_told) and all(anothers(t, person) for t in just_told)


def refines_other(ledger: Ledger, order: int, text: str, hit: KindHit, person: str) -> bool:
    """Whether words of ownership only speak of a dwelling just told (门头房, 产权是我的), which they do not make a titled home.

    ``person`` is whom the words are about.
    """
    last = next((t for t in reversed(ledger.homes) if t.kind and order - t.order <= (_NEAR_BY if t.kind == {"shop"} else 2)), None)
    if last is not None and last.order < order and anothers(last, person):
        return False
    if last is None or "public_rental" in last.kind and _BOUGHT_OUT.search(text):
        return False
    if last.kind & {"secondhand", "presale", "subscription"}:
        return not cue("dwelling_links.a_title").search(hit_text(text, hit))  # 自己买的, of a flat not yet handed over
    return bool(last.kind & {"shop", "small_title", "apartment", "village_house", "rented", "public_rental"})


def given_away_next(ledger: Ledger, order: int, hit: KindHit) -> bool:
    """Whether the next clause gives the dwelling away (有套小房,一八年过户给儿子了)."""
    if order + 1 >= len(ledger.clauses):
        return False
    clause = ledger.clauses[order + 1]
    text = clause.text
    if hit.kind == {"rented"}:
        return bool(_LET_GO.search(text)) and not clause.hearsay and not clause.asks
    if _NOT_MINE.search(text) and not clause.asks and not clause.hearsay:
        return True
    if not hit.kind & {"owned", "apartment"}:
        return False
    found = GIVEN_AWAY.search(text)
    if found is not None and (clause.hearsay or clause.planned(found.start()) or clause.past_at(found.start())):
        return False  # 在临淄有套房,以前老家的房早卖了
    return found is not None and not cue("dwelling_links.new_one").search(text[: found.start()])
