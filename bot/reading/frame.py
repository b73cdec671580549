"""From claims about people to the facts of the one who wants to register: self-facts of the mover, ``kin.*`` of the one followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.eligibility.values import Choice, Places
from bot.policy.vocabulary import Vocabulary
from bot.reading.home.settling import settle_dwelling, settle_job
from bot.reading.home.whereabouts import lives_elsewhere, posted
from bot.reading.inferences import (
    back_to_the_village,
    business,
    drop_moot,
    education,
    from_origin,
    loosen_areas,
    members,
    narrow_areas,
    no_home_of_the_parents,
    no_village,
    not_back_elsewhere,
    nowhere_here,
    onto_a_village_home,
    the_village_here,
    untitled,
    widowed,
    works_nowhere_here,
)
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.kin.step_kin import step_relation
from bot.reading.move.companions import companion
from bot.reading.move.followed import all_elsewhere, people_here, settle_kin
from bot.reading.move.following import Following
from bot.reading.move.gone_to import unsaid_followed
from bot.reading.move.kin_followed import comes_to_own_child, relation_of
from bot.reading.move.own_case import needs_nobody
from bot.reading.move.wish import Wish
from bot.reading.person.bereaved import presume_married
from bot.reading.person.couples import of_these_two
from bot.reading.person.further_kin import told_relation
from bot.reading.person.pairs import pair_relation
from bot.reading.person.strangers import hand_named, tenant_named
from bot.reading.place.places import VILLAGE
from bot.reading.record.builder import Builder, FactReading, at_home
from bot.reading.record.conventions import implied
from bot.reading.record.ledger import Claim, Ledger, along, things
from bot.reading.record.standing import parted
from bot.reading.register.away import away
from bot.reading.register.back_there import narrow_there
from bot.reading.register.departure import for_this_person
from bot.reading.register.registers import narrow_kin, of_the_asker, take_for_granted
from bot.reading.text.cues import cue
from bot.reading.text.normalise import Text


@dataclass(frozen=True)
class Frame:
    """The facts of one mover; ``told`` counts those that the words themselves state."""

    person: str
    words: str
    facts: tuple[FactReading, ...]
    told: int


_SINGLE = (Choice(frozenset({"unmarried"})), Choice(frozenset({"unmarried", "divorced", "widowed"})))
"""Not married (to whom one lives with), whatever was before."""
_ATTACHED = {f"{thing}.{side}" for thing in ("housing", "work", "kin", "premises") for side in ("place", "area")}  # say where, not what


def _native(ledger: Ledger, rural: Callable[[frozenset[str]], bool], home: str | None, person: str | None = None) -> list[Claim]:
    """Where somebody (``person``, or anybody) is said to be in the jurisdiction, in the kinds of area asked for."""
    areas = {c.start for c in ledger.stands if c.fact == "area" and isinstance(c.value, Choice) and rural(c.value.values)}
    stands = [c for c in ledger.stands if c.fact == "where" and c.start in areas and person in (None, c.person)]
    return [c for c in stands if isinstance(c.value, Places) and at_home(c.value, home)]


def _of_the_village(told: list[Claim], home: str | None) -> bool:
    """Whether somebody is told to have left a village here, or to have something there; no homestead alone is no such thing."""
    places = [c.value for c in told if c.fact == "origin.place" and isinstance(c.value, Places)]
    if home and places and not any(at_home(p, home) for p in places):
        return False
    never = Choice(frozenset({"never"}))
    village = [c for c in told if c.fact.startswith("origin.") and c.fact != "origin.place"]
    if any(c.fact == "origin.moved" and c.value == never for c in village):
        return False
    stays = Choice(frozenset({"no"}))  # 大儿子讲明了不会回来住: of no village
    village = [c for c in village if not (c.fact == "origin.back" and c.value == stays and c.person not in (SELF, COUPLE))]
    return any(c.fact != "origin.base" or isinstance(c.value, Choice) and "none" not in c.value.values for c in village)


def _not_back(told: list[Claim], ledger: Ledger, mover: str) -> list[Claim]:
    """What is told of somebody, without that they live elsewhere for good, where a relative in the village is whom they may follow."""
    follows = _relatives_in_a_village(ledger, mover)
    return [c for c in told if not (follows and c.fact == "origin.back" and c.value == Choice(frozenset({"no"})))]


def _told_of_nobody(ledger: Ledger, mover: str) -> bool:
    """Whether the message says that the mover has no relative there, and not just none but the one it tells of."""
    told = [c for c in along(ledger, mover) if c.fact == "kin.relation" and c.value == Choice(frozenset({"none"}))]
    some = _relatives_in_a_village(ledger, mover)
    return any(not cue("frame.others_only").search(ledger.clauses[c.order].text) and not (some and _of_the_town(ledger, c)) for c in told)


def _relatives_in_a_village(ledger: Ledger, mover: str) -> bool:
    """Whether a relative of the mover's is told to be in a village here."""
    kin = {c.person for c in ledger.stands if c.person not in (mover, SELF, COUPLE, NOBODY)}
    return any(_native(ledger, lambda area: area <= VILLAGE, ledger.home, person) for person in kin)


def _of_the_town(ledger: Ledger, denial: Claim) -> bool:
    """Whether it is in town that there is no relative (爹娘都在村里,…城里没房,也没亲人), by the clause or those of one run of denials."""
    for clause in reversed(ledger.clauses[max(0, denial.order - _RUN) : denial.order + 1]):
        if cue("frame.in_town").search(clause.text):
            return True
        if not cue("frame.denies").search(clause.text):
            return False
    return False


_RUN = 5  # clauses of one run of denials


def assemble(
    ledger: Ledger,
    wish: Wish | None,
    plain: str,
    home: str | None,
    vocabulary: Vocabulary,
    corrects_from: int | None,
    movers: frozenset[str] = frozenset(),
) -> Frame:
    """The frame of one mover: facts of their own and of the one they follow."""
    mover = wish.person if wish else SELF
    build = Builder(vocabulary, corrects_from)
    followed, relation = (wish.followed, wish.relation) if wish else (None, None)
    ledger = of_the_asker(of_these_two(ledger, mover), mover)
    here = people_here(ledger, home, mover)
    rural = _of_the_village(_not_back(along(ledger, mover), ledger, mover), home)
    nobody = _told_of_nobody(ledger, mover) or mover == "other" and (tenant_named(plain) or hand_named(plain)) is not None
    if followed is None and not rural and not nobody:
        followed = unsaid_followed(ledger, mover, plain, [p for p in here if p != mover and p not in movers])
        followed = None if followed is not None and needs_nobody(ledger, mover, followed, plain) else followed
        if followed is not None:
            followed = "spouse" if comes_to_own_child(ledger, mover, followed, owner=True) else followed
            relation = relation_of(ledger, mover, followed)
    guessed = companion(ledger, mover, plain, movers) if followed is None and not rural and not nobody else None
    if guessed is not None:
        followed, relation = guessed, relation_of(ledger, mover, guessed)
    if relation == "fiance" and any(c.fact == "marital" and c.value == Choice(frozenset({"married"})) for c in along(ledger, mover)):
        relation = "spouse"
    if relation == "spouse" and any(c.fact == "marital" and c.value in _SINGLE for c in along(ledger, mover)):
        relation = "fiance"
    if relation == "spouse" and parted(ledger, mover):
        followed, relation = None, None  # 离婚了,想随孩子他爸: no husband any more, and what he is now was not said
    may_be = told_relation(ledger, mover, followed) if followed is not None and relation == "other" else frozenset()
    relation = next(iter(may_be)) if len(may_be) == 1 else relation
    if followed is not None and relation == "other" and mover not in (SELF, COUPLE) and followed != SELF:
        relation = pair_relation(ledger, mover, followed, plain) or relation
    if followed is not None and relation is not None:
        relation = step_relation(mover, followed, relation, plain)
    rural_too = for_this_person(ledger, mover, wish.words if wish else "")
    mine = [c for c in along(ledger, mover) if not any(c.fact == r.fact and c.start == r.start for r in rural_too)] + rural_too
    contract = {v for c in mine if c.fact == "contract" and isinstance(c.value, Choice) for v in c.value.values}
    minor = any(c.fact == "age" and c.value == Choice(frozenset({"minor"})) for c in mine)
    # facts of the mover
    for claim in [*mine, *[c for c in ledger.claims if c.anyone and c not in mine]]:
        if claim.fact in ("age", "contract", "hukou_here") or minor and claim.fact == "marital":
            continue  # 离婚了,孩子判给我: the mother, not the child
        if claim.hedged and isinstance(claim.value, Choice):
            continue
        if claim.presumed:
            continue
        build.add(claim.fact, claim.value, claim.start, claim.end, "hedged" if claim.hedged else "said")
    left = any(f in build.readings for f in ("origin.moved", "origin.base"))
    never = any(r.value == Choice(frozenset({"never"})) for r in build.readings.get("origin.moved", []))  # 户口从没在俺村待过
    if left and not never and "origin.place" not in build.readings:
        village = frozenset({"town_village", "urban_village", "township"})
        loosely = _native(ledger, lambda area: bool(area & village), home)  # 朱台镇的
        raised = [c for c in loosely if cue("frame.raised_there").search(ledger.clauses[c.order].text)]
        native = raised or _native(ledger, village.issuperset, home) or loosely
        if native:
            narrow = min(native, key=lambda c: -len(next(iter(c.value.include))) if isinstance(c.value, Places) else 0)
            build.add("origin.place", narrow.value, narrow.start, narrow.end)
    for claim in mine:
        if claim.presumed and not claim.hedged:
            build.presume(claim.fact, claim.value, claim.start, claim.end)
    education(build, mine)
    untitled(build)
    from_origin(build, plain, home)
    for claim in mine:
        loose = cue("frame.loose_area").search(plain[claim.start : claim.end])
        near = any(
            c.person in (mover, COUPLE) and c.start != claim.start and isinstance(c.value, Places) and at_home(c.value, home)
            for c in ledger.stands
        )
        if claim.fact == "hukou_here" and home and (near or not loose):
            build.presume("hukou.place", Places(frozenset({home})), claim.start, claim.end)
    take_for_granted(build, ledger, mover)
    homes = list(things(ledger.homes, mover))
    settle_dwelling(build, homes, home, "housing.kind", "housing.place", "housing.area")
    if minor and mover == "child":
        no_home_of_the_parents(build, ledger, home)
    settle_job(build, things(ledger.jobs, mover), frozenset(contract), home, "work.status", "work.place", "work.area")
    lives_elsewhere(build, ledger, mover, plain)
    posted(build, ledger, mover)
    business(build, ledger, mover, home)
    nowhere_here(build, ledger, mover, plain, home)
    away(build, ledger, mover, plain)
    members(build, home, plain)
    back_to_the_village(build, plain)
    the_village_here(build, home)
    onto_a_village_home(build, plain)
    not_back_elsewhere(build, home)
    widowed(build, ledger, mover)
    # the one followed
    if followed is None:
        all_elsewhere(build, ledger, mover, home)
    if followed is not None and followed not in (mover,):
        dwelt = {f for f in build.readings if f.startswith("housing.")}
        settle_kin(build, Following(ledger, mover, followed, relation or "other", plain, home))
        if len(may_be) > 1:
            build.readings["kin.relation"] = [replace(r, value=Choice(may_be)) for r in build.readings["kin.relation"]]
        if guessed is not None:
            kept = {f: [replace(r, certainty="presumed") for r in found] for f, found in build.readings.items() if f.startswith("kin.")}
            build.readings.update(kept)
            for fact in [f for f in build.readings if f.startswith("housing.") and f not in dwelt]:
                del build.readings[fact]  # at whose place they live was not said
        no_village(build)
    presume_married(build, ledger, mover, relation, plain)
    let_to_kin = build.told().get("kin.housing")
    told_of_mover = wish is not None or "hukou.place" in build.readings
    kins = isinstance(let_to_kin, Choice) and let_to_kin.values <= {"rented", "public_rental"}
    if told_of_mover and kins and "housing.kind" not in build.readings:
        for fact in [f for f in build.readings if f.startswith(("rent.", "public."))]:
            del build.readings[fact]  # 他租的房,备案没弄: of the home of the one followed
    papers = [f for f in build.readings if f.startswith("rent.") or f == "presale.handover"]
    if "housing.kind" not in build.readings and papers:
        at = build.readings[papers[0]][0].span
        build.presume("housing.kind", Choice(frozenset({"presale" if papers == ["presale.handover"] else "rented"})), *at)
        stand = next(
            (
                c
                for c in ledger.stands
                if c.person in (mover, COUPLE) and c.fact == "where" and at_home(c.value if isinstance(c.value, Places) else None, home)
            ),
            None,
        )
        if stand is not None:
            build.add("housing.place", stand.value, stand.start, stand.end)
            area = next((c for c in ledger.stands if c.fact == "area" and c.start == stand.start), None)
            if area is not None:
                build.add("housing.area", area.value, area.start, area.end)
        elif home:
            build.presume("housing.place", Places(frozenset({home})), *at)
    narrow_kin(build, ledger, followed)
    narrow_there(build, ledger)
    narrow_areas(build)
    loosen_areas(build, ledger)
    drop_moot(build)
    works_nowhere_here(build)
    for fact, value in implied(build.told(), vocabulary, minor).items():
        build.presume(fact, value)
    facts = tuple(r for found in build.readings.values() for r in found)
    told = sum(r.certainty != "presumed" and r.fact not in _ATTACHED for r in facts)
    return Frame(mover, wish.words if wish else "", facts, told)


def spell(facts: Iterable[FactReading], words: Text) -> tuple[FactReading, ...]:
    """The readings with the resident's own words and spans filled in; ``words`` is the normalised text."""
    done = []
    for r in facts:
        start, end = r.span
        done.append(FactReading(r.fact, r.value, words.words(start, end) if end > start else "", words.span(start, end), r.certainty))
    return tuple(done)
