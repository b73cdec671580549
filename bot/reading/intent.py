"""Whether a wish to work is one to work in the place asked about, and work that is only named to say that it is not wanted."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.builder import at_home
from bot.reading.ledger import Ledger
from bot.reading.places import NAMED


def works_elsewhere(ledger: Ledger, start: int, end: int) -> bool:
    """Whether the wish told between these offsets names only places outside the jurisdiction (毕业后去上海干)."""
    named = [p.places for p in ledger.places if p.kind in NAMED and start <= p.span[0] < end]
    return bool(ledger.home and named) and not any(at_home(places, ledger.home) for places in named)


def drop_unwanted_work(ledger: Ledger) -> None:
    """Take away a job read from words that only say it is not wanted (工作是一点也不想沾了)."""
    no = Choice(frozenset({"no"}))
    refused = [(c.person, c.start, c.end) for c in ledger.claims if c.fact == "intent.work" and c.value == no]
    ledger.jobs[:] = [t for t in ledger.jobs if not t.kind - {"none"} or not any(t.person == p and a <= t.start < b for p, a, b in refused)]
