"""People the asker employs or teaches (我店里的学徒): the shop or firm in their name is the asker's, and none of theirs."""

from __future__ import annotations

from dataclasses import replace

from bot.reading.kin.kin_words import HIRED
from bot.reading.kin.kinship import SELF
from bot.reading.person.strangers import hand_named, of_ones_work
from bot.reading.record.ledger import Ledger, Spot, Thing
from bot.reading.text.cues import cue

_EMPLOYED = frozenset({"formal", "dispatched", "probation", "informal"})


def settle_hired(ledger: Ledger) -> None:
    """Give a job read from the words for such a person to the asker."""
    spans = [(m.start, m.end) for m in ledger.people if m.relation == "other" and m.words.endswith(tuple(HIRED))]
    for i, job in enumerate(ledger.jobs):
        if any(start <= job.start < end for start, end in spans):
            ledger.jobs[i] = replace(job, person=SELF)
    ledger.jobs[:] = [_where_the_next_is(job, ledger) for job in ledger.jobs]


def settle_hand(ledger: Ledger, plain: str) -> None:
    """Give the work there to whoever works for the asker, or where the asker does, and is to move (我开店,有个伙计想落户)."""
    at, works = hand_named(plain), of_ones_work(plain)
    at = at if works and works.span("who") == at else None  # 我徒弟 need not work where the asker does
    hand = next((m for m in ledger.people if at and m.start <= at[0] < m.end), None)
    if hand is None:
        return
    own = [t for t in ledger.jobs if t.person == SELF and t.kind - {"none"}]
    own = [t for t in own if t.spot.places is not None] or own
    told = [t for t in ledger.jobs if t.person == hand.person and t.kind]
    if told:
        if own and not any(t.spot.said and not t.spot.assumed for t in told):  # 厂子在茌平城里,…跟我们签了合同
            ledger.jobs[:] = [replace(t, spot=replace(own[0].spot, assumed=False)) if t in told else t for t in ledger.jobs]
        return
    spot = replace(own[0].spot, start=hand.start, end=hand.end) if own else Spot()
    order = next(n for n, clause in enumerate(ledger.clauses) if clause.start <= hand.start < clause.end)
    ledger.jobs.append(Thing(hand.person, _EMPLOYED, frozenset(), spot, hand.start, hand.end, order))


def _where_the_next_is(job: Thing, ledger: Ledger) -> Thing:
    """A job told with no place, where the next clause says that its holder works (是我手下的业务员,人在济南上班): one and the same."""
    if job.spot.places is not None or not job.kind - {"none"} or job.order + 1 >= len(ledger.clauses):
        return job
    if not cue("hired.works_there").match(ledger.clauses[job.order + 1].text):
        return job
    after = (t for t in ledger.jobs if t.order == job.order + 1 and t.person == job.person and t.kind & job.kind)
    return next((replace(job, spot=t.spot) for t in after if t.spot.places is not None and not t.spot.assumed), job)
