"""That somebody has nothing at all in a place of the jurisdiction (孩子在聊城啥也没有): neither a dwelling nor a job there."""

from __future__ import annotations

from bot.reading.kin.kinship import NOBODY
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Ledger, Spot, Thing, things
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_NONE = frozenset({"none"})
_SAID, _BEFORE, _THERE = cue("nothing_here.said"), cue("nothing_here.before"), cue("nothing_here.there")


def read_nothing_here(ledger: Ledger) -> None:
    """Enter that there is neither a dwelling nor a job of whoever is told to have nothing here, where nothing else is told of theirs."""
    for order, clause in enumerate(ledger.clauses):
        said = None if clause.hearsay else _SAID.search(clause.text)
        spot = _where(ledger, clause, said.start()) if said else None
        if said is None or spot is None:
            continue
        person = _whose(ledger, clause, order, clause.start + said.start())
        at = (clause.start + said.start(), clause.start + said.end(), order, clause.hedged)
        if person != NOBODY and not _lives_here(ledger, person):
            ledger.homes.append(Thing(person, _NONE, frozenset(), spot, *at))
        if person != NOBODY and not any(t.kind for t in things(ledger.jobs, person)):
            ledger.jobs.append(Thing(person, _NONE, frozenset(), spot, *at))


def _where(ledger: Ledger, clause: Clause, end: int) -> Spot | None:
    """The place of the jurisdiction of which a clause says, with no more than whose it is, that there is nothing there."""
    places = [p for p in ledger.places if clause.start <= p.span[0] < clause.start + end]
    named = [(p.span[0] - clause.start, p.span[1] - clause.start) for p in places]
    named += [(m.start - clause.start, m.end - clause.start) for m in ledger.people if clause.start <= m.start < clause.start + end]
    rest = "".join(ch for i, ch in enumerate(clause.text[:end]) if not any(low <= i < high for low, high in named))
    if _BEFORE.fullmatch(rest) is None or not places and _THERE.search(rest) is None:
        return None
    if not all(at_home(p.places, ledger.home) for p in places):
        return None
    return Spot(places[0].places, places[0].area, *places[0].span) if places else Spot()


def _whose(ledger: Ledger, clause: Clause, order: int, at: int) -> str:
    """Of whom the clause tells: whoever it names last before these words, else whom it goes on about."""
    named = [m.person for m in ledger.people if clause.start <= m.start < at and m.relation != NOBODY]
    return named[-1] if named else ledger.subjects[order]


def _lives_here(ledger: Ledger, person: str) -> bool:
    """Whether a dwelling of somebody is told that is, or may be, in the jurisdiction."""
    kept = [t for t in things(ledger.homes, person) if t.kind]
    return any(t.spot.places is None or at_home(t.spot.places, ledger.home) for t in kept)
