"""What the jobs told of a person come to, once the whole message was read: implied by a contract, told twice, begun since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.eligibility.values import Choice, Dates, Places
from bot.reading.home.spots import spot_of
from bot.reading.kin.kinship import NOBODY
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Spot, Thing, same_person, things
from bot.reading.text.cues import cue
from bot.reading.time.dates import DateReading
from bot.reading.work.clause_jobs import EMPLOYEE, NONE

_JUST_TAKEN, _AHEAD = cue("jobs.just_taken"), cue("jobs.ahead")
_OTHER_CONTRACT, _PAYS = cue("jobs.other_contract"), cue("jobs.pays")
_AT_HOME, _IS_OF_A_TRADE = cue("jobs.at_home"), cue("jobs.is_of_a_trade")
_NEAR = 3  # clauses within which two are about the same work


def employed(ledger: Ledger, roles: dict[int, str], plain: str) -> None:
    """Who has signed with an employer, or is insured by one, works there, though no word says so (铝厂签了合同, 厂里给交五险)."""
    for claim in list(ledger.claims):
        clause = ledger.clauses[claim.order]
        signed = claim.fact == "contract" and claim.value == Choice(frozenset({"yes"}))
        insured = claim.fact == "insurance.paid" and claim.value == Choice(frozenset({"yes"})) and bool(_PAYS.search(clause.text))
        told = claim.person == NOBODY or any(t.kind for t in things(ledger.jobs, claim.person))
        if told or not (signed or insured) or _OTHER_CONTRACT.search(clause.text):
            continue
        spot = spot_of(ledger, clause, claim.start, claim.end, plain, roles)
        if signed and spot.places is not None and not at_home(spot.places, ledger.home) and _is_here(ledger, claim):
            spot = Spot()  # 合同是跟外地公司签的,人在这边项目上
        if spot.places is None and claim.order and _goes_on_of(ledger, claim):
            before = ledger.clauses[claim.order - 1]
            spot = spot_of(ledger, before, before.end, before.end, plain, roles)
        ledger.jobs.append(Thing(claim.person, EMPLOYEE, frozenset(), spot, claim.start, claim.end, claim.order, claim.hedged))


def _is_here(ledger: Ledger, claim: Claim) -> bool:
    """Whether a clause near the contract says that who signed it is in the jurisdiction."""
    for stand in ledger.stands:
        near = stand.fact == "where" and 0 < abs(stand.order - claim.order) <= _NEAR and same_person(stand.person, claim.person)
        says = near and cue("jobs.is_in").search(ledger.clauses[stand.order].text)
        if says and isinstance(stand.value, Places) and at_home(stand.value, ledger.home):
            return True
    return False


def _goes_on_of(ledger: Ledger, claim: Claim) -> bool:
    """Whether the clause before was about the same person, and not about another (我在济南,我侄子单位给交社保)."""
    return claim.order < len(ledger.subjects) and same_person(ledger.subjects[claim.order], claim.person)


def remote_first(ledger: Ledger) -> None:
    """Bare words of work beside a job done for a firm elsewhere are that job (给外地公司做客服,…在家上班), and say where it is done."""
    _not_here_but_over_the_wire(ledger)
    for remote in [t for t in ledger.jobs if t.kind == {"remote"}]:
        near = [t for t in ledger.jobs if t.person == remote.person and abs(t.order - remote.order) <= _NEAR]
        for job in [t for t in near if t.kind == EMPLOYEE]:
            text = ledger.clauses[job.order].text
            said = text[: job.end - ledger.clauses[job.order].start]
            if cue("jobs.firm_is_in").search(said) and not at_home(job.spot.places, ledger.home):
                ledger.jobs.remove(job)  # 公司在上海,我在家对着电脑干
            elif not cue("jobs.workplace").search(text) and (cue("jobs.bare_work").search(said) or job.spot.places is None):
                ledger.jobs.remove(job)
                if remote.spot.places is None and job.spot.said and remote in ledger.jobs:
                    ledger.jobs[ledger.jobs.index(remote)] = replace(remote, spot=job.spot)


def _not_here_but_over_the_wire(ledger: Ledger) -> None:
    """Who works over the wire and for nobody of the place (给北京的公司做网页,没在当地单位干) has work all the same."""
    wired = {t.person for t in ledger.jobs if t.kind == {"remote"}}
    idle = [t for t in ledger.jobs if t.kind == NONE and t.person in wired]
    moot = [t for t in idle if cue("jobs.none_of_here").search(ledger.clauses[t.order].text)]
    ledger.jobs[:] = [t for t in ledger.jobs if t not in moot]


def begun(ledger: Ledger, dates: list[DateReading], as_of: date) -> None:
    """An entry told for a day that is over is no offer any more (6月入职, told in November)."""
    for i, job in enumerate(ledger.jobs):
        clause = ledger.clauses[job.order]
        if job.order and _JUST_TAKEN.search(ledger.clauses[job.order - 1].text):
            continue  # 录取我了,八月报到: the month to come
        days = [d.value for d in dates if clause.start <= d.span[0] < clause.end and isinstance(d.value, Dates)]
        if job.kind == {"offer"} and days and not _AHEAD.search(clause.text) and all(v.last is not None and v.last < as_of for v in days):
            ledger.jobs[i] = replace(job, kind=EMPLOYEE)


def not_begun(ledger: Ledger) -> None:
    """Who has an offer and has not begun (发了录用通知,还没去上班) is neither idle nor unwilling for it."""
    offered = [t for t in ledger.jobs if t.kind == {"offer"}]

    def only_waits(person: str, order: int) -> bool:
        return any(same_person(t.person, person) for t in offered) and bool(cue("jobs.not_begun").search(ledger.clauses[order].text))

    ledger.jobs[:] = [t for t in ledger.jobs if not (t.kind == NONE and only_waits(t.person, t.order))]
    unwilling = Choice(frozenset({"no"}))
    ledger.claims[:] = [
        c for c in ledger.claims if not (c.fact == "intent.work" and c.value == unwilling and only_waits(c.person, c.order))
    ]


def not_idle(ledger: Ledger) -> None:
    """Who works is not idle for what is told beside it (在超市收银,…,带着娃); such words mean no work only where none is told.

    Nor is who was taken back after retiring (医院返聘,…,退休了不交社保).
    """
    busy = {t.person for t in ledger.jobs if t.kind and "none" not in t.kind}
    ledger.jobs[:] = [t for t in ledger.jobs if not (t.kind == {"none"} and t.person in busy and _AT_HOME.match(_words(ledger, t)))]
    rehired = {t.person for t in ledger.jobs if cue("jobs.rehired").search(_words(ledger, t))}
    ledger.jobs[:] = [
        t for t in ledger.jobs if not (t.kind == NONE and t.person in rehired and cue("jobs.retired").search(_words(ledger, t)))
    ]


def only_a_trade(ledger: Ledger) -> None:
    """Who names a trade and nowhere to work, and has no post (我干焊工的,…还没找单位), has that trade and no work."""
    without = {t.person for t in ledger.jobs if t.kind == NONE}
    ledger.jobs[:] = [t for t in ledger.jobs if not (t.kind == EMPLOYEE and t.person in without and _names_a_trade(ledger, t))]


def _names_a_trade(ledger: Ledger, job: Thing) -> bool:
    text = ledger.clauses[job.order].text
    return bool(_IS_OF_A_TRADE.fullmatch(text)) and (job.spot.places is None or job.spot.assumed)


def _words(ledger: Ledger, job: Thing) -> str:
    clause = ledger.clauses[job.order]
    return clause.text[job.start - clause.start : job.end - clause.start]
