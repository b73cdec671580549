"""Whose register is at a rented home by now: nobody's, somebody's, or that of who has left (他儿子户口在这房上,上个月迁走了).

Besides the ways of saying it that the lexicon lists, a clause about the register is read from its parts: who, whether it is empty,
kept or left behind, and where the owner's own register is instead.
"""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import NOBODY, SELF
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.clauses import Clause, statement
from bot.reading.text.cues import cue
from bot.reading.text.patterns import halves_a_question

_FACT = "rent.register_empty"
_LEFT, _NOT_LEFT, _EMPTY_NOW = cue("occupants.left"), cue("occupants.not_left"), cue("occupants.empty_now")
_EMPTY, _TAKEN, _ELSEWHERE = cue("occupants.empty"), cue("occupants.taken"), cue("occupants.elsewhere")
_HOME, _OF_VILLAGE = cue("occupants.home"), cue("occupants.of_village")
_OWN, _OPEN, _REGISTER = cue("occupants.own"), cue("occupants.open"), cue("occupants.register")
_ONCE, _NOT_ASKED, _ONLY_THEIRS = cue("occupants.once"), cue("occupants.not_asked"), cue("occupants.only_theirs")
_REGISTERED_IN = cue("occupants.registered_in")
_WHETHER, _ANSWER = cue("occupants.whether"), cue("occupants.answer")
_NO_TELLING = (_OWN, _OPEN, _NOT_ASKED, _WHETHER)
_WITHIN = 3  # clauses after the occupants in which they may be said to have left
_NOW, _EMPTY_TODAY = cue("occupants.now"), Choice(frozenset({"yes"}))
_RENTED, _NEVER = frozenset({"rented", "public_rental"}), Choice(frozenset({"never"}))


def read_occupants(ledger: Ledger, plain: str, rented: bool) -> None:
    """Enter what clauses tell of the register of the rented home, where the lexicon has found nothing.

    Where no rented home is told of (``rented``), the clause must name a home or an address itself.
    """
    ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _FACT and _ELSEWHERE.search(ledger.clauses[c.order].text))]
    ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _FACT and _movers_own(ledger, c, plain))]
    ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _FACT and _at_a_place(ledger, c, plain))]
    ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _FACT and _NOT_ASKED.search(ledger.clauses[c.order].text))]
    _read_asked(ledger)
    kinds = {kind for home in ledger.homes for kind in home.kind}
    if any(c.fact == _FACT for c in ledger.claims) or (kinds and not kinds & _RENTED) or not _REGISTER.search(plain):
        return
    if not rented and _OF_VILLAGE.search(plain):
        return
    for order, clause in enumerate(ledger.clauses):
        if (rented or _HOME.search(clause.text)) and (found := _told(clause, order) or _told_on(ledger, order)):
            ledger.claims.append(found)


def _read_asked(ledger: Ledger) -> None:
    """Take what is only asked of the register (房内有无他人户口) for no answer, and the bare word right behind it for the answer (:无)."""
    for order, clause in enumerate(ledger.clauses):
        if not _WHETHER.search(clause.text):
            continue
        ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _FACT and c.order == order)]
        said = _ANSWER.fullmatch(clause.text.rpartition(":")[2])
        if said is None and order + 1 < len(ledger.clauses) and not ledger.clauses[order + 1].asks:
            order, clause = order + 1, ledger.clauses[order + 1]
            said = _ANSWER.fullmatch(clause.text)
        if said:
            value = Choice(frozenset({"yes" if said["nobody"] else "no"}))
            ledger.claims.append(Claim(SELF, _FACT, value, clause.start, clause.end, order, False, True))


def _at_a_place(ledger: Ledger, claim: Claim, plain: str) -> bool:
    """Whether 房东户口在张店 names the place where somebody's register is, and not the rented home."""
    if claim.value != Choice(frozenset({"no"})):
        return False
    clause = ledger.clauses[claim.order]
    named = [p.span for p in ledger.places if clause.start <= p.span[0] < clause.end]
    registered = [end for start, end in named if _REGISTERED_IN.search(plain[clause.start : start])]
    return any(not _HOME.search(plain[end : clause.end]) for end in registered)


def _movers_own(ledger: Ledger, claim: Claim, plain: str) -> bool:
    """Whether 她户口在菏泽 tells of somebody of the case, whose register is at a named place, and of no occupant."""
    if claim.value != Choice(frozenset({"no"})):
        return False
    who = next((m for m in ledger.people if claim.start <= m.start < claim.end), None)
    if who is not None and who.person != NOBODY and cue("occupants.home_and_register").search(plain[claim.start : claim.end]):
        return True
    placed = any(c.fact == "hukou.place" and c.order == claim.order for c in ledger.claims)
    return who is not None and who.person != NOBODY and placed and not _HOME.search(plain[claim.start : claim.end])


def _told(clause: Clause, order: int) -> Claim | None:
    text = statement(clause.text) if clause.asks else clause.text  # 现在一个人也没有|能落不
    if clause.asks and text == clause.text or clause.hedged or clause.hearsay or any(p.search(text) for p in _NO_TELLING):
        return None
    for value, pattern in (("no", _ONLY_THEIRS), ("yes", _EMPTY), ("no", _TAKEN), ("yes", _ELSEWHERE)):
        found = pattern.search(text)
        if found and not clause.planned(found.start()) and not halves_a_question(text, *found.span()):
            start, end = clause.start + found.start(), clause.start + found.end()
            return Claim(SELF, _FACT, Choice(frozenset({value})), start, end, order, False, True)
    return None


def _told_on(ledger: Ledger, order: int) -> Claim | None:
    """What a clause tells together with the one it goes on without a mark (房子户口里|现在一个人都没有)."""
    if not order or ledger.clauses[order - 1].end != ledger.clauses[order].start:
        return None
    before, clause = ledger.clauses[order - 1], ledger.clauses[order]
    return _told(replace(clause, start=before.start, text=before.text + clause.text), order)


def settle_occupants(ledger: Ledger) -> None:
    """Make what a message tells of the register of the rented home one word: the occupants told last, unless they left since."""
    told = sorted((c for c in ledger.claims if c.fact == _FACT), key=lambda c: c.start)
    taken = [c for c in told if c.value == Choice(frozenset({"no"}))] or ([] if told else _once(ledger))
    if not taken:
        return
    beside = {c.order for c in taken}  # 前一家的户口还在屋里没迁走: theirs, and no village's
    ledger.claims[:] = [c for c in ledger.claims if not (c.fact == "origin.moved" and c.value == _NEVER and c.order in beside)]
    last = taken[-1]
    since = [c for c in told if c.order > last.order and c.value == _EMPTY_TODAY]
    gone = since[-1] if since and _NOW.search(ledger.clauses[since[-1].order].text) else _gone(ledger, last)
    if not told and gone is None:
        return
    ledger.claims[:] = [c for c in ledger.claims if c.fact != _FACT]
    ledger.claims.append(gone or last)


def _once(ledger: Ledger) -> list[Claim]:
    """Who is told to have been on the register once (原先挂着房东儿子的户口)."""
    return [
        Claim(SELF, _FACT, Choice(frozenset({"no"})), clause.start + m.start(), clause.start + m.end(), order, False, True)
        for order, clause in enumerate(ledger.clauses)
        if (m := _ONCE.search(clause.text)) and not clause.asks
    ]


def _gone(ledger: Ledger, last: Claim) -> Claim | None:
    """The words after the occupants that say they are off the register."""
    for order in range(last.order, min(last.order + _WITHIN + 1, len(ledger.clauses))):
        clause = ledger.clauses[order]
        for pattern in (_LEFT, _EMPTY_NOW):
            found = pattern.search(clause.text, max(0, last.end - clause.start) if order == last.order else 0)
            if found and not clause.asks and not clause.hedged and not clause.planned(found.start()) and not _NOT_LEFT.search(clause.text):
                start, end = clause.start + found.start(), clause.start + found.end()
                return Claim(last.person, _FACT, Choice(frozenset({"yes"})), start, end, order, False, True)
    return None
