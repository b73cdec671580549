"""Schooling and papers told in several clauses: a degree only named and how it went, a certificate held and 别的证没有."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.cues import cue
from bot.reading.ledger import Claim, Ledger

_RANKED = ("title.level", "skill.certificate")
_FINISHED, _GIVEN_UP = cue("schooling.finished"), cue("schooling.given_up")


def settle_schooling(ledger: Ledger) -> None:
    """A degree merely named (学化工的本科) is one finished only where nobody says that it is still read for, or was given up."""
    for person in {c.person for c in ledger.claims if c.fact == "education.status"}:
        told = [c for c in ledger.claims if c.person == person and c.fact == "education.status"]
        unfinished = [c for c in told if _says(c, "enrolled") or _says(c, "left")]
        if not unfinished:
            continue
        gone = [c for c in told if _says(c, "graduated") and not _FINISHED.search(ledger.clauses[c.order].text)]
        left = [c for c in unfinished if _says(c, "left")]
        if left and len(left) < len(unfinished):
            given_up = any(_GIVEN_UP.search(ledger.clauses[c.order].text) for c in left)
            gone += [c for c in unfinished if _says(c, "enrolled" if given_up else "left")]
        ledger.claims[:] = [c for c in ledger.claims if not any(c is one for one in gone)]


def _says(claim: Claim, status: str) -> bool:
    return claim.value == Choice(frozenset({status}))


def settle_papers(ledger: Ledger) -> None:
    """No other paper is none beside the one that was told (评了助理工程师,别的证没有)."""
    for fact in _RANKED:
        for person in {c.person for c in ledger.claims if c.fact == fact}:
            told = [c for c in ledger.claims if c.person == person and c.fact == fact]
            held = [c for c in told if not _says(c, "none")]
            gone = [c for c in told if _says(c, "none") and held and _yields(ledger, c)]
            ledger.claims[:] = [c for c in ledger.claims if not any(c is one for one in gone)]
    _several_papers(ledger)


def _several_papers(ledger: Ledger) -> None:
    """One paper told by its level and as a vocational qualification (高级工的职业资格证) is the qualification."""
    told = [c for c in ledger.claims if c.fact == "skill.certificate"]
    for level in [c for c in told if _says(c, "level")]:
        if any(_says(c, "qualification") and c.person == level.person and _of_one_paper(ledger, level, c) for c in told):
            ledger.claims[:] = [c for c in ledger.claims if c is not level]


def _of_one_paper(ledger: Ledger, level: Claim, qualification: Claim) -> bool:
    """Whether both stand side by side, and the qualification is not merely spoken of (不是那个职业资格证, 职业资格的才算)."""
    near = 0 <= qualification.order - level.order <= 1
    return near and not cue("schooling.spoken_of").search(ledger.clauses[qualification.order].text)


def _yields(ledger: Ledger, claim: Claim) -> bool:
    text = ledger.clauses[claim.order].text
    words = text[claim.start - ledger.clauses[claim.order].start :][: claim.end - claim.start]
    if cue("schooling.other_papers").search(text):
        return True
    return claim.fact == "title.level" and not cue("schooling.title_word").search(words)
