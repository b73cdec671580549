"""Clauses by the way: what is said of somebody else in passing, after which the message speaks of the asker again.

A resident who tells their own case mentions a cousin's firm or a neighbour's register and goes on (我表哥在部队,…社保也交着). Whoever is
named in one clause only, is not here as far as the words go, and is no part of what is wished, was named by the way.
"""

from __future__ import annotations

from bot.eligibility.values import Places
from bot.reading.builder import at_home
from bot.reading.clauses import Clause
from bot.reading.cues import cue
from bot.reading.kin_words import acquainted
from bot.reading.ledger import Ledger, Spot, Thing, things
from bot.reading.people import COUPLE, NOBODY, SELF, Mention

_ASKERS = (SELF, COUPLE)
_FAR = ("other", "friend")
_HOME, _JOB, _SHOP = cue("asides.of_a_home"), cue("asides.of_a_job"), cue("asides.of_a_shop")
_LEASE = cue("asides.of_a_lease")
_HOLDS = frozenset({"owned", "apartment", "untitled", "presale", "secondhand", "inherited", "small_title"})
_LETS = frozenset({"rented", "public_rental"})
_WORKS = frozenset({"formal", "informal", "dispatched", "probation"})


def returns(ledger: Ledger, clause: Clause, order: int, mentions: list[Mention], before: str) -> bool:
    """Whether the clause tells of somebody by the way, so that what follows is about whom the clauses before were (``before``)."""
    if before not in _ASKERS or clause.asks or not _asker_told(ledger, order):
        return False
    people = [m for m in mentions if m.relation not in (*_ASKERS, "pronoun")]
    if len(people) != 1 or people[0].relation == NOBODY or people[0].person.split("/")[0] not in _FAR:
        return False
    return _named_once(ledger, people[0].person) and not _here(ledger, order) and not _goes_to_asker(ledger, order)


def owner_of_what_follows(ledger: Ledger, clause: Clause, mentions: list[Mention], carried: str) -> str | None:
    """The asker, where a clause with no subject speaks of a paper or a part of what only the asker was told to have.

    我租了房,媳妇在青岛上班,备案也办了: the lease is the asker's.
    """
    if mentions or carried in (*_ASKERS, NOBODY):
        return None
    text = clause.text
    for pattern, kinds, kept in (
        (_LEASE, _LETS, ledger.homes),
        (_HOME, _HOLDS, ledger.homes),
        (_JOB, _WORKS, ledger.jobs),
        (_SHOP, frozenset({"self_employed"}), ledger.jobs),
    ):
        if not pattern.match(text):
            continue
        theirs, own = _of_kind(kept, carried, kinds), _of_kind(kept, SELF, kinds)
        if own and not theirs:
            return SELF
    return None


def strangers_own(mentions: list[Mention], at: int) -> bool:
    """Whether a workmate or neighbour stands before offset ``at`` of the plain text: what is told there is theirs (我同学在派出所上班)."""
    return any(m.relation == NOBODY and m.end <= at and acquainted(m.words) for m in mentions)


def scene_of_another(ledger: Ledger, mentions: list[Mention], last: str, where: Spot, home: str | None) -> bool:
    """Whether the scene was set outside by a clause about somebody else, and this clause names the asker (小舅子在上海,我在厂里上班)."""
    if last in (*_ASKERS, NOBODY) or not mentions or mentions[0].relation not in _ASKERS or where.places is None or not home:
        return False
    return not at_home(where.places, home)


def by_the_way(ledger: Ledger, person: str) -> bool:
    """Whether somebody is named once, with no word that puts them here, in a message that tells the asker's own home or job.

    Nobody presumes that such a one is followed.
    """
    own = [t for t in [*things(ledger.homes, SELF), *things(ledger.jobs, SELF)] if t.kind or t.deny]
    mine = own or [c for c in ledger.claims if c.person in _ASKERS and c.fact not in ("age", "marital")]
    if not mine or not _named_once(ledger, person):
        return False
    orders = {o for o, c in enumerate(ledger.clauses) for m in ledger.people if m.person == person and c.start <= m.start < c.end}
    told = [*ledger.homes, *ledger.jobs, *ledger.stands, *ledger.claims]
    return not any(_here(ledger, o) for o in orders | {t.order for t in told if t.person == person})


def _of_kind(kept: list[Thing], person: str, kinds: frozenset[str]) -> list[Thing]:
    return [t for t in things(kept, person) if t.kind & kinds]


def _asker_told(ledger: Ledger, order: int) -> bool:
    """Whether anything was told of the asker before a clause."""
    told = [*ledger.homes, *ledger.jobs, *ledger.claims]
    return any(t.person in _ASKERS and t.order < order for t in told)


def _named_once(ledger: Ledger, person: str) -> bool:
    return len([m for m in ledger.people if m.person == person or m.person.startswith(person + "/")]) == 1


def _here(ledger: Ledger, order: int) -> bool:
    """Whether a clause says that something of it is in the jurisdiction: by a place of its own, or as a register that is here."""
    spots = [t.spot for t in [*ledger.homes, *ledger.jobs] if t.order == order and t.kind]
    clause = ledger.clauses[order]
    named = any(clause.start <= p.span[0] < clause.end and at_home(p.places, ledger.home) for p in ledger.places)
    if named and spots:
        return True
    claims = [c for c in [*ledger.stands, *ledger.claims] if c.order == order]
    placed = [c.value for c in claims if c.fact in ("where", "hukou", "hukou.place") and isinstance(c.value, Places)]
    return any(at_home(v, ledger.home) for v in placed) or any(c.fact == "hukou_here" for c in claims)


def _goes_to_asker(ledger: Ledger, order: int) -> bool:
    """Whether a later clause wants somebody to come to the asker, who may be the one just named (我外甥刚毕业,…想落我这)."""
    return any(cue("asides.to_the_asker").search(c.text) for c in ledger.clauses[order + 1 :])
