"""Whose schooling is told where somebody sees another through it (供闺女读高中, 陪孙子念初中): that of the one who is at school."""

from __future__ import annotations

from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.mention import Mention
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue

_SEES_THROUGH, _PAYS_FOR = cue("schooled.sees_through"), cue("schooled.pays_for")


def schooled(clause: Clause, mentions: list[Mention], at: int) -> str | None:
    """Who stands between the verb of seeing through and the school at offset ``at`` of the clause; ``None`` where nobody does."""
    before = [m for m in mentions if m.start < clause.start + at and m.relation not in (COUPLE, NOBODY)]
    if not before:
        return None
    pupil = before[-1]
    led = (_PAYS_FOR if pupil.relation == SELF else _SEES_THROUGH).search(clause.text[: pupil.start - clause.start])
    there = cue("schooled.goes_to").fullmatch(clause.text, pupil.end - clause.start, max(at, pupil.end - clause.start))
    return pupil.person if led and there else None
