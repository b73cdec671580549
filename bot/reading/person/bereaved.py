"""Who is married or widowed by what is told of others: a death leaves a widow, but no stranger's; a wife named makes a husband."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, married
from bot.reading.kin.mention import Mention
from bot.reading.person.couples import partner_of
from bot.reading.record.builder import Builder
from bot.reading.record.ledger import Claim, Ledger
from bot.reading.text.cues import cue
from bot.reading.text.groups import group

_MARRIED_TO = {
    "child_in_law": ("child",),
    "parent": ("parent", "step_parent"),
    "step_parent": ("parent",),
    "grandparent": ("grandparent",),
    "parent_in_law": ("parent_in_law",),
}
_GONE = cue("people.gone")
_DIVORCED = cue("bereaved.divorced")
_WIDOWED = Choice(frozenset({"widowed"}))


def read_bereaved(ledger: Ledger, plain: str) -> None:
    """我爸不在了 leaves the mother widowed, 女婿没了 the daughter, 姐夫走了 the sister, where she is spoken of and no divorce."""
    ledger.claims[:] = [c for c in ledger.claims if not (c.fact == "marital" and c.value == _WIDOWED and _landlords(ledger, c))]
    _whose_partner(ledger, plain)
    _of_the_parent(ledger, plain)
    if _DIVORCED.search(plain):
        return
    for gone in ledger.people:
        if gone.person != NOBODY or gone.plural or not _GONE.match(plain[gone.end :]):
            continue
        left = _left_by(ledger, gone)
        if left is None:
            continue
        ledger.claims[:] = [c for c in ledger.claims if not (c.fact == "marital" and c.person == left and _single_again(ledger, c))]
        if any(c.fact == "marital" and c.person == left for c in ledger.claims):
            continue
        order = next((i for i, c in enumerate(ledger.clauses) if c.start <= gone.start < c.end), 0)
        ledger.claims.append(Claim(left, "marital", Choice(frozenset({"widowed"})), gone.start, gone.end, order))


_PARTED = Choice(frozenset({"divorced"}))


def _of_the_parent(ledger: Ledger, plain: str) -> None:
    """孩子判给我,户口在前夫那: divorced is the parent who speaks, not the child that the clause is about."""
    if cue("people.child_is_mine").search(plain):
        ledger.claims[:] = [
            replace(c, person=SELF) if c.fact == "marital" and c.value == _PARTED and c.person in _CHILDREN else c for c in ledger.claims
        ]


_CHILDREN = frozenset({"child", "step_child"})


def _left_by(ledger: Ledger, gone: Mention) -> str | None:
    """Who was married to the one that died: by what the two are to the asker, or by the words for them (姐夫 and 我姐, 嫂子 and 我哥)."""
    by_relation = next((p for p in _MARRIED_TO.get(gone.relation, ()) if _is_left(ledger, p, gone)), None)
    return by_relation or next((m.person for m in ledger.people if m.person != NOBODY and married(_bare(gone.words), _bare(m.words))), None)


def _bare(words: str) -> str:
    return words.lstrip(_OWN)


def _single_again(ledger: Ledger, claim: Claim) -> bool:
    """Whether words of being single or of not marrying again are said of the one left (一直单着, 没改嫁)."""
    return claim.value != _PARTED and cue("bereaved.single_again").search(ledger.clauses[claim.order].text) is not None


def _is_left(ledger: Ledger, person: str, gone: Mention) -> bool:
    """Whether the message names somebody of the kind who is not the one that died (我爷爷 and 爷爷 are one)."""
    words = _bare(gone.words)
    return any(m.person == person and _bare(m.words) != words and not m.plural for m in ledger.people if m.relation != "pronoun")


_OWN = "".join(group("bereaved.own"))


def _whose_partner(ledger: Ledger, plain: str) -> None:
    """Enter a loss for whoever the partner is said to be of (闺女的丈夫走了, 我妈老伴没了, 我老公不在了), whoever was spoken of before."""
    for i, claim in enumerate(ledger.claims):
        if claim.fact != "marital" or claim.value != _WIDOWED:
            continue
        owner = _owner_at(ledger, claim.start, plain)
        if owner is not None and owner != claim.person:
            ledger.claims[i] = replace(claim, person=owner)


def _landlords(ledger: Ledger, claim: Claim) -> bool:
    """Whether a loss is told right after an old couple who let the home, and names nobody else (房东老两口,老头去世了)."""
    clause = ledger.clauses[claim.order]
    before = [m for m in ledger.people if m.start < clause.start]
    if not claim.order or any(clause.start <= m.start < clause.end for m in ledger.people) or not before:
        return False
    last = ledger.clauses[claim.order - 1]
    return before[-1].person == NOBODY and before[-1].start >= last.start and cue("bereaved.couple_who_lets").search(last.text) is not None


def _owner_at(ledger: Ledger, at: int, plain: str) -> str | None:
    beside = [m for m in ledger.people if m.start < at <= m.end + 1 and m.relation != "pronoun"]
    named = next((m for m in beside if m.end <= at and m.person not in (NOBODY, SELF, COUPLE)), None)
    if named is not None and plain[named.end : at] in ("", "的"):
        return named.person
    within = next((m for m in beside if m.start < at < m.end), None)
    if within is not None and within.relation in ("spouse", "fiance"):
        if within.owner is not None:
            return within.owner
        return SELF if within.words[:1] in ("我", "俺") else None
    return None


def strangers_loss(mentions: list[Mention], at: int) -> bool:
    """Whether the one who died at offset ``at`` of the plain text was married to somebody who is nobody here (房东老伴没了)."""
    return any(m.person == NOBODY and m.end == at for m in mentions)


def presume_married(build: Builder, ledger: Ledger, mover: str, relation: str | None, plain: str) -> None:
    """Who speaks of a husband or a wife, or follows one, is taken to be married where nothing else is said of it."""
    if cue("people.engaged").search(plain) or "marital" in build.readings:
        return
    spouse = next((m for m in ledger.people if m.person == "spouse" and m.relation == "spouse"), None)
    if mover in (SELF, COUPLE) and spouse is not None and not _DIVORCED.search(plain) or relation == "spouse" and mover in (SELF, "spouse"):
        at = (spouse.start, spouse.end) if spouse else (0, 0)
        build.presume("marital", Choice(frozenset({"married"})), *at)
    elif mover not in (SELF, COUPLE, "spouse") and partner_of(ledger, mover) is not None and not _DIVORCED.search(plain):
        build.presume("marital", Choice(frozenset({"married"})))
    elif (named := _by_their_word(ledger, mover)) is not None and not _DIVORCED.search(plain):
        build.presume("marital", Choice(frozenset({"married"})), named.start, named.end)


def _by_their_word(ledger: Ledger, mover: str) -> Mention | None:
    """The word that says of a mover to be married: a parent-in-law of one's own, a mover called by whom they married (儿媳, 姐夫)."""
    wedded = cue("people.wedded_words")
    if mover in (SELF, COUPLE):
        return next((m for m in ledger.people if m.person == "parent_in_law" and wedded.search(m.words)), None)
    if mover not in ("child_in_law", "other"):
        return None
    return next((m for m in ledger.people if m.person == mover and m.relation == mover and wedded.search(m.words)), None)
