"""A paper named only as 证 after the trade it is of (叉车司机,有证; 焊工,有本)."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import NOBODY
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_HAS, _TRADE, _OTHER = cue("bare_papers.has"), cue("bare_papers.trade"), cue("bare_papers.other")
_NEAR = 2  # clauses back in which the trade may be named


def read_bare_paper(ledger: Ledger, clause: Clause, order: int, carried: str) -> None:
    """Enter the paper of a trade; which kind of paper it is stays open."""
    if carried == NOBODY or not _HAS.fullmatch(clause.text) or clause.asks:
        return
    before = ledger.clauses[max(0, order - _NEAR) : order]
    told = any(_TRADE.search(c.text) for c in before) and not any(_OTHER.search(c.text) for c in before)
    if told and not any(c.fact == "skill.certificate" and c.order >= order - _NEAR for c in ledger.claims):
        value = Choice(frozenset({"qualification", "level"}))
        ledger.claims.append(Claim(carried, "skill.certificate", value, clause.start, clause.end, order, clause.hedged))
