"""Where 镇上 and 村里 are: in the one town that the message names (租在金山镇一个村,…,给镇上的厂看大门)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.eligibility.values import Choice, Places, inside
from bot.reading.place.places import TOWN, VILLAGE
from bot.reading.record.builder import FactReading
from bot.reading.record.ledger import Ledger, Thing
from bot.reading.text.cues import cue

_TURNED, _OF_AREA = cue("towns.turned"), ".area"
_EITHER = Choice(frozenset({"urban", "urban_village"}))
_NAMED = ("town", "township")
_AREAS = TOWN | VILLAGE


def settle_towns(ledger: Ledger) -> None:
    """Put a dwelling or job told to be 镇上 or 村里, with no name, into the town named elsewhere, where it is the only one."""
    if ledger.home is None:
        return
    towns = {p.places for p in ledger.places if p.kind in _NAMED and all(inside(name, ledger.home) for name in p.places.include)}
    if len(towns) != 1:
        return
    town = next(iter(towns))
    for things in (ledger.homes, ledger.jobs):
        things[:] = [_in_town(ledger, t, town) for t in things]


def left_open(facts: Sequence[FactReading], plain: str) -> tuple[FactReading, ...]:
    """The facts with a place in a village turned into a neighbourhood (村改居) as either of the two: no document says which it is."""
    if not _TURNED.search(plain):
        return tuple(facts)
    return tuple(replace(f, value=_EITHER) if f.fact.endswith(_OF_AREA) and _may_be(f) else f for f in facts)


def _may_be(one: FactReading) -> bool:
    return isinstance(one.value, Choice) and one.value.values <= _EITHER.values


def _in_town(ledger: Ledger, thing: Thing, town: Places) -> Thing:
    """The dwelling or job with the town, where its own words say no more than the kind of place."""
    spot = thing.spot
    loose = spot.assumed and spot.places == Places(frozenset({ledger.home or ""}))
    if not loose or spot.area is None or not spot.area <= _AREAS or not _says_so(ledger, thing):
        return thing
    return replace(thing, spot=replace(spot, places=town, assumed=False))


def _says_so(ledger: Ledger, thing: Thing) -> bool:
    """Whether the clause itself says 镇上 or 村里, after the town was named or before it is."""
    clause = ledger.clauses[thing.order]
    return any(p.kind == "area" and clause.start <= p.span[0] < clause.end for p in ledger.places)
