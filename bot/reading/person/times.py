"""When a clause that names no time takes place: former days hold on from one clause to the next until the story is back in the present.

以前在苏州打工,租房住 tells of one past; the last clause of 以前在苏州打工,在临淄买了房 is of today, and so is the one of
现在在聊城上班,以前开过店,社保也交着.
"""

from __future__ import annotations

from dataclasses import replace

from bot.reading.place.places import PlaceReading
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Ledger
from bot.reading.text.clauses import PAST, PRESENT, Clause
from bot.reading.text.cues import cue

_OVER, _TODAY, _ONCE = cue("times.over"), cue("times.today"), cue("times.once")


def settle_times(ledger: Ledger, roles: dict[int, str]) -> None:
    """Take the past off the clauses that only follow one of former days and are of today."""
    former: Clause | None = None
    returned = False
    for order, clause in enumerate(ledger.clauses):
        if former is not None and clause.sentence != former.sentence:
            former = None
        begins = PAST.search(clause.text) is not None
        if clause.past and former is not None and not begins and (returned or _of_today(ledger, roles, former, order)):
            returned = True
            ledger.clauses[order] = replace(clause, past=False)
        if begins:
            former, returned = clause, False


def _of_today(ledger: Ledger, roles: dict[int, str], former: Clause, order: int) -> bool:
    """Whether a clause behind one of former days leaves them: the former ones are told to their end, or the story was of today before."""
    clause = ledger.clauses[order]
    here = _named(ledger, roles, clause)
    if here:
        return any(at_home(p.places, ledger.home) for p in here) and not any(
            at_home(p.places, ledger.home) for p in _named(ledger, roles, former)
        )
    told = ledger.clauses[ledger.clauses.index(former) : order]
    if _TODAY.search(clause.text) or any(_OVER.search(c.text) for c in told):
        return True
    return any(_is_present(ledger, roles, c) for c in ledger.clauses[:order] if c.end <= former.start and c.sentence == former.sentence)


def _is_present(ledger: Ledger, roles: dict[int, str], clause: Clause) -> bool:
    """Whether a clause tells of today: by a word for it, or of something at the destination."""
    if clause.past or clause.asks or clause.hearsay or PAST.search(clause.text):
        return False
    return bool(PRESENT.search(clause.text)) or any(
        at_home(p.places, ledger.home) for p in _named(ledger, roles, clause, ("where", "hukou", "origin"))
    )


def _named(ledger: Ledger, roles: dict[int, str], clause: Clause, of: tuple[str, ...] = ("where",)) -> list[PlaceReading]:
    """The places where something in the clause is said to be."""
    return [
        p
        for i, p in enumerate(ledger.places)
        if clause.start <= p.span[0] < clause.end and roles.get(i) in of and p.kind not in ("building", "area", "elsewhere", "origin")
    ]


def of_another_time(ledger: Ledger, roles: dict[int, str], clause: Clause) -> bool:
    """Whether a clause is no scene for what follows: it speaks of a place elsewhere in former days, or one only thought of."""
    places = _named(ledger, roles, clause)
    if not places or any(at_home(p.places, ledger.home) for p in places):
        return False
    at = places[0].span[0] - clause.start
    return clause.past_at(at) or clause.planned(at) or once(clause.text, at)


def once(text: str, at: int) -> bool:
    """Whether what stands there was done once, by the way it is told (开过店, 在苏州待过五年)."""
    found = _ONCE.search(text, max(0, at - 1)) or (_ONCE.search(text) if at else None)
    return found is not None and not PRESENT.search(text)


def not_of_today(ledger: Ledger, at: int) -> bool:
    """Whether what stands at an offset of the plain text is told of former days, or as what others say."""
    clause = next((c for c in ledger.clauses if c.start <= at < c.end), None)
    return clause is not None and (clause.hearsay or clause.past_at(at - clause.start) or once(clause.text, at - clause.start))
