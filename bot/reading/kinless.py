"""Nobody left to follow (爹娘早没了,兄弟姊妹一个没有,没孩子), or only a distant relative."""

from __future__ import annotations

from bot.eligibility.values import Choice
from bot.reading.cues import cue
from bot.reading.ledger import Claim, Ledger
from bot.reading.people import NOBODY, SELF

_DISTANT = frozenset({"other", "friend"})
_MISSING = (cue("kinless.parents"), cue("kinless.siblings"), cue("kinless.children"))


def read_kinless(ledger: Ledger) -> None:
    """Enter that there is no relative where the message tells so of parents, brothers and sisters, and children, of one person."""
    if any(c.fact == "kin.relation" for c in ledger.claims):
        return
    if (only := _only_distant(ledger)) is not None:
        ledger.claims.append(only)
        return
    found: list[tuple[str, int, int, int]] = []
    for missing in _MISSING:
        hit = next(
            ((order, m) for order, c in enumerate(ledger.clauses) if not c.hearsay and not c.asks and (m := missing.search(c.text))),
            None,
        )
        if hit is None:
            return
        order, match = hit
        start = ledger.clauses[order].start
        person = ledger.subjects[order] if order < len(ledger.subjects) else ""
        found.append((person, start + match.start(), start + match.end(), order))
    people = {person for person, *_ in found} - {NOBODY}
    if len(people) == 1:
        _, start, end, order = found[1]
        ledger.claims.append(Claim(people.pop(), "kin.relation", Choice(frozenset({"none"})), start, end, order))


def _only_distant(ledger: Ledger) -> Claim | None:
    """That the only person one knows there is no near relative (就认得我媳妇一个远房姑,别的亲人都在贵州)."""
    if not any(cue("kinless.nobody_else").search(c.text) for c in ledger.clauses):
        return None
    for m in ledger.people:
        order = next((i for i, c in enumerate(ledger.clauses) if c.start <= m.start < c.end), None)
        if order is None or m.relation not in _DISTANT or m.person.split("/")[0] == NOBODY:
            continue
        clause = ledger.clauses[order]
        before = clause.text[: m.start - clause.start]
        if order and cue("kinless.that_one").match(before):  # 只认得一个,是媳妇的表姨
            before = ledger.clauses[order - 1].text
        if not clause.hearsay and cue("kinless.only_one").search(before):
            return Claim(SELF, "kin.relation", Choice(frozenset({"other"})), m.start, m.end, order)
    return None
