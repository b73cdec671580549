"""Schooling and papers told in several clauses: a degree only named and how it went, a certificate held and 别的证没有."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice
from bot.reading.record.ledger import NOT_ONES_OWN, Claim, Ledger
from bot.reading.text.cues import cue

_RANKED = ("title.level", "skill.certificate")
_NO_DIPLOMA, _DIPLOMA, _TO_COME = cue("schooling.no_diploma"), cue("schooling.diploma_named"), cue("schooling.diploma_to_come")
_PUT_OFF, _AT_END, _TRADE_ALONE = cue("schooling.put_off"), cue("schooling.at_end"), cue("schooling.trade_alone")
_COURSE, _BARE_NO_PAPER = cue("schooling.course"), cue("schooling.bare_no_paper")
_IN_HAND, _ANOTHER_PAPER = cue("schooling.diploma_in_hand"), cue("schooling.another_paper")
_UNFINISHED = frozenset({"enrolled", "left"})
_NEAR = 2  # clauses between a degree and what is said of its paper
_SCHOOL_BEFORE, _GOES_NOW = cue("schooling.school_before"), cue("schooling.goes_now")
_ADMITTED, _ENDED = cue("schooling.admitted"), cue("schooling.ended")
_HIGHER = frozenset({"master", "doctor"})
_FINISHED, _GIVEN_UP = cue("schooling.finished"), cue("schooling.given_up")


def settle_schooling(ledger: Ledger) -> None:
    """A degree merely named (学化工的本科) is one finished only where nobody says that it is still read for, or was given up."""
    _read_diploma_ahead(ledger)
    _leave_open(ledger)
    _read_admitted(ledger)
    ledger.claims[:] = [_left_school(ledger, c) for c in ledger.claims if not _of_the_school_before(ledger, c)]
    for person in {c.person for c in ledger.claims if c.fact == "education.status"}:
        told = [c for c in ledger.claims if c.person == person and c.fact == "education.status"]
        unfinished = [c for c in told if isinstance(c.value, Choice) and c.value.values <= _UNFINISHED]
        if not unfinished:
            continue
        gone = [c for c in told if _says(c, "graduated") and not _FINISHED.search(ledger.clauses[c.order].text)]
        left = [c for c in unfinished if _says(c, "left")]
        if left and len(left) < len(unfinished):
            given_up = any(_GIVEN_UP.search(ledger.clauses[c.order].text) for c in left)
            gone += [c for c in unfinished if _says(c, "enrolled" if given_up else "left")]
        ledger.claims[:] = [c for c in ledger.claims if not any(c is one for one in gone)]


def _read_admitted(ledger: Ledger) -> None:
    """Who is admitted to a master's course or reads for the degree has not got it (本科毕业,考上研究生了), unless its end is told."""
    for claim in [c for c in ledger.claims if c.fact == "education.level" and isinstance(c.value, Choice) and c.value.values <= _HIGHER]:
        clause = ledger.clauses[claim.order]
        behind = [clause.text[claim.end - clause.start :], *(c.text for c in ledger.clauses[claim.order + 1 :])]
        if clause.past or not _ADMITTED.search(clause.text) or any(_ENDED.search(text) for text in behind):
            continue
        own = [c for c in ledger.claims if c.fact == "education.status" and c.person == claim.person]
        ledger.claims[:] = [c for c in ledger.claims if not any(c is one and _says(c, "graduated") for one in own)]
        if all(_says(c, "graduated") for c in own):
            ledger.claims.append(replace(claim, fact="education.status", value=Choice(frozenset({"enrolled"}))))


def _of_the_school_before(ledger: Ledger, claim: Claim) -> bool:
    """Whether it is the school before that was finished (今年高中毕业,在县城上职高), which says nothing of the one gone to now."""
    if claim.fact != "education.status" or not _says(claim, "graduated") or not _SCHOOL_BEFORE.search(_text(ledger, claim)):
        return False
    return any(_GOES_NOW.search(c.text) and not c.asks for c in ledger.clauses[claim.order + 1 : claim.order + 1 + _NEAR])


def _left_school(ledger: Ledger, claim: Claim) -> Claim:
    """没毕业 of whoever went out to work then, or is told to be married, is a school that was left (职高没毕业就出来打工了)."""
    if claim.fact != "education.status" or not _says(claim, "enrolled") or not cue("schooling.not_graduated").search(_text(ledger, claim)):
        return claim
    own = [c for c in ledger.claims if c.person == claim.person]
    at_work = cue("schooling.went_to_work").search(_text(ledger, claim))
    wed = any(c.fact == "marital" and c.value == Choice(frozenset({"married"})) for c in own)
    of_school = [c for c in own if c.fact == "education.level" and isinstance(c.value, Choice) and c.value.values <= _SCHOOL_LEVELS]
    return replace(claim, value=Choice(frozenset({"left"}))) if at_work or wed and of_school else claim


_SCHOOL_LEVELS = frozenset({"none", "junior", "senior", "vocational"})


def _leave_open(ledger: Ledger) -> None:
    """Who asks whether there is a diploma leaves open how the studies ended (毕业证到底有没有得问学校,论文还没过)."""
    unsure = [order for order, c in enumerate(ledger.clauses) if cue("schooling.unsure").search(c.text)]
    moot = [c for c in ledger.claims if c.fact == "education.status" and any(abs(c.order - order) <= 1 for order in unsure)]
    open_ = [c for c in moot if c.value == Choice(_UNFINISHED) or c.order in unsure and _says(c, "graduated")]
    ledger.claims[:] = [c for c in ledger.claims if not any(c is one for one in open_)]


def _read_diploma_ahead(ledger: Ledger) -> None:
    """Whose diploma is still to come has not graduated, whatever else is told (硕士毕业了,毕业证还没发)."""
    for order, clause in enumerate(ledger.clauses):
        found = _NO_DIPLOMA.search(clause.text)
        if found is None or clause.asks:
            continue
        told = [c for c in ledger.claims if c.fact.startswith("education.") and order - _NEAR <= c.order <= order]
        named = _DIPLOMA.search(found.group())
        if not (named or told and _just_studied(ledger, told[-1], order)) or not (told or _COURSE.search(clause.text)):
            continue
        person = told[-1].person if told else ledger.subjects[order]
        if any(c.person == person and _says(c, "left") for c in told):
            continue
        ahead = _TO_COME.search(found.group()) or any(_PUT_OFF.search(_text(ledger, c)) for c in told)
        values = frozenset({"enrolled"} if ahead else {"enrolled", "left"})
        at = (clause.start + found.start(), clause.start + found.end(), order)
        ledger.claims[:] = [
            c
            for c in ledger.claims
            if c.person != person or not (_undone(ledger, c, order) or c.fact in _RANKED and c.order == order)
        ]
        ledger.claims.append(Claim(person, "education.status", Choice(values), *at))


def _just_studied(ledger: Ledger, told: Claim, order: int) -> bool:
    """Whether 证 with no name, in this clause, is that of the studies whose end the clause before tells of, and of nothing else."""
    beside = any(t.order in (order - 1, order) for t in ledger.homes) or _ANOTHER_PAPER.search(ledger.clauses[order].text)
    return order > told.order and not beside and bool(_AT_END.search(ledger.clauses[order - 1].text))


def _undone(ledger: Ledger, claim: Claim, order: int) -> bool:
    """Whether a status told near by gives way to the diploma that is to come; one whose own diploma is in hand does not."""
    near = claim.fact == "education.status" and order - _NEAR <= claim.order <= order
    return near and not _IN_HAND.search(_text(ledger, claim))


def _text(ledger: Ledger, claim: Claim) -> str:
    return ledger.clauses[claim.order].text


def _says(claim: Claim, status: str) -> bool:
    return claim.value == Choice(frozenset({status}))


def settle_papers(ledger: Ledger) -> None:
    """No other paper is none beside the one that was told (评了助理工程师,别的证没有)."""
    apart = [c for c in ledger.claims if c.fact == "skill.certificate" and cue("schooling.told_apart").search(_text(ledger, c))]
    ledger.claims[:] = [c for c in ledger.claims if not (_says(c, "qualification") and any(c is one for one in apart))]
    ledger.claims[:] = [c for c in ledger.claims if not _lacks_title_deed(ledger, c) and not _grade_of_a_trade(ledger, c)]
    ledger.claims[:] = [c for c in ledger.claims if not _lacks_tenancy_paper(ledger, c)]
    for fact in _RANKED:
        for person in {c.person for c in ledger.claims if c.fact == fact}:
            told = [c for c in ledger.claims if c.person == person and c.fact == fact]
            held = [c for c in told if not _says(c, "none")]
            gone = [c for c in told if _says(c, "none") and held and _yields(ledger, c)]
            ledger.claims[:] = [c for c in ledger.claims if not any(c is one for one in gone)]
    _drop_merely_named(ledger)
    ledger.claims[:] = [_of_either_kind(ledger, c) for c in ledger.claims]
    _several_papers(ledger)


def _lacks_title_deed(ledger: Ledger, claim: Claim) -> bool:
    """Whether a bare 没证 stands right behind a dwelling or its paper, and lacks the paper of that (小产权楼,住了五年没证)."""
    order = claim.order
    if claim.fact not in _RANKED or not _says(claim, "none") or not _BARE_NO_PAPER.fullmatch(ledger.clauses[order].text):
        return False
    beside = [c for c in ledger.claims if abs(c.order - order) <= 1]
    if any(c.fact.startswith("education.") or c.fact in _RANKED and c.order != order for c in beside):
        return False
    lived_in = any(t.kind - {"none"} and t.kind != NOT_ONES_OWN and order - _NEAR <= t.order <= order for t in ledger.homes)
    return lived_in or order > 0 and cue("schooling.waits_for_paper").search(ledger.clauses[order - 1].text) is not None


def _lacks_tenancy_paper(ledger: Ledger, claim: Claim) -> bool:
    """Whether it is the certificate of a public home that is told not to have been issued (公租房,房管局什么证都没给发)."""
    if claim.fact not in _RANKED or not _says(claim, "none") or not cue("schooling.is_issued").search(_text(ledger, claim)):
        return False
    return any(c.fact == "public.certificate" and c.order == claim.order and _says(c, "none") for c in ledger.claims)


def _grade_of_a_trade(ledger: Ledger, claim: Claim) -> bool:
    """Whether 中级 or 高级 only grades the trade of a certificate told beside it, and is no title (职业资格证,中级面点师)."""
    if claim.fact != "title.level" or _says(claim, "none") or cue("schooling.title_word").search(_text(ledger, claim)):
        return False
    clause = ledger.clauses[claim.order]
    low, high = claim.start - clause.start, claim.end - clause.start
    graded = cue("schooling.grade_behind").search(clause.text[:low]) or cue("schooling.grade_before").match(clause.text, high)
    held = [c for c in ledger.claims if c.fact == "skill.certificate" and c.person == claim.person and not _says(c, "none")]
    return bool(graded) and any(abs(c.order - claim.order) <= 1 for c in held)


def _of_either_kind(ledger: Ledger, claim: Claim) -> Claim:
    """A certificate of a trade, with no word on its kind, is a vocational qualification or a skill level (有电工证)."""
    if claim.fact != "skill.certificate" or not _says(claim, "qualification"):
        return claim
    start = ledger.clauses[claim.order].start
    words = ledger.clauses[claim.order].text[claim.start - start : claim.end - start]
    return replace(claim, value=Choice(frozenset({"qualification", "level"}))) if _TRADE_ALONE.search(words) else claim


def _drop_merely_named(ledger: Ledger) -> None:
    """Of two kinds of certificate, only that which is held: the other is named to tell it apart (有等级证四级,不是那个职业资格证)."""
    told = [c for c in ledger.claims if c.fact == "skill.certificate"]
    named = [c for c in told if cue("schooling.merely_named").search(_text(ledger, c)[c.start - ledger.clauses[c.order].start :])]
    named += [c for c in told if cue("schooling.not_that").search(_text(ledger, c)[: c.start - ledger.clauses[c.order].start])]
    held = {(c.person, c.value) for c in told if not any(c is one for one in named)}
    moot = [c for c in named if (c.person, c.value) not in held and any(person == c.person for person, _ in held)]
    ledger.claims[:] = [c for c in ledger.claims if not any(c is one for one in moot)]


def _several_papers(ledger: Ledger) -> None:
    """One paper told by its level and as a vocational qualification (高级工的职业资格证) is the qualification."""
    told = [c for c in ledger.claims if c.fact == "skill.certificate"]
    for level in [c for c in told if _says(c, "level")]:
        if any(_says(c, "qualification") and c.person == level.person and _of_one_paper(ledger, level, c) for c in told):
            ledger.claims[:] = [c for c in ledger.claims if c is not level]


def _of_one_paper(ledger: Ledger, level: Claim, qualification: Claim) -> bool:
    """Whether both stand side by side, and the qualification is not merely spoken of (不是那个职业资格证, 职业资格的才算)."""
    near = abs(qualification.order - level.order) <= 1  # 职业资格证书(中级钳工)
    return near and not cue("schooling.spoken_of").search(ledger.clauses[qualification.order].text)


def _yields(ledger: Ledger, claim: Claim) -> bool:
    text = ledger.clauses[claim.order].text
    words = text[claim.start - ledger.clauses[claim.order].start :][: claim.end - claim.start]
    if cue("schooling.other_papers").search(text):
        return True
    return claim.fact == "title.level" and not cue("schooling.title_word").search(words)
