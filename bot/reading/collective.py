"""Who else stands in the same collective household, where the words are spread over clauses or name a group."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.cues import cue
from bot.reading.ledger import Claim, Passage
from bot.reading.people import NOBODY, SELF

_NAMED_FIRST = 2  # clauses back in which the household may be named


def read_collective(passage: Passage) -> None:
    """Enter whether family stands in the collective household that this clause or one just before names."""
    clause, order, ledger = passage.clause, passage.order, passage.ledger
    near = ledger.clauses[max(0, order - _NAMED_FIRST) : order + 1]
    if "collective" not in passage.story or not any(cue("claims.collective").search(c.text) for c in near):
        return
    if cue("collective.wished").search("".join(c.text for c in near)):
        return
    text = clause.text
    alone, others = cue("collective.alone").search(text), cue("collective.others_out").search(text)
    group = cue("collective.group").search(text) and cue("claims.collective").search(text)
    joined = cue("collective.joined").search(text) and not cue("claims.collective").search(text)
    mates = any(cue("collective.mates").search(c.text) for c in near)
    told = any(c.fact == "collective.family" and order - c.order <= _NAMED_FIRST for c in ledger.claims)
    if told and others and not alone:
        return  # 我和我妈都在那个集体户,我爸户口不在
    value = "no" if alone or others else "yes" if (group or joined) and not mates else None
    if value is None or any(c.fact == "collective.family" and c.order == order for c in ledger.claims):
        return
    person = passage.carried if passage.carried != NOBODY and not (others or joined) else SELF
    claim = Claim(person, "collective.family", Choice(frozenset({value})), clause.start, clause.end, order, clause.hedged)
    ledger.claims.append(claim)
