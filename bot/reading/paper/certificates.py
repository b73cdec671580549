"""Which certificate of tenancy somebody in public housing has: one named after a kind of housing, or just 证, which is that of the home.

(直管公房,手里的却是公共租赁住房那种证: the paper is of another kind than the home; 公租房,证也发了: of the same.)
"""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.cues import cue

_TYPE, _FACT = "public.type", "public.certificate"
_NAMED, _BARE, _LACKING = cue("certificates.named"), cue("certificates.bare"), cue("certificates.lacking")
_LOST, _ISSUED = cue("certificates.lost"), cue("certificates.issued")
_AS_PRINTED = cue("certificates.as_printed")
_PAPER_ALONE, _IN_MY_NAME = cue("certificates.paper_alone"), cue("certificates.in_my_name")
_IN_HAND = cue("certificates.in_hand")
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
            if cue("certificates.is_not").search(clause.text[: m.start()]) and _AS_PRINTED.match(clause.text[m.end() :]):
                continue  # 上头印的是住房租赁证,不是公房租赁证那几个字: which paper it is was not said
            kind = next(k for k in _KINDS if m.group(k))
            value = "none" if denied else kind
            if denied:  # 有公租房租赁证,弄丢了
                own = Choice(frozenset({kind}))
                ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _FACT and c.value == own and c.order == order)]
            if not any(c.fact == _FACT for c in ledger.claims):
                ledger.claims.append(Claim(ledger.subjects[order], _FACT, Choice(frozenset({value})), start, end, order, False, True))
    _read_bare(ledger)
    _read_unclear(ledger)
    _presume_kind(ledger)
    _read_not_changed(ledger)
    held = [c for c in ledger.claims if c.fact == _FACT and c.value != _NONE]
    if held:  # 发的是公租房租赁证,廉租住房租赁证没有
        ledger.claims[:] = [c for c in ledger.claims if c.fact != _FACT or c.value != _NONE]


def _read_not_changed(ledger: Ledger) -> None:
    """A certificate in a relative's name that was never changed (证上是我爷爷名字,爷爷去世后没变更): whether it serves nobody says."""
    for order, clause in enumerate(ledger.clauses):
        named = cue("certificates.in_anothers_name").search(clause.text)
        near = ledger.clauses[order : order + _NEAR_BY] if named and not clause.asks else []
        if any(cue("certificates.not_changed").search(c.text) for c in near):
            own = [c for c in ledger.claims if c.fact == _FACT and c.value != _NONE and c.order <= order]
            ledger.claims[:] = [_or_another(c) if c in own else c for c in ledger.claims]


def _or_another(claim: Claim) -> Claim:
    return replace(claim, value=Choice(claim.value.values | {"other"})) if isinstance(claim.value, Choice) else claim


def _read_unclear(ledger: Ledger) -> None:
    """A certificate that is in hand, which one nobody could make out (翻出一本租赁证,看不清是哪种): any of them."""
    if any(c.fact == _FACT for c in ledger.claims):
        return
    for order, clause in enumerate(ledger.clauses):
        found = _IN_HAND.search(clause.text)
        if found is None or clause.asks or clause.hearsay or clause.planned(found.start()):
            continue
        if any(_UNCLEAR.search(c.text) for c in ledger.clauses[order : order + _NEAR_BY + 1]):
            start, end = clause.start + found.start(), clause.start + found.end()
            which = Choice(frozenset({*_KINDS, "other"}))
            ledger.claims.append(Claim(ledger.subjects[order], _FACT, which, start, end, order, False, True))
            return


def _presume_kind(ledger: Ledger) -> None:
    """Whoever has a certificate named after a kind of housing from the housing office lives in such a home, where no kind was told."""
    if any(c.fact == _TYPE for c in ledger.claims) or not any(_ISSUED.search(c.text) and not c.asks for c in ledger.clauses):
        return
    paper = next((c for c in ledger.claims if c.fact == _FACT and c.value in [Choice(frozenset({k})) for k in _KINDS]), None)
    if paper is not None and not ledger.clauses[paper.order].asks:
        ledger.claims.append(replace(paper, fact=_TYPE, anyone=True, presumed=True))


def _keep_apart(ledger: Ledger, start: int, end: int) -> None:
    """Drop a kind of housing read from the name of the certificate, where the message tells of the housing elsewhere."""
    told = [c for c in ledger.claims if c.fact == _TYPE and not start <= c.start < end]
    if told:
        ledger.claims[:] = [c for c in ledger.claims if c.fact != _TYPE or not start <= c.start < end]


def _read_in_my_name(ledger: Ledger, types: set[str]) -> bool:
    """租赁证 alone in its clause, and one's own name on it in a later one, is the certificate of the home as much."""
    for order, clause in enumerate(ledger.clauses):
        if not _PAPER_ALONE.fullmatch(clause.text):
            continue
        for later in ledger.clauses[order + 1 : order + 1 + _NEAR_BY]:
            found = _IN_MY_NAME.search(later.text)
            if found and not later.asks and not later.hedged and not later.planned(found.start()):
                start = clause.start
                ledger.claims.append(Claim(ledger.subjects[order], _FACT, Choice(frozenset(types)), start, clause.end, order, False, True))
                return True
    return False


def _read_bare(ledger: Ledger) -> None:
    """证 with no name, said to be there right after the home, is the certificate of the kind of housing told."""
    types = {v for c in ledger.claims if c.fact == _TYPE and isinstance(c.value, Choice) for v in c.value.values}
    if len(types) != 1 or not types <= set(_KINDS) or any(c.fact == _FACT for c in ledger.claims):
        return
    at = next(c.order for c in ledger.claims if c.fact == _TYPE)
    if any(_UNCLEAR.search(c.text) for c in ledger.clauses[at : at + 2 * _NEAR_BY]):
        return
    if _read_in_my_name(ledger, types):
        return
    for order in range(at, min(at + _NEAR_BY + 1, len(ledger.clauses))):
        clause = ledger.clauses[order]
        found = _BARE.search(clause.text)
        if found and not clause.asks and not clause.hedged and not clause.planned(found.start()):
            start, end = clause.start + found.start(), clause.start + found.end()
            ledger.claims.append(Claim(ledger.subjects[order], _FACT, Choice(frozenset(types)), start, end, order, False, True))
            return
