"""The facts of the relative who is followed."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.eligibility.values import Choice, Places, inside
from bot.reading.home.settling import settle_dwelling, settle_job
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF, UNNAMED
from bot.reading.move.together import lives_together
from bot.reading.place.places import PlaceReading
from bot.reading.record.builder import Builder, at_home
from bot.reading.record.ledger import AREAS, ONES_OWN, Claim, Ledger, Thing, along, names_of, things
from bot.reading.text.cues import cue

_ANYWHERE = frozenset({""})
_FAR = 3  # characters before 亲戚 in which 远房 says that it is no near one
# 媳妇娘家在村里 tells of her parents, not where she is
_OF_THE_PARENTS, _NEAR = cue("followed.of_the_parents"), 10


def all_elsewhere(build: Builder, ledger: Ledger, mover: str, home: str | None) -> None:
    """Relatives who are all told to live somewhere else: nobody here to follow."""
    near = ("spouse", "child", "parent", "sibling", COUPLE)
    lacking = {t.order for t in [*ledger.homes, *ledger.jobs] if t.deny or t.kind == {"none"}}  # 全家在外地,那边没房没活: nobody is there
    found = [c for c in ledger.stands if c.fact == "where" and c.person in near and c.person != mover and isinstance(c.value, Places)]
    found = [c for c in found if c.order not in lacking]
    if (
        home
        and found
        and "kin.relation" not in build.readings
        and not any(at_home(c.value, home) for c in found if isinstance(c.value, Places))
    ):
        build.presume("kin.place", found[0].value, found[0].start, found[0].end)


def _beside(ledger: Ledger, person: str) -> PlaceReading | None:
    """The place named right before a person (临淄农村的儿子, 城里奶奶家; not 户口在河南,我…)."""
    for place in ledger.places:
        for m in ledger.people:
            same = m.person in names_of(person) or (person.endswith("/" + m.relation) and m.bare)
            beside = 0 <= m.start - place.span[1] <= 1 and any(c.start <= place.span[0] and m.end <= c.end for c in ledger.clauses)
            if same and beside and place.places.include != frozenset({""}) and place.kind != "building":
                return place
    return None


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


def settle_kin(
    build: Builder, ledger: Ledger, mover: str, followed: str, relation: str, plain: str, home: str | None
) -> None:
    """Settle relation, place, dwelling, work and register of the one followed."""
    theirs = along(ledger, followed)
    homes, jobs = _homes_of(ledger, mover, followed), things(ledger.jobs, followed)
    named = next((m for m in ledger.people if m.person == followed or (followed == SELF and m.relation in (SELF, COUPLE))), None)
    at = (named.start, named.end) if named else (0, 0)
    nobody_knows = UNNAMED in (mover, followed)
    kin_of_mover = _anybody(build) if nobody_knows else _relations(build, ledger, followed, relation, plain)
    denied = build.readings.pop("kin.relation", None)
    if denied and len(kin_of_mover.values) > 1 and denied[0].value == Choice(frozenset({"none"})):
        build.readings["kin.relation"] = denied  # 亲戚全在老家,这边一个亲戚没有
    else:
        build.add("kin.relation", kin_of_mover, *at)
    contract = frozenset(v for c in theirs if c.fact == "contract" and isinstance(c.value, Choice) for v in c.value.values)
    settle_dwelling(build, homes, home, "kin.housing", "kin.place", "kin.area")
    settle_job(build, jobs, contract, home, "kin.work", None, None)
    stands = [c for c in ledger.stands if c.person in names_of(followed)]
    stands = [c for c in stands if not _OF_THE_PARENTS.search(plain, max(0, c.start - _NEAR), c.start)]
    place = build.readings.get("kin.place")
    hukou = [c for c in theirs if c.fact == "hukou.place" and isinstance(c.value, Places)]
    if not place or place[0].certainty == "presumed":
        near = [c for c in stands if isinstance(c.value, Places) and (not home or at_home(c.value, home) and c.value.include != _ANYWHERE)]
        pool = _narrowest([c for c in near if c.fact == "where"]) or [c for c in near if c.fact == "hukou"]
        pool += [c for c in stands if isinstance(c.value, Places) and not pool]
        if pool and isinstance(pool[0].value, Places):
            build.readings.pop("kin.place", None)
            build.add("kin.place", pool[0].value, pool[0].start, pool[0].end)
    said = _beside(ledger, followed)
    if said is not None and ("kin.place" not in build.readings or build.readings["kin.place"][0].certainty == "presumed"):
        build.readings.pop("kin.place", None)
        build.add("kin.place", said.places, *said.span)
        if said.area is not None:
            build.add("kin.area", Choice(said.area), *said.span)
    _goal(build, ledger, plain, home)
    if relation == "spouse":
        _married_into(build, ledger, mover, home)
    for job in jobs:
        unsaid = "kin.place" not in build.readings or build.readings["kin.place"][0].certainty == "presumed"
        if unsaid and job.kind != {"none"} and job.spot.places is not None:
            build.readings.pop("kin.place", None)
            build.add("kin.place", job.spot.places, job.spot.start, job.spot.end)
        if job.spot.area and "kin.area" not in build.readings:
            build.add("kin.area", Choice(job.spot.area), job.spot.start, job.spot.end)
    if "kin.area" not in build.readings:
        areas = [c for c in stands if c.fact == "area"]
        if areas:
            build.add("kin.area", areas[0].value, areas[0].start, areas[0].end)
    if "kin.place" not in build.readings and home:
        said_here = next(((c.start, c.end) for c in theirs if c.fact == "hukou_here"), at)  # 她户口就在这边
        build.presume("kin.place", Places(frozenset({home})), *said_here)
    if any(c.fact == "hukou_here" for c in theirs):
        c = next(c for c in theirs if c.fact == "hukou_here")
        build.add("kin.hukou_here", Choice(frozenset({"yes"})), c.start, c.end)
    elif hukou and home:
        value = hukou[0].value
        assert isinstance(value, Places)
        kin_place = build.readings["kin.place"][0].value if "kin.place" in build.readings else None
        here = value.include != _ANYWHERE and at_home(value, home)
        if here or kin_place is not None:
            build.add("kin.hukou_here", Choice(frozenset({"yes" if here else "no"})), hukou[0].start, hukou[0].end)
    for claim in theirs:
        if claim.fact == "insurance.paid" and not claim.hedged:
            build.add("kin.insurance", claim.value, claim.start, claim.end)
        if claim.fact == "age" and relation in ("child", "step_child"):
            adult = claim.value == Choice(frozenset({"adult"}))
            build.add("kin.adult", Choice(frozenset({"yes" if adult else "no"})), claim.start, claim.end)
    if relation in ("child", "step_child") and "kin.adult" not in build.readings:
        grown = [(c.start, c.end) for c in theirs if c.fact in ("marital", "work.status", "veteran")] + [
            (j.start, j.end) for j in jobs if j.kind
        ]
        if grown:
            build.add("kin.adult", Choice(frozenset({"yes"})), *grown[0])
    joined = _JOINS.search(plain) or _joins_asker(ledger, followed, homes, plain)
    if "kin.hukou_here" not in build.readings and joined:
        build.presume("kin.hukou_here", Choice(frozenset({"yes"})), joined.start(), joined.end())
    together = lives_together(ledger, mover, followed, plain)
    if together and together[0] == "yes":
        _where_both_live(build, ledger, mover, home)
    if (
        together
        and together[0] == "yes"
        and relation not in ("spouse", "fiance")
        and "housing.kind" not in build.readings
        and "kin.place" in build.readings
    ):
        build.presume("housing.kind", Choice(frozenset({"borrowed"})), together[1], together[2])
        build.presume("housing.place", build.readings["kin.place"][0].value, together[1], together[2])
        if "kin.area" in build.readings:
            build.presume("housing.area", build.readings["kin.area"][0].value, together[1], together[2])
    if together and together[0] == "yes":
        if relation not in ("spouse", "fiance"):
            _no_home_but_theirs(build, together[1], together[2])
        _shared_rent(build, together[1], together[2])
    if together:
        build.add("kin.together", Choice(frozenset({together[0]})), together[1], together[2])
    told = build.readings.get("kin.place", [])
    if len(told) == 1 and any(p.span == told[0].span and p.assumed and p.kind == "area" for p in ledger.places):
        build.readings["kin.place"] = [replace(told[0], certainty="presumed")]  # 城里 of whichever place is asked about


def _narrowest(told: list[Claim]) -> list[Claim]:
    """The claims of where somebody is, the first with a closer name for the same place in front (聊城就我一个侄女,我家在东昌府区)."""
    first = told[0].value if told else None
    closer = [c for c in told[1:] if isinstance(first, Places) and isinstance(c.value, Places) and _within(c.value, first)]
    return [*closer[:1], *told]


def _within(one: Places, other: Places) -> bool:
    return one != other and all(any(inside(p, q) for q in other.include) for p in one.include) and len(one.include) == 1


def _anybody(build: Builder) -> Choice:
    return Choice(frozenset(build.vocabulary.facts["kin.relation"].labels) - {"none"})


def _relations(build: Builder, ledger: Ledger, followed: str, relation: str, plain: str) -> Choice:
    """What the one followed can be to the mover: one relation, or any, where the message says no more than 亲戚."""
    known = build.vocabulary.facts["kin.relation"].labels
    called = [m for m in ledger.people if m.person == followed and m.relation == relation]
    if relation == "other" and called and all(_SOME.search(plain[max(0, m.start - _FAR) : m.end]) for m in called):
        return _anybody(build)
    return Choice(frozenset({relation if relation in known else "other"}))


def _joins_asker(ledger: Ledger, followed: str, homes: list[Thing], plain: str) -> re.Match[str] | None:
    """The words by which a register is to come to the asker's own (户口迁我们这边), where the asker is told to live here."""
    away = any(isinstance(c.value, Places) and not at_home(c.value, ledger.home) for c in along(ledger, SELF) if c.fact == "hukou.place")
    here = any(t.kind == {"owned"} for t in homes) or any(c.fact == "where" for c in ledger.stands if c.person in (SELF, COUPLE))
    return cue("followed.joins_asker").search(plain) if followed == SELF and here and not away else None


def _homes_of(ledger: Ledger, mover: str, followed: str) -> list[Thing]:
    """The homes of the one followed, or of whom they are married to where none is told of them.

    A child's step-parent is the asker's husband or wife (对象有房,…孩子想随继父), and the home of the asker's is the asker's too for
    whoever else lives in it (儿媳住我老伴名下的房,想落过来).
    """
    told = things(ledger.homes, followed)
    if any(t.kind for t in told) or mover in (SELF, COUPLE, "spouse"):
        return told
    if followed.split("/")[-1] == "step_parent" and mover in ("child", "step_child"):
        return told + [t for person in ("spouse", "fiance") for t in ledger.homes if t.person == person]
    if followed == SELF:
        return told + [t for t in ledger.homes if t.person == "spouse" and t.kind <= ONES_OWN]
    return told


def _no_home_but_theirs(build: Builder, start: int, end: int) -> None:
    """Who is told to have no home of their own, and lives with the one followed, is lent theirs (吃住都在俺家,…房子也没有)."""
    told = build.readings.get("housing.kind", [])
    value = told[0].value if len(told) == 1 else None
    if isinstance(value, Choice) and {"borrowed", "none"} <= value.values and "kin.place" in build.readings:
        build.readings["housing.kind"] = [replace(told[0], value=Choice(frozenset({"borrowed"})))]
        if "housing.place" not in build.readings:
            build.presume("housing.place", build.readings["kin.place"][0].value, start, end)


def _shared_rent(build: Builder, start: int, end: int) -> None:
    """Who lives with the mover in a rented home has no other (我跟老公租房住,他在这上班)."""
    kind = build.told().get("housing.kind")
    if kind in (Choice(frozenset({"rented"})), Choice(frozenset({"public_rental"}))):
        build.presume("kin.housing", kind, start, end)


def _where_both_live(build: Builder, ledger: Ledger, mover: str, home: str | None) -> None:
    """Who lives with the mover lives where the mover is told to live (跟女儿女婿在县城住)."""
    told = build.readings.get("kin.place")
    if home is None or told and told[0].certainty != "presumed":
        return
    loose = (_ANYWHERE, frozenset({home}))
    housemates = names_of(mover) | ({SELF, COUPLE} if mover in ("child", "step_child") else set())  # 我改嫁到高唐,孩子跟他后爸一块住
    for claim in (c for c in ledger.stands if c.person in housemates and c.fact == "where"):
        if isinstance(claim.value, Places) and at_home(claim.value, home) and claim.value.include not in loose:
            build.readings.pop("kin.place", None)
            build.presume("kin.place", claim.value, claim.start, claim.end)
            area = next((c for c in ledger.stands if c.fact == "area" and c.start == claim.start), None)
            if area is not None:
                build.presume("kin.area", area.value, area.start, area.end)
            return


def _married_into(build: Builder, ledger: Ledger, mover: str, home: str | None) -> None:
    """Whoever was married away is where the other is at home (嫁到朱台镇的村里,想随老公), as long as nothing else is said of that one."""
    told = build.readings.get("kin.place")
    if told and (told[0].certainty != "presumed" and told[0].value != Places(frozenset({home or ""}))):
        return
    for claim in (c for c in ledger.stands if c.person in names_of(mover) and c.fact == "where"):
        into = cue("followed.married_into").search(ledger.clauses[claim.order].text)
        if into and isinstance(claim.value, Places) and at_home(claim.value, home):
            build.readings.pop("kin.place", None)
            build.add("kin.place", claim.value, claim.start, claim.end)
            area = next((c for c in ledger.stands if c.fact == "area" and c.start == claim.start), None)
            if area is not None and "kin.area" not in build.readings:
                build.add("kin.area", area.value, area.start, area.end)
            return


def _goal(build: Builder, ledger: Ledger, plain: str, home: str | None) -> None:
    """Where somebody is followed to is where the one followed lives (跟爷爷奶奶落东昌府城区), as long as nothing else is said."""
    if not home:
        return
    for place in ledger.places:
        start, end = place.span
        if place.kind in ("building", "elsewhere") or not _TO.search(plain[max(0, start - 12) : start]):
            continue
        named = place.kind not in ("area", "origin") and any(inside(p, home) and p != home for p in place.places.include)
        told = build.readings.get("kin.place")
        if named and (not told or told[0].certainty == "presumed" or told[0].value == Places(frozenset({home}))):
            build.readings.pop("kin.place", None)
            build.add("kin.place", place.places, start, end)
        if place.area is not None and place.area != AREAS and (named or "urban" not in place.area) and "kin.area" not in build.readings:
            build.add("kin.area", Choice(place.area), start, end)


_TO = cue("followed.to")


_JOINS = cue("followed.joins")


_SOME = cue("people.some_relative")
"""Who is called a relative and nothing more precise."""
