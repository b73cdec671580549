"""Jobs someone tells of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.eligibility.values import Choice, Dates, Places
from bot.reading.home.dwellings import at_origin
from bot.reading.home.spots import place_of, spot_of
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.person.asides import opens_with_another, strangers_own
from bot.reading.person.times import once
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Passage, Spot, Thing, same_person, things
from bot.reading.text.clauses import PAST, Clause
from bot.reading.text.cues import cue
from bot.reading.text.groups import group
from bot.reading.text.patterns import KindHit, job_hits
from bot.reading.time.dates import DateReading


def read_jobs(passage: Passage) -> bool:
    """Enter every job the clause tells of; whether there was any."""
    ledger, clause, order, plain, roles = passage.ledger, passage.clause, passage.order, passage.plain, passage.roles
    text, offset, who = clause.text, clause.start, passage.who
    told = False
    for hit in _jobs(text):
        if text[hit.start] in _NAMED_FOR and any(p.span[0] < offset + hit.start < p.span[1] for p in ledger.places):
            continue  # 张|店的房能当…: part of a name
        if clause.planned(hit.start) and "offer" not in hit.kind or (clause.past_at(hit.start) and "none" not in hit.kind):
            continue
        if hit.kind & {"none"} and _ENDED.search(text) or ("none" not in hit.kind and hit.kind and once(text, hit.start)):
            continue  # 开过店黄了
        if hit.kind & _HELD and _NOT_DONE.match(text, hit.end):
            continue  # 做买卖更不会; 代驾也早不干了
        if hit.kind & _HELD and _wish_goes_on(ledger, text, order):
            yes = Choice(frozenset({"yes"}))
            ledger.claims.append(Claim(who(hit.start), "intent.work", yes, offset + hit.start, offset + hit.end, order, clause.hedged))
            continue
        if hit.kind <= _EMPLOYEE and cue("jobs.rank").fullmatch(text) and order and _TITLE.search(ledger.clauses[order - 1].text):
            continue  # 初级职称,技术员: the name of the grade
        if hit.kind & _HELD and cue("jobs.letting_firm").search(text):
            continue  # 保租房,跟园区运营公司签的
        if not hit.kind & {"none", "offer"} and _SENT.search(text[: hit.end]):
            continue  # 选派到村里家庭农场做技术员
        sent = any(_SENT.search(c.text) for c in ledger.clauses[max(0, order - _NEAR) : order])
        if sent and hit.kind == {"flexible"} and cue("jobs.part_time").match(text, hit.start):
            continue  # 派我到合作社,兼职
        if hit.kind == {"none"} and _given_up(ledger, text, order):
            ledger.jobs[:] = [t for t in ledger.jobs if t.order != order - 1]
            continue
        person = who(hit.start)
        if person == NOBODY and _HIRED.search(text) and not strangers_own(passage.mentions, offset + hit.start):
            person = passage.carried  # 人家雇我看摊
        if person == NOBODY and "self_employed" in hit.kind and cue("jobs.is_me").search(text[hit.start : hit.end]):
            person = SELF  # 老板就是我
        if person == NOBODY:
            continue
        if hit.kind == _EMPLOYEE and cue("jobs.pointed_at").search(text[: hit.start]) and _works(ledger, person):
            continue  # 在张店做会计,凭这份|工作: the one told before
        spot = place_of(ledger, clause, order, hit, plain, roles, passage.where)
        if _same_job(ledger, clause, order, person, hit, plain, roles):
            continue
        if _NOW.match(text):  # 三年前在聊城上班,如今在苏州干: the earlier one is over
            ledger.jobs[:] = [
                t for t in ledger.jobs if t.person != person or t.kind == {"none"} or not _ONCE.search(ledger.clauses[t.order].text)
            ]
        if "remote" in hit.kind:
            spot = _desk(passage, hit, spot)
        if "dispatched" in hit.kind and cue("jobs.agency_is_in").search(text):
            spot = Spot()  # 派遣公司在济南: not where the work is
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
                bool(hit.kind - {"none"}) and spot.places is None and at_origin(ledger, clause, offset + hit.end, roles),
            )
        )
        told = True
    return told


def _works(ledger: Ledger, person: str) -> bool:
    """Whether a job of somebody's has been told already."""
    return any(t.person == person and t.kind - {"none"} for t in ledger.jobs)


def _wish_goes_on(ledger: Ledger, text: str, order: int) -> bool:
    """Whether the clause only goes on with what the one before wishes (想回来安家,顺便干点小生意)."""
    return bool(order and cue("jobs.goes_on").match(text) and cue("jobs.wishes").search(ledger.clauses[order - 1].text))


def _given_up(ledger: Ledger, text: str, order: int) -> bool:
    """Whether only a job told as long past is said to have ended (前年干过派遣,后来不干了), which says nothing of today."""
    return bool(order and cue("jobs.gave_up").fullmatch(text) and cue("jobs.used_to").search(ledger.clauses[order - 1].text))


def _desk(passage: Passage, hit: KindHit, spot: Spot) -> Spot:
    """Where somebody who works over the wire sits: not where the firm is (公司在北京,我在家远程办公)."""
    ledger, clause, order = passage.ledger, passage.clause, passage.order
    at_hand = clause.text[: hit.end]
    if spot.places is not None and not spot.assumed and at_home(spot.places, ledger.home) and cue("jobs.sits_in").search(at_hand):
        return spot
    scene = passage.where
    if any(t.order == order - 1 and t.kind and t.kind != {"none"} for t in ledger.jobs):
        return Spot()  # the scene was set by the firm's own clause
    if scene.places is None or at_home(scene.places, ledger.home):
        return scene
    start = next((c.start for c in ledger.clauses if c.start <= scene.start < c.end), scene.start)
    return scene if cue("jobs.sits_in").search(passage.plain[start : scene.start]) else Spot()


_NAMED_FOR = "".join(group("jobs.named_for"))
_EMPLOYEE = frozenset({"formal", "informal", "dispatched", "probation"})
_UNBEGUN = frozenset({"offer", "none"})
_HELD = _EMPLOYEE | {"self_employed", "flexible"}
_HIRED = cue("jobs.hired")
_ENDED, _NOT_DONE = cue("times.then_ended"), cue("times.not_done")
_NOW, _ONCE = cue("jobs.now"), cue("jobs.once")
_JUST_TAKEN = cue("jobs.just_taken")
_OTHER_CONTRACT, _AHEAD = cue("jobs.other_contract"), cue("jobs.ahead")
_UNWILLING, _WORK = cue("jobs.unwilling"), cue("jobs.work_before")
_WILLING, _WANTED = cue("jobs.willing"), cue("jobs.wanted_there")
_PAYS = cue("jobs.pays")
_UNFOUND, _SENT = cue("jobs.unfound"), cue("jobs.sent_to_village")
_AT_HOME, _TITLE = cue("jobs.at_home"), cue("jobs.graded")


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
        ledger.jobs.append(Thing(claim.person, _EMPLOYEE, frozenset(), spot, claim.start, claim.end, claim.order, claim.hedged))


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
    for remote in [t for t in ledger.jobs if t.kind == {"remote"}]:
        near = [t for t in ledger.jobs if t.person == remote.person and abs(t.order - remote.order) <= _NEAR]
        for job in [t for t in near if t.kind == _EMPLOYEE]:
            text = ledger.clauses[job.order].text
            said = text[: job.end - ledger.clauses[job.order].start]
            if cue("jobs.firm_is_in").search(said) and not at_home(job.spot.places, ledger.home):
                ledger.jobs.remove(job)  # 公司在上海,我在家对着电脑干
            elif not cue("jobs.workplace").search(text) and (cue("jobs.bare_work").search(said) or job.spot.places is None):
                ledger.jobs.remove(job)
                if remote.spot.places is None and job.spot.said and remote in ledger.jobs:
                    ledger.jobs[ledger.jobs.index(remote)] = replace(remote, spot=job.spot)


_NEAR = 3


def read_unfound(ledger: Ledger, clause: Clause, order: int) -> None:
    """还没找着, after the wish to find work (想来找个厂上班,还没找着): no work so far."""
    if clause.asks or not _UNFOUND.fullmatch(clause.text):
        return
    wished = [c for c in ledger.claims if c.fact == "intent.work" and 0 < order - c.order <= _NEAR - 1]
    if wished and not any(t.order == order for t in ledger.jobs):
        none = frozenset({"none"})
        ledger.jobs.append(Thing(wished[-1].person, none, frozenset(), Spot(), clause.start, clause.end, order))


def read_unwilling(ledger: Ledger, clause: Clause, order: int, carried: str) -> None:
    """也不打算去, after a clause about working here: no wish to work; 我也想去, after one about who wants the hands: a wish."""
    if order and carried != NOBODY and _WILLING.fullmatch(clause.text) and _WANTED.search(ledger.clauses[order - 1].text):
        yes = Choice(frozenset({"yes"}))
        ledger.claims.append(Claim(carried, "intent.work", yes, clause.start, clause.end, order, clause.hedged))
    before = ledger.clauses[order - 1].text if order else ""
    refuses = _UNWILLING.fullmatch(clause.text) and _WORK.search(before)
    if (refuses or cue("jobs.seeks_none").fullmatch(clause.text) and cue("jobs.no_work").search(before)) and carried != NOBODY:
        no = Choice(frozenset({"no"}))
        person = SELF if cue("jobs.of_mine").match(clause.text) else carried  # 我媳妇愿意过来上班,我不去
        ledger.claims.append(Claim(person, "intent.work", no, clause.start, clause.end, order, clause.hedged))


def job_ahead(ledger: Ledger, order: int) -> bool:
    """Whether the next two clauses tell of a job, so that a contract named before them is one of work (没签合同,在馒头房和面)."""
    ahead = [c for c in ledger.clauses[order + 1 : order + 3] if not opens_with_another(ledger, c)]
    return any(h.kind & _EMPLOYEE for c in ahead for h in _jobs(c.text))


def begun(ledger: Ledger, dates: list[DateReading], as_of: date) -> None:
    """An entry told for a day that is over is no offer any more (6月入职, told in November)."""
    for i, job in enumerate(ledger.jobs):
        clause = ledger.clauses[job.order]
        if job.order and _JUST_TAKEN.search(ledger.clauses[job.order - 1].text):
            continue  # 录取我了,八月报到: the month to come
        days = [d.value for d in dates if clause.start <= d.span[0] < clause.end and isinstance(d.value, Dates)]
        if job.kind == {"offer"} and days and not _AHEAD.search(clause.text) and all(v.last is not None and v.last < as_of for v in days):
            ledger.jobs[i] = replace(job, kind=_EMPLOYEE)


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
    found = job_hits(text)
    if _HIRED.search(text):  # 给人家养鸡场喂鸡: not one's own
        found = [h for h in found if h.kind != {"self_employed"}]
    found = [h for h in found if h.kind & {"none", "offer"} or not _not_so(text, h)]
    found = [h for h in found if h.kind != {"none"} or not cue("jobs.no_certificate").match(text, h.end)]
    general = {"formal", "informal", "dispatched", "probation"}
    precise = [h for h in found if h.kind and h.kind != general and h.kind != {"none"}]
    sells = cue("jobs.sells_online").search(text) and any(h.kind == {"self_employed"} for h in found)
    kept = []
    for hit in found:
        if hit.kind == general and cue("jobs.not_entered").search(text[: hit.start]):
            continue  # 后来就没进单位
        if (
            hit.kind <= _HELD | {"intern"}
            and cue("jobs.wished").search(text[: hit.start])
            and not cue("jobs.begun_anyway").search(text[hit.start :])
        ):
            continue  # 想来临淄当服务员
        if not hit.kind & {"none", "offer"} and cue("jobs.urged").search(text[: hit.start]):
            continue  # 邻居劝我去跑网约车
        if hit.kind == {"offer"} and cue("jobs.looks_for").search(text[: hit.end]) and cue("jobs.wishes").search(text[: hit.end]):
            continue  # 打算年后找个厂上班
        if hit.kind == {"offer"} and cue("jobs.meant_for").match(text, hit.start) and cue("jobs.means_to").search(text[: hit.start]):
            continue  # 打算年后去那边上班
        if hit.kind == {"none"} and PAST.search(text[: hit.start]) and cue("jobs.field_work").match(text, hit.start):
            continue  # 原先就是个种地的
        if hit.kind != {"none"} and cue("jobs.once_did").search(text):
            continue  # 前年干过派遣
        if hit.kind == {"none"} and text[hit.start : hit.start + 1] == "靠" and precise:
            continue  # 靠接单吃饭
        if sells and hit.kind == {"flexible"}:
            continue  # 直播带货: a trade of one's own, no odd job
        if "none" not in hit.kind and any(h.kind == {"none"} and h.start <= hit.start and hit.end <= h.end for h in found if h is not hit):
            continue  # 没再接活
        if hit.kind == general and (precise or any(h.kind == {"none"} and h.start < hit.end and hit.start < h.end for h in found)):
            continue
        if hit.kind == {"none"} and any(len(h.kind) > 3 and "none" in h.kind for h in found):
            continue
        if (
            hit.kind == {"self_employed"}
            and not sells
            and any(h.kind & {"flexible", "remote"} and "self_employed" not in h.kind for h in precise)
        ):
            continue
        if hit.kind == {"none"} and any(h.kind == _UNBEGUN and h.start <= hit.start and hit.end <= h.end for h in found):
            continue  # 还没上班: whether there is a post is open
        if hit.kind == {"none"} and any(h.kind == {"offer"} for h in found):
            continue
        if hit.kind == {"none"} and (cue("jobs.between_jobs").search(text) or cue("jobs.not_changed").match(text[hit.end :])):
            continue  # 有活就干,没活就歇着
        if hit.kind == {"formal"} and any(h.kind & {"dispatched", "probation", "offer", "intern"} for h in precise):
            continue
        kept.append(hit)
    return kept


def _not_so(text: str, hit: KindHit) -> bool:
    """Whether the work is only talked of or waited for, or tells another person apart (合伙开店的事八字没一撇; 厂里一块干活的小孟)."""
    if cue("jobs.only_talked_of").search(text[hit.end :]) or cue("jobs.waits_for").search(text[: hit.start]):
        return True
    if cue("jobs.promised").search(text[: hit.start]) or cue("jobs.title").search(text[: hit.end]):
        return True  # 修车的答应收他学徒; 中级会计
    if cue("jobs.only_attached").search(text[: hit.start]) or cue("jobs.back_then").match(text, hit.end):
        return True  # 社保挂靠在一家公司; 上班那会儿落的户
    if cue("jobs.of_many").search(text[: hit.start]) or cue("jobs.until").search(text):
        return True  # 我们村好多人在城里打工; 在厂里干到去年底
    if "self_employed" in hit.kind and cue("licence.not_had").search(text[: hit.end]):
        return True  # 没有自己的执照
    if hit.kind <= _EMPLOYEE and cue("jobs.not_taken_on").search(text[: hit.start]):
        return True  # 没|考上编
    if cue("jobs.after_the_register").search(text[: hit.start]):
        return True  # 先落户后|上班
    if cue("jobs.head_office").search(text[: hit.end]):
        return True  # 总公司在深圳: not where the work is
    if cue("jobs.spring").match(text, hit.start):
        return True  # 开春就调到门店
    if hit.kind <= _EMPLOYEE and cue("jobs.way_named").search(text[hit.end :]):
        return True
    if hit.kind <= {"self_employed", "flexible"} and cue("jobs.of_a_firm").match(text, hit.end):
        return True  # 做电商的公司: what the firm does
    return bool(cue("jobs.of_another").match(text, hit.end))


def not_idle(ledger: Ledger) -> None:
    """Who works is not idle for what is told beside it (在超市收银,…,带着娃); such words mean no work only where none is told."""
    busy = {t.person for t in ledger.jobs if t.kind and "none" not in t.kind}
    ledger.jobs[:] = [t for t in ledger.jobs if not (t.kind == {"none"} and t.person in busy and _AT_HOME.match(_words(ledger, t)))]


def only_a_trade(ledger: Ledger) -> None:
    """Who names a trade and nowhere to work, and has no post (我干焊工的,…还没找单位), has that trade and no work."""
    without = {t.person for t in ledger.jobs if t.kind == {"none"}}
    ledger.jobs[:] = [t for t in ledger.jobs if not (t.kind == _EMPLOYEE and t.person in without and _names_a_trade(ledger, t))]


def _names_a_trade(ledger: Ledger, job: Thing) -> bool:
    text = ledger.clauses[job.order].text
    return bool(cue("jobs.is_of_a_trade").fullmatch(text)) and (job.spot.places is None or job.spot.assumed)


def _words(ledger: Ledger, job: Thing) -> str:
    clause = ledger.clauses[job.order]
    return clause.text[job.start - clause.start : job.end - clause.start]
