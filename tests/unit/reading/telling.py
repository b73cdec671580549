"""What a message tells, for the tests of whose fact it is: read on a fixed day, of a place of the second document."""

from __future__ import annotations

from datetime import date

from bot.conversation.world import load_world
from bot.eligibility.values import Choice, Places, Value
from bot.reading.reader import Reading, read

YES, NO = Choice(frozenset({"yes"})), Choice(frozenset({"no"}))
_AS_OF, _HOME = date(2026, 11, 27), "山东省/淄博市/临淄区"


def reading_of(text: str, home: str = _HOME) -> Reading:
    return read(text, as_of=_AS_OF, home=home, vocabulary=load_world().vocabulary)


def told(reading: Reading) -> dict[str, Value]:
    """The value of each fact."""
    return {f.fact: f.value for f in reading.facts}


def read_of(text: str, person: str = "self") -> dict[str, Value]:
    """The value of each fact of a message that is about this person."""
    reading = reading_of(text)
    assert (reading.person or "self") == person, text
    return told(reading)


def at(*places: str) -> Places:
    return Places(frozenset(places))
