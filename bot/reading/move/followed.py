"""Who may be followed, and the facts of the one who is: relation, home and work, register, age, and whether the mover lives with them."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.eligibility.values import Choice, Places
from bot.reading.home.settling import settle_dwelling, settle_job
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, UNNAMED
from bot.reading.move.following import Following
from bot.reading.move.kin_place import presume_loose_place, settle_common_place, settle_kin_place
from bot.reading.move.together import lives_together
from bot.reading.record.builder import Builder, at_home
from bot.reading.record.ledger import Ledger, along
from bot.reading.text.cues import cue

_ANYWHERE = frozenset({""})
_FAR = 3  # characters before 亲戚 in which 远房 says that it is no near one
_YES, _NO = Choice(frozenset({"yes"})), Choice(frozenset({"no"}))
_ONES_CHILD = ("child", "step_child")
_COUPLE_TO_BE = ("spouse", "fiance")
_GROWN = ("parent", "spouse")
_PARENTS = ("parent", "parent_in_law")
_OWN_OR_LENT = frozenset({"owned", "borrowed"})
_OF_GROWN_PEOPLE = ("marital", "work.status", "veteran")

_JOINS = cue("followed.joins")

_SOME = cue("people.some_relative")
"""Who is called a relative and nothing more precise."""


def people_here(ledger: Ledger, home: str | None, mover: str = SELF) -> list[str]:
    """People told to live, work or be registered at the destination, most told of first; a couple's home is the mover's own."""
    found: list[str] = []
    for thing in [*ledger.homes, *ledger.jobs]:
        if (
            thing.kind
            and thing.kind != {"none"}
            and thing.person not in found
            and (thing.spot.places is None or at_home(thing.spot.places, home))
        ):
            found.append(thing.person)
    for claim in [*ledger.stands, *ledger.claims]:
        here = isinstance(claim.value, Places) and claim.fact in ("where", "hukou", "hukou.place") and at_home(claim.value, home)
        if claim.person not in found and (claim.fact == "hukou_here" or here):
            found.append(claim.person)
    shared = mover == "spouse"  # 我们住临淄,他按就业落
    return [SELF if p == COUPLE else p for p in found if p != NOBODY and not (shared and p == COUPLE)]


def all_elsewhere(build: Builder, ledger: Ledger, mover: str, home: str | None) -> None:
    """Relatives who are all told to live somewhere else: nobody here to follow."""
    near = ("spouse", "child", "parent", "sibling", COUPLE)
    lacking = {t.order for t in [*ledger.homes, *ledger.jobs] if t.deny or t.kind == {"none"}}  # 全家在外地,那边没房没活: nobody is there
    found = [c for c in ledger.stands if c.fact == "where" and c.person in near and c.person != mover and isinstance(c.value, Places)]
    found = [c for c in found if c.order not in lacking]
    if any(c.fact == "hukou_here" and c.person in near and c.person != mover for c in ledger.claims):
        return  # 我爸妈户口都在村里,…媳妇在济南
    if (
        home
        and found
        and "kin.relation" not in build.readings
        and not any(at_home(c.value, home) for c in found if isinstance(c.value, Places))
    ):
        build.presume("kin.place", found[0].value, found[0].start, found[0].end)


def settle_kin(build: Builder, following: Following) -> None:
    """Settle what is told of the one followed."""
    _settle_relation(build, following)
    _settle_home_and_work(build, following)
    settle_kin_place(build, following)
    _settle_register(build, following)
    _settle_insurance_and_age(build, following)
    _presume_grown(build, following)
    _presume_register(build, following)
    _settle_together(build, following)
    presume_loose_place(build, following)


# -- what they are to the mover --------------------------------------------------------------------------------------------
def _settle_relation(build: Builder, following: Following) -> None:
    """What the one followed is to the mover; that there is no relative here (亲戚全在老家,这边一个亲戚没有) outlasts a mere 亲戚."""
    relations = _anybody(build) if UNNAMED in (following.mover, following.followed) else _relations(build, following)
    denied = build.readings.pop("kin.relation", None)
    if denied and len(relations.values) > 1 and denied[0].value == Choice(frozenset({"none"})):
        build.readings["kin.relation"] = denied
    else:
        build.add("kin.relation", relations, *following.named_at)


def _relations(build: Builder, following: Following) -> Choice:
    """What the one followed can be to the mover: one relation, or any, where the message says no more than 亲戚."""
    relation, plain = following.relation, following.plain
    known = build.vocabulary.facts["kin.relation"].labels
    called = [m for m in following.ledger.people if m.person == following.followed and m.relation == relation]
    if relation == "other" and called and all(_SOME.search(plain[max(0, m.start - _FAR) : m.end]) for m in called):
        return _anybody(build)
    return Choice(frozenset({relation if relation in known else "other"}))


def _anybody(build: Builder) -> Choice:
    return Choice(frozenset(build.vocabulary.facts["kin.relation"].labels) - {"none"})


# -- home, work, insurance, age ----------------------------------------------------------------------------------------------
def _settle_home_and_work(build: Builder, following: Following) -> None:
    theirs, home = following.theirs, following.home
    contract = frozenset(v for c in theirs if c.fact == "contract" and isinstance(c.value, Choice) for v in c.value.values)
    settle_dwelling(build, following.homes, home, "kin.housing", "kin.place", "kin.area")
    settle_job(build, following.jobs, contract, home, "kin.work", None, None)


def _settle_insurance_and_age(build: Builder, following: Following) -> None:
    for claim in following.theirs:
        if claim.fact == "insurance.paid" and not claim.hedged:
            build.add("kin.insurance", claim.value, claim.start, claim.end)
        if claim.fact == "age" and following.relation in _ONES_CHILD:
            adult = claim.value == Choice(frozenset({"adult"}))
            build.add("kin.adult", _YES if adult else _NO, claim.start, claim.end)


def _presume_grown(build: Builder, following: Following) -> None:
    """A child of whom a marriage, work or service is told is grown up; so are the asker's father, mother, husband or wife."""
    if following.relation not in _ONES_CHILD or "kin.adult" in build.readings:
        return
    if following.followed in _GROWN:
        build.presume("kin.adult", _YES, *following.named_at)
        return
    grown = [(c.start, c.end) for c in following.theirs if c.fact in _OF_GROWN_PEOPLE]
    grown += [(j.start, j.end) for j in following.jobs if j.kind]
    if grown:
        build.add("kin.adult", _YES, *grown[0])


# -- register --------------------------------------------------------------------------------------------------------------
def _settle_register(build: Builder, following: Following) -> None:
    """Whether the one followed is told to be registered in the place asked about."""
    said = next((c for c in following.theirs if c.fact == "hukou_here"), None)
    if said is not None:
        build.add("kin.hukou_here", _YES, said.start, said.end)
    elif following.registers and following.home:
        place, claim = following.registers[0]
        here = place.include != _ANYWHERE and at_home(place, following.home)
        if here or "kin.place" in build.readings:
            build.add("kin.hukou_here", _YES if here else _NO, claim.start, claim.end)


def _presume_register(build: Builder, following: Following) -> None:
    """A register that is to join another's says that this one is here."""
    if "kin.hukou_here" not in build.readings and (joined := _JOINS.search(following.plain) or _joins_asker(following)):
        build.presume("kin.hukou_here", _YES, joined.start(), joined.end())


def _joins_asker(following: Following) -> re.Match[str] | None:
    """The words by which a register is to come to the asker's own (户口迁我们这边), where the asker is told to live here."""
    ledger = following.ledger
    away = any(isinstance(c.value, Places) and not at_home(c.value, ledger.home) for c in along(ledger, SELF) if c.fact == "hukou.place")
    here = any(t.kind == {"owned"} for t in following.homes)
    here = here or any(c.fact == "where" for c in ledger.stands if c.person in (SELF, COUPLE))
    return cue("followed.joins_asker").search(following.plain) if following.followed == SELF and here and not away else None


# -- one household ---------------------------------------------------------------------------------------------------------
def _settle_together(build: Builder, following: Following) -> None:
    """Whether the mover is said to live with the one followed, and what that tells of the home of either."""
    said = lives_together(following.ledger, following.mover, following.followed, following.plain)
    if said is None:
        return
    word, start, end = said
    if word == "yes":
        settle_common_place(build, following)
        if following.relation not in _COUPLE_TO_BE:
            _lodges_with_them(build, start, end)
            _no_home_but_theirs(build, start, end)
        _shared_rent(build, start, end)
        _with_the_parents(build, following, start, end)
    build.add("kin.together", Choice(frozenset({word})), start, end)


def _lodges_with_them(build: Builder, start: int, end: int) -> None:
    """Who lives with a relative, and of whom no home is told, is taken to be lent theirs."""
    if "housing.kind" in build.readings or "kin.place" not in build.readings:
        return
    build.presume("housing.kind", Choice(frozenset({"borrowed"})), start, end)
    build.presume("housing.place", build.readings["kin.place"][0].value, start, end)
    if "kin.area" in build.readings:
        build.presume("housing.area", build.readings["kin.area"][0].value, start, end)


def _no_home_but_theirs(build: Builder, start: int, end: int) -> None:
    """Who is told to have no home of their own, and lives with the one followed, is lent theirs (吃住都在俺家,…房子也没有)."""
    told = build.readings.get("housing.kind", [])
    value = told[0].value if len(told) == 1 else None
    if isinstance(value, Choice) and {"borrowed", "none"} <= value.values and "kin.place" in build.readings:
        build.readings["housing.kind"] = [replace(told[0], value=Choice(frozenset({"borrowed"})))]
        if "housing.place" not in build.readings:
            build.presume("housing.place", build.readings["kin.place"][0].value, start, end)


def _with_the_parents(build: Builder, following: Following, start: int, end: int) -> None:
    """Husband or wife, of whom no home is told, lives with the mover in the home of either one's parents (住媳妇家,房子是她爸妈的)."""
    if following.relation not in _COUPLE_TO_BE or build.readings.keys() & {"kin.housing", "housing.kind"}:
        return
    if any(t.kind and t.kind <= _OWN_OR_LENT and t.person.split("/")[-1] in _PARENTS for t in following.ledger.homes):
        build.presume("kin.housing", Choice(frozenset({"borrowed"})), start, end)


def _shared_rent(build: Builder, start: int, end: int) -> None:
    """Who lives with the mover in a rented home has no other (我跟老公租房住,他在这上班)."""
    kind = build.told().get("housing.kind")
    if kind in (Choice(frozenset({"rented"})), Choice(frozenset({"public_rental"}))):
        build.presume("kin.housing", kind, start, end)
