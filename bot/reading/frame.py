"""From claims about people to the facts of the one who wants to register: self-facts of the mover, ``kin.*`` of the one followed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.eligibility.values import Choice, Dates, Months, Places, Value, inside, meet
from bot.policy.vocabulary import Vocabulary
from bot.reading.claims import AREAS, Claim, Ledger, Spot, Thing, along, things
from bot.reading.conventions import implied
from bot.reading.people import COUPLE, NOBODY, SELF, followed_relation
from bot.reading.places import PlaceReading
from bot.reading.wishes import Wish, unsaid_followed


@dataclass(frozen=True)
class FactReading:
    """One fact read: its name in the vocabulary, what is still possible, the resident's words, their span, and how sure the words are.

    ``certainty`` is ``said``, ``hedged`` (the words waver but bound it) or ``presumed`` (settled by a convention, to be shown as such).
    """

    fact: str
    value: Value
    words: str
    span: tuple[int, int]
    certainty: str


@dataclass(frozen=True)
class Frame:
    """The facts of one mover; ``told`` counts those that the words themselves state."""

    person: str
    words: str
    facts: tuple[FactReading, ...]
    told: int


_RANK = (
    "owned",
    "inherited",
    "apartment",
    "untitled",
    "presale",
    "secondhand",
    "small_title",
    "village_house",
    "public_rental",
    "rented",
    "dormitory",
    "borrowed",
    "subscription",
    "shop",
    "none",
)
_WORK_RANK = ("formal", "dispatched", "probation", "self_employed", "informal", "flexible", "remote", "intern", "offer", "none")
_ATTACHED = {f"{thing}.{side}" for thing in ("housing", "work", "kin", "premises") for side in ("place", "area")}  # say where, not what
_DENY_ALL = frozenset({"owned", "apartment", "inherited", "untitled", "presale", "secondhand", "small_title", "village_house"})


class Builder:
    """Collects the readings of one frame; a marked correction makes the later word count, else both are kept."""

    def __init__(self, vocabulary: Vocabulary, corrected: bool) -> None:
        """Start empty; ``corrected`` says that the message marks itself as a correction."""
        self.vocabulary = vocabulary
        self.corrected = corrected
        self.readings: dict[str, list[FactReading]] = {}

    def add(self, fact: str, value: Value, start: int, end: int, certainty: str = "said") -> None:
        """Take one reading; readings that agree become one, the narrower."""
        spec = self.vocabulary.facts.get(fact)
        if spec is None:
            return
        if isinstance(value, Choice):
            values = value.values & spec.values if spec.values else value.values
            if not values or values == spec.values:
                return
            value = Choice(values)
        if isinstance(value, Places) and value.include == frozenset({""}) and not value.exclude:
            return
        if certainty == "hedged" and not isinstance(value, (Dates, Months, Places)):
            return
        known = self.readings.setdefault(fact, [])
        for i, old in enumerate(known):
            both = meet(old.value, value)
            if both is not None:
                if both == old.value:
                    return
                narrow = (start, end) if both == value else (min(old.span[0], start), max(old.span[1], end))
                known[i] = FactReading(fact, both, "", narrow, "hedged" if "hedged" in (old.certainty, certainty) else old.certainty)
                return
        if known and fact == "public.certificate" and isinstance(value, Choice) and all(isinstance(r.value, Choice) for r in known):
            values = value.values.union(*(r.value.values for r in known if isinstance(r.value, Choice)))
            known[:] = [FactReading(fact, Choice(values), "", (known[0].span[0], end), certainty)]
            return
        if known and (self.corrected or fact == "marital"):
            if fact == "marital" and start < known[0].span[0]:
                return
            known[:] = []
        if known and fact == "education.level" and isinstance(value, Choice):
            ladder = list(spec.labels)
            top = max((r.value for r in known if isinstance(r.value, Choice)), key=lambda v: max(ladder.index(x) for x in v.values))
            if max(ladder.index(x) for x in top.values) > max(ladder.index(x) for x in value.values):
                return
            known[:] = []
        known.append(FactReading(fact, value, "", (start, end), certainty))

    def presume(self, fact: str, value: Value, start: int = 0, end: int = 0) -> None:
        """Take a convention's value for a fact that was not told."""
        if fact not in self.readings and fact in self.vocabulary.facts:
            self.readings[fact] = [FactReading(fact, value, "", (start, end), "presumed")]

    def told(self) -> dict[str, Value]:
        """The single told or presumed value of each fact."""
        return {fact: found[0].value for fact, found in self.readings.items() if len(found) == 1}


def _meets(a: Places | None, b: Places | None) -> bool:
    return a is not None and b is not None and meet(a, b) is not None


def _at_home(spot: Places | None, home: str | None) -> bool:
    return bool(spot and home and any(inside(p, home) or inside(home, p) for p in spot.include))


def _pick(entries: list[Thing], home: str | None, rank: tuple[str, ...]) -> tuple[list[Thing], frozenset[str]]:
    """The dwelling or job that counts (at the destination, the strongest), and the kinds said not to be."""
    deny = frozenset().union(*(t.deny for t in entries)) if entries else frozenset()
    positive = [
        t
        for t in entries
        if t.kind and not t.hedged and t.kind != {"none"} and not any(t.kind <= d.deny and abs(d.order - t.order) <= 1 for d in entries)
    ]
    here = [t for t in positive if (not t.spot.places and not t.away) or _at_home(t.spot.places, home)] if home else positive
    pool = here or [t for t in positive if not t.away] or positive
    if not pool:
        return [t for t in entries if t.kind == {"none"}], deny
    best = min(pool, key=lambda t: (min(rank.index(k) for k in t.kind if k in rank), t.order))
    same = [t for t in pool if meet(Choice(t.kind), Choice(best.kind)) is not None]
    return [best, *[t for t in same if t is not best]], deny


def _dwelling(build: Builder, entries: list[Thing], home: str | None, kind: str, place: str, area: str, corrected: bool) -> None:
    chosen, deny = _pick(entries, home, _RANK)
    if corrected and len(chosen) == 1 or corrected:
        last = [t for t in entries if t.kind and not t.hedged]
        if last:
            chosen = [max(last, key=lambda t: t.order)]
    none_said = any(t.kind == {"none"} for t in entries)
    positive = [t for t in chosen if t.kind != {"none"}]
    there = [t for t in entries if t.deny and (t.away or (t.spot.places is not None and not t.spot.assumed))]
    if positive and there and deny >= _DENY_ALL | {"rented"} and all(t.spot.places is None for t in positive):
        positive = []
    if not positive:
        if none_said or deny >= _DENY_ALL | {"rented"}:
            first = next(t for t in entries)
            build.add(kind, Choice(frozenset({"none"})), first.start, first.end)
        elif deny:
            denied = next(t for t in entries if t.deny)
            rest = frozenset(_RANK) - deny - {"shop", "subscription"}
            build.add(kind, Choice(rest), denied.start, denied.end)
        return
    best = positive[0]
    if best.away and kind == "housing.kind":
        known = build.readings.get("origin.place") or build.readings.get("hukou.place")
        if not known:
            return
        build.presume(place, known[0].value, best.start, best.end)
    values = best.kind
    for other in positive[1:]:
        if values & other.kind:
            values &= other.kind
    build.add(kind, Choice(values), best.start, best.end)
    _where(build, positive, home, place, area)


def _where(build: Builder, chosen: list[Thing], home: str | None, place: str, area: str) -> None:
    spots = [t.spot for t in chosen]
    first = next((s for s in spots if s.places is not None), None)
    if first is not None and first.places is not None:
        build.add(place, first.places, first.start, first.end, "presumed" if first.assumed else "said")
        for s in spots:
            if s is not first and s.places is not None and meet(s.places, first.places) is not None:
                build.add(place, s.places, s.start, s.end)
    elif home and not chosen[0].away:
        build.presume(place, Places(frozenset({home})), chosen[0].start, chosen[0].end)
    vague = all(s.assumed for s in spots if s.area is not None)  # the scene was set by a clause about something else
    spoken = next(
        (s for s in spots if s.area is not None and (first is None or s.places is None or s is first or _meets(s.places, first.places))),
        None,
    )
    if spoken is not None and spoken.area is not None and spoken.area != AREAS:
        if vague:
            build.presume(area, Choice(spoken.area), spoken.start, spoken.end)
        else:
            build.add(area, Choice(spoken.area), spoken.start, spoken.end)


def _job(
    build: Builder,
    entries: list[Thing],
    contract: frozenset[str],
    home: str | None,
    status: str,
    place: str | None,
    area: str | None,
    corrected: bool,
) -> None:
    chosen, _ = _pick(entries, home, _WORK_RANK)
    if corrected:
        last = [t for t in entries if t.kind and not t.hedged]
        if last:
            chosen = [max(last, key=lambda t: t.order)]
    if not chosen:
        return
    best = chosen[0]
    elsewhere = bool(home and best.spot.places and not _at_home(best.spot.places, home))
    nothing_here = [t for t in entries if t.kind == {"none"}]
    if nothing_here and elsewhere:
        build.add(status, Choice(frozenset({"none"})), nothing_here[0].start, nothing_here[0].end)
        return
    values = best.kind
    for other in chosen[1:]:
        if values & other.kind:
            values &= other.kind
    general = frozenset({"formal", "informal", "dispatched", "probation"})
    if values == general and contract == {"yes"}:
        values = frozenset({"formal"})
    elif values == general and contract == {"no"}:
        values = frozenset({"informal"})
    build.add(status, Choice(values), best.start, best.end)
    if (
        nothing_here
        and values != {"none"}
        and not (values & {"none"})
        and not elsewhere
        and nothing_here[0].order != best.order
        and not corrected
    ) and not any(t.order > n.order for n in nothing_here for t in [best]):
        build.add(status, Choice(frozenset({"none"})), nothing_here[0].start, nothing_here[0].end)
    if values != {"none"} and place and area:
        _where(build, [t for t in chosen if t.kind != {"none"}], home, place, area)


def assemble(
    ledger: Ledger,
    wish: Wish | None,
    plain: str,
    home: str | None,
    vocabulary: Vocabulary,
    corrected: bool,
    generic: bool,
    movers: frozenset[str] = frozenset(),
) -> Frame:
    """The frame of one mover: facts of their own and of the one they follow."""
    mover = wish.person if wish else SELF
    build = Builder(vocabulary, corrected)
    followed, relation = (wish.followed, wish.relation) if wish else (None, None)
    here = _people_here(ledger, home)
    rural = any(c.fact.startswith("origin.") and c.fact != "origin.place" for c in along(ledger, mover))
    if followed is None and not rural:
        followed = unsaid_followed(ledger, mover, plain, [p for p in here if p != mover and p not in movers])
        if followed is not None:
            relation = followed_relation(mover, followed)
    if relation == "fiance" and any(c.fact == "marital" and c.value == Choice(frozenset({"married"})) for c in along(ledger, mover)):
        relation = "spouse"
    if relation == "spouse" and any(c.fact == "marital" and c.value == Choice(frozenset({"unmarried"})) for c in along(ledger, mover)):
        relation = "fiance"
    mine = along(ledger, mover)
    contract = {v for c in mine if c.fact == "contract" and isinstance(c.value, Choice) for v in c.value.values}
    # facts of the mover
    for claim in [*mine, *[c for c in ledger.claims if c.anyone and c not in mine]]:
        if claim.fact in ("age", "contract", "hukou_here"):
            continue
        if claim.hedged and isinstance(claim.value, Choice):
            continue
        if claim.presumed:
            continue
        build.add(claim.fact, claim.value, claim.start, claim.end, "hedged" if claim.hedged else "said")
    if any(f in build.readings for f in ("origin.moved", "origin.base")) and "origin.place" not in build.readings:
        village = frozenset({"town_village", "urban_village", "township"})
        areas = {c.start for c in ledger.stands if c.fact == "area" and isinstance(c.value, Choice) and c.value.values <= village}
        native = [
            c for c in ledger.stands if c.fact == "where" and c.start in areas and isinstance(c.value, Places) and _at_home(c.value, home)
        ]
        if native:
            narrow = min(native, key=lambda c: -len(next(iter(c.value.include))) if isinstance(c.value, Places) else 0)
            build.add("origin.place", narrow.value, narrow.start, narrow.end)
    for claim in mine:
        if claim.presumed and not claim.hedged:
            build.presume(claim.fact, claim.value, claim.start, claim.end)
    _education(build, mine)
    _from_origin(build, plain, home)
    for claim in mine:
        loose = re.search("城里|城区|市里|县城|镇上|村里|那", plain[claim.start : claim.end])
        near = any(c.person in (mover, COUPLE) and isinstance(c.value, Places) and _at_home(c.value, home) for c in ledger.stands)
        if claim.fact == "hukou_here" and home and (near or not loose):
            build.presume("hukou.place", Places(frozenset({home})), claim.start, claim.end)
    homes = list(things(ledger.homes, mover))
    _dwelling(build, homes, home, "housing.kind", "housing.place", "housing.area", corrected)
    _job(build, things(ledger.jobs, mover), frozenset(contract), home, "work.status", "work.place", "work.area", corrected)
    _business(build, home)
    _nowhere_here(build, ledger, mover, plain, home)
    _members(build, home)
    # the one followed
    if followed is None:
        _elsewhere(build, ledger, mover, home)
    if followed is not None and followed not in (mover,):
        _kin(build, ledger, mover, followed, relation or "other", plain, home, corrected)
    if "housing.kind" not in build.readings and any(f.startswith("rent.") for f in build.readings):
        at = next(r[0].span for f, r in build.readings.items() if f.startswith("rent."))
        build.presume("housing.kind", Choice(frozenset({"rented"})), *at)
        stand = next(
            (
                c
                for c in ledger.stands
                if c.person in (mover, COUPLE) and c.fact == "where" and _at_home(c.value if isinstance(c.value, Places) else None, home)
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
    _narrow_areas(build)
    minor = any(c.fact == "age" and c.value == Choice(frozenset({"minor"})) for c in mine)
    _drop_moot(build)
    for fact, value in implied(build.told(), vocabulary, minor).items():
        build.presume(fact, value)
    if generic:
        build.readings = {}
    facts = tuple(r for found in build.readings.values() for r in found)
    told = sum(r.certainty != "presumed" and r.fact not in _ATTACHED for r in facts)
    return Frame(mover, wish.words if wish else "", facts, told)


_LEFT = re.compile(r"迁走|迁出|进城落户|落户后|考学|当兵走|户口(?:早|已)?(?:就|经)?(?:不在|落|迁)|招工")


def _from_origin(build: Builder, plain: str, home: str | None) -> None:
    """A 老家 elsewhere is where the register is presumed to be, until somebody says otherwise or that it was moved away."""
    told = build.readings.get("origin.place")
    if not told or "hukou.place" in build.readings or not home or _LEFT.search(plain) or "origin.moved" in build.readings:
        return
    value = told[0].value
    if isinstance(value, Places) and not _at_home(value, home):
        build.presume("hukou.place", value, *told[0].span)


_NO_DWELLING = frozenset({"rented", "public_rental", "borrowed", "dormitory", "none"})
_NOTHING_THERE = re.compile(r"啥(?:也|都)没有|什么(?:也|都)没有|没(?:去|来)过|人(?:还|现在|一直)?(?:在|住)(?!这|那)|现在?在?家种地|不去住")


def _nowhere_here(build: Builder, ledger: Ledger, mover: str, plain: str, home: str | None) -> None:
    """没房, said of the destination by someone who lives or works elsewhere, leaves no dwelling there at all."""
    kind = build.told().get("housing.kind")
    if not home or kind != Choice(_NO_DWELLING):
        return
    jobs = [t for t in things(ledger.jobs, mover) if t.kind and t.spot.places]
    away = any(not _at_home(t.spot.places, home) for t in jobs) and not any(_at_home(t.spot.places, home) for t in jobs)
    if away or _NOTHING_THERE.search(plain):
        span = build.readings["housing.kind"][0].span
        build.readings["housing.kind"] = [FactReading("housing.kind", Choice(frozenset({"none"})), "", span, "said")]


def _members(build: Builder, home: str | None) -> None:
    """Nobody whose register is elsewhere is already in a collective household here."""
    told = build.told()
    where, member = told.get("hukou.place"), told.get("collective.member")
    if isinstance(where, Places) and home and not _at_home(where, home) and member == Choice(frozenset({"yes"})):
        span = build.readings["collective.member"][0].span
        build.readings["collective.member"] = [FactReading("collective.member", Choice(frozenset({"no"})), "", span, "said")]


_LADDER = ("none", "junior", "senior", "vocational", "college", "bachelor", "master", "doctor")
_BELOW = {"senior": {"junior"}, "vocational": {"junior"}, "college": {"senior", "vocational"}, "bachelor": {"senior", "vocational"}}


def _education(build: Builder, mine: list[Claim]) -> None:
    """The level that counts: the highest one finished (本科毕业,研究生在读 is a bachelor); a school left early leaves the one below open."""
    levels = [c for c in mine if c.fact == "education.level" and isinstance(c.value, Choice) and not c.hedged]
    states = [c for c in mine if c.fact == "education.status" and isinstance(c.value, Choice) and not c.hedged]
    if not levels or not states:
        return

    def state(level: Claim) -> str | None:
        near = [s for s in states if s.order == level.order and abs(s.start - level.end) < 12]
        found = {v for s in near if isinstance(s.value, Choice) for v in s.value.values}
        return next((s for s in ("enrolled", "left", "graduated") if s in found), None)

    def rank(level: Claim) -> int:
        return max(_LADDER.index(v) for v in level.value.values) if isinstance(level.value, Choice) else 0

    paired = [(rank(c), state(c), c) for c in levels]
    finished = max((p for p in paired if p[1] == "graduated"), default=None, key=lambda p: p[0])
    open_ = max((p for p in paired if p[1] in ("enrolled", "left")), default=None, key=lambda p: p[0])
    words = {v for s in states if isinstance(s.value, Choice) for v in s.value.values}
    if finished and open_ and finished[0] < open_[0] and _LADDER[finished[0]] in ("college", "bachelor", "master", "vocational"):
        chosen, status = finished[2], "graduated"
    elif "left" in words and (open_ is None or open_[1] == "left"):
        chosen, status = (open_ or max(paired, key=lambda p: p[0]))[2], "left"
    elif "enrolled" in words and "graduated" in words:
        chosen, status = (open_ or max(paired, key=lambda p: p[0]))[2], "enrolled"
    else:
        return
    value = chosen.value
    if status == "left" and isinstance(value, Choice):
        value = Choice(value.values | {b for v in value.values for b in _BELOW.get(v, ())})
    build.readings["education.level"] = [FactReading("education.level", value, "", (chosen.start, chosen.end), "said")]
    at = next(s for s in states if isinstance(s.value, Choice) and status in s.value.values)
    build.readings["education.status"] = [FactReading("education.status", Choice(frozenset({status})), "", (at.start, at.end), "said")]


_VILLAGE_OF = {"镇": "town_village", "街道": "urban_village", "乡": "township"}


def _narrow_areas(build: Builder) -> None:
    """A village of a town named is a village below that town, not one of a street office."""
    for side in ("housing", "work", "kin"):
        place, area = build.told().get(f"{side}.place"), build.told().get(f"{side}.area")
        if not isinstance(place, Places) or not isinstance(area, Choice) or len(place.include) != 1 or len(area.values) < 2:
            continue
        kept = next((v for ending, v in _VILLAGE_OF.items() if next(iter(place.include)).endswith(ending)), None)
        if kept in area.values and area.values <= frozenset(_VILLAGE_OF.values()):
            old = build.readings[f"{side}.area"][0]
            build.readings[f"{side}.area"] = [FactReading(old.fact, Choice(frozenset({kept})), "", old.span, old.certainty)]


def _elsewhere(build: Builder, ledger: Ledger, mover: str, home: str | None) -> None:
    """Relatives who are all told to live somewhere else: nobody here to follow."""
    near = ("spouse", "child", "parent", "sibling", COUPLE)
    found = [c for c in ledger.stands if c.fact == "where" and c.person in near and c.person != mover and isinstance(c.value, Places)]
    if (
        home
        and found
        and "kin.relation" not in build.readings
        and not any(_at_home(c.value, home) for c in found if isinstance(c.value, Places))
    ):
        build.presume("kin.place", found[0].value, found[0].start, found[0].end)


def _beside(ledger: Ledger, person: str) -> PlaceReading | None:
    """The place named right before a person (临淄农村的儿子, 城里奶奶家)."""
    for place in ledger.places:
        for m in ledger.people:
            same = m.person == person or (person.endswith("/" + m.relation) and m.bare)
            if same and 0 <= m.start - place.span[1] <= 1 and place.places.include != frozenset({""}) and place.kind != "building":
                return place
    return None


def _people_here(ledger: Ledger, home: str | None) -> list[str]:
    """People told to live, work or be registered at the destination, most told of first."""
    found: list[str] = []
    for thing in [*ledger.homes, *ledger.jobs]:
        if (
            thing.kind
            and thing.kind != {"none"}
            and thing.person not in found
            and (thing.spot.places is None or _at_home(thing.spot.places, home))
        ):
            found.append(thing.person)
    for claim in [*ledger.stands, *ledger.claims]:
        here = isinstance(claim.value, Places) and claim.fact in ("where", "hukou") and _at_home(claim.value, home)
        if claim.person not in found and (claim.fact == "hukou_here" or here):
            found.append(claim.person)
    return [SELF if p == COUPLE else p for p in found if p != NOBODY]


def _business(build: Builder, home: str | None) -> None:
    """Where the shop is, once a business is told of; the place of work is the place of the shop."""
    told = build.told()
    status = told.get("work.status")
    if isinstance(status, Choice) and status.values == {"self_employed"} and "work.place" in told and "premises.place" not in told:
        kind = told.get("premises.kind")
        if not (isinstance(kind, Choice) and kind.values == {"none"}):
            source = build.readings["work.place"][0]
            build.readings["premises.place"] = [FactReading("premises.place", source.value, "", source.span, source.certainty)]


def _drop_moot(build: Builder) -> None:
    """Facts that only matter for another kind of dwelling are not read into this one."""
    kind = build.told().get("housing.kind")
    if isinstance(kind, Choice) and not kind.values & {"rented", "public_rental", "dormitory"}:
        for fact in (
            "rent.unit",
            "rent.contract",
            "rent.title_paper",
            "rent.filing",
            "rent.no_home_proof",
            "rent.owner_consent",
            "rent.register_empty",
        ):
            build.readings.pop(fact, None)
    if isinstance(kind, Choice) and not kind.values & {"public_rental"}:
        for fact in ("public.type", "public.certificate"):
            build.readings.pop(fact, None)
    if isinstance(kind, Choice) and kind.values == {"public_rental"}:
        for fact in ("rent.unit",):
            build.readings.pop(fact, None)


def _kin(build: Builder, ledger: Ledger, mover: str, followed: str, relation: str, plain: str, home: str | None, corrected: bool) -> None:
    theirs = along(ledger, followed)
    homes, jobs = things(ledger.homes, followed), things(ledger.jobs, followed)
    named = next((m for m in ledger.people if m.person == followed or (followed == SELF and m.relation in (SELF, COUPLE))), None)
    at = (named.start, named.end) if named else (0, 0)
    build.readings.pop("kin.relation", None)
    build.add("kin.relation", Choice(frozenset({relation})), *at)
    contract = frozenset(v for c in theirs if c.fact == "contract" and isinstance(c.value, Choice) for v in c.value.values)
    _dwelling(build, homes, home, "kin.housing", "kin.place", "kin.area", corrected)
    _job(build, jobs, contract, home, "kin.work", None, None, corrected)
    stands = [c for c in ledger.stands if c.person in ({followed, COUPLE} if followed in (SELF, "spouse") else {followed})]
    place = build.readings.get("kin.place")
    hukou = [c for c in theirs if c.fact == "hukou.place" and isinstance(c.value, Places)]
    if not place or place[0].certainty == "presumed":
        pool = [c for c in stands if c.fact == "where" and isinstance(c.value, Places) and (not home or _at_home(c.value, home))]
        pool += [
            c for c in stands if c.fact == "hukou" and isinstance(c.value, Places) and (not home or _at_home(c.value, home)) and not pool
        ]
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
        build.presume("kin.place", Places(frozenset({home})), *at)
    if any(c.fact == "hukou_here" for c in theirs):
        c = next(c for c in theirs if c.fact == "hukou_here")
        build.add("kin.hukou_here", Choice(frozenset({"yes"})), c.start, c.end)
    elif hukou and home:
        value = hukou[0].value
        assert isinstance(value, Places)
        kin_place = build.readings["kin.place"][0].value if "kin.place" in build.readings else None
        here = _at_home(value, home)
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
    if "kin.hukou_here" not in build.readings and (joined := _JOINS.search(plain)) and followed is not None:
        build.presume("kin.hukou_here", Choice(frozenset({"yes"})), joined.start(), joined.end())
    together = _together(ledger, mover, followed, plain)
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
    if together:
        build.add("kin.together", Choice(frozenset({together[0]})), together[1], together[2])


def _goal(build: Builder, ledger: Ledger, plain: str, home: str | None) -> None:
    """Where somebody is followed to is where the one followed lives (跟爷爷奶奶落东昌府城区), as long as nothing else is said."""
    if not home:
        return
    for place in ledger.places:
        start, end = place.span
        if place.kind in ("building", "elsewhere", "origin") or not _TO.search(plain[max(0, start - 12) : start]):
            continue
        named = place.kind != "area" and any(inside(p, home) and p != home for p in place.places.include)
        told = build.readings.get("kin.place")
        if named and (not told or told[0].certainty == "presumed" or told[0].value == Places(frozenset({home}))):
            build.readings.pop("kin.place", None)
            build.add("kin.place", place.places, start, end)
        if place.area is not None and place.area != AREAS and (named or "urban" not in place.area) and "kin.area" not in build.readings:
            build.add("kin.area", Choice(place.area), start, end)


_TO = re.compile(r"(?:落|迁|回|转|投靠|入)(?:户|到|在|进|回|去|我们?|俺们?|他们?|她们?|咱们?)*(?:的)?[^,。不]{0,6}$")
_JOINS = re.compile(r"(?:落|上|迁|挂|转|入)(?:户)?(?:到|在|进|去|来)?(?:[^,。]{0,12})(?:户口(?:本)?(?:上|里|头上)|户头上|(?:村里)?本上)")
_WITH = re.compile(
    r"(?:跟着?|和|与|同|随)([^,。]{1,10}?)(?:居住|住|一起(?:住|生活|过)?|一块(?:儿)?(?:住|生活|过)?|生活|"
    r"过(?:日子)?)|(?:住(?:在)?(?:我|"
    r"俺)(?:这|家|们?家|那|们?这)|住(?:在)?一(?:起|块|个)|一起(?:住|生活|过)|一块(?:儿)?(?:住|生活|过)|一家(?:人|子|"
    r"三口|四口|五口)?(?:都|一直|"
    r"全)*住|住同一|(?:就|都|一直)(?:住|过)(?:在)?(?:那|这|里面))"
)
_APART = re.compile(
    r"人(?:先|都|也)?不(?:过去|过来|来|去|跟)|不(?:跟|和|与)?(?:[^,]{0,8})?(?:住(?:在)?一|一起住|一块住|一起生活|同住|过来住|来住)|分(?:开|居)住?|两地分居|"
    r"不住(?:在)?(?:一起|这|那)|"
    r"没(?:跟|和)?(?:[^,]{0,8})?(?:住(?:在)?一|一起住)|各住各|异地|不来住|不搬|人(?:还|仍)?(?:住|在)(?:[^,]{0,6})(?:家|老家)"
)


def _together(ledger: Ledger, mover: str, followed: str, plain: str) -> tuple[str, int, int] | None:
    for order, clause in enumerate(ledger.clauses):
        if clause.hearsay:
            continue
        apart = _APART.search(clause.text)
        others = {m.person for m in ledger.people if clause.start <= m.start < clause.end} - {mover, followed, SELF, COUPLE}
        if apart and not clause.planned(apart.start()) and (not others or "人" in apart.group()):
            return "no", clause.start + apart.start(), clause.start + apart.end()
        match = _WITH.search(clause.text)
        if (
            not match
            or clause.planned(match.start())
            or re.search(r"(?:迁|落|办|转)(?:[^,]{0,6})$|能|想|可以", clause.text[: match.start()])
            or re.match(r"(?:落|迁|办|转|投)", clause.text[match.end() :])
        ):
            continue
        if re.search(r"一(?:起|块)$", match.group()) and not re.search(r"住|生活|过", clause.text[match.start() :]):
            continue
        inner = clause.start + (match.start(1) if match.group(1) else match.start())
        near = [m for m in ledger.people if clause.start <= m.start < clause.end and m.relation != NOBODY]
        subject = ledger.subjects[order] if order < len(ledger.subjects) else SELF
        people = {SELF if m.person == COUPLE else m.person for m in near} | {SELF if subject == COUPLE else subject}
        if any(m.person == COUPLE for m in near):
            people |= {"spouse"}
        if re.search(r"一家", clause.text):
            people |= {"spouse", "child", "parent", SELF}
        if not near and subject in (mover, followed, COUPLE) and match.group(1) is None:
            return "yes", clause.start + match.start(), clause.start + match.end()
        if any(m.person == COUPLE for m in near) and {mover, followed} == {SELF, "spouse"}:
            return "yes", clause.start + match.start(), clause.start + match.end()
        names = {p.split("/")[-1] for p in people} | people
        if (
            {mover, followed} <= people
            or (mover in people and followed.split("/")[-1] in names)
            or (followed in people and mover == SELF and SELF in people)
        ):
            return "yes", inner if match.group(1) else clause.start + match.start(), clause.start + match.end()
    return None


def spell(facts: Iterable[FactReading], words: object) -> tuple[FactReading, ...]:
    """The readings with the resident's own words and spans filled in; ``words`` is the normalised text."""
    done = []
    for r in facts:
        start, end = r.span
        done.append(FactReading(r.fact, r.value, words.words(start, end) if end > start else "", words.span(start, end), r.certainty))  # type: ignore[attr-defined]
    return tuple(done)


__all__ = ["Builder", "Claim", "FactReading", "Frame", "Spot", "assemble", "spell"]
