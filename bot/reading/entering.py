"""What the patterns of the lexicon find in a clause: whether it is meant, whose it is, and as which fact it is entered."""

from __future__ import annotations

from collections.abc import Sequence

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.paper.licence import his_own
from bot.reading.paper.shops import only_a_shop
from bot.reading.person.bereaved import strangers_loss
from bot.reading.person.contrasts import anothers
from bot.reading.person.schooled import schooled
from bot.reading.person.subjects import described_by
from bot.reading.person.times import once
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Passage, Thing
from bot.reading.text.clauses import PAST, PLAN, Clause
from bot.reading.text.cues import cue
from bot.reading.text.groups import group
from bot.reading.text.patterns import Hit, hits
from bot.reading.work.insurance import fact_of_insurance, insured_there, insured_where, without_cover_there
from bot.reading.work.intent import refused_as_well, twice_denied, unwilling

_FIRST_RATE = group("entering.first_rate")
_EMPLOYER = cue("claims.employer")
_PAPER_BEFORE = cue("claims.paper_before")
_NOT_INSURED = (cue("claims.insured_once_settled"), cue("claims.insured_till"), cue("claims.insured_promised"))
_LEAVES = cue("schooling.leaves")
_NOW_OR_NEVER = frozenset({"yes", "own", "other", "independent", "counter", "home"})
"""Values that say nothing of today where they were true once."""


def read_facts(passage: Passage, domain: str) -> None:
    """Enter what the patterns find.

    ``domain`` says what was spoken of last (``work``, ``rent``, ``home``), which tells one 合同 from another.
    """
    ledger, clause, order = passage.ledger, passage.clause, passage.order
    without_cover_there(ledger, clause, order, SELF if passage.carried == NOBODY else passage.carried, passage.plain)
    found = list(hits(clause.text, passage.story))
    for hit in found:
        if not _is_meant(passage, hit, found):
            continue
        person = _whose(passage, hit)
        if person is None:
            continue
        fact = _fact_of(passage, hit, domain)
        if fact is None:
            continue
        value = hit.value
        if fact == "business.license" and value == {"other"} and his_own(ledger, clause.text, hit.start, person):
            value = frozenset({"own"})
        if fact == "insurance.paid" and value == {"yes"}:
            insured_where(ledger, clause, order, person, passage.plain, passage.roles)
            insured_there(ledger, clause, order, person, passage.roles)
        at = (clause.start + hit.start, clause.start + hit.end, order, clause.hedged)
        if fact == "marital" and value == {"unmarried"} and person == SELF and _betrothed(passage, hit):
            ledger.claims.append(Claim("fiance", fact, Choice(value), *at))  # true of both
        ledger.claims.append(Claim(person, fact, Choice(value), *at, hit.pattern.anyone, hit.pattern.presumed))


def _is_meant(passage: Passage, hit: Hit, found: Sequence[Hit]) -> bool:
    """Whether the words are told of somebody, today, and not refused, asked, planned, over or another thing's."""
    ledger, clause, order = passage.ledger, passage.clause, passage.order
    text, fact, value = clause.text, hit.pattern.fact, hit.value
    if refused_as_well(hit, found, text) or _only_asked(hit, clause) or twice_denied(hit, text):
        return False
    if clause.planned(hit.start) and not _holds_though_planned(hit, text):
        return False
    if _is_over(clause, hit):
        return False
    if fact == "insurance.paid" and value == {"no"} and cue("insurance.not_enough").search(text):
        return False  # 社保没交够: it is paid, and for how long no text says
    if fact == "rent.unit" and only_a_shop(text):
        return False
    if fact == "business.license" and value == {"own"} and (_is_anothers(text, found) or cue("licence.not_had").search(text)):
        return False  # 办的执照在我老公名下; 没有自己的执照; 执照去年吊销了
    if fact == "business.license" and value <= {"own", "other"} and cue("times.had_once").match(text, hit.end):
        return False  # 执照也有过
    if fact in ("insurance.paid", "contract") and value == {"no"} and cue("insurance.unclear").search(text):
        return False  # 合同社保这些我没弄明白
    if fact == "premises.kind" and value == {"counter"} and cue("shops.serves").search(text):
        return False  # 在超市站柜台
    if fact == "premises.kind" and value == {"none"} and cue("times.then_ended").search(text):
        return False  # 开过店黄了
    if fact == "education.status" and cue("times.gave_up").fullmatch(text) and not _studied(ledger, order):
        return False  # 早先租过房,后来退了
    if fact.startswith("education.") and cue("ages.schooled_then").search(text):
        return False  # 那年我才上初中
    if fact == "origin.back" and value == {"yes"} and cue("claims.visits").search(text):
        return False  # 一年回来住个把月
    if fact == "intent.work" and value == {"no"} and order and _of_the_job_before(ledger, order, text):
        return False  # 在张店卖过两年手机,不想干了
    if fact == "education.level" and order and text in _FIRST_RATE and _PAPER_BEFORE.search(ledger.clauses[order - 1].text):
        return False  # 廉租住房租赁证,一本
    if fact == "rural.return_work" and value == {"yes"} and once(text, hit.start):
        return False  # 在老家开过饭店
    if value == {"widowed"} and strangers_loss(passage.mentions, clause.start + hit.start):
        return False
    if fact == "insurance.paid" and value == {"yes"} and cue("insurance.to_begin").search(text):
        return False  # 社保下个月开始交
    if fact == "insurance.paid" and value == {"yes"} and any(p.search(text) for p in _NOT_INSURED):
        return False  # 社保得转正才给上; 社保交到三月就停了; 社保说入职就交
    if fact == "intent.work" and cue("claims.undecided").search(text):
        return False  # 去不去那边干活我还没想好
    if anothers(hit, text, ledger.clauses[order - 1].text if order else ""):
        return False
    if fact == "intent.work" and value == {"yes"} and unwilling(ledger, clause, hit.start, hit.end):
        return False
    if fact == "marital" and cue("claims.only_lives").match(text, hit.start) and cue("people.unwed").search(passage.plain):
        return False
    return not (fact in ("skill.certificate", "title.level") and _is_no_certificate(ledger, order, text))


def _of_the_job_before(ledger: Ledger, order: int, text: str) -> bool:
    """Whether a clause only says that one had enough of the work of former days told just before."""
    before = ledger.clauses[order - 1]
    return bool(cue("claims.had_enough").fullmatch(text)) and (before.past or cue("times.over").search(before.text) is not None)


def _holds_though_planned(hit: Hit, text: str) -> bool:
    """Whether planning takes nothing from it: intentions, 明年毕业 of one who studies, 打算五一结婚 of one who is single."""
    fact, words = hit.pattern.fact, text[hit.start : hit.end]
    return (
        fact.startswith(("intent", "wish", "rural", "origin"))
        or (hit.value == {"enrolled"} and bool(_LEAVES.search(words)))
        or (fact == "marital" and bool(PLAN.search(words)))
    )


def _is_over(clause: Clause, hit: Hit) -> bool:
    """Whether what was found is told of former days and says nothing of today."""
    text, pattern = clause.text, hit.pattern
    past = clause.past_at(hit.start) and not (pattern.fact == "intent.work" and not PAST.search(text))
    if not past or pattern.fact == "business.license" and cue("licence.that_time").search(text):
        return False  # 当年就办了执照: the day it was issued, not that it is gone
    if pattern.fact in ("rent.unit", "public.type") and not cue("times.then_begun").search(text):
        return True  # 前两年跟人合租
    if pattern.lasting or pattern.anyone:
        return False
    return hit.value <= _NOW_OR_NEVER or (fact_of_insurance(hit) and "过" not in text[hit.start : hit.end])


def _is_no_certificate(ledger: Ledger, order: int, text: str) -> bool:
    """Whether 没有证 is that of a home, not of a skill."""
    if not cue("claims.just_no_paper").fullmatch(text) or any(c.fact.startswith("education") for c in ledger.claims):
        return False
    return any(t.kind and t.order in (order - 1, order) for t in ledger.homes) or _no_deed_before(ledger, order)


def _whose(passage: Passage, hit: Hit) -> str | None:
    """Whom what was found is told of; ``None`` where it is nobody of the case."""
    clause, text, fact = passage.clause, passage.clause.text, hit.pattern.fact
    carried = passage.carried if passage.carried != NOBODY else SELF
    person = passage.who(hit.start)
    if hit.value == {"widowed"} and not cue("claims.own_loss").match(text, hit.start):
        person = carried if carried != "spouse" else SELF
    if person == NOBODY and fact in ("contract", "insurance.paid") and _EMPLOYER.search(text[: hit.end]):
        person = carried  # 老板不给上社保
    if hit.value == {"divorced"} and _former_of_the_spouse(passage, hit):
        return None
    if fact == "business.license" and hit.value == {"own"} and cue("licence.in_my_name").search(text, hit.start):
        return SELF  # 我爸把店给我了,执照改成我的名字
    if person == NOBODY and hit.value == {"divorced"} and cue("claims.former_spouse").search(text):
        person = carried  # 前妻在老家,早断了
    if person == NOBODY and not hit.pattern.anyone:
        return None
    if fact.startswith("collective.") and not passage.mentions and _own_register(passage.ledger, passage.order):
        return SELF  # 我户口在俺爸当户主的本上,不是集体户
    if fact.startswith("education.") and (pupil := schooled(clause, passage.mentions, hit.start)) is not None:
        return pupil
    if fact != "marital":
        return person
    if person == "child" and (cue("claims.of_the_parents").match(text) or hit.value == {"divorced"} and cue("claims.custody").search(text)):
        person = SELF  # 娃都一岁了证还没领; 女儿归我
    described = described_by(passage.mentions, clause.start + hit.end, text[hit.end :])
    if described is not None:
        return described
    if person == "fiance" or person == "spouse" and hit.value == {"divorced"} and cue("claims.parted_from_me").search(text):
        return SELF
    return COUPLE if person == "spouse" and hit.value == {"married"} else person


def _former_of_the_spouse(passage: Passage, hit: Hit) -> bool:
    """Whether the former husband or wife is that of the one somebody is married to now (我媳妇的前夫): remarried, and no divorced asker."""
    if not cue("claims.former_spouse").match(passage.clause.text, hit.start):
        return False
    at = passage.clause.start + hit.start
    owned_by = passage.clause.start + len(passage.plain[passage.clause.start : at].removesuffix("的"))
    return any(m.person == "spouse" and m.end == owned_by or m.owner == "spouse" and m.start < at <= m.end for m in passage.mentions)


def _betrothed(passage: Passage, hit: Hit) -> bool:
    """Whether it was of the one to be married that something was told which is true of both."""
    return passage.who(hit.start) == "fiance" and described_by(
        passage.mentions, passage.clause.start + hit.end, passage.clause.text[hit.end :]
    ) is None


def _fact_of(passage: Passage, hit: Hit, domain: str) -> str | None:
    """The fact as which it is entered: which contract it is, where that is open; ``None`` where it is none of the case's."""
    ledger, text, fact = passage.ledger, passage.clause.text, hit.pattern.fact
    if fact == "contract" and domain != "work" and not cue("claims.employment").search(text):
        return "rent.contract" if domain == "rent" else None
    if fact == "contract" and "租" not in text and "rented" in passage.story and _papers_next(ledger, passage.order):
        return "rent.contract" if not cue("claims.employment").search(text) else fact
    if fact == "rent.contract" and domain == "work" and "租" not in text:
        return None
    if fact == "premises.kind" and any(t.order == passage.order and t.spot.places and _elsewhere(t, ledger.home) for t in ledger.jobs):
        return None  # 在老家摆摊: no place of business here
    return fact


def _is_anothers(text: str, found: Sequence[Hit]) -> bool:
    """Whether a clause says in whose name the licence is, and it is not the speaker's."""
    other = any(h.pattern.fact == "business.license" and h.value == {"other"} for h in found)
    return other and not cue("licence.mine").search(text)


def _papers_next(ledger: Ledger, order: int) -> bool:
    """Whether the clause behind a contract goes on with the papers of a tenancy (合同签了两年,备案没去办)."""
    return any(cue("claims.tenancy_papers").search(c.text) for c in ledger.clauses[order + 1 : order + 2])


def _only_asked(hit: Hit, clause: Clause) -> bool:
    """Whether being sent to a village is what something is asked to belong to (网格员算不算选派到村的)."""
    return hit.pattern.fact == "rural.dispatched" and hit.value == {"yes"} and clause.counted(hit.start)


def _no_deed_before(ledger: Ledger, order: int) -> bool:
    """Whether a title that is missing was told of not long before: 没有证 is that one."""
    return any(cue("claims.paper_of_a_home").search(c.text) for c in ledger.clauses[max(0, order - 5) : order])


def _studied(ledger: Ledger, order: int) -> bool:
    """Whether the clause before speaks of studying."""
    return bool(order and cue("times.studying").search(ledger.clauses[order - 1].text))


def _own_register(ledger: Ledger, order: int) -> bool:
    """Whether one of the two clauses before speaks of the asker's own register."""
    return any(cue("claims.own_register").search(c.text) for c in ledger.clauses[max(0, order - 2) : order])


def _elsewhere(job: Thing, home: str | None) -> bool:
    """Whether a job is told to be outside the jurisdiction."""
    return bool(home) and not at_home(job.spot.places, home)
