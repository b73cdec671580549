"""People the asker employs or teaches (我店里的学徒): the shop or firm in their name is the asker's, and none of theirs."""

from __future__ import annotations

from dataclasses import replace

from bot.reading.kin_words import HIRED
from bot.reading.ledger import Ledger
from bot.reading.people import SELF


def settle_hired(ledger: Ledger) -> None:
    """Give a job read from the words for such a person to the asker."""
    spans = [(m.start, m.end) for m in ledger.people if m.relation == "other" and m.words.endswith(tuple(HIRED))]
    for i, job in enumerate(ledger.jobs):
        if any(start <= job.start < end for start, end in spans):
            ledger.jobs[i] = replace(job, person=SELF)
