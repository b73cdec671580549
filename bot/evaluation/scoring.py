"""When a reply counts as right: over the payload's kinds, citations and screening, as a client sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.evaluation.rows import Row
from bot.replies.model import Reply

DECLINING = frozenset({"out_of_scope", "not_stated", "handoff", "chitchat"})
IN_SCOPE, HALF, OUT, EITHER = "in_scope", "half_answered", "unanswerable", "either"


@dataclass(frozen=True)
class Said:
    """What of the replies to one message is scored."""

    kinds: tuple[str, ...]
    paths: tuple[str, ...]
    screening: Mapping[str, Any] | None

    @property
    def declined(self) -> bool:
        """Whether every reply declines."""
        return bool(self.kinds) and set(self.kinds) <= DECLINING


def said(replies: Iterable[Reply]) -> Said:
    """Kinds and cited articles in order (each article once), and the last screening."""
    replies = tuple(replies)
    cited = dict.fromkeys(c.article for r in replies for c in r.citations)
    screenings = [r.screening for r in replies if r.screening is not None]
    return Said(tuple(r.kind for r in replies), tuple(cited), screenings[-1] if screenings else None)


def covers(expected: str, path: str) -> bool:
    """Whether a citation is the expected article or a numbered item inside it (二(一) is met by 二(一)2, not by 二(十))."""
    return path == expected or (path.startswith(expected) and path[len(expected) :][:1].isdigit())


def hit(expected: Sequence[str], paths: Sequence[str]) -> bool:
    """Whether one of the paths is an expected article."""
    return any(covers(e, p) for e in expected for p in paths)


@dataclass(frozen=True)
class Marked:
    """One question asked for one place. ``parts`` says of each of several questions whether its article was cited anywhere."""

    group: str
    ok: bool
    first: bool
    declined: bool
    parts: tuple[bool, ...] = ()


def mark_question(row: Row, place: str | None, reply: Said) -> Marked:
    """Score a question.

    A question that the document answers is right when one of the first three citations is expected; a reply of declining kinds alone must
    be ``not_stated`` and still cite, unless the row is marked as half answered. ``declined`` of such a row means that it was turned away,
    not that a right article was cited with what it leaves out.
    """
    expected = row.get(f"expected_{place}") or [] if place else []
    if not expected:
        return Marked(OUT, reply.declined, False, reply.declined)
    three, first = hit(expected, reply.paths[:3]), hit(expected, reply.paths[:1])
    if place in row.get("either", ()):
        return Marked(EITHER, three or reply.declined, first, reply.declined)
    ok = three and not (reply.declined and not row.get("mark") and "not_stated" not in reply.kinds)
    wanted = [part[f"expected_{place}"] for part in row.get("parts", ()) if part[f"expected_{place}"]]
    parts = tuple(hit(w, reply.paths) for w in wanted) if len(wanted) > 1 else ()
    return Marked(HALF if row.get("mark") else IN_SCOPE, ok, first, reply.declined and not ok, parts)


def verdict_of(row: Row, reply: Said) -> str:
    """The verdict a story got: the document's, or its first named route's; ``not_covered`` where the reply gives none."""
    if reply.screening is None:
        return "not_covered" if reply.kinds else "none"
    if row.get("scope", "policy") == "policy":
        return str(reply.screening["verdict"])
    verdicts = {r["id"]: r["verdict"] for r in reply.screening["routes"]}
    return next((str(verdicts[r]) for r in row["routes"] if r in verdicts), "route absent")
