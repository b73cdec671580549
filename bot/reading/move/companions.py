"""Whom a message can only mean by a relative where no clause says who is followed: the one it says they live with, or tells of alone.

What is taken here is presumed: it gives way to anything said of the one followed.
"""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, kin
from bot.reading.move.together import lives_together
from bot.reading.person.asides import by_the_way
from bot.reading.record.ledger import Ledger, along, things
from bot.reading.record.standing import NOT_RELATIVES, named_hukou, registered_elsewhere
from bot.reading.text.cues import cue

_SHORT = 4  # clauses
_TELLING = frozenset({"age", "insurance.paid", "hukou_here"})


def companion(ledger: Ledger, mover: str, plain: str, movers: frozenset[str]) -> str | None:
    """The relative a mover lives with, or apart from, or the only one anything is told of; ``None`` where several may be meant.

    ``movers`` are those who want to register themselves.
    """
    if mover not in (SELF, COUPLE):
        return SELF if cue("companions.asker_is").search(plain) and not _others(ledger, mover) else None
    people = [p for p in _relatives(ledger) if p not in movers]
    if cue("companions.guest").search(plain) or _tells_at_length(ledger):
        return None
    said = {p: found[0] for p in people if (found := lives_together(ledger, mover, p, plain)) is not None}
    joined = [p for p in people if said.get(p) == "yes" and not registered_elsewhere(ledger, p)]
    if joined:
        return joined[0] if len(joined) == 1 or cue("companions.several").search(plain) else None
    if len(people) == 1 and ((said and not by_the_way(ledger, people[0])) or _told_alone(ledger, people[0])):
        return people[0]
    return None


def _tells_at_length(ledger: Ledger) -> bool:
    """Whether a long message tells of a home or a job of the asker's own: relatives in it are by the way."""
    own = [t for t in [*things(ledger.homes, SELF), *things(ledger.jobs, SELF)] if t.kind and t.kind != {"none"}]
    return bool(own) and len(ledger.clauses) > _SHORT


def _relatives(ledger: Ledger) -> list[str]:
    """Everybody named whom one could follow, in order; husband or wife where only both together are named (两口子)."""
    named = [m.person for m in ledger.people if m.relation not in NOT_RELATIVES and m.person not in (SELF, COUPLE, NOBODY)]
    couple = any(m.person == COUPLE and cue("companions.couple").search(m.words) for m in ledger.people)
    return list(dict.fromkeys(named)) or (["spouse"] if couple else [])


def _others(ledger: Ledger, mover: str) -> list[str]:
    return [p for p in _relatives(ledger) if p != mover]


def _told_alone(ledger: Ledger, person: str) -> bool:
    """Whether the message tells something of a near relative, and nothing at all of whoever speaks."""
    if person.split("/")[-1] not in kin().inverse or named_hukou(ledger, person):
        return False
    mine = [c for c in ledger.claims if c.person in (SELF, COUPLE) and c.value != Choice(frozenset({"married"}))]
    if mine or things(ledger.homes, SELF) or any(t.kind != {"none"} for t in things(ledger.jobs, SELF)):
        return False
    return any(c.fact in _TELLING and not c.hedged for c in along(ledger, person)) or bool(things(ledger.homes, person))
