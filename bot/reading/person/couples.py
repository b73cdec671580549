"""A couple that is not the asker's: 两口子 after 妹妹 and 她老公 are these two, and what is told of them holds for both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from bot.reading.kin.kin_words import OURS
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, followed_relation, married
from bot.reading.record.ledger import Claim, Ledger, Thing
from bot.reading.record.standing import words_for

Entry = TypeVar("Entry", Claim, Thing)


def partner_of(ledger: Ledger, person: str) -> str | None:
    """The husband or wife of a relative, where the message names them (她老公, 俺儿 beside 儿媳妇, 嫂子 beside 我哥)."""
    for m in ledger.people:
        if m.person in (person, SELF, COUPLE, NOBODY):
            continue
        said = m.owner == person and m.relation == "spouse"
        if said or followed_relation(person, m.person) == "spouse" or married(words_for(ledger, person), words_for(ledger, m.person)):
            return m.person
    return None


def of_these_two(ledger: Ledger, mover: str) -> Ledger:
    """The ledger with what is told of a couple entered for the mover and the mover's partner, where no couple is the asker's own."""
    couples = [m for m in ledger.people if m.relation == COUPLE]
    if mover in (SELF, COUPLE) or not couples or any(m.words[0] in OURS for m in couples):
        return ledger
    partner = partner_of(ledger, mover)
    if partner is None:
        return ledger

    two = (mover, partner)

    def both(entries: Iterable[Entry]) -> list[Entry]:
        return [e for entry in entries for e in ([replace(entry, person=p) for p in two] if entry.person == COUPLE else [entry])]

    return replace(ledger, claims=both(ledger.claims), homes=both(ledger.homes), jobs=both(ledger.jobs), stands=both(ledger.stands))
