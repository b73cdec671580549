"""Jobs someone tells of."""

from __future__ import annotations

from bot.reading.clauses import Clause
from bot.reading.ledger import Ledger, Passage, Thing
from bot.reading.patterns import KindHit, kind_hits, lexicon
from bot.reading.people import NOBODY
from bot.reading.spots import place_of, spot_of


def read_jobs(passage: Passage) -> bool:
    """Enter every job the clause tells of; whether there was any."""
    ledger, clause, order, plain, roles = passage.ledger, passage.clause, passage.order, passage.plain, passage.roles
    text, offset, who = clause.text, clause.start, passage.who
    told = False
    for hit in _jobs(text):
        if clause.planned(hit.start) and "offer" not in hit.kind or (clause.past_at(hit.start) and "none" not in hit.kind):
            continue
        person = who(hit.start)
        if person == NOBODY:
            continue
        spot = place_of(ledger, clause, order, hit, plain, roles, passage.where)
        if _same_job(ledger, clause, order, person, hit, plain, roles):
            continue
        if "remote" in hit.kind:
            spot = passage.where
        ledger.jobs.append(
            Thing(
                person,
                hit.kind,
                hit.deny,
                spot,
                offset + hit.start,
                offset + hit.end,
                order,
                clause.hedged and hit.kind != {"none"},
            )
        )
        told = True
    return told


def _same_job(ledger: Ledger, clause: Clause, order: int, person: str, hit: KindHit, plain: str, roles: dict[int, str]) -> bool:
    """Whether bare words of work speak of the workplace named just before (厂子在桓台,我住临淄,天天去上班)."""
    last = ledger.jobs[-1] if ledger.jobs else None
    if (
        last is None
        or last.person != person
        or order - last.order > 2
        or not plain[last.start : last.end].endswith("在")
        or last.kind != hit.kind
    ):
        return False
    return spot_of(ledger, clause, clause.start + hit.start, clause.start + hit.end, plain, roles).places is None


def _jobs(text: str) -> list[KindHit]:
    """The jobs of one clause; a precise kind beats the general one."""
    found = kind_hits(text, lexicon().jobs, lexicon().job_index)
    general = {"formal", "informal", "dispatched", "probation"}
    precise = [h for h in found if h.kind and h.kind != general and h.kind != {"none"}]
    kept = []
    for hit in found:
        if hit.kind == general and (precise or any(h.kind == {"none"} and h.start < hit.end and hit.start < h.end for h in found)):
            continue
        if hit.kind == {"none"} and any(len(h.kind) > 3 and "none" in h.kind for h in found):
            continue
        if hit.kind == {"self_employed"} and any(h.kind & {"flexible", "remote"} for h in precise):
            continue
        if hit.kind == {"none"} and any(h.kind == {"offer"} for h in found):
            continue
        if hit.kind == {"formal"} and any(h.kind & {"dispatched", "probation", "offer", "intern"} for h in precise):
            continue
        kept.append(hit)
    return kept
