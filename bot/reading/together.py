"""Whether two people are said to live together."""

from __future__ import annotations

from bot.reading.cues import cue
from bot.reading.ledger import Ledger
from bot.reading.people import COUPLE, NOBODY, SELF

_WITH = cue("together.with")


_APART = cue("together.apart")
_GROUP = cue("together.group")
_WITH_ME = cue("together.with_me")


def lives_together(ledger: Ledger, mover: str, followed: str, plain: str) -> tuple[str, int, int] | None:
    """``yes`` or ``no`` and the span of the words, ``None`` where nothing is said."""
    for order, clause in enumerate(ledger.clauses):
        if clause.hearsay:
            continue
        apart = _APART.search(clause.text)
        others = {m.person for m in ledger.people if clause.start <= m.start < clause.end} - {mover, followed, SELF, COUPLE}
        if apart and not clause.planned(apart.start()) and (not others or "人" in apart.group()):
            return "no", clause.start + apart.start(), clause.start + apart.end()
        match = _WITH.search(clause.text)
        if (
            not match
            or clause.planned(match.start())
            or cue("together.moving").search(clause.text[: match.start()])
            or cue("together.then_moves").match(clause.text[match.end() :])
        ):
            continue
        if cue("together.one_in_common").search(match.group()) and not cue("together.living").search(clause.text[match.start() :]):
            continue
        inner = clause.start + (match.start(1) if match.group(1) else match.start())
        near = [m for m in ledger.people if clause.start <= m.start < clause.end and m.relation != NOBODY]
        subject = ledger.subjects[order] if order < len(ledger.subjects) else SELF
        people = {SELF if m.person == COUPLE else m.person for m in near} | {SELF if subject == COUPLE else subject}
        if any(m.person == COUPLE for m in near):
            people |= {"spouse"}
        if _GROUP.search(clause.text) and SELF in (mover, followed):
            people |= {mover, followed}
        if cue("together.family").search(clause.text):
            people |= {"spouse", "child", "parent", SELF}
        if not near and subject in (mover, followed, COUPLE) and match.group(1) is None:
            return "yes", clause.start + match.start(), clause.start + match.end()
        if any(m.person == COUPLE for m in near) and {mover, followed} == {SELF, "spouse"}:
            return "yes", clause.start + match.start(), clause.start + match.end()
        if subject in (SELF, COUPLE) and _WITH_ME.match(clause.text):  # 我把他接来,跟我住
            people |= {m.person for m in ledger.people if m.start < clause.start and m.relation not in (SELF, COUPLE, NOBODY)} & {
                mover,
                followed,
            }
        names = {p.split("/")[-1] for p in people} | people
        if (
            {mover, followed} <= people
            or (mover in people and followed.split("/")[-1] in names)
            or (followed in people and mover == SELF and SELF in people)
        ):
            return "yes", inner if match.group(1) else clause.start + match.start(), clause.start + match.end()
    return None
