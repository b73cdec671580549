"""A whole message under reading: what is looked up in it once, and what it tells of as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.reading.document import document
from bot.reading.person.tales import leave_out_tales
from bot.reading.person.times import once, settle_times
from bot.reading.record.ledger import Ledger
from bot.reading.register.roles import roles_of
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.patterns import without_husbands
from bot.reading.time.dates import DateReading, find_dates
from bot.reading.time.durations import DurationReading, find_durations


@dataclass(frozen=True)
class Telling:
    """One message, with its ledger to be filled.

    ``about`` is whom it speaks of where it names nobody; ``roles`` what each place is named for; ``story`` what the message as a whole
    tells of, for patterns that only mean something in that light.
    """

    ledger: Ledger
    plain: str
    as_of: date
    about: str
    roles: dict[int, str]
    dates: list[DateReading]
    durations: list[DurationReading]
    story: frozenset[str]


def telling_of(plain: str, as_of: date, home: str | None, about: str) -> Telling:
    """The message with its clauses, people and places, the tales of others left out."""
    doc = document(plain, home, about)
    ledger = Ledger(list(doc._.clauses), list(doc._.people), list(doc._.places), home)
    leave_out_tales(ledger, plain)
    roles = roles_of(ledger, plain)
    settle_times(ledger, roles)
    return Telling(ledger, plain, as_of, about, roles, find_dates(plain, as_of), find_durations(plain), _story(ledger.clauses))


_OF_TODAY = (("rented", cue("claims.renting")), ("public_rental", cue("claims.public_housing")))
_AT_ALL = (("dispatched", cue("claims.dispatched")), ("origin", cue("claims.origin")), ("collective", cue("claims.collective")))


def _story(clauses: list[Clause]) -> frozenset[str]:
    """What the message as a whole tells of: a home let today, and whatever it speaks of at all."""
    heard = [c for c in clauses if not c.hearsay]
    whole = "".join(c.text + "," for c in heard)
    told = {name for name, words in _OF_TODAY if any(_is_let(c, words) for c in heard)}
    return frozenset(told | {name for name, words in _AT_ALL if words.search(whole)})


def _is_let(clause: Clause, words: re.Pattern[str]) -> bool:
    """Whether a clause tells of a home let today."""
    return any(not _once_rented(clause, m.start()) for m in words.finditer(without_husbands(clause.text)))


def _once_rented(clause: Clause, at: int) -> bool:
    """Whether words of renting are told of former days only (以前在青岛租房住), none of which is said of a home rented now."""
    return once(clause.text, at) or (clause.past_at(at) and not cue("times.then_begun").search(clause.text))
