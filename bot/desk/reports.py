"""Knowledge gaps and errors at the desk: those that staff report and those that the bot left, in one list with one status."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process

from bot.channels.masking import mask
from bot.channels.secret import keyed_hash
from bot.store import gaps
from bot.store.gaps import Gap

CHANNEL = "desk"
KINDS = {"gap": "unsure", "error": "useless"}
"""What staff report (something is missing, something is wrong) and the reason under which it is kept."""
MAX_MESSAGE = 500
_LOOKED_AT, _SHOWN, _LEAST_ALIKE, _FRESH = 400, 3, 70.0, 10.0


def report(person: str, kind: str, message: str, entry: str, place: str | None) -> int:
    """Keep what a member of staff reports, masked; its id.

    Raises:
        KeyError: the kind is neither ``gap`` nor ``error``.
    """
    text = mask(message).text.strip()[:MAX_MESSAGE]
    sender = keyed_hash("desk-staff", person)
    return gaps.record(Gap(sender, CHANNEL, text, KINDS[kind], kind, place, reply=entry[:64]))


def gap_json(gap: Gap) -> dict[str, Any]:
    """One line of the list; who asked is not shown."""
    return {
        "id": gap.id,
        "at": gap.at,
        "message": gap.message,
        "reason": gap.kind if gap.channel == CHANNEL else gap.reason,
        "from": "desk" if gap.channel == CHANNEL else "bot",
        "place": gap.jurisdiction,
        "status": gap.status,
        "entry": gap.reply if gap.channel == CHANNEL else None,
    }


@dataclass
class PastGaps:
    """The latest gaps, read from the store at most every ten seconds, for finding past ones while a query is typed."""

    _read: float = -_FRESH
    _gaps: tuple[Gap, ...] = ()

    def forget(self) -> None:
        """Read again at the next look."""
        self._read = -_FRESH

    def like(self, query: str) -> list[Gap]:
        """The past gaps that are most like the query, at most three."""
        if time.monotonic() - self._read > _FRESH:
            self._gaps, self._read = gaps.list(limit=_LOOKED_AT), time.monotonic()
        if len(query.strip()) < 2:
            return []
        messages = [g.message for g in self._gaps]
        near: Sequence[Any] = process.extract(query.strip(), messages, scorer=fuzz.partial_ratio, score_cutoff=_LEAST_ALIKE, limit=_SHOWN)
        return [self._gaps[at] for _, _, at in near]
