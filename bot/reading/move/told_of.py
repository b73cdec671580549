"""Whom a message is about that names no mover: the one relative it tells of what only somebody who moves has.

公公在县城给自己买了套房,没学历,户口能迁吗 is about the father-in-law: of a relative who is followed nobody tells the schooling.
"""

from __future__ import annotations

from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.move.wish import NEAR_KIN
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import ONES_OWN, Ledger, Thing, along, things
from bot.reading.record.standing import NOT_RELATIVES, registered_elsewhere, silent, speaks_for
from bot.reading.text.cues import cue
from bot.reading.text.routes import routes_asked

_MOVERS = frozenset({"education.level", "education.status", "skill.certificate", "title.level", "returnee", "intent.work"})
"""Facts that are told of the one who moves, never of the one followed."""
_FIRST_HAND = ("rent.", "presale.", "public.", "license.", "origin.", "rural.")
"""So are the details of a home or a shop, and of a village left."""


_BEING_BOUGHT = ({"presale"}, {"secondhand"})
"""Homes whose purchase is told, of which only who buys them would be registered."""
_TITLED = ONES_OWN - {"village_house"}
_OWN_HOME: dict[str, frozenset[str]] = {
    "rent_settle": frozenset({"rented"}),
    "presale": frozenset({"presale"}),
    "buy_house": _TITLED,
    "public_housing": frozenset({"public_rental"}),
    "intra_city_move": _TITLED,
}
_OWN_WORK: dict[str, frozenset[str]] = {
    "employment": frozenset({"formal", "dispatched", "probation", "informal", "self_employed", "flexible", "offer", "intern"}),
    "business_license": frozenset({"self_employed"}),
}
"""Ways of settling by a home or by work of one's own, and what one then has: whoever a message tells of it is the one to move."""


def told_of(ledger: Ledger, plain: str) -> str | None:
    """The one person, other than the asker, who is told of as one who moves; ``None`` where the asker is told of, or several are."""
    if any(m.relation in (SELF, COUPLE) and cue("told_of.asker_acts").match(plain, m.end) for m in ledger.people):
        return None
    named = dict.fromkeys(m.person for m in ledger.people if m.relation not in NOT_RELATIVES and m.person not in (SELF, COUPLE, NOBODY))
    if not silent(ledger):
        return next((person for person in named if speaks_for(ledger, person)), None)
    moving = [person for person in named if _moves(ledger, person, plain)]
    return moving[0] if len(moving) == 1 else None


def _moves(ledger: Ledger, person: str, plain: str) -> bool:
    own = along(ledger, person)
    if any(c.fact in _MOVERS or c.fact.startswith(_FIRST_HAND) for c in own) or registered_elsewhere(ledger, person):
        return True
    if any(c.fact.startswith("collective.") for c in own) and cue("told_of.booklet").search(plain):
        return True  # 同事是两口子,都在集体户,想领户口簿
    if any(t.kind in _BEING_BOUGHT or t.kind == {"none"} for t in [*things(ledger.homes, person), *things(ledger.jobs, person)]):
        return True
    if any(m.person == person and cue("told_of.may").match(plain, m.end) for m in ledger.people):
        return True
    papers = any(c.fact.startswith("rent.") and c.anyone for c in ledger.claims)
    if papers and any(t.kind == {"rented"} for t in things(ledger.homes, person)):
        return True  # 岳父租房住,房东不给落: the tenant
    return _has_what_is_asked(ledger, person, plain) or _onto_own_home(ledger, person)


def _has_what_is_asked(ledger: Ledger, person: str, plain: str) -> bool:
    """Whether the question is limited to ways of settling by what is one's own, and this person has it (表妹租的房,…按租房能落吗)."""
    ways = routes_asked(plain)
    if not ways or not all(way in _OWN_HOME or way in _OWN_WORK for way in ways):
        return False
    homes = [t for way in ways for t in things(ledger.homes, person) if t.kind and t.kind <= _OWN_HOME.get(way, frozenset())]
    jobs = [t for way in ways for t in things(ledger.jobs, person) if t.kind and t.kind <= _OWN_WORK.get(way, frozenset())]
    return any(_here(t, ledger) for t in homes) or bool(jobs)


def _onto_own_home(ledger: Ledger, person: str) -> bool:
    """Whether the message wants a register put on a home, and this person is told to own one here (自个在县城买了楼,想迁到楼上)."""
    owns = [t for t in things(ledger.homes, person) if t.kind and t.kind <= _TITLED and _here(t, ledger)]
    if not owns:
        return False
    onto = [cue("told_of.onto_a_home"), *([] if person in NEAR_KIN else [cue("told_of.home_takes_any")])]  # 我爸有楼,楼能落户吗: the asker
    return any(words.search(c.text) and not c.hearsay for c in ledger.clauses for words in onto)


def _here(thing: Thing, ledger: Ledger) -> bool:
    return thing.spot.places is None or at_home(thing.spot.places, ledger.home)
