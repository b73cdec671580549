"""Whether somebody needs nobody to follow: their own home or job is the case, and relatives in the message are by the way.

(公公把老屋分给了我; 媳妇户口在娘家,我在城里买了房; 朋友开厂,我在那上班.) Who lives with somebody may be meant to follow them all the same.
"""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.move.together import lives_together
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Ledger, Thing, along, things
from bot.reading.text.cues import cue

_NO_MERIT = {
    "skill.certificate": frozenset({"none"}),
    "title.level": frozenset({"none"}),
    "intent.work": frozenset({"no"}),
    "education.level": frozenset({"none", "junior", "senior"}),
}
"""Values of what one can be registered for by oneself that nobody is registered for."""


_NOTHING = frozenset({"none", "borrowed"})
_NO_GROUND = _NOTHING | {"dormitory", "informal", "flexible"}
"""Homes and jobs that nobody is registered by, whose owners may well look for somebody to follow."""


def stands_alone(ledger: Ledger, person: str) -> bool:
    """Whether somebody is told to have a home of their own or a job here: a case that needs nobody to follow."""
    return any(_here(ledger, t) for t in [*things(ledger.homes, person), *things(ledger.jobs, person)] if t.kind and not t.kind <= _NOTHING)


def _has_ground(ledger: Ledger, person: str) -> bool:
    """Whether somebody has a home, a licence or a job that one may be registered by; a job with no contract is none."""
    if any(c.fact == "business.license" and c.value == Choice(frozenset({"own"})) and not c.hedged for c in along(ledger, person)):
        return True
    loose = any(c.fact == "contract" and c.value == Choice(frozenset({"no"})) for c in along(ledger, person))
    jobs = [] if loose else things(ledger.jobs, person)
    return any(_here(ledger, t) for t in [*things(ledger.homes, person), *jobs] if t.kind and not t.kind <= _NO_GROUND)


def _here(ledger: Ledger, thing: Thing) -> bool:
    return thing.spot.places is None or at_home(thing.spot.places, ledger.home)


def needs_nobody(ledger: Ledger, mover: str, followed: str, plain: str) -> bool:
    """Whether a relative told of here is not followed: no clause says so, the mover has a home or a job, and does not live with them."""
    if not _has_ground(ledger, mover) or cue("own_case.goes_to_somebody").search(plain):
        return False
    lodged = {t.start for t in things(ledger.homes, mover) if t.kind == {"borrowed"}} & {t.start for t in things(ledger.homes, followed)}
    if lodged:
        return False
    if followed.split("/")[0] == "friend":
        return True  # 我买了期房,现在住朋友家
    together = lives_together(ledger, mover, followed, plain)
    return together is None or together[0] == "no"


def comes_on_merit(ledger: Ledger, mover: str) -> bool:
    """Whether a trade, a degree or a wish to work is told of somebody, who then need not come to anybody (我老公是钳工,有证,能落过来吗)."""
    told = [c for c in along(ledger, mover) if c.fact in _NO_MERIT and isinstance(c.value, Choice) and not c.hedged]
    return any(isinstance(c.value, Choice) and not c.value.values & _NO_MERIT[c.fact] for c in told)


def follows_nobody(ledger: Ledger, mover: str, followed: str) -> bool:
    """Whether the message says that somebody goes after nobody, or not after this one (我又不投靠他, 投靠不上我)."""
    for order, clause in enumerate(ledger.clauses):
        said = cue("own_case.follows_nobody").search(clause.text)
        if said is None or clause.asks or clause.hearsay or clause.planned(said.start()):
            continue
        named = {m.person for m in ledger.people if clause.start <= m.start < clause.end} | {ledger.subjects[order]}
        if named <= {mover, followed, SELF, COUPLE, NOBODY}:
            return True
    return False
