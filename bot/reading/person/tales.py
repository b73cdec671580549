"""Tales of strangers: what a long message tells of a workmate, a neighbour or somebody of the village is nobody's circumstances.

我们厂的老李比我还冤,在威海买的海景房,他老婆天天跟他吵 says nothing of the asker, though only the first clause names whom it is of.
"""

from __future__ import annotations

from dataclasses import replace

from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.ledger import Ledger
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_OPENS, _OWN_TALE = cue("tales.opens"), cue("tales.own")
_TO_ME, _OF_ME, _COMPARES = cue("tales.to_me"), cue("tales.of_me"), cue("tales.compares")
_MARRIES, _ENDS, _GOES_TO_HIM = cue("tales.marries"), cue("tales.ends"), cue("tales.goes_to_him")


def leave_out_tales(ledger: Ledger, plain: str) -> None:
    """Mark the clauses that tell of a stranger as nobody's word, and the people in them as nobody of the case."""
    if _GOES_TO_HIM.search(plain) or not any(_is_asker(m.person) for m in ledger.people):
        return  # 同事有房,能落他那儿吗
    telling: Clause | None = None
    for order, clause in enumerate(ledger.clauses):
        if _opens(ledger, clause):
            telling = clause
        elif telling is None or clause.sentence != telling.sentence or not _goes_on(ledger, order):
            telling = None
        if telling is not None:
            ledger.clauses[order] = replace(clause, hearsay=True)
            for i, m in enumerate(ledger.people):
                if clause.start <= m.start < clause.end and not _is_asker(m.person):
                    ledger.people[i] = replace(m, person=NOBODY, relation=NOBODY)


def _is_asker(person: str) -> bool:
    return person in (SELF, COUPLE)


def _opens(ledger: Ledger, clause: Clause) -> bool:
    """Whether a clause begins to tell of a stranger, of what the stranger has or did and not of what was done for the asker."""
    named = _OPENS.match(clause.text)
    if named is None or clause.asks or clause.hearsay:
        return False
    rest = clause.text[named.end() :]
    if _TO_ME.search(rest) or _OF_ME.search(_COMPARES.sub("", rest)) or not _OWN_TALE.match(rest):
        return False
    end = clause.start + named.end()
    inside = [m for m in ledger.people if clause.start <= m.start < end]
    return not any(m.person not in (SELF, COUPLE, NOBODY) and m.end == end for m in inside)  # of whom the message is


def _goes_on(ledger: Ledger, order: int) -> bool:
    """Whether a clause goes on with the stranger: it names neither the asker nor a relative of the asker's, and asks nothing."""
    clause, before = ledger.clauses[order], ledger.clauses[order - 1]
    text = _COMPARES.sub("", clause.text)
    if clause.asks or _ENDS.match(text) or _OF_ME.search(text):
        return False
    theirs = bool(_MARRIES.search(before.text))
    kin = [m for m in ledger.people if clause.start <= m.start < clause.end and m.relation not in (NOBODY, "pronoun", SELF, COUPLE)]
    return theirs or all(cue("pronouns.any").match(m.words) or m.owner == NOBODY for m in kin)
