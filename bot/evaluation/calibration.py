"""Whether a confidence of 70 % is right seven times in ten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bin:
    """The messages whose confidence lies from ``low`` to ``high``: how many, their mean confidence, the share that was right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def reliability(pairs: Sequence[tuple[float, bool]], bins: int = 5) -> list[Bin]:
    """A table of equally wide bins over pairs of confidence (0 to 1) and whether it was right.

    The upper edge belongs to the bin; an empty bin has confidence and share 0.
    """
    found: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in pairs:
        at = next((i for i in range(bins) if confidence <= (i + 1) / bins), bins - 1)
        found[at].append((confidence, right))
    return [
        Bin(
            i / bins,
            (i + 1) / bins,
            len(members),
            sum(c for c, _ in members) / max(len(members), 1),
            sum(r for _, r in members) / max(len(members), 1),
        )
        for i, members in enumerate(found)
    ]


def calibration_error(table: Sequence[Bin]) -> float:
    """The expected calibration error: how far confidence and share lie apart, each bin counting by its messages."""
    total = sum(b.count for b in table)
    return sum(b.count * abs(b.confidence - b.right) for b in table) / total if total else 0.0
