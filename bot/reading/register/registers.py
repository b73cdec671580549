"""Registers told without a word on whose: a bare 户口… of the one who asks, and what parents and elders leave to be taken for granted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.eligibility.values import Choice, Places
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.place.place_tree import kind_of
from bot.reading.place.places import VILLAGE, PlaceReading
from bot.reading.record.builder import Builder, FactReading, at_home
from bot.reading.record.ledger import Claim, Ledger, along, things
from bot.reading.text.cues import cue

_HUKOU = "hukou.place"
_ELDERS = frozenset({"parent", "grandparent", "parent_in_law"})
# whose register a minor's is taken to be with, the nearest first
_WITH = {"child": (COUPLE, "child/parent"), "grandchild": ("grandchild/parent", "child")}


def of_the_asker(ledger: Ledger, mover: str) -> Ledger:
    """The ledger with a bare register entered for the asker, who moves and of whom none is told (二姨写了同意书。户口成武)."""
    if mover not in (SELF, COUPLE) or any(c.fact in (_HUKOU, "hukou_here") for c in along(ledger, SELF)):
        return ledger
    bare = [c for c in ledger.claims if c.fact == _HUKOU and c.person not in (SELF, COUPLE) and _is_bare(ledger, c)]
    if len({c.value for c in bare}) != 1:
        return ledger
    return replace(ledger, claims=[replace(c, person=SELF) if c in bare else c for c in ledger.claims])


def _is_bare(ledger: Ledger, claim: Claim) -> bool:
    """Whether the clause names nobody, and the words before it in the sentence speak of no relative whose register it would be."""
    clause = ledger.clauses[claim.order]
    if not isinstance(claim.value, Places) or at_home(claim.value, ledger.home) or not cue("registers.bare").match(clause.text):
        return False
    if any(clause.start <= m.start < clause.end for m in ledger.people):
        return False
    before = [m for m in ledger.people if m.start < clause.start]
    if not before:
        return True
    last = before[-1]
    order, there = next((i, c) for i, c in enumerate(ledger.clauses) if c.start <= last.start < c.end)
    apart = ledger.clauses[order].sentence != clause.sentence
    nobody = last.person in (SELF, COUPLE, NOBODY) or last.relation == "other" and cue("registers.none_of_them").search(there.text)
    return apart or bool(nobody)


def take_for_granted(build: Builder, ledger: Ledger, mover: str) -> None:
    """Where a register is not told: a minor's is with the parents', an old relative's where they live alone or always have."""
    home = ledger.home
    if home is None or _HUKOU in build.readings or any(c.fact == "hukou_here" for c in along(ledger, mover)):
        return
    found = next(iter([*_with_the_parents(ledger, mover), *_where_they_live(ledger, mover)]), None)
    if found is not None:
        build.presume(_HUKOU, found.value, found.start, found.end)


def narrow_kin(build: Builder, ledger: Ledger, followed: str | None) -> None:
    """A relative followed to a village is followed to the town it lies in: of their register, or the one whose village was named.

    (户口在朱台镇…,落到他村里; 爷爷奶奶在村里,…是朱台镇的村.)
    """
    told = build.readings.get("kin.place", [])
    if followed is None or len(told) != 1 or told[0].value != Places(frozenset({ledger.home or ""})):
        return
    own = [c for c in along(ledger, followed) if c.fact == _HUKOU and isinstance(c.value, Places)]
    towns = [c for c in own if len(_places(c).include) == 1 and kind_of(next(iter(_places(c).include))) in _TOWNS]
    if towns and at_home(_places(towns[0]), ledger.home):
        build.readings["kin.place"] = [FactReading("kin.place", towns[0].value, "", (towns[0].start, towns[0].end), "said")]
    elif (village := _village_named(build, ledger)) is not None and village.area is not None:
        build.readings["kin.place"] = [FactReading("kin.place", village.places, "", village.span, "said")]
        build.readings["kin.area"] = [FactReading("kin.area", Choice(village.area), "", village.span, "said")]


def _village_named(build: Builder, ledger: Ledger) -> PlaceReading | None:
    """The one town here of which a village is named, where the one followed lives in a village."""
    area = build.readings.get("kin.area", [])
    if len(area) != 1 or not isinstance(area[0].value, Choice) or not area[0].value.values <= VILLAGE or ledger.home is None:
        return None
    of_villages = [p for p in ledger.places if p.area is not None and p.area <= area[0].value.values and len(p.places.include) == 1]
    here = [p for p in of_villages if kind_of(next(iter(p.places.include))) in _TOWNS and at_home(p.places, ledger.home)]
    return here[0] if len({p.places for p in here}) == 1 else None


_TOWNS = frozenset({"town", "township", "subdistrict"})


def _with_the_parents(ledger: Ledger, mover: str) -> Iterable[Claim]:
    if _is_a_minor(ledger, mover):
        for person in _WITH.get(mover, ()):
            own = [c for c in ledger.claims if c.person == person and c.fact == _HUKOU and isinstance(c.value, Places)]
            yield from (c for c in own if not at_home(_places(c), ledger.home))


def _is_a_minor(ledger: Ledger, mover: str) -> bool:
    """Whether the mover is said to be a minor, by age or by being still at school (孙女今年上高二)."""
    own = along(ledger, mover)
    young = any(c.fact == "age" and c.value == Choice(frozenset({"minor"})) for c in own)
    grown = any(c.fact == "age" and c.value == Choice(frozenset({"adult"})) for c in own)
    at_school = any(c.fact == "education.status" and c.value == Choice(frozenset({"enrolled"})) for c in own)
    levels = [c.value for c in own if c.fact == "education.level"]
    return young or not grown and at_school and bool(levels) and all(isinstance(v, Choice) and v.values <= _SCHOOL for v in levels)


_SCHOOL = frozenset({"none", "junior", "senior"})


def _where_they_live(ledger: Ledger, mover: str) -> Iterable[Claim]:
    if mover not in _ELDERS or things(ledger.jobs, mover):
        return
    for c in ledger.stands:
        named = c.person == mover and c.fact == "where" and _places(c).include != frozenset({""})
        if named and not at_home(_places(c), ledger.home) and not ledger.clauses[c.order].asks:
            yield c


def _places(claim: Claim) -> Places:
    return claim.value if isinstance(claim.value, Places) else Places(frozenset({""}))
