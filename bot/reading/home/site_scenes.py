"""A street, an estate or a block told in a clause of its own: which dwelling or job it is of, and who lives there.

Such a clause names no place of the tree, only a built-up area (…,振兴路那块; 房子在桓公小区,写我名; 姐家就住临园公馆).
"""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.place.places import PlaceReading
from bot.reading.record.ledger import Claim, Ledger, Thing
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_LATER, _ONLY_THE_PLACE = cue("spots.later"), cue("spots.only_the_place")
_A_HOME, _LIVES, _SETTLED = cue("spots.a_home"), cue("sites.lives_at"), cue("sites.settled_there")
_LETS, _OFFICE = cue("sites.lets"), cue("sites.offices")
_NEAR = 3  # clauses between a site and the dwelling or job it is of


def settle_sites(ledger: Ledger) -> None:
    """Give the dwelling or job told near by the kind of area of a site named in a clause of its own, and note who lives at a site."""
    for order, clause in enumerate(ledger.clauses):
        here = [p for p in ledger.places if clause.start <= p.span[0] < clause.end]
        sites = [p for p in here if p.kind == "building"]
        if not sites or clause.asks or clause.planned(sites[0].span[0] - clause.start):
            continue
        lead = clause.text[: sites[0].span[0] - clause.start]
        tail = clause.text[sites[-1].span[1] - clause.start :]
        if _LIVES.search(lead) or _SETTLED.match(tail):
            _note_who_lives(ledger, clause, order, sites[0])
        if here == sites and _ONLY_THE_PLACE.match(tail):
            _place(ledger, order, sites[0], lead)


def _note_who_lives(ledger: Ledger, clause: Clause, order: int, site: PlaceReading) -> None:
    named = [m for m in ledger.people if clause.start <= m.start and m.end <= site.span[0]]
    person = named[-1].person if named else ledger.subjects[order]
    if person != NOBODY and site.area is not None:
        ledger.stands.append(Claim(person, "area", Choice(site.area), *site.span, order, clause.hedged))


def _place(ledger: Ledger, order: int, site: PlaceReading, lead: str) -> None:
    """The nearest dwelling or job that is somewhere unsaid and that the words before the site may be of."""
    what = _LATER.match(lead)
    lets = _LETS.fullmatch(lead)
    lives = _LIVES.search(lead)
    if what is None and lets is None and lives is None:
        return
    word = (what.group("what") or "") if what is not None else ""
    office = bool(_OFFICE.search(site.name))
    if word:
        pools = [ledger.homes] if _A_HOME.match(word) else [ledger.jobs]
    elif lives is not None:
        pools = [ledger.homes]
    elif lets is not None:
        pools = [ledger.jobs] if office else [ledger.homes]
    else:
        pools = [ledger.jobs, ledger.homes] if office else [ledger.homes, ledger.jobs]
    near = [
        (abs(order - thing.order), rank, at, pool)
        for rank, pool in enumerate(pools)
        for at, thing in enumerate(pool)
        if _may_be_of(thing, order) and (lives is None or thing.person == _whose(ledger, order))
    ]
    if near:
        _, _, at, pool = min(near, key=lambda n: n[:3])
        for i, thing in enumerate(pool):
            if thing.order == pool[at].order and thing.person == pool[at].person and thing.kind and thing.spot.area is None:
                pool[i] = replace(thing, spot=replace(thing.spot, area=site.area))


def _whose(ledger: Ledger, order: int) -> str:
    return ledger.subjects[order] if ledger.subjects[order] != NOBODY else SELF


def _may_be_of(thing: Thing, order: int) -> bool:
    return bool(thing.kind - {"none", "village_house"}) and 0 < abs(order - thing.order) <= _NEAR and thing.spot.area is None
