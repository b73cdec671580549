"""Work told in the order of a life and told to its end: what was done before is over, though no word of former days stands beside it.

先在街口卖早点,早点摊黄了又给厂子看门,看门那活前年也不干了 tells of two livings, and of none today.
"""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.ledger import Ledger, Thing, same_person
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_ENDED, _FIRST, _NEXT = cue("trades_over.ended"), cue("trades_over.first"), cue("trades_over.next")
_ALL_DONE, _CALLING = cue("trades_over.all_done"), cue("trades_over.calling")
_ANOTHERS, _AGAIN = cue("trades_over.anothers"), cue("trades_over.again")
_NO_WORK = frozenset({"none"})
_OF_A_TRADE = ("business.license", "license.issued", "premises.")
_NONE, _OWN = Choice(frozenset({"none"})), Choice(frozenset({"own"}))
_FOR_SOMEBODY = frozenset({"formal", "informal", "dispatched", "probation"})


def settle_trades_over(ledger: Ledger) -> None:
    """Drop the first of several livings that are told one after another, and the one that a later clause tells as ended."""
    _without_callings(ledger)
    for job in [t for t in ledger.jobs if t.kind and t.kind != _NO_WORK and _FIRST.search(_until(ledger, t))]:
        if any(_follows(ledger, job, t) for t in ledger.jobs):
            _forget(ledger, job, job.order)
    for order, clause in enumerate(ledger.clauses):
        if order and _ALL_DONE.fullmatch(clause.text):
            for job in [t for t in ledger.jobs if t.order == order - 1 and t.kind != _NO_WORK]:
                _forget(ledger, job, order)
        ended = None if clause.asks or clause.hearsay else _ENDED.search(clause.text)
        if ended is None or _ANOTHERS.search(clause.text, 0, ended.end()) or clause.planned(ended.start()):
            continue
        if any(_AGAIN.search(c.text) for c in ledger.clauses[order : order + 2]):
            continue
        at = clause.start + ended.start()
        before = [t for t in ledger.jobs if t.kind and t.kind != _NO_WORK and t.start < at and same_person(t.person, _whose(ledger, order))]
        if before:
            _forget(ledger, before[-1], order)


def _without_callings(ledger: Ledger) -> None:
    """Drop what somebody only is by calling where no work is told behind it (我是护士,没找单位; 程序员,工作没着落).

    Whoever has a licence of their own works for themselves in it, where the shop is (本人理发师,在…有间门头,自己的执照).
    """
    licensed = {c.person for c in ledger.claims if c.fact == "business.license" and c.value == _OWN and not c.hedged}
    for job in [t for t in ledger.jobs if t.kind and t.kind != _NO_WORK and _CALLING.fullmatch(ledger.clauses[t.order].text)]:
        if any(t.kind == _NO_WORK and t.order > job.order and same_person(t.person, job.person) for t in ledger.jobs):
            ledger.jobs.remove(job)
        elif job.kind <= _FOR_SOMEBODY and job.person in licensed:
            shop = next((t for t in ledger.homes if t.kind == {"shop"} and same_person(t.person, job.person)), job)
            ledger.jobs[ledger.jobs.index(job)] = replace(job, kind=frozenset({"self_employed"}), spot=shop.spot)


def _whose(ledger: Ledger, order: int) -> str:
    """Whose work a clause with no name speaks of."""
    person = ledger.subjects[order] if order < len(ledger.subjects) else SELF
    return SELF if person in (NOBODY, COUPLE) else person


def _follows(ledger: Ledger, first: Thing, later: Thing) -> bool:
    """Whether work told later is another than the first of the row (先在超市收银,后来去饭店端盘子), and not its next stage (后来转正)."""
    if later.person != first.person or later.start <= first.start or later.kind == _NO_WORK or not later.kind:
        return False
    between = ledger.clauses[first.order + 1 : later.order + 1]
    return any(_NEXT.search(c.text) for c in between)


def _until(ledger: Ledger, job: Thing) -> str:
    clause: Clause = ledger.clauses[job.order]
    return clause.text[: job.end - clause.start]


def _forget(ledger: Ledger, job: Thing, until: int) -> None:
    """Take the work away with the licence and the premises told of it."""
    ledger.jobs[:] = [t for t in ledger.jobs if t.person != job.person or t.order != job.order or t.kind == _NO_WORK]
    ledger.claims[:] = [
        c
        for c in ledger.claims
        if not (c.person == job.person and job.order <= c.order <= until and c.fact.startswith(_OF_A_TRADE) and c.value != _NONE)
    ]
