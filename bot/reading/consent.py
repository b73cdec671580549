"""Whose word on registering at a rented home counts: the owner's, and every owner's, never a tenant's who lets it on."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.cues import cue
from bot.reading.ledger import Ledger
from bot.reading.people import NOBODY, Mention

_FACT = "rent.owner_consent"
_YES = Choice(frozenset({"yes"}))


def sublets(people: list[Mention], at: int) -> bool:
    """Whether what is said at offset ``at`` of the plain text is the word of one who only rents the home on (二房东)."""
    last = next((m for m in reversed(people) if m.start <= at and m.person == NOBODY and m.relation != "pronoun"), None)
    return last is not None and last.words.startswith("二房东")


def open_where_an_owner_is_silent(ledger: Ledger, plain: str) -> None:
    """One owner's consent leaves it open where another owner has not been heard (哥哥同意,弟弟联系不上)."""
    if cue("consent.co_owned").search(plain) and cue("consent.unheard").search(plain):
        ledger.claims[:] = [c for c in ledger.claims if not (c.fact == _FACT and c.value == _YES)]
