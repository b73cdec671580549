"""What a message says of each person, clause by clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.reading.kin.kinship import SELF
from bot.reading.passages import read_claims, read_scene
from bot.reading.record.ledger import Ledger, Passage, only_asked
from bot.reading.settled import settle
from bot.reading.telling import Telling, telling_of
from bot.reading.thread import Thread, go_on, opening, pass_over, take_up


def collect(plain: str, as_of: date, home: str | None, about: str = SELF) -> Ledger:
    """Read every claim of the text; ``about`` is whom it speaks of where it names nobody."""
    telling = telling_of(plain, as_of, home, about)
    thread = opening(telling)
    for order in range(len(telling.ledger.clauses)):
        thread, passage = take_up(thread, telling, order)
        telling.ledger.subjects.append(passage.carried)
        thread = pass_over(thread, passage) if _tells_nothing(passage) else _read(thread, passage, telling)
    settle(telling)
    return telling.ledger


def _tells_nothing(passage: Passage) -> bool:
    """Whether a clause is others' words, or only asks whether something would be enough (交了社保就能办吧)."""
    return passage.clause.hearsay or only_asked(passage.ledger, passage.clause)


def _read(thread: Thread, passage: Passage, telling: Telling) -> Thread:
    """Enter what a clause tells; the thread as the next one takes it up."""
    domain = read_claims(passage, telling, thread.domain)
    told = read_scene(passage)
    return replace(go_on(thread, passage, told), domain=domain)
