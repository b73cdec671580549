"""What the asker denies of themselves by a bare word, after a clause that tells it of somebody else (俺爹是退伍老兵,俺不是)."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import SELF
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.patterns import Hit, hits

_DENIED = {
    "title.level": "none",
    "skill.certificate": "none",
    "veteran": "no",
    "returnee": "no",
    "collective.member": "no",
}
_BY_VERB = (
    (cue("contrasts.bare"), frozenset(_DENIED)),
    (cue("contrasts.examined"), frozenset({"title.level", "skill.certificate"})),
    (cue("contrasts.served"), frozenset({"veteran"})),
    (cue("contrasts.abroad"), frozenset({"returnee"})),
    (cue("contrasts.absent"), frozenset({"collective.member"})),
)
_ATTAINED = ("title.level", "skill.certificate", "veteran", "returnee", "education.level", "education.status", "education.form")
_OTHERS, _NAMED = cue("claims.of_others"), cue("claims.named_only")
_AHEAD, _HOUSE = cue("claims.in_progress"), cue("claims.house_of")
_GRADE, _PAPER, _POSTED = cue("claims.bare_grade"), cue("claims.paper_of_a_trade"), cue("claims.others_posted")


def anothers(found: Hit, text: str, before: str) -> bool:
    """Whether the words only name what somebody else has or is asked for; ``before`` is the clause before.

    (我老师是教授; 招工启事写着本科; 给博士打下手; 村里来了个第一书记; 操作员职业资格证,中级, which is no title)
    """
    fact = found.pattern.fact
    if fact in _ATTAINED and _OTHERS.search(text[: found.end]):
        return True
    if fact in ("education.level", "title.level") and _NAMED.search(text[: found.start]):
        return True
    if fact in ("title.level", "skill.certificate") and not found.value & {"none"} and _AHEAD.search(text[: found.end]):
        return True
    if fact == "title.level" and _HOUSE.match(text, found.end):
        return True
    if fact == "title.level" and _GRADE.fullmatch(text) and _PAPER.search(before):
        return True
    return fact == "rural.dispatched" and found.value == {"yes"} and bool(_POSTED.search(text))


def read_contrast(ledger: Ledger, clause: Clause, order: int, story: frozenset[str]) -> None:
    """Enter what a bare 我不是, 我没考 denies: what the clause before says of another, where the asker is not said to have it."""
    if not order:
        return
    denies = frozenset().union(*(facts for pattern, facts in _BY_VERB if pattern.fullmatch(clause.text)))
    before = ledger.clauses[order - 1]
    if not denies or before.asks or before.hearsay:
        return
    told = {h.pattern.fact for h in hits(before.text, story) if not h.value & {"no", "none"}}
    own = {c.fact for c in ledger.claims if c.person == SELF}
    for fact in sorted((told & denies) - own):
        value = Choice(frozenset({_DENIED[fact]}))
        ledger.claims.append(Claim(SELF, fact, value, clause.start, clause.end, order, clause.hedged))
