"""Whom a mover goes to where the clause that wants the move does not say: with whom another clause says, or by what is told of both."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, UNNAMED
from bot.reading.kin.mention import Mention
from bot.reading.move.goals import key_of
from bot.reading.move.kin_followed import relation_of
from bot.reading.move.own_case import comes_on_merit, stands_alone
from bot.reading.move.wish import NEAR_KIN, Wish
from bot.reading.person.asides import by_the_way
from bot.reading.person.times import not_of_today
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger, along, things
from bot.reading.record.standing import registered_here, settled_here, silent
from bot.reading.text.cues import cue

_MARRIED = Choice(frozenset({"married"}))


def to_no_landlord(ledger: Ledger, wish: Wish) -> Wish:
    """A wish to go to whoever is but the landlord, at whose home one registers as a tenant (房东说了,我可以落他房上): to nobody."""
    strangers = [m for m in ledger.people if m.person == NOBODY and m.relation == NOBODY] if wish.followed == NOBODY else []
    landlord = bool(strangers) and all(cue("wishes.owner").search(m.words) for m in strangers)
    return replace(wish, followed=None, relation=None) if landlord else wish


def with_whom(ledger: Ledger, wish: Wish, plain: str) -> Wish:
    """A wish that names nobody gone to, with whom a clause of its own says (爸想迁来,是跟妈不是跟我)."""
    for m in ledger.people if wish.followed is None else ():
        if m.person not in (wish.person, NOBODY) and goes_with(ledger, m, plain) and _of_whom(ledger, m) == wish.person:
            followed = SELF if m.person == COUPLE else m.person
            return replace(wish, followed=followed, relation=relation_of(ledger, wish.person, followed))
    return wish


def goes_with(ledger: Ledger, m: Mention, plain: str) -> bool:
    """Whether a clause says nothing but that somebody goes with the one named."""
    clause = next((c for c in ledger.clauses if c.start <= m.start < c.end), None)
    if clause is None or not cue("wishes.with_whom").fullmatch(plain[clause.start : m.start]):
        return False
    return bool(cue("wishes.and_no_more").search(plain[m.end : clause.end]))


def _of_whom(ledger: Ledger, m: Mention) -> str:
    """Whom the clause that names somebody is about."""
    order, clause = next((n, c) for n, c in enumerate(ledger.clauses) if c.start <= m.start < c.end)
    first = next((o.person for o in ledger.people if clause.start <= o.start < m.start), None)
    return first or (ledger.subjects[order] if order < len(ledger.subjects) else SELF)


def to_the_asker_beside(ledger: Ledger, wish: Wish, found: list[Wish]) -> Wish:
    """The wish of a near relative who has no home or work here beside an asker who has: to come to the asker (先办我的,再办我爸的)."""
    if wish.person not in NEAR_KIN or wish.followed is not None or not any(w.person == SELF for w in found):
        return wish
    if settled_here(ledger, wish.person) or not stands_alone(ledger, SELF):
        return wish
    return wish.to(SELF)


def back_home(ledger: Ledger, wish: Wish) -> Wish:
    """Who wants back home (落回家里), where the parents are told to be registered here, comes to them."""
    asked = wish.order >= 0 and cue("moving.back_home").search(ledger.clauses[wish.order].text)
    if not asked or wish.person != SELF or wish.followed is not None or not registered_here(ledger, "parent"):
        return wish
    return replace(wish, followed="parent", relation="parent")


def _marries_into(ledger: Ledger, claim: Claim) -> bool:
    """Whether a marriage of the asker's is told as going to a place of the destination (我嫁到镇上了): the husband or wife is there."""
    if claim.fact != "marital" or claim.value != _MARRIED or claim.person not in (SELF, COUPLE):
        return False
    clause = ledger.clauses[claim.order]
    into = cue("followed.married_into").search(clause.text)
    named = (p for p in ledger.places if into and clause.start + into.end() - 1 <= p.span[0] < clause.end)
    return any(at_home(p.places, ledger.home) for p in named)


def unsaid_followed(ledger: Ledger, mover: str, plain: str, home_people: list[str]) -> str | None:
    """Whom the mover follows where no clause says so: the one they live with, else the one told to be at the destination."""
    if (host := _lived_with(ledger, mover, plain, home_people)) is not None:
        return host
    if mover not in (SELF, COUPLE):
        alone = stands_alone(ledger, mover)
        if SELF in home_people and not (alone and mover not in NEAR_KIN):
            return SELF
        alone = alone or comes_on_merit(ledger, mover)
        if cue("wishes.fetched").search(plain) and not home_people and not (alone and silent(ledger)):
            return SELF if not silent(ledger) or cue("wishes.handed").search(plain) else None
    by_name = [p for p in home_people if p not in (mover, NOBODY, COUPLE, UNNAMED)]
    candidates = [p for p in by_name if mover != SELF or not (p == SELF or by_the_way(ledger, p))]
    if not candidates and mover == SELF and not stands_alone(ledger, SELF) and any(_marries_into(ledger, c) for c in ledger.claims):
        return "spouse"
    return max(candidates, key=lambda p: len(along(ledger, p)) + len(things(ledger.homes, p)) + len(things(ledger.jobs, p)), default=None)


def _lived_with(ledger: Ledger, mover: str, plain: str, home_people: list[str]) -> str | None:
    """Whom the mover is said to live with today: one of those told to be at the destination, where any are."""
    staying = (m for m in cue("wishes.stays_with").finditer(plain) if not not_of_today(ledger, m.start()))
    if (together := next(staying, None)) is None:
        return None
    clause = max(plain.rfind(mark, 0, together.start()) for mark in ",。;!?")
    lives = [m.person for m in ledger.people if clause < m.start < together.start()]  # 我娘跟我弟住: she does
    for m in ledger.people if not lives or {mover, COUPLE} & set(lives) or mover not in (SELF, COUPLE) else ():
        if together.start(1) <= m.start < together.end(1) and m.relation != NOBODY:
            key = key_of(m, mover, ledger)
            if key != mover and ({key, key.split("/")[-1]} & {*home_people} or key == SELF or not home_people):
                return key
    return None
