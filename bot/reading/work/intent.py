"""Whether somebody means to work in the place asked about: wishes for elsewhere or denied, work only named to say that it is not wanted,

and who stays with the work and the place of now.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.place.places import NAMED
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, Spot, Thing, things
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.patterns import Hit

_REFUSED, _STAYS = cue("intent.refused"), cue("intent.stays")
_OWN_WISH, _NOT_BEFORE = cue("intent.own_wish"), cue("intent.not_before")
_NO = Choice(frozenset({"no"}))
_UNFOUND, _SEEKS_NONE, _NO_WORK = cue("jobs.unfound"), cue("jobs.seeks_none"), cue("jobs.no_work")
_UNWILLING, _WORK = cue("jobs.unwilling"), cue("jobs.work_before")
_WILLING, _WANTED = cue("jobs.willing"), cue("jobs.wanted_there")
_OF_MINE = cue("jobs.of_mine")
_WISHED_NEAR = 2  # clauses back in which the wish for work may be told
_NEXT = 2  # letters between the wish and the place it is for (毕业想留|在上海修车)


def unwilling(ledger: Ledger, clause: Clause, start: int, end: int) -> bool:
    """Whether the wish told between these offsets of the clause is denied before it (不指望在那边找饭碗), or names only places outside

    the jurisdiction (毕业后去上海干).
    """
    if _REFUSED.search(clause.text, 0, end):
        return True
    low, high = clause.start + start, clause.start + end + _NEXT
    named = [p.places for p in ledger.places if p.kind in NAMED and low <= p.span[0] < high]
    return bool(ledger.home and named) and not any(at_home(places, ledger.home) for places in named)


def refused_as_well(found: Hit, all_found: Sequence[Hit], text: str) -> bool:
    """Whether a wish is only part of a refusal of the same clause (没有去就业的念头, 人不过去创业), and not one of its own."""
    if found.pattern.fact != "intent.work" or found.value != {"yes"}:
        return False
    refusals = [h for h in all_found if h.pattern.fact == "intent.work" and h.value == {"no"}]
    if not refusals or _OWN_WISH.match(text, found.start):
        return False
    return any(h.start <= found.start < h.end for h in refusals) or bool(_NOT_BEFORE.search(text[: found.start + 1]))


def twice_denied(found: Hit, text: str) -> bool:
    """Whether what is read as a refusal is none, being denied itself (我不可能不去临淄上班)."""
    return found.pattern.fact == "intent.work" and found.value == {"no"} and bool(cue("intent.twice_denied").search(text))


def drop_unwanted_work(ledger: Ledger) -> None:
    """Take away a job read from words that only say it is not wanted (工作是一点也不想沾了)."""
    denied = [(c.person, c.start, c.end) for c in ledger.claims if c.fact == "intent.work" and c.value == _NO]
    ledger.jobs[:] = [t for t in ledger.jobs if not t.kind - {"none"} or not any(t.person == p and a <= t.start < b for p, a, b in denied)]


def read_staying(ledger: Ledger) -> None:
    """Who works elsewhere and stays with it has no wish to work here (在莱芜当保安,就干到老了,不挪窝)."""
    for order, clause in enumerate(ledger.clauses):
        found = _STAYS.search(clause.text)
        if found is None or clause.asks or clause.hearsay or clause.past or clause.hedged:
            continue
        person = _who(ledger, order)
        if person == NOBODY or any(c.person == person and c.fact == "intent.work" for c in ledger.claims):
            continue
        if _elsewhere(ledger, person, order):
            start = clause.start + found.start()
            ledger.claims.append(Claim(person, "intent.work", _NO, start, clause.start + found.end(), order))


def _who(ledger: Ledger, order: int) -> str:
    """Whom the clause is about: the one it names first, else whoever was carried into it."""
    clause = ledger.clauses[order]
    named = next((m for m in ledger.people if clause.start <= m.start < clause.end), None)
    return named.person if named is not None else ledger.subjects[order]


def _elsewhere(ledger: Ledger, person: str, order: int) -> bool:
    """Whether what is stayed with is told to be outside the jurisdiction, by the clause itself or by the jobs told."""
    clause = ledger.clauses[order]
    named = [p.places for p in ledger.places if p.kind in NAMED and clause.start <= p.span[0] < clause.end]
    told = named or [t.spot.places for t in things(ledger.jobs, person) if t.kind - {"none"} and t.spot.places is not None]
    away = any(t.away for t in things(ledger.jobs, person))
    return bool(ledger.home) and (bool(told) or away) and not any(at_home(places, ledger.home) for places in told)


def read_unfound(ledger: Ledger, clause: Clause, order: int) -> None:
    """还没找着, after the wish to find work (想来找个厂上班,还没找着): no work so far."""
    if clause.asks or not _UNFOUND.fullmatch(clause.text):
        return
    wished = [c for c in ledger.claims if c.fact == "intent.work" and 0 < order - c.order <= _WISHED_NEAR]
    if wished and not any(t.order == order for t in ledger.jobs):
        none = frozenset({"none"})
        ledger.jobs.append(Thing(wished[-1].person, none, frozenset(), Spot(), clause.start, clause.end, order))


def read_unwilling(ledger: Ledger, clause: Clause, order: int, carried: str) -> None:
    """也不打算去, after a clause about working here: no wish to work; 我也想去, after one about who wants the hands: a wish."""
    wanted = any(_WANTED.search(c.text) for c in ledger.clauses[max(0, order - _WISHED_NEAR) : order])
    if carried != NOBODY and wanted and _WILLING.fullmatch(clause.text):
        yes = Choice(frozenset({"yes"}))
        ledger.claims.append(Claim(carried, "intent.work", yes, clause.start, clause.end, order, clause.hedged))
    before = ledger.clauses[order - 1].text if order else ""
    refuses = _UNWILLING.fullmatch(clause.text) and _WORK.search(before)
    if (refuses or _SEEKS_NONE.fullmatch(clause.text) and _NO_WORK.search(before)) and carried != NOBODY:
        no = Choice(frozenset({"no"}))
        person = SELF if _OF_MINE.match(clause.text) else carried  # 我媳妇愿意过来上班,我不去
        ledger.claims.append(Claim(person, "intent.work", no, clause.start, clause.end, order, clause.hedged))
