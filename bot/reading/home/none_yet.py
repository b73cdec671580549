"""What is planned and said not to be there yet (打算明年买房,也想找个活,可现在都还没有): neither a dwelling nor a job."""

from __future__ import annotations

from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.record.ledger import Ledger, Spot, Thing, names_of
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_NONE_YET, _A_HOME, _A_JOB = cue("none_yet.said"), cue("none_yet.a_home"), cue("none_yet.a_job")
_BACK = 3  # clauses before it in which the plans may stand
_NONE = frozenset({"none"})


def read_none_yet(ledger: Ledger, clause: Clause, order: int, carried: str) -> None:
    """Enter that there is no dwelling, and no job, where the clauses before plan one and this one says there is nothing of it yet."""
    if clause.asks or carried == NOBODY or not _NONE_YET.fullmatch(clause.text):
        return
    planned = [c.text for c in ledger.clauses[max(0, order - _BACK) : order] if c.planned(len(c.text)) and not c.hearsay]
    person = SELF if carried == COUPLE else carried
    for words, kept in ((_A_HOME, ledger.homes), (_A_JOB, ledger.jobs)):
        wanted = any(words.search(text) for text in planned)
        if wanted and not any(t.kind - _NONE and t.person in names_of(person) for t in kept):
            kept.append(Thing(person, _NONE, frozenset(), Spot(), clause.start, clause.end, order, clause.hedged))
