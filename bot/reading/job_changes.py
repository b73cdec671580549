"""Work that is over or has not begun: what a later clause takes away from a job told before it."""

from __future__ import annotations

from bot.reading.cues import cue
from bot.reading.ledger import Ledger, Thing

_FOR_SOMEBODY = frozenset({"formal", "informal", "dispatched", "probation"})
_LEFT, _ANOTHER = cue("job_changes.left"), cue("job_changes.another")
_NOT_BEGUN, _TAKEN_ON = cue("job_changes.not_begun"), cue("job_changes.taken_on")
_NEAR = 2  # clauses between being taken on and what is said of the first day


def settle_job_changes(ledger: Ledger) -> None:
    """Leave only the work somebody has now."""
    left = [t for t in ledger.jobs if t.kind == {"none"} and _LEFT.search(_text(ledger, t)) and not _ANOTHER.search(_text(ledger, t))]
    ahead = [t for t in ledger.jobs if t.kind == {"offer"} and _NOT_BEGUN.search(_words(ledger, t))]
    ledger.jobs[:] = [t for t in ledger.jobs if not any(_ends(t, quit_) for quit_ in left) and not any(_waits(ledger, t, o) for o in ahead)]


def _ends(job: Thing, left: Thing) -> bool:
    """Whether the job told before is the one that was left (在鞋厂干了三年,上个月辞了)."""
    return job.person == left.person and bool(job.kind) and job.kind <= _FOR_SOMEBODY and job.start < left.start


def _waits(ledger: Ledger, job: Thing, offer: Thing) -> bool:
    """Whether somebody taken on has not started yet (考上了事业编,还没去报到)."""
    near = job.person == offer.person and 0 <= offer.order - job.order <= _NEAR
    return near and job is not offer and job.kind <= _FOR_SOMEBODY and bool(_TAKEN_ON.search(_words(ledger, job)))


def _text(ledger: Ledger, job: Thing) -> str:
    return ledger.clauses[job.order].text


def _words(ledger: Ledger, job: Thing) -> str:
    clause = ledger.clauses[job.order]
    return clause.text[job.start - clause.start : job.end - clause.start]
