"""Renting papers told as a list (房东的房本复印件、租房合同、备案证明、无房证明都齐), which patterns of one paper each read badly."""

from __future__ import annotations

from bot.reading.clauses import Clause
from bot.reading.cues import cue

_PAPERS = {
    "rent.title_paper": cue("papers.title"),
    "rent.contract": cue("papers.contract"),
    "rent.filing": cue("papers.filing"),
    "rent.no_home_proof": cue("papers.no_home"),
}
_JOINT = cue("papers.joint")
_DONE = cue("papers.done")
_MISSING = cue("papers.missing")
_REFUSED = cue("papers.refused")
_NAMED_FIRST = 2  # clauses back in which a paper said not to be had may stand


def listed(text: str, before: str, after: str) -> list[tuple[str, int, int]]:
    """The papers a clause lists as held, with their offsets; ``before`` and ``after`` are the neighbouring clauses.

    At least two papers must stand side by side, and the list or the clause next to it must say that they are there.
    """
    found = [(fact, m.start(), m.end()) for fact, pattern in _PAPERS.items() if (m := pattern.search(text))]
    if len(found) < 2 or not (_JOINT.search(text) or _side_by_side(found)) or _MISSING.search(text):
        return []
    if not (
        _DONE.search(text) or _DONE.search(before) and not _MISSING.search(before) or _DONE.search(after[:6]) and not _MISSING.search(after)
    ):
        return []
    return found


def _side_by_side(found: list[tuple[str, int, int]]) -> bool:
    """Whether three papers follow one another with no mark between (合同备案房东房证都有)."""
    spans = sorted((start, end) for _, start, end in found)
    return len(spans) > 2 and all(low[1] + 3 >= high[0] for low, high in zip(spans, spans[1:], strict=False))


def refused(clauses: list[Clause], order: int) -> str | None:
    """The paper named in a clause before that this one says cannot be had (那个无房证明,窗口说我有一套,开不出来)."""
    if not _REFUSED.fullmatch(clauses[order].text):
        return None
    for earlier in reversed(clauses[max(0, order - _NAMED_FIRST) : order]):
        if earlier.sentence != clauses[order].sentence:
            return None
        for fact in ("rent.no_home_proof", "rent.filing"):
            if _PAPERS[fact].search(earlier.text):
                return fact
    return None
