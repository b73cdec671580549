"""Which certificate of tenancy somebody in public housing has: one named after a kind of housing, or just 证, which is that of the home.

(直管公房,手里的却是公共租赁住房那种证: the paper is of another kind than the home; 公租房,证也发了: of the same.)
"""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.cues import cue
from bot.reading.ledger import Claim, Ledger

_TYPE, _FACT = "public.type", "public.certificate"
_NAMED, _BARE, _LACKING = cue("certificates.named"), cue("certificates.bare"), cue("certificates.lacking")
_LOST = cue("certificates.lost")
_UNCLEAR, _NAMES_A_WAY = cue("certificates.unclear"), cue("claims.route_talk")
_KINDS, _NONE = ("gongfang", "gongzu", "lianzu"), Choice(frozenset({"none"}))
_NEAR_BY = 3  # clauses after the home within which 证 is its certificate


def read_certificates(ledger: Ledger) -> None:
    """Enter the certificate the message tells of, and keep its name from being taken for the kind of housing."""
    for order, clause in enumerate(ledger.clauses):
        if clause.hearsay or clause.asks and not _BARE.search(clause.text):
            continue
        for m in _NAMED.finditer(clause.text):
            if clause.planned(m.start()):
                continue
            start, end = clause.start + m.start(), clause.start + m.end()
            _keep_apart(ledger, start, end)
            if _NAMES_A_WAY.search(clause.text):
                continue  # 只凭公房证迁户口这条: no paper in hand
            denied = _LACKING.search(clause.text, max(0, m.start() - 5), min(len(clause.text), m.end() + 6))
            if denied is None and order + 1 < len(ledger.clauses):
                after = ledger.clauses[order + 1].text
                denied = _LOST.search(after) or (m.group() == clause.text and cue("certificates.withheld").search(after)) or None
            value = "none" if denied else next(k for k in _KINDS if m.group(k))
            if denied:  # 有公租房租赁证,弄丢了
                own = Choice(frozenset({next(k for k in _KINDS if m.group(k))}))
                ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _FACT and c.value == own and c.order == order)]
            if not any(c.fact == _FACT for c in ledger.claims):
                ledger.claims.append(Claim(ledger.subjects[order], _FACT, Choice(frozenset({value})), start, end, order, False, True))
    _read_bare(ledger)
    held = [c for c in ledger.claims if c.fact == _FACT and c.value != _NONE]
    if held:  # 发的是公租房租赁证,廉租住房租赁证没有
        ledger.claims[:] = [c for c in ledger.claims if c.fact != _FACT or c.value != _NONE]


def _keep_apart(ledger: Ledger, start: int, end: int) -> None:
    """Drop a kind of housing read from the name of the certificate, where the message tells of the housing elsewhere."""
    told = [c for c in ledger.claims if c.fact == _TYPE and not start <= c.start < end]
    if told:
        ledger.claims[:] = [c for c in ledger.claims if c.fact != _TYPE or not start <= c.start < end]


def _read_bare(ledger: Ledger) -> None:
    """证 with no name, said to be there right after the home, is the certificate of the kind of housing told."""
    types = {v for c in ledger.claims if c.fact == _TYPE and isinstance(c.value, Choice) for v in c.value.values}
    if len(types) != 1 or not types <= set(_KINDS) or any(c.fact == _FACT for c in ledger.claims):
        return
    at = next(c.order for c in ledger.claims if c.fact == _TYPE)
    if any(_UNCLEAR.search(c.text) for c in ledger.clauses[at : at + 2 * _NEAR_BY]):
        return
    for order in range(at, min(at + _NEAR_BY + 1, len(ledger.clauses))):
        clause = ledger.clauses[order]
        found = _BARE.search(clause.text)
        if found and not clause.asks and not clause.hedged and not clause.planned(found.start()):
            start, end = clause.start + found.start(), clause.start + found.end()
            ledger.claims.append(Claim(ledger.subjects[order], _FACT, Choice(frozenset(types)), start, end, order, False, True))
            return
