"""Where 这 and 那 are that only point back: the closer place that the message named before (在冠县租房,我姐户口就是这的)."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Places, inside
from bot.reading.place.places import PlaceReading
from bot.reading.record.builder import Builder
from bot.reading.record.ledger import Ledger
from bot.reading.text.cues import cue

_WHERE = ("kin.place", "housing.place", "work.place")
_NOWHERE_NEAR = ("building", "elsewhere", "origin", "area", "here")


def narrow_there(build: Builder, ledger: Ledger) -> None:
    """Put the one closer place of the message where a fact's place is no more than the jurisdiction that 这 or 那 stands for."""
    if ledger.home is None:
        return
    loose = Places(frozenset({ledger.home}))
    named = {
        place.places: place
        for place in ledger.places
        if place.kind not in _NOWHERE_NEAR and place.places != loose and all(inside(p, ledger.home) for p in place.places.include)
    }
    if len(named) != 1:
        return
    ((closer, place),) = named.items()
    for fact in _WHERE:
        told = build.readings.get(fact, [])
        for at, reading in enumerate(told):
            if reading.value == loose and _points_back(ledger, reading.span[0], place):
                told[at] = replace(reading, value=closer)


def _points_back(ledger: Ledger, at: int, place: PlaceReading) -> bool:
    """Whether the clause at an offset stands after the closer place, and only points to it."""
    clause = next((c for c in ledger.clauses if c.start <= at < c.end), None)
    return clause is not None and clause.start > place.span[0] and bool(cue("back_there.pointing").search(clause.text))
