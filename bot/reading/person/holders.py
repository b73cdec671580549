"""Whose register a clause with its place tells of: whoever stands before the word, and all who are named in one breath with them."""

from __future__ import annotations

from bot.reading.kin.kinship import NOBODY
from bot.reading.kin.mention import Mention
from bot.reading.person.subjects import mentions_in, subject_of
from bot.reading.record.ledger import Ledger, Who
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue


def holder(ledger: Ledger, order: int, place_at: int, mentions: list[Mention], who: Who, plain: str) -> str:
    """Whose register lies at the place that begins at an offset of the plain text.

    A relative named between the register and the place only says where that is (户口在他妈老家瑞昌), unless what follows goes on about
    them (户口她还在婆家).  A clause that gives no more than the place is about the register of the one before it (孩子户口跟着亲戚,沛县的).
    """
    clause = ledger.clauses[order]
    before = plain[clause.start : place_at]
    register = next(reversed(list(cue("roles.register_word").finditer(before))), None)
    if register is None:
        spoken_of = None if mentions else _spoken_of(ledger, order, before, plain)
        return spoken_of or who(place_at - clause.start)
    behind = next((m for m in mentions if m.start == clause.start + register.end() and m.relation != NOBODY), None)
    if behind is not None and cue("residence.holder_behind").match(plain, behind.end):
        return behind.person
    return who(register.start())


def _spoken_of(ledger: Ledger, order: int, before: str, plain: str) -> str | None:
    """Whose register the clause before speaks of without its place, where nothing but the place is left to be said."""
    last = ledger.clauses[order - 1] if order else None
    if last is None or not cue("roles.just_there").fullmatch(before):
        return None
    register = next(reversed(list(cue("roles.register_open").finditer(last.text))), None)
    if register is None or not cue("roles.register_word").match(last.text, register.start()):
        return None
    mentions, at = mentions_in(ledger, last), last.start + register.start()
    behind = (m for m in mentions if m.start > at and m.relation != NOBODY)
    theirs = next((m for m in behind if cue("residence.and_is").search(plain[at : m.start])), None)
    if theirs is not None and plain[theirs.end : last.end] == "的":
        return theirs.person  # 房子和户口都是俺对象的,在…
    return subject_of(last, mentions, at, ledger.subjects[order - 1], plain)


def beside(clause: Clause, place_at: int, mentions: list[Mention], plain: str) -> list[str]:
    """All who are named together before the register (我和闺女户口都在肥乡), nobody where only one is."""
    before = plain[clause.start : place_at]
    register = next(reversed(list(cue("roles.register_word").finditer(before))), None)
    if register is None:
        return []
    at = clause.start + register.start()
    named = [m for m in mentions if m.end <= at and m.relation != NOBODY]
    if not named or not cue("residence.all_of_them").fullmatch(plain, named[-1].end, at):
        return []
    chain = [named[-1]]
    for m in reversed(named[:-1]):
        if not cue("residence.beside").fullmatch(plain, m.end, chain[-1].start):
            break
        chain.append(m)
    return [m.person for m in chain] if len(chain) > 1 else []
