"""Jobs someone tells of."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.eligibility.values import Choice
from bot.reading.home.dwellings import at_origin
from bot.reading.home.spots import place_of, spot_of
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.person.asides import opens_with_another, strangers_own
from bot.reading.person.times import once
from bot.reading.record.builder import at_home
from bot.reading.record.in_clause import KindTold
from bot.reading.record.ledger import Claim, Ledger, Passage, Spot, Thing
from bot.reading.text.cues import cue
from bot.reading.text.groups import group
from bot.reading.work.clause_jobs import EMPLOYEE, HELD, HIRED, NONE, jobs_in

_ENDED, _NOT_DONE = cue("times.then_ended"), cue("times.not_done")
_GOES_ON, _WISHES = cue("jobs.goes_on"), cue("jobs.wishes")
_GAVE_UP, _USED_TO = cue("jobs.gave_up"), cue("jobs.used_to")
_RANK, _TITLE, _LETTING_FIRM = cue("jobs.rank"), cue("jobs.graded"), cue("jobs.letting_firm")
_SENT, _PART_TIME = cue("jobs.sent_to_village"), cue("jobs.part_time")
_IS_ME, _POINTED_AT = cue("jobs.is_me"), cue("jobs.pointed_at")
_NOW, _ONCE = cue("jobs.now"), cue("jobs.once")
_SITS_IN, _AGENCY_IS_IN = cue("jobs.sits_in"), cue("jobs.agency_is_in")
_NAMED_FOR = "".join(group("jobs.named_for"))
_SHOP_ALONE, _OPENED = cue("jobs.shop_alone"), cue("jobs.opened")
_KEPT_UP, _IN_ANOTHERS_SHOP, _AS_STAFF = cue("jobs.kept_up"), cue("jobs.in_anothers_shop"), cue("jobs.as_staff")
_SMALL_SHOP = cue("jobs.small_shop")
_FLEXIBLE, _TRADE = frozenset({"flexible"}), frozenset({"self_employed"})
_UNBEGUN = frozenset({"offer", "none"})
_SENT_NEAR = 3  # clauses back in which the sending may be told
_SHOP_NEAR = 4  # clauses within which a shop named alone is told to be open
_SAME_JOB = 2  # clauses within which bare words of work speak of the workplace named before


@dataclass(frozen=True)
class _JobTold(KindTold):
    """Words for a job in their clause."""

    def comes_after(self, words: re.Pattern[str]) -> bool:
        """Whether the clause before holds these words."""
        return self.last_clause is not None and words.search(self.last_clause.text) is not None


def read_jobs(passage: Passage) -> bool:
    """Enter every job the clause tells of; whether there was any."""
    told = False
    for hit in jobs_in(passage.clause.text):
        job = _JobTold(passage, hit)
        if any(reason(job) for reason in _NOT_DONE_NOW):
            continue
        if _wish_goes_on(job):
            _enter_wish(job)
        elif _gave_up_another(job):
            _forget_job_before(job)
        elif not any(reason(job) for reason in _NO_JOB_OF_ONES_OWN):
            told |= _entered(job, _whose(job))
    return told


# -- not done today ------------------------------------------------------------------------------------------------------


def _part_of_a_name(job: _JobTold) -> bool:
    """张|店的房能当…: part of a name."""
    return job.text[job.hit.start] in _NAMED_FOR and any(p.span[0] < job.start < p.span[1] for p in job.ledger.places)


def _only_planned(job: _JobTold) -> bool:
    """Whether it is only planned; an offer is a plan."""
    return "offer" not in job.kind and job.clause.planned(job.hit.start)


def _of_former_days(job: _JobTold) -> bool:
    """Whether it is over; who had no work then is told by no word of today."""
    return "none" not in job.kind and (job.clause.past_at(job.hit.start) or once(job.text, job.hit.start))


def _ended(job: _JobTold) -> bool:
    """开过店黄了."""
    return "none" in job.kind and _ENDED.search(job.text) is not None


def _not_done(job: _JobTold) -> bool:
    """做买卖更不会; 代驾也早不干了."""
    return bool(job.kind & HELD) and _NOT_DONE.match(job.text, job.hit.end) is not None


_NOT_DONE_NOW: tuple[Callable[[_JobTold], bool], ...] = (_part_of_a_name, _only_planned, _of_former_days, _ended, _not_done)


# -- a wish, and the end of a job ----------------------------------------------------------------------------------------


def _wish_goes_on(job: _JobTold) -> bool:
    """Whether the clause only goes on with what the one before wishes (想回来安家,顺便干点小生意)."""
    return bool(job.kind & HELD) and _GOES_ON.match(job.text) is not None and job.comes_after(_WISHES)


def _enter_wish(job: _JobTold) -> None:
    """Enter the wish to work, which is no job yet."""
    yes, person = Choice(frozenset({"yes"})), job.passage.who(job.hit.start)
    job.ledger.claims.append(Claim(person, "intent.work", yes, job.start, job.end, job.order, job.clause.hedged))


def _gave_up_another(job: _JobTold) -> bool:
    """Whether only a job told as long past is said to have ended (前年干过派遣,后来不干了), which says nothing of today."""
    return job.kind == NONE and _GAVE_UP.fullmatch(job.text) is not None and job.comes_after(_USED_TO)


def _forget_job_before(job: _JobTold) -> None:
    """Take away what was read of the job that has ended."""
    job.ledger.jobs[:] = [t for t in job.ledger.jobs if t.order != job.order - 1]


# -- no job of one's own -------------------------------------------------------------------------------------------------


def _name_of_a_grade(job: _JobTold) -> bool:
    """初级职称,技术员: the name of the grade."""
    return job.kind <= EMPLOYEE and _RANK.fullmatch(job.text) is not None and job.comes_after(_TITLE)


def _firm_that_lets(job: _JobTold) -> bool:
    """保租房,跟园区运营公司签的."""
    return bool(job.kind & HELD) and _LETTING_FIRM.search(job.text) is not None


def _sent_there(job: _JobTold) -> bool:
    """选派到村里家庭农场做技术员."""
    return not job.kind & _UNBEGUN and _SENT.search(job.text[: job.hit.end]) is not None


def _sent_part_time(job: _JobTold) -> bool:
    """派我到合作社,兼职."""
    if job.kind != _FLEXIBLE or not _PART_TIME.match(job.text, job.hit.start):
        return False
    return any(_SENT.search(c.text) for c in job.ledger.clauses[max(0, job.order - _SENT_NEAR) : job.order])


def _shop_of_no_trade(job: _JobTold) -> bool:
    """Whether a clause is the name of a shop and nothing more (煎饼果子铺), and no clause behind it tells of its opening or its licence.

    Nor where one tells of work done for its owner (面馆,洗碗,干了俩月); 干了三年 alone tells of a small one's only.
    """
    if job.kind != _TRADE or not _SHOP_ALONE.fullmatch(job.text):
        return False
    if any(job.start < p.span[1] == job.end for p in job.ledger.places):
        return True  # 户口驻马|店
    behind = job.ledger.clauses[job.order + 1 : job.order + 1 + _SHOP_NEAR]
    if any(_IN_ANOTHERS_SHOP.search(c.text) for c in behind):
        return True
    told = [c for c in behind if not c.asks and not c.hearsay and not c.hedged]
    if any(_OPENED.search(c.text) for c in told):
        return False
    if not _SMALL_SHOP.search(job.text) or any(_AS_STAFF.search(c.text) for c in behind):
        return True
    return not any(_KEPT_UP.search(c.text) for c in told)


_NO_JOB_OF_ONES_OWN: tuple[Callable[[_JobTold], bool], ...] = (
    *(_shop_of_no_trade, _name_of_a_grade, _firm_that_lets),
    *(_sent_there, _sent_part_time),
)


# -- whose, and where ----------------------------------------------------------------------------------------------------


def _whose(job: _JobTold) -> str:
    """Whose job it is, by whom the clause is about; also where it is about nobody, and says who is hired or is the master."""
    passage = job.passage
    person = passage.who(job.hit.start)
    if person == NOBODY and HIRED.search(job.text) and not strangers_own(passage.mentions, job.start):
        person = passage.carried  # 人家雇我看摊
    if person == NOBODY and "self_employed" in job.kind and _IS_ME.search(job.text[job.hit.start : job.hit.end]):
        return SELF  # 老板就是我
    return person


def _entered(job: _JobTold, person: str) -> bool:
    """Enter the job as that person's; not where nobody of the case has it, or it is the one told before."""
    if person == NOBODY or _pointed_at(job, person) or _same_workplace(job, person):
        return False
    if _NOW.match(job.text):
        _forget_former_jobs(job.ledger, person)
    spot = _where(job)
    away = bool(job.kind - NONE) and spot.places is None and at_origin(job.ledger, job.clause, job.end, job.passage.roles)
    hedged = job.clause.hedged and job.kind != NONE
    job.ledger.jobs.append(Thing(person, job.kind, job.hit.deny, spot, job.start, job.end, job.order, hedged, away))
    return True


def _pointed_at(job: _JobTold, person: str) -> bool:
    """在张店做会计,凭这份|工作: the one told before."""
    pointed_at = job.kind == EMPLOYEE and _POINTED_AT.search(job.text[: job.hit.start])
    return bool(pointed_at) and any(t.person == person and t.kind - NONE for t in job.ledger.jobs)


def _same_workplace(job: _JobTold, person: str) -> bool:
    """Whether bare words of work speak of the workplace named just before (厂子在桓台,我住临淄,天天去上班)."""
    passage, last = job.passage, job.ledger.jobs[-1] if job.ledger.jobs else None
    if last is None or last.person != person or last.kind != job.kind or job.order - last.order > _SAME_JOB:
        return False
    if not passage.plain[last.start : last.end].endswith("在"):
        return False
    return spot_of(job.ledger, job.clause, job.start, job.end, passage.plain, passage.roles).places is None


def _forget_former_jobs(ledger: Ledger, person: str) -> None:
    """Take away the jobs that the one of now has replaced (三年前在聊城上班,如今在苏州干)."""
    ledger.jobs[:] = [t for t in ledger.jobs if t.person != person or t.kind == NONE or not _ONCE.search(ledger.clauses[t.order].text)]


def _where(job: _JobTold) -> Spot:
    """Where the work is done: not where the firm is that sends somebody there."""
    if "dispatched" in job.kind and _AGENCY_IS_IN.search(job.text):
        return Spot()  # 派遣公司在济南
    passage = job.passage
    spot = place_of(job.ledger, job.clause, job.order, job.hit, passage.plain, passage.roles, passage.where)
    return _desk(job, spot) if "remote" in job.kind else spot


def _desk(job: _JobTold, spot: Spot) -> Spot:
    """Where somebody who works over the wire sits: not where the firm is (公司在北京,我在家远程办公)."""
    ledger, scene = job.ledger, job.passage.where
    at_hand = job.text[: job.hit.end]
    if spot.places is not None and not spot.assumed and at_home(spot.places, ledger.home) and _SITS_IN.search(at_hand):
        return spot
    if any(t.order == job.order - 1 and t.kind and t.kind != NONE for t in ledger.jobs):
        return Spot()  # the scene was set by the firm's own clause
    if scene.places is None or at_home(scene.places, ledger.home):
        return scene
    start = next((c.start for c in ledger.clauses if c.start <= scene.start < c.end), scene.start)
    return scene if _SITS_IN.search(job.passage.plain[start : scene.start]) else Spot()


def job_ahead(ledger: Ledger, order: int) -> bool:
    """Whether the next two clauses tell of a job, so that a contract named before them is one of work (没签合同,在馒头房和面)."""
    ahead = [c for c in ledger.clauses[order + 1 : order + 3] if not opens_with_another(ledger, c)]
    return any(h.kind & EMPLOYEE for c in ahead for h in jobs_in(c.text))
