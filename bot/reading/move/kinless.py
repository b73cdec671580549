"""Nobody left to follow (爹娘早没了,兄弟姊妹一个没有,没孩子), or only a distant relative."""

from __future__ import annotations

from re import Pattern

from bot.eligibility.values import Choice, Places
from bot.reading.kin.kinship import COUPLE, NOBODY, PRONOUN, SELF
from bot.reading.place.places import NAMED
from bot.reading.record.builder import at_home
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.cues import cue

_NOBODY = Choice(frozenset({"none"}))
_DISTANT = frozenset({"other", "friend"})
_SIBLINGS = cue("kinless.siblings")
_MISSING = (cue("kinless.parents"), _SIBLINGS, cue("kinless.children"))
_FURTHER = Choice(frozenset({"sibling", "grandparent", "other", "none"}))
"""Who is left of whom neither parents nor husband, wife or children are."""


def read_kinless(ledger: Ledger) -> None:
    """Enter that there is no relative where the message tells so of parents, brothers and sisters, and children, of one person."""
    if any(c.fact == "kin.relation" for c in ledger.claims):
        return
    if (only := _only_distant(ledger)) is not None:
        ledger.claims.append(only)
        return
    if (known := _only_one_there(ledger)) is not None:
        ledger.claims.append(known)
        return
    if (gone := _all_elsewhere(ledger)) is not None:
        ledger.claims.append(gone)
        return
    if (nobody := _nobody_there(ledger)) is not None:
        ledger.claims.append(nobody)
        return
    found: list[tuple[str, int, int, int]] = []
    for missing in _MISSING:
        hit = next(
            ((order, m) for order, c in enumerate(ledger.clauses) if not c.hearsay and not c.asks and (m := missing.search(c.text))),
            None,
        )
        if hit is None and missing is _MISSING[-1] and found and _children_elsewhere(ledger):
            continue  # 爸妈早没了,没有兄弟姐妹,闺女跟她爸去了天津
        if hit is None and missing is _SIBLINGS:
            continue  # 爹娘走得早,没媳妇没孩子: brothers and sisters are not spoken of
        if hit is None:
            return
        order, match = hit
        start = ledger.clauses[order].start
        person = ledger.subjects[order] if order < len(ledger.subjects) else ""
        found.append((person, start + match.start(), start + match.end(), order))
    people = {person for person, *_ in found} - {NOBODY}
    left = _NOBODY if _spoken_of(ledger, _SIBLINGS) else _left(ledger)
    if len(people) == 1 and left is not None:
        _, start, end, order = found[1]
        ledger.claims.append(Claim(people.pop(), "kin.relation", left, start, end, order))


def _spoken_of(ledger: Ledger, missing: Pattern[str]) -> bool:
    """Whether a clause says that there is none of a kind of relatives."""
    return any(not c.hearsay and not c.asks and missing.search(c.text) for c in ledger.clauses)


def _left(ledger: Ledger) -> Choice | None:
    """Whom somebody with neither parents nor husband, wife or children may still have, where the message denies all of these."""
    return _FURTHER if _spoken_of(ledger, cue("kinless.partner")) else None


def _nobody_there(ledger: Ledger) -> Claim | None:
    """That none of one's own is there, in a run of denials of home and kin (没买房没租房,也没人在那边; but 房子空着,没人在那边)."""
    for order, clause in enumerate(ledger.clauses):
        person = ledger.subjects[order] if order < len(ledger.subjects) else NOBODY
        if not order or person == NOBODY or not cue("kinless.nobody_there").fullmatch(clause.text):
            continue
        if any(t.order == order - 1 and (t.deny or t.kind == {"none"}) for t in ledger.homes):
            return Claim(person, "kin.relation", _NOBODY, clause.start, clause.end, order, clause.hedged)
    return None


def _only_one_there(ledger: Ledger) -> Claim | None:
    """That all somebody has there is a further relative, in a message that names no nearer one (村里只剩个堂哥)."""
    named = [m for m in ledger.people if m.relation not in (SELF, COUPLE, PRONOUN) and NOBODY not in (m.relation, m.person)]
    for m in named:
        order, clause = next((n, c) for n, c in enumerate(ledger.clauses) if c.start <= m.start < c.end)
        here = any(clause.start <= p.span[0] < m.start and (at_home(p.places, ledger.home) or p.kind == "area") for p in ledger.places)
        first = next((o.person for o in ledger.people if clause.start <= o.start < m.start), None)
        person = first or (ledger.subjects[order] if order < len(ledger.subjects) else SELF)
        nearer = any(o.person not in (m.person, person) and o.relation not in _DISTANT for o in named)
        if m.relation not in _DISTANT or nearer or not here or clause.hearsay or clause.asks:
            continue
        before, after = clause.text[: m.start - clause.start], clause.text[m.end - clause.start :]
        if cue("subjects.only_one").search(before) and (not after or cue("subjects.is_seen").match(after)):
            return Claim(person, "kin.relation", Choice(frozenset({"other"})), m.start, m.end, order, clause.hedged)
    return None


def _all_elsewhere(ledger: Ledger) -> Claim | None:
    """That one's relatives are all in another place (亲戚都在莒县), or none of them here (亲戚都在老家,临淄一个没有)."""
    for order, clause in enumerate(ledger.clauses):
        person = ledger.subjects[order] if order < len(ledger.subjects) else NOBODY
        if clause.asks or clause.hearsay or clause.past or person not in (SELF, COUPLE, NOBODY):
            continue
        places = [p for p in ledger.places if clause.start <= p.span[0] < clause.end and p.kind in NAMED]
        far = len(places) == 1 and not at_home(places[0].places, ledger.home)
        if far and cue("kinless.all_there").fullmatch(clause.text[: places[0].span[0] - clause.start]):
            return Claim(SELF, "kin.relation", _NOBODY, clause.start, clause.end, order, clause.hedged)
        named = order > 0 and cue("kinless.kinsfolk").search(ledger.clauses[order - 1].text)
        here = places[0].span[1] - clause.start if places and not far and places[0].span[0] == clause.start else 0
        if named and cue("kinless.not_one_there").fullmatch(clause.text[here:]):
            return Claim(SELF, "kin.relation", _NOBODY, clause.start, clause.end, order, clause.hedged)
    return None


def _children_elsewhere(ledger: Ledger) -> bool:
    """Whether the children are told of as living outside the jurisdiction, and nowhere in it."""
    spots = [c.value for c in ledger.stands if c.person == "child" and c.fact == "where" and isinstance(c.value, Places)]
    return bool(spots) and not any(at_home(spot, ledger.home) for spot in spots)


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
