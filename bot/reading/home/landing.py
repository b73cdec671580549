"""A home told with no place is where the message wants the register put on it (办到<place>那房上)."""

from __future__ import annotations

from dataclasses import replace

from bot.reading.home.spots import combine
from bot.reading.kin.kinship import NOBODY
from bot.reading.place.places import PlaceReading
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Ledger, Spot
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_BETWEEN = 4  # letters between the name of a town and what it is called beside (冠县|的|县城)


def settle_landing(ledger: Ledger, roles: dict[int, str], plain: str) -> None:
    """Give the one home of a message its place, where a clause names one right before 那房上, 我那楼上 and the like."""
    if ledger.home is None:
        return
    for clause in ledger.clauses:
        named = [
            p
            for i, p in enumerate(ledger.places)
            if clause.start <= p.span[0] < clause.end and roles.get(i) == "target" and p.kind != "building" and p.kind != "origin"
        ]
        if clause.hearsay or not named or not _on_the_home(plain, clause, named):
            continue
        _place(ledger, replace(_joined(named), assumed=all(p.assumed for p in named)))
        return


def _on_the_home(plain: str, clause: Clause, named: list[PlaceReading]) -> bool:
    """Whether the register is to go on the home at the places named (办到<place>那房上), which is had to settle there (租房落户<place>)."""
    if cue("landing.on_a_home").match(plain, named[-1].span[1]):
        return True
    return cue("landing.had_to_settle").search(plain[clause.start : named[0].span[0]]) is not None


def _joined(named: list[PlaceReading]) -> Spot:
    """The places of one name put together (a county and its seat)."""
    spot = Spot(named[-1].places, named[-1].area, *named[-1].span, named[-1].assumed)
    for first, second in zip(reversed(named[:-1]), reversed(named[1:]), strict=False):
        if second.span[0] - first.span[1] > _BETWEEN:
            break
        spot = combine(Spot(first.places, first.area, *first.span, first.assumed), spot)
    return spot


def _place(ledger: Ledger, spot: Spot) -> None:
    """Enter the place for every home that has none narrower, where all homes told are one person's."""
    kept = [t for t in ledger.homes if t.kind and t.kind != {"none"} and t.person != NOBODY]
    if spot.places is None or not at_home(spot.places, ledger.home) or len({t.person for t in kept}) != 1:
        return
    for i, home in enumerate(ledger.homes):
        known = home.spot.places
        open_ = known is None or home.spot.assumed or known.include == frozenset({ledger.home}) and home.spot.area is None
        if home in kept and open_:
            ledger.homes[i] = replace(home, spot=replace(spot, start=home.start, end=home.end))
