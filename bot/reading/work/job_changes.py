"""Work that is over or has not begun: what a later clause takes away from a job told before it."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Ledger, Spot, Thing
from bot.reading.text.cues import cue

_TAKEN = frozenset({"formal", "probation", "offer"})
_FOR_SOMEBODY = frozenset({"formal", "informal", "dispatched", "probation"})
_ON_ONES_OWN = frozenset({"flexible", "self_employed"})
_LEFT, _ANOTHER = cue("job_changes.left"), cue("job_changes.another")
_NOT_BEGUN, _TAKEN_ON = cue("job_changes.not_begun"), cue("job_changes.taken_on")
_STILL_AHEAD = cue("job_changes.still_ahead")
_SELLS, _EMPLOYED, _OWN = cue("job_changes.sells"), cue("job_changes.employed"), Choice(frozenset({"own"}))
_MADE_PERMANENT = cue("job_changes.made_permanent")
_NOT_GONE, _NOT_AGREED = cue("job_changes.not_gone"), cue("job_changes.not_agreed")
_BY_THE_DAY = cue("job_changes.by_the_day")
_FOUND = cue("job_changes.found")
_PAID_BY_OWNER = cue("job_changes.paid_by_owner")
_NOT_OPEN, _OPENS, _YES = cue("jobs.not_open"), cue("jobs.opens"), Choice(frozenset({"yes"}))
_LATER_FOR_GOOD = cue("job_changes.for_good")
_COMES_OVER = cue("job_changes.comes_over")
_NEAR = 2  # clauses between being taken on and what is said of the first day


def settle_job_changes(ledger: Ledger) -> None:
    """Leave only the work somebody has now, and see a shop of one's own for what it is."""
    ledger.jobs[:] = [t for t in ledger.jobs if t.kind != {"none"} or not _STILL_AHEAD.search(_text(ledger, t))]
    gone = [t for t in ledger.jobs if t.kind == {"none"} and _LEFT.search(_text(ledger, t))]
    left = [t for t in gone if not _ANOTHER.search(_text(ledger, t))]
    former = [t for t in gone if t not in left and any(j.person == t.person and j.kind and j.kind != t.kind for j in ledger.jobs)]
    ahead = [t for t in ledger.jobs if t.kind == {"offer"} and _NOT_BEGUN.search(_words(ledger, t))]
    _leave_behind(ledger)
    _settle_found(ledger)
    _settle_trade(ledger)
    _settle_bare(ledger)
    _settle_trade_name(ledger)
    over = [t for t in ledger.jobs if any(_ends(t, q) for q in left) or any(_waits(ledger, t, o) for o in ahead)]
    _forget_terms(ledger, left)
    _settle_drivers(ledger)
    for day in [t for t in ledger.jobs if t.kind == {"flexible"} and _BY_THE_DAY.search(_words(ledger, t))]:
        same = [t for t in ledger.jobs if t.person == day.person and t.kind == _FOR_SOMEBODY and 0 <= day.order - t.order <= _NEAR]
        spot = next((t.spot for t in same if t.spot.said), day.spot)
        kept = [t for t in ledger.jobs if not any(t is one for one in same)]
        ledger.jobs[:] = [replace(t, spot=spot) if t is day and not t.spot.said else t for t in kept]
    for job in [t for t in ledger.jobs if t.kind == {"formal"} and _TAKEN_ON.search(_words(ledger, t))]:
        tried = [t for t in ledger.jobs if t.kind == {"probation"} and t.person == job.person and 0 <= t.order - job.order <= _NEAR]
        if tried:  # 省考进了公安局,试用期一年
            kept = [replace(t, spot=job.spot) if t is tried[0] and not t.spot.said else t for t in ledger.jobs if t is not job]
            ledger.jobs[:] = kept
    _settle_trial(ledger)
    for job in [t for t in ledger.jobs if t not in over and _names_place(ledger, t)]:
        waiting = [t for t in ledger.jobs if t.kind == {"offer"} and t.person == job.person and 0 < job.order - t.order <= _NEAR]
        for offer in waiting[-1:]:
            ledger.jobs[:] = [replace(t, spot=job.spot) if t is offer else t for t in ledger.jobs if t is not job]
    for job in [t for t in ledger.jobs if _same_stage(ledger, t)]:
        ledger.jobs[:] = [_seated_as(t, job) for t in ledger.jobs if t is not job]
    ledger.jobs[:] = [_own_trade(ledger, t) for t in ledger.jobs if t not in over and t not in former]


def _leave_behind(ledger: Ledger) -> None:
    """Forget the job that is told before somebody wishes to come, where they say behind that wish that there is no work yet.

    (平时在超市打工,想到那边重新开始,工作还没找.)  What there is none of is work over there; the job is of where they are.
    """
    for idle in [t for t in ledger.jobs if t.kind == {"none"} and not _LEFT.search(_text(ledger, t))]:
        for job in [t for t in ledger.jobs if t.person == idle.person and t.kind and "none" not in t.kind and t.order < idle.order]:
            if job.kind != {"offer"} and not _told_here(ledger, job) and _comes_between(ledger, job.order, idle.order):
                ledger.jobs[:] = [t for t in ledger.jobs if t is not job]


def _comes_between(ledger: Ledger, start: int, end: int) -> bool:
    """Whether one of the clauses behind the first, up to the second, wishes to come over."""
    return any(_COMES_OVER.search(c.text) and not c.asks and not c.hearsay for c in ledger.clauses[start + 1 : end + 1])


def _told_here(ledger: Ledger, job: Thing) -> bool:
    """Whether the job's own words say that it is in the jurisdiction."""
    return job.spot.places is not None and not job.spot.assumed and at_home(job.spot.places, ledger.home)


def _settle_found(ledger: Ledger) -> None:
    """Work found or agreed on that one has not gone to is an offer; one that is not agreed to is none (说好去厂里上班,还没去)."""
    for job in [t for t in ledger.jobs if t.kind and t.kind <= _FOR_SOMEBODY]:
        after = [c.text for c in ledger.clauses[job.order + 1 : job.order + 1 + _NEAR]]
        found = any(_FOUND.search(c.text) for c in ledger.clauses[max(0, job.order - 1) : job.order + 1])
        if not found:
            continue
        if any(_NOT_AGREED.fullmatch(text) for text in after):
            ledger.jobs.remove(job)
        elif any(_NOT_GONE.fullmatch(text) for text in after):
            ledger.jobs[ledger.jobs.index(job)] = replace(job, kind=frozenset({"offer"}))


def _settle_trial(ledger: Ledger) -> None:
    """Who was on trial and then made permanent is employed for good (头三个月试用,六月份转的正)."""
    for trial in [t for t in ledger.jobs if "probation" in t.kind]:
        later = [c for c in ledger.clauses[trial.order : trial.order + 1 + _NEAR] if c.end > trial.end]
        if any(_MADE_PERMANENT.search(c.text) and not c.asks and not c.planned(len(c.text)) for c in later):
            kind = frozenset({"formal"}) if trial.kind <= _TAKEN else trial.kind - {"probation"}
            ledger.jobs[ledger.jobs.index(trial)] = replace(trial, kind=kind)


def _settle_trade(ledger: Ledger) -> None:
    """A trade given up is none of the one now licensed (散伙了,现在这个照是我重新领的); one meant and not open yet leaves no work."""
    licensed = [c for c in ledger.claims if c.fact == "business.license" and c.value == _OWN and not c.hedged]
    for job in [t for t in ledger.jobs if t.kind == {"none"} and _LEFT.search(_text(ledger, t))]:
        if any(c.person == job.person and c.order > job.order for c in licensed):
            ledger.jobs.remove(job)
    for wish in [c for c in ledger.claims if c.fact == "intent.work" and c.value == _YES and not c.hedged]:
        busy = any(t.person == wish.person and t.kind for t in ledger.jobs)
        after = ledger.clauses[wish.order + 1 : wish.order + 1 + _NEAR]
        ahead = next((c for c in after if not c.asks and _NOT_OPEN.search(c.text)), None)
        if not busy and ahead is not None and _OPENS.search(ledger.clauses[wish.order].text):
            ledger.jobs.append(Thing(wish.person, frozenset({"none"}), frozenset(), Spot(), ahead.start, ahead.end, wish.order + 1))


def _settle_bare(ledger: Ledger) -> None:
    """That one has work, said with no word of where, is the work told before (平常在周村上班,…,我就是个老实上班的)."""
    for job in [t for t in ledger.jobs if t.kind == _FOR_SOMEBODY and t.spot.places is None and not t.away]:
        before = [t for t in ledger.jobs if t.person == job.person and t.order < job.order]
        told = any(t.kind == {"remote"} or t.spot.places is not None and t.kind & job.kind for t in before)
        if told and cue("job_changes.bare").fullmatch(_text(ledger, job)):
            ledger.jobs.remove(job)


def _settle_trade_name(ledger: Ledger) -> None:
    """Who only names a trade, and says beside it that they take what work comes, has no employer (我是个电工,在城里接活)."""
    for job in [t for t in ledger.jobs if t.kind == _FOR_SOMEBODY and cue("job_changes.trade_name").fullmatch(_text(ledger, t))]:
        own = [t for t in ledger.jobs if t.person == job.person and t.kind and t.kind <= _ON_ONES_OWN]
        near = any(abs(t.order - job.order) <= _NEAR for t in own)
        signed = any(c.fact == "contract" and c.person == job.person and c.value == _YES for c in ledger.claims)
        if near and not signed and job in ledger.jobs:
            ledger.jobs.remove(job)


def _forget_terms(ledger: Ledger, left: list[Thing]) -> None:
    """The contract and insurance of a job that was left ended with it (前年进的厂,有合同有社保,后来就辞了)."""
    for end in left:
        began = [*(t.order for t in ledger.jobs if _ends(t, end)), *_began_once(ledger, end)]
        ledger.claims[:] = [
            c
            for c in ledger.claims
            if not (
                c.fact in ("contract", "insurance.paid", "insurance.place")
                and c.person == end.person
                and any(order <= c.order < end.order for order in began)
                and not (c.fact == "insurance.paid" and c.value != _YES)
                and not cue("job_changes.goes_on").search(ledger.clauses[c.order].text)
            )
        ]


def _began_once(ledger: Ledger, end: Thing) -> list[int]:
    """The clause that tells, as over by now, of the work that a later one says was left."""
    told = [o for o, c in enumerate(ledger.clauses[: end.order]) if cue("job_changes.once_at").search(c.text)]
    return told[-1:]


def _settle_drivers(ledger: Ledger) -> None:
    """Who drives or rides for a firm that signed with them and insures them is employed by it (跑长途的,公司签了合同也给交社保)."""
    for job in [t for t in ledger.jobs if t.kind == {"flexible"}]:
        told = [c for c in ledger.claims if c.person == job.person and c.value == _YES and not c.hedged]
        signed = any(c.fact == "contract" for c in told)
        insured = any(c.fact == "insurance.paid" and cue("jobs.pays").search(ledger.clauses[c.order].text) for c in told)
        if signed and insured:
            ledger.jobs[ledger.jobs.index(job)] = replace(job, kind=frozenset({"formal"}))


def _ends(job: Thing, left: Thing) -> bool:
    """Whether the job told before is the one that was left (在鞋厂干了三年,上个月辞了)."""
    return job.person == left.person and bool(job.kind) and job.kind <= _FOR_SOMEBODY and job.start < left.start


def _waits(ledger: Ledger, job: Thing, offer: Thing) -> bool:
    """Whether somebody taken on has not started yet (考上了事业编,还没去报到; 介绍了个活,在厂里看锅炉,下礼拜就去)."""
    near = job.person == offer.person and 0 <= offer.order - job.order <= _NEAR
    if not near or job is offer or not job.kind <= _FOR_SOMEBODY:
        return False
    found = any(_FOUND.search(c.text) for c in ledger.clauses[max(0, job.order - 1) : offer.order])
    clause = ledger.clauses[job.order]
    passed = cue("job_changes.passed").search(clause.text[: job.end - clause.start])
    return bool(_TAKEN_ON.search(_words(ledger, job)) or passed) or found


def _same_stage(ledger: Ledger, job: Thing) -> bool:
    """Whether bare words of work only say where an intern is (我是实习生,在医院跟着师傅干)."""
    learning = [t for t in ledger.jobs if t.kind == {"intern"} and t.person == job.person and abs(t.order - job.order) <= _NEAR]
    return bool(learning) and job.kind == _FOR_SOMEBODY and not _LATER_FOR_GOOD.search(_text(ledger, job))


def _names_place(ledger: Ledger, job: Thing) -> bool:
    """Whether bare words only say where a workplace is (单位在茌平)."""
    return job.kind == _FOR_SOMEBODY and _words(ledger, job).endswith("在")


def _own_trade(ledger: Ledger, job: Thing) -> Thing:
    """Who holds the licence sells in a shop of their own (执照六月领的,在街口一间小店卖烤串); whom its owner pays has none."""
    licensed = any(c.fact == "business.license" and c.person == job.person and c.value == _OWN and not c.hedged for c in ledger.claims)
    text = _text(ledger, job)
    near = ledger.clauses[job.order : job.order + 1 + _NEAR]
    if not licensed and job.kind == {"self_employed"} and any(_PAID_BY_OWNER.search(c.text) for c in near):
        return replace(job, kind=_FOR_SOMEBODY)
    if licensed and job.kind == _FOR_SOMEBODY and _SELLS.search(text) and not _EMPLOYED.search(text):
        return replace(job, kind=frozenset({"self_employed"}))
    return job


def _seated_as(job: Thing, place: Thing) -> Thing:
    """An internship with the place that the words beside it tell."""
    same = job.kind == {"intern"} and job.person == place.person and job.spot.places is None and place.spot.places is not None
    return replace(job, spot=place.spot) if same else job


def _text(ledger: Ledger, job: Thing) -> str:
    return ledger.clauses[job.order].text


def _words(ledger: Ledger, job: Thing) -> str:
    clause = ledger.clauses[job.order]
    return clause.text[job.start - clause.start : job.end - clause.start]
