"""What the patterns of the lexicon find in a clause: whose it is, and as which fact it is entered."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.meant import is_meant
from bot.reading.paper.licence import his_own
from bot.reading.person.schooled import schooled
from bot.reading.person.subjects import described_by
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Passage, Thing
from bot.reading.text.cues import cue
from bot.reading.text.patterns import Hit, hits
from bot.reading.work.insurance import insured_there, insured_where, without_cover_there

_EMPLOYER, _OWN_LOSS, _FORMER_SPOUSE = cue("claims.employer"), cue("claims.own_loss"), cue("claims.former_spouse")
_OWN_REGISTER = cue("claims.own_register")


def read_facts(passage: Passage, domain: str) -> None:
    """Enter what the patterns find.

    ``domain`` says what was spoken of last (``work``, ``rent``, ``home``), which tells one 合同 from another.
    """
    ledger, clause, order = passage.ledger, passage.clause, passage.order
    without_cover_there(ledger, clause, order, SELF if passage.carried == NOBODY else passage.carried, passage.plain)
    found = list(hits(clause.text, passage.story))
    for hit in found:
        if not is_meant(passage, hit, found):
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


def _whose(passage: Passage, hit: Hit) -> str | None:
    """Whom what was found is told of; ``None`` where it is nobody of the case."""
    if _former_of_the_spouse(passage, hit):
        return None
    if _made_over_to_me(passage, hit):
        return SELF
    person = _told_of(passage, hit)
    if person == NOBODY and not hit.pattern.anyone:
        return None
    fact = hit.pattern.fact
    if fact == "marital":
        return _of_which_couple(passage, hit, person)
    if fact.startswith("collective.") and _in_the_own_register(passage):
        return SELF
    pupil = schooled(passage.clause, passage.mentions, hit.start) if fact.startswith("education.") else None
    return pupil or person


def _told_of(passage: Passage, hit: Hit) -> str:
    """Whom the words are about; whoever the clauses before were about, where they are of an employer or of one who is gone."""
    text, fact = passage.clause.text, hit.pattern.fact
    carried = passage.carried if passage.carried != NOBODY else SELF
    if hit.value == {"widowed"} and not _OWN_LOSS.match(text, hit.start):
        return carried if carried != "spouse" else SELF
    person = passage.who(hit.start)
    if person != NOBODY:
        return person
    by_employer = fact in ("contract", "insurance.paid") and _EMPLOYER.search(text[: hit.end])  # 老板不给上社保
    parted = hit.value == {"divorced"} and _FORMER_SPOUSE.search(text)  # 前妻在老家,早断了
    return carried if by_employer or parted else NOBODY


def _made_over_to_me(passage: Passage, hit: Hit) -> bool:
    """我爸把店给我了,执照改成我的名字."""
    own = hit.pattern.fact == "business.license" and hit.value == {"own"}
    return own and cue("licence.in_my_name").search(passage.clause.text, hit.start) is not None


def _in_the_own_register(passage: Passage) -> bool:
    """我户口在俺爸当户主的本上,不是集体户: one of the two clauses before speaks of the asker's own register, and this one of nobody."""
    near = passage.ledger.clauses[max(0, passage.order - 2) : passage.order]
    return not passage.mentions and any(_OWN_REGISTER.search(c.text) for c in near)


def _of_which_couple(passage: Passage, hit: Hit, person: str) -> str:
    """Of whom it is told that they are married or not: of the parents beside a child, of the one described, of both of a couple."""
    text, divorced = passage.clause.text, hit.value == {"divorced"}
    if person == "child" and (cue("claims.of_the_parents").match(text) or divorced and cue("claims.custody").search(text)):
        person = SELF  # 娃都一岁了证还没领; 女儿归我
    described = described_by(passage.mentions, passage.clause.start + hit.end, text[hit.end :])
    if described is not None:
        return described
    if person == "fiance" or person == "spouse" and divorced and cue("claims.parted_from_me").search(text):
        return SELF
    return COUPLE if person == "spouse" and hit.value == {"married"} else person


def _former_of_the_spouse(passage: Passage, hit: Hit) -> bool:
    """Whether the former husband or wife is that of the one somebody is married to now (我媳妇的前夫): remarried, and no divorced asker."""
    if hit.value != {"divorced"} or not _FORMER_SPOUSE.match(passage.clause.text, hit.start):
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


def _papers_next(ledger: Ledger, order: int) -> bool:
    """Whether the clause behind a contract goes on with the papers of a tenancy (合同签了两年,备案没去办)."""
    return any(cue("claims.tenancy_papers").search(c.text) for c in ledger.clauses[order + 1 : order + 2])


def _elsewhere(job: Thing, home: str | None) -> bool:
    """Whether a job is told to be outside the jurisdiction."""
    return bool(home) and not at_home(job.spot.places, home)
