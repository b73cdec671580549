"""Somebody who is somewhere else (人在四川, 我哥在外省, 在湖南念初中): presumed to have no dwelling and no job here, unless one is told."""

from __future__ import annotations

from bot.eligibility.values import Choice, Places
from bot.reading.person.times import not_of_today
from bot.reading.record.builder import Builder, at_home
from bot.reading.record.ledger import NOT_ONES_OWN, Claim, Ledger, names_of, things
from bot.reading.text.cues import cue


def away(build: Builder, ledger: Ledger, mover: str, plain: str) -> None:
    """Where the mover is told to be, as the place of a dwelling and of a job that the message does not name."""
    stand = _elsewhere(ledger, mover, plain)
    if stand is None or _has_here(ledger, mover):
        return
    told = build.told()
    if "work.place" not in told and told.get("work.status") != Choice(frozenset({"none"})):
        build.presume("work.place", stand.value, stand.start, stand.end)
    if told.get("housing.kind") == Choice(NOT_ONES_OWN):
        span = build.readings.pop("housing.kind")[0].span  # 没房, and not here to rent one
        build.presume("housing.kind", Choice(frozenset({"none"})), *span)
    elif "housing.kind" not in told and "housing.place" not in told:
        build.presume("housing.place", stand.value, stand.start, stand.end)


def _elsewhere(ledger: Ledger, mover: str, plain: str) -> Claim | None:
    """Where the mover is now, if outside the jurisdiction: in no clause that asks, plans or tells of former days."""
    for stand in ledger.stands:
        if stand.fact != "where" or stand.person not in names_of(mover) or not isinstance(stand.value, Places):
            continue
        clause = ledger.clauses[stand.order]
        at = stand.start - clause.start
        is_there = cue("away.is").search(plain[clause.start : stand.start])
        begins = clause.start + is_there.start() if is_there else -1
        of_mover = begins == clause.start or any(m.end == begins for m in ledger.people)
        else_when = clause.asks or clause.planned(at) or not_of_today(ledger, stand.start)
        if ledger.home and of_mover and not else_when and not at_home(stand.value, ledger.home):
            return stand
    return None


def _has_here(ledger: Ledger, mover: str) -> bool:
    """Whether a dwelling or a job of the mover is told that may lie in the jurisdiction."""
    kept = [t for t in [*things(ledger.homes, mover), *things(ledger.jobs, mover)] if t.kind - {"none"}]
    return any(t.spot.places is None or at_home(t.spot.places, ledger.home) for t in kept)
