"""From claims about people to the facts of the one who wants to register: self-facts of the mover, ``kin.*`` of the one followed."""

from __future__ import annotations

from collections.abc import Iterable
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
    into_their_village,
    loosen_areas,
    members,
    narrow_areas,
    no_home_of_the_parents,
    no_village,
    not_back_by_marriage,
    not_back_elsewhere,
    nowhere_here,
    onto_a_village_home,
    the_village_here,
    untitled,
    widowed,
    works_back_there,
    works_nowhere_here,
)
from bot.reading.kin.kinship import COUPLE, SELF
from bot.reading.move.case import Case
from bot.reading.move.followed import all_elsewhere, settle_kin
from bot.reading.move.following import Following, area_told_with
from bot.reading.move.tie import Tie, tie_of
from bot.reading.move.villagers import native
from bot.reading.move.wish import Wish
from bot.reading.person.bereaved import presume_married
from bot.reading.person.couples import of_these_two
from bot.reading.record.builder import Builder, FactReading, at_home
from bot.reading.record.conventions import implied
from bot.reading.record.ledger import Claim, Ledger, things
from bot.reading.register.away import away
from bot.reading.register.back_there import narrow_there
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


_NEVER = Choice(frozenset({"never"}))
_ENROLLED = Choice(frozenset({"enrolled"}))
_NOBODY = Choice(frozenset({"none"}))
_RURAL = frozenset({"town_village", "urban_village", "township"})
_SETTLED_LATER = frozenset({"age", "contract", "hukou_here"})
"""Facts of the mover that only tell others: what is done by work, by register, of a child."""
_ATTACHED = {f"{thing}.{side}" for thing in ("housing", "work", "kin", "premises") for side in ("place", "area")}  # say where, not what


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
    case = Case(of_the_asker(of_these_two(ledger, mover), mover), wish, plain, home, movers)
    tie = tie_of(case)
    build = Builder(vocabulary, corrects_from)
    _tell_own(build, case)
    _settle_home_and_work(build, case)
    _infer_own(build, case)
    _tell_kin(build, case, tie)
    presume_married(build, case.ledger, mover, tie.relation, plain)
    _leave_their_papers_out(build, case)
    _home_of_the_papers(build, case)
    _narrow(build, case, tie)
    for fact, value in implied(build.told(), vocabulary, case.minor).items():
        build.presume(fact, value)
    facts = tuple(r for found in build.readings.values() for r in found)
    told = sum(r.certainty != "presumed" and r.fact not in _ATTACHED for r in facts)
    return Frame(mover, case.words, facts, told)


# -- what is told of the mover ---------------------------------------------------------------------------------------------
def _tell_own(build: Builder, case: Case) -> None:
    """What is claimed of the mover, and where they are registered and come from."""
    anyone = [c for c in case.ledger.claims if c.anyone and c not in case.mine]
    for claim in [*case.mine, *anyone]:
        if _is_told(claim, case):
            build.add(claim.fact, claim.value, claim.start, claim.end, "hedged" if claim.hedged else "said")
    _tell_the_village_left(build, case)
    for claim in case.mine:
        if claim.presumed and not claim.hedged:
            build.presume(claim.fact, claim.value, claim.start, claim.end)
    education(build, case.mine)
    untitled(build)
    from_origin(build, case.plain, case.home)
    _presume_registered_here(build, case)
    take_for_granted(build, case.ledger, case.mover)


def _is_told(claim: Claim, case: Case) -> bool:
    """Whether a claim is a fact of the mover as it stands: neither settled later, nor presumed, nor a choice that wavers."""
    if claim.fact in _SETTLED_LATER or claim.presumed:
        return False
    if case.minor and claim.fact == "marital":
        return False  # 离婚了,孩子判给我: the mother, not the child
    if case.minor and claim.fact == "education.level" and _still_at_it(claim, case):
        return False  # 初二学生: the school gone to is none finished
    return not (claim.hedged and isinstance(claim.value, Choice))


def _still_at_it(claim: Claim, case: Case) -> bool:
    """Whether a school is one a minor goes to, and no word says that it was finished or left."""
    told = [c.value for c in case.mine if c.fact == "education.status" and not c.hedged]
    general = isinstance(claim.value, Choice) and claim.value.values <= {"none", "junior"}
    return general and bool(told) and all(value == _ENROLLED for value in told)


def _tell_the_village_left(build: Builder, case: Case) -> None:
    """Where the village is that the mover left or has a homestead in, by whose is told to be in a village here."""
    left = any(f in build.readings for f in ("origin.moved", "origin.base"))
    never = any(r.value == _NEVER for r in build.readings.get("origin.moved", []))  # 户口从没在俺村待过
    if not left or never or "origin.place" in build.readings:
        return
    loosely = native(case.ledger, lambda area: bool(area & _RURAL), case.home)  # 朱台镇的
    raised = [c for c in loosely if cue("frame.raised_there").search(case.ledger.clauses[c.order].text)]
    found = raised or native(case.ledger, _RURAL.issuperset, case.home) or loosely
    if found:
        closest = min(found, key=lambda c: -len(next(iter(c.value.include))) if isinstance(c.value, Places) else 0)
        loose = case.home is not None and closest.value == Places(frozenset({case.home}))
        own = {c.order for c in case.ledger.claims if c.fact.startswith("origin.")}
        by_the_way = loose and closest.order not in own  # 就图村里空气好: which village was not said
        (build.presume if by_the_way else build.add)("origin.place", closest.value, closest.start, closest.end)


def _presume_registered_here(build: Builder, case: Case) -> None:
    """A register said to be here is in the jurisdiction; a mere kind of area says so where something else of the mover's is told here."""
    for claim in case.mine if case.home else ():
        if case.home and claim.fact == "hukou_here":
            loose = cue("frame.loose_area").search(case.plain[claim.start : claim.end])
            if not loose or _is_told_here(case, claim):
                build.presume("hukou.place", Places(frozenset({case.home})), claim.start, claim.end)


def _is_told_here(case: Case, claim: Claim) -> bool:
    """Whether other words than those of a claim tell that the mover is here."""
    own = (c for c in case.ledger.stands if c.person in (case.mover, COUPLE) and c.start != claim.start)
    return any(isinstance(c.value, Places) and at_home(c.value, case.home) for c in own)


def _settle_home_and_work(build: Builder, case: Case) -> None:
    """Which home and which job of the mover's counts."""
    ledger, mover, home = case.ledger, case.mover, case.home
    settle_dwelling(build, things(ledger.homes, mover), home, "housing.kind", "housing.place", "housing.area")
    if case.minor:
        no_home_of_the_parents(build, ledger, mover, case.plain, home)
    settle_job(build, things(ledger.jobs, mover), case.contract, home, "work.status", "work.place", "work.area")


def _infer_own(build: Builder, case: Case) -> None:
    """What follows for the mover from what is told of home, work and village together; each step sees what the one before added."""
    ledger, mover, plain, home = case.ledger, case.mover, case.plain, case.home
    lives_elsewhere(build, ledger, mover, plain)
    posted(build, ledger, mover)
    business(build, ledger, mover, home)
    nowhere_here(build, ledger, mover, plain, home)
    away(build, ledger, mover, plain)
    members(build, home, plain)
    works_back_there(build)
    back_to_the_village(build, plain)
    the_village_here(build, home)
    onto_a_village_home(build, plain)
    not_back_elsewhere(build, home)
    widowed(build, ledger, mover)


# -- what is told of the one followed --------------------------------------------------------------------------------------
def _tell_kin(build: Builder, case: Case, tie: Tie) -> None:
    """The facts of the one followed; of nobody, that relatives all live elsewhere."""
    if tie.followed is None:
        all_elsewhere(build, case.ledger, case.mover, case.home)
    elif tie.followed != case.mover:
        dwelt = {f for f in build.readings if f.startswith("housing.")}
        settle_kin(build, Following(case.ledger, case.mover, tie.followed, tie.relation or "other", case.plain, case.home))
        if len(tie.may_be) > 1:
            build.readings["kin.relation"] = [replace(r, value=Choice(tie.may_be)) for r in build.readings["kin.relation"]]
        if tie.guessed:
            _only_presume_kin(build, dwelt)
        no_village(build)
        not_back_by_marriage(build)
        into_their_village(build, case.plain)
        _tell_of_nobody(build)


def _tell_of_nobody(build: Builder) -> None:
    """Where there is no relative (亲戚全在老家,城里一个亲戚没有) nothing is told of one."""
    if build.told().get("kin.relation") == _NOBODY:
        for fact in [f for f in build.readings if f.startswith("kin.") and f != "kin.relation"]:
            del build.readings[fact]


def _only_presume_kin(build: Builder, dwelt: set[str]) -> None:
    """Of one who is not said to be followed every fact is presumed; and at whose place the mover lives was not said."""
    kept = {f: [replace(r, certainty="presumed") for r in found] for f, found in build.readings.items() if f.startswith("kin.")}
    build.readings.update(kept)
    for fact in [f for f in build.readings if f.startswith("housing.") and f not in dwelt]:
        del build.readings[fact]


# -- papers of a home that is not told -------------------------------------------------------------------------------------
def _leave_their_papers_out(build: Builder, case: Case) -> None:
    """Papers of a let home are of the one followed where only theirs is told (他租的房,备案没弄)."""
    let = build.told().get("kin.housing")
    theirs = isinstance(let, Choice) and let.values <= {"rented", "public_rental"} and "housing.kind" not in build.readings
    if theirs and (case.wish is not None or "hukou.place" in build.readings):
        for fact in [f for f in build.readings if f.startswith(("rent.", "public."))]:
            del build.readings[fact]


def _home_of_the_papers(build: Builder, case: Case) -> None:
    """Of whom papers of a home are told has such a home: where they are, else in the jurisdiction."""
    papers = [f for f in build.readings if f.startswith("rent.") or f == "presale.handover"]
    if "housing.kind" in build.readings or not papers:
        return
    at = build.readings[papers[0]][0].span
    build.presume("housing.kind", Choice(frozenset({"presale" if papers == ["presale.handover"] else "rented"})), *at)
    own = (c for c in case.ledger.stands if c.person in (case.mover, COUPLE) and c.fact == "where" and isinstance(c.value, Places))
    stand = next((c for c in own if isinstance(c.value, Places) and at_home(c.value, case.home)), None)
    if stand is None and case.home:
        build.presume("housing.place", Places(frozenset({case.home})), *at)
    elif stand is not None:
        build.add("housing.place", stand.value, stand.start, stand.end)
        if (area := area_told_with(case.ledger, stand)) is not None:
            build.add("housing.area", area.value, area.start, area.end)


def _narrow(build: Builder, case: Case, tie: Tie) -> None:
    """What the facts together leave of each other."""
    narrow_kin(build, case.ledger, tie.followed)
    narrow_there(build, case.ledger)
    narrow_areas(build)
    loosen_areas(build, case.ledger)
    drop_moot(build)
    works_nowhere_here(build)


def spell(facts: Iterable[FactReading], words: Text) -> tuple[FactReading, ...]:
    """The readings with the resident's own words and spans filled in; ``words`` is the normalised text."""
    done = []
    for r in facts:
        start, end = r.span
        done.append(FactReading(r.fact, r.value, words.words(start, end) if end > start else "", words.span(start, end), r.certainty))
    return tuple(done)
