"""What told facts settle about one another within a frame."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from bot.eligibility.values import Choice, Places
from bot.reading.home.settling import settle_dwelling
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.place.places import BUILT_UP, VILLAGE
from bot.reading.record.builder import Builder, FactReading, at_home
from bot.reading.record.ledger import NOT_ONES_OWN, Claim, Ledger, along, names_of, things
from bot.reading.record.standing import registered_elsewhere
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.groups import table

_LEFT = cue("inferences.left")
_TO_THEM, _WITH_THEM = cue("inferences.to_their_family"), cue("inferences.with_them")


_PARTNERS = {"parent": "parent", "grandparent": "grandparent", "parent_in_law": "parent_in_law", "child": "child_in_law"}


def widowed(build: Builder, ledger: Ledger, mover: str) -> None:
    """A parent whose partner is dead (我爸不在了,我妈…) is widowed, and so is a daughter whose husband is."""
    partner = _PARTNERS.get(mover)
    lost = (m for m in ledger.people if m.person == NOBODY and m.relation == partner and m.owner != NOBODY)  # not 同学他妈
    gone = next(lost, None)
    alone = [m for m in ledger.people if m.person == mover and not m.plural]
    if partner is not None and gone is not None and alone and "marital" not in build.readings:
        build.add("marital", Choice(frozenset({"widowed"})), gone.start, gone.end)


_NEVER = Choice(frozenset({"never"}))


def from_origin(build: Builder, plain: str, home: str | None) -> None:
    """A 老家 elsewhere is where the register is presumed to be, until somebody says otherwise or that it was moved away."""
    told = build.readings.get("origin.place")
    moved = build.told().get("origin.moved", _NEVER)
    if not told or "hukou.place" in build.readings or not home or _LEFT.search(plain) or moved != _NEVER:
        return
    value = told[0].value
    if isinstance(value, Places) and not at_home(value, home):
        build.presume("hukou.place", value, *told[0].span)


_NOTHING_THERE, _TO_COME = cue("inferences.nothing_there"), cue("inferences.to_come")
_LIVES_AWAY, _WITH_REGISTER = cue("inferences.lives_away"), cue("spots.with_people")


def nowhere_here(build: Builder, ledger: Ledger, mover: str, plain: str, home: str | None) -> None:
    """没房, said of the destination by someone who lives or works elsewhere, leaves no dwelling there at all."""
    kind = build.told().get("housing.kind")
    if not home or kind != Choice(NOT_ONES_OWN):
        return
    jobs = [t for t in things(ledger.jobs, mover) if t.kind and t.kind != {"none"} and t.spot.places]
    away = any(not at_home(t.spot.places, home) for t in jobs) and not any(at_home(t.spot.places, home) for t in jobs)
    if not away and not jobs:
        away = _gone_for_good(ledger, mover) or _stays_away(ledger, mover, home) or bool(_TO_COME.search(plain))
    if away or _NOTHING_THERE.search(plain):
        span = build.readings["housing.kind"][0].span
        build.readings["housing.kind"] = [FactReading("housing.kind", Choice(frozenset({"none"})), "", span, "said")]


def _gone_for_good(ledger: Ledger, mover: str) -> bool:
    """Whether somebody registered elsewhere is said not to live in the village again (户口在周村,…人没回去住)."""
    back = [c.value for c in along(ledger, mover) if c.fact == "origin.back"]
    return bool(back) and all(value == Choice(frozenset({"no"})) for value in back) and registered_elsewhere(ledger, mover)


def _stays_away(ledger: Ledger, mover: str, home: str) -> bool:
    """Whether every place told of where somebody is lies outside (人在广州,聊城没有房); where the home is missing is no such place."""
    people = names_of(mover)
    denied = {t.order for t in ledger.homes if t.deny}
    where = [c.value for c in ledger.stands if c.person in people and c.fact == "where" and c.order not in denied]
    if not where:
        spoken = [c.text for c, who in zip(ledger.clauses, ledger.subjects, strict=False) if _only_of(ledger, c, who) in people]
        register = [c.value for c in ledger.stands if c.person in people and c.fact == "hukou"]
        with_register = any(_WITH_REGISTER.search(text) for text in spoken) and register
        return any(_LIVES_AWAY.search(text) for text in spoken) or bool(
            with_register and not any(isinstance(place, Places) and at_home(place, home) for place in with_register)
        )
    return not any(isinstance(place, Places) and at_home(place, home) for place in where)


def _only_of(ledger: Ledger, clause: Clause, carried: str) -> str | None:
    """Whom a clause is about that names nobody, or one person alone (我爸妈都在老家: not where I am)."""
    named = {m.person for m in ledger.people if clause.start <= m.start < clause.end}
    return carried if not named else named.pop() if len(named) == 1 else None


_PARENTS = MappingProxyType({"child": (SELF, COUPLE), "grandchild": ("grandchild/parent", "child")})


def no_home_of_the_parents(build: Builder, ledger: Ledger, mover: str, plain: str, home: str | None) -> None:
    """A child whose parents have no dwelling here has none either.

    (我们两口子在那边没买房没租房,孩子想落他姨家; 孙女她爹娘都在外头上班,这边没房.)
    """
    people = _PARENTS.get(mover, ())
    parents = Builder(build.vocabulary)
    homes = [t for t in ledger.homes if t.person in people]
    settle_dwelling(parents, homes, home, "housing.kind", "housing.place", "housing.area")
    if homes and mover == "grandchild":
        nowhere_here(parents, ledger, homes[0].person, plain, home)
    nothing = Choice(frozenset({"none"}))
    if parents.told().get("housing.kind") == nothing:
        build.presume("housing.kind", nothing, *parents.readings["housing.kind"][0].span)


def members(build: Builder, home: str | None, plain: str) -> None:
    """Nobody whose register is elsewhere is already in a collective household here."""
    told = build.told()
    where, member = told.get("hukou.place"), told.get("collective.member")
    if isinstance(where, Places) and home and not at_home(where, home) and member == Choice(frozenset({"yes"})):
        span = build.readings["collective.member"][0].span
        build.readings["collective.member"] = [FactReading("collective.member", Choice(frozenset({"no"})), "", span, "said")]
    elif isinstance(where, Places) and home and not at_home(where, home) and cue("inferences.booklet").search(plain):
        build.presume("collective.member", Choice(frozenset({"no"})), *build.readings["hukou.place"][0].span)


def back_to_the_village(build: Builder, plain: str) -> None:
    """Who wants back to where the homestead is, or to the village of the work, wants a village register, though no word says so."""
    sent = build.told().get("rural.dispatched") == Choice(frozenset({"yes"}))
    if "wish.area" not in build.readings and sent:
        build.presume("wish.area", Choice(frozenset({"village"})), *build.readings["rural.dispatched"][0].span)
    rural = any(build.told().get(f) == Choice(frozenset({"yes"})) for f in ("origin.back", "rural.dispatched", "rural.return_work"))
    if "wish.area" not in build.readings and (rural or "origin.base" in build.readings) and (back := _GOES_BACK.search(plain)):
        build.presume("wish.area", Choice(frozenset({"village"})), *back.span())
    elif "wish.area" not in build.readings and (way := _RURAL_WAY.search(plain)):
        build.presume("wish.area", Choice(frozenset({"village"})), *way.span())


def works_back_there(build: Builder) -> None:
    """Who is back in the village and has a business of their own in one here has gone back to work (回了村里,…养了两百头黑猪)."""
    told = build.told()
    area, back = told.get("work.area"), told.get("origin.back") == Choice(frozenset({"yes"}))
    trades = told.get("work.status") == Choice(frozenset({"self_employed"}))
    if back and trades and isinstance(area, Choice) and area.values <= VILLAGE:
        build.presume("rural.return_work", Choice(frozenset({"yes"})), *build.readings["work.status"][0].span)


def the_village_here(build: Builder, home: str | None) -> None:
    """Who once moved from a village to town, has a base there or is back, and names no place for it, means one here (想迁回本村)."""
    told = build.told()
    went = told.get("origin.moved") == Choice(frozenset({"settled"})) and told.keys() & {"origin.base", "origin.back"}
    if home and went and "origin.place" not in told and "wish.area" in told:
        build.presume("origin.place", Places(frozenset({home})), *build.readings["origin.moved"][0].span)


def onto_a_village_home(build: Builder, plain: str) -> None:
    """Who wants the register put on the home told of (拟落租住房), which lies in a village, wants it there."""
    area, onto = build.told().get("housing.area"), cue("inferences.onto_it").search(plain)
    if onto and "wish.area" not in build.readings and isinstance(area, Choice) and area.values <= VILLAGE:
        build.presume("wish.area", Choice(frozenset({"village"})), *onto.span())


def not_back_elsewhere(build: Builder, home: str | None) -> None:
    """Whose origin lies outside the jurisdiction is not back in the village by living in one here (老家青州,在临淄村里租房住)."""
    origin = [r.value for r in build.readings.get("origin.place", [])]
    if home and origin and not any(at_home(value, home) for value in origin if isinstance(value, Places)):
        kept = [r for r in build.readings.pop("origin.back", []) if r.value != Choice(frozenset({"yes"}))]
        if kept:
            build.readings["origin.back"] = kept


_OF_A_VILLAGE = ("origin.place", "origin.moved", "origin.base")


def not_back_by_marriage(build: Builder) -> None:
    """Who follows husband or wife to a village, and speaks of no village of their own, is not back by living there (我们搬回村里住了)."""
    area = build.told().get("kin.area")
    married = build.told().get("kin.relation") == Choice(frozenset({"spouse"}))
    if married and isinstance(area, Choice) and area.values <= VILLAGE and not build.told().keys() & set(_OF_A_VILLAGE):
        build.readings.pop("origin.back", None)


def into_their_village(build: Builder, plain: str) -> None:
    """Who wants to be registered with relatives who live in a village (迁到婆家, 落到我们老两口这) wants a register there."""
    area, to_them = build.told().get("kin.area"), _TO_THEM.search(plain) or _WITH_THEM.search(plain)
    if to_them and "wish.area" not in build.readings and isinstance(area, Choice) and area.values <= VILLAGE:
        build.presume("wish.area", Choice(frozenset({"village"})), *to_them.span())


def no_village(build: Builder) -> None:
    """Who comes to a relative in town wants no village, though the words sound like going back (离婚回娘家住,…能迁回来)."""
    area, wish = build.readings.get("kin.area"), build.readings.get("wish.area")
    in_town = area is not None and isinstance(value := area[0].value, Choice) and value.values <= {"urban", "town"}
    if in_town and wish and wish[0].certainty == "presumed":
        build.readings.pop("wish.area")


_GOES_BACK, _RURAL_WAY = cue("inferences.goes_back"), cue("wish_area.rural_way")


_LADDER = ("none", "junior", "senior", "vocational", "college", "bachelor", "master", "doctor")


_BELOW = {"senior": {"junior"}}


def education(build: Builder, mine: list[Claim]) -> None:
    """The level that counts: the highest one finished (本科毕业,研究生在读 is a bachelor).

    A high school left early leaves the level below it open; of a course of study left early the name and that it was left say enough.
    """
    levels = [c for c in mine if c.fact == "education.level" and isinstance(c.value, Choice) and not c.hedged]
    states = [c for c in mine if c.fact == "education.status" and isinstance(c.value, Choice) and not c.hedged and len(c.value.values) == 1]
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


_VILLAGE_OF = MappingProxyType({word: area for area, word in table("inferences.seats").items()})


def narrow_areas(build: Builder) -> None:
    """A village of a town named is a village below that town, not one of a street office."""
    for side in ("housing", "work", "kin"):
        place, area = build.told().get(f"{side}.place"), build.told().get(f"{side}.area")
        if not isinstance(place, Places) or not isinstance(area, Choice) or len(place.include) != 1 or len(area.values) < 2:
            continue
        kept = next((v for ending, v in _VILLAGE_OF.items() if next(iter(place.include)).endswith(ending)), None)
        if kept in area.values and area.values <= frozenset(_VILLAGE_OF.values()):
            old = build.readings[f"{side}.area"][0]
            build.readings[f"{side}.area"] = [FactReading(old.fact, Choice(frozenset({kept})), "", old.span, old.certainty)]


def loosen_areas(build: Builder, ledger: Ledger) -> None:
    """An area that rests on a bare name (在东昌府区一家公司上班) or a kind of building (在小区看大门) is taken for granted, not told."""
    if not any(p.kind == "area" and p.area == BUILT_UP for p in ledger.places):
        for fact in ("housing.area", "work.area", "kin.area"):
            read = build.readings.get(fact, [])
            if len(read) == 1 and read[0].value == Choice(BUILT_UP):
                build.readings[fact] = [replace(read[0], certainty="presumed")]
    if any(p.kind in ("area", "building") and p.area is not None and "urban" in p.area for p in ledger.places):
        return
    for side in ("housing", "work", "kin"):
        place, area = build.told().get(f"{side}.place"), build.readings.get(f"{side}.area", [])
        named = [p for p in ledger.places if p.places == place]
        if len(area) == 1 and area[0].value == Choice(frozenset({"urban"})) and named and all(p.by_name for p in named):
            build.readings[f"{side}.area"] = [replace(area[0], certainty="presumed")]


_UNSCHOOLED = frozenset({"none", "junior", "senior"})


def untitled(build: Builder) -> None:
    """Who has no more than a general school and no certificate of any skill has no title of a profession either."""
    told = build.told()
    level, paper = told.get("education.level"), told.get("skill.certificate")
    plain = isinstance(level, Choice) and level.values <= _UNSCHOOLED
    if plain and paper == Choice(frozenset({"none"})) and "title.level" not in build.readings:
        build.presume("title.level", paper, *build.readings["skill.certificate"][0].span)


def works_nowhere_here(build: Builder) -> None:
    """Who has no wish to work here does not work here: a job told with no place is somewhere else, which was not said."""
    told = build.told()
    place = build.readings.get("work.place")
    status = told.get("work.status")
    elsewhere = status not in (Choice(frozenset({"none"})), Choice(frozenset({"remote"})))  # over the wire one works wherever one is
    unwilling = told.get("intent.work") == Choice(frozenset({"no"})) and elsewhere
    if unwilling and place is not None and place[0].certainty == "presumed":
        for fact in ("work.status", "work.place", "work.area"):
            build.readings.pop(fact, None)


_NEAR = 2  # clauses between a shop told of and the place it is in


def business(build: Builder, ledger: Ledger, mover: str, home: str | None) -> None:
    """Where the shop is, once a business is told of; the place of work is the place of the shop.

    Who is employed elsewhere and has no wish to work here holds no licence here.
    """
    told = build.told()
    status = told.get("work.status")
    works = told.get("work.place")
    employed = isinstance(status, Choice) and "self_employed" not in status.values
    if (
        employed
        and home
        and isinstance(works, Places)
        and not at_home(works, home)
        and told.get("intent.work") == Choice(frozenset({"no"}))
    ):
        build.presume("business.license", Choice(frozenset({"none"})), *build.readings["work.status"][0].span)
    if isinstance(status, Choice) and status.values == {"self_employed"} and "work.place" in told and "premises.place" not in told:
        kind = told.get("premises.kind")
        if not (isinstance(kind, Choice) and kind.values == {"none"}):
            source = build.readings["work.place"][0]
            build.readings["premises.place"] = [FactReading("premises.place", source.value, "", source.span, source.certainty)]
    shop = build.told().get("premises.kind", _NO_SHOP)
    if shop != _NO_SHOP and "premises.place" not in build.readings:
        at = build.readings["premises.kind"][0].span[0]
        order = next((i for i, c in enumerate(ledger.clauses) if c.start <= at < c.end), 0)
        asks = bool(ledger.clauses) and ledger.clauses[order].asks  # 算固定场所不: no shop told of
        near = [
            c for c in ledger.stands if not asks and c.fact == "where" and c.person in (mover, COUPLE) and abs(c.order - order) <= _NEAR
        ]
        if _dwells(ledger, mover):  # the place may be that of the home, unless the clause names the shop
            licensed = told.get("business.license") == Choice(frozenset({"own"}))
            near = [c for c in near if licensed and cue("spots.a_shop").search(ledger.clauses[c.order].text)]
        stand = next((c for c in near if isinstance(c.value, Places) and at_home(c.value, home)), None)
        if stand is not None:
            build.add("premises.place", stand.value, stand.start, stand.end)
    _place_of_shop(build, ledger, mover, home)
    _trades(build)
    _shop_here(build, ledger, home)


def _dwells(ledger: Ledger, mover: str) -> bool:
    """Whether a dwelling is told that a place may be that of; one that there is none of lies nowhere (没房,门面在东昌府城里)."""
    return any(t.kind and t.kind != {"none"} for t in things(ledger.homes, mover))


def _place_of_shop(build: Builder, ledger: Ledger, mover: str, home: str | None) -> None:
    """Where the shop is, as nothing near it says: at home where it is run from there, or the one place told, where there is no dwelling."""
    placed = build.readings.get("premises.place")
    if build.told().get("premises.kind", _NO_SHOP) == _NO_SHOP or placed and placed[0].certainty != "presumed":
        return
    if build.told().get("premises.kind") == Choice(frozenset({"home"})):
        source = build.readings.get("housing.place", [])
        found = {(r.value, r.span, r.certainty) for r in source}
    elif _dwells(ledger, mover):
        return
    else:
        here = [(c.value, (c.start, c.end), "said") for c in ledger.stands if c.fact == "where" and c.person in (mover, COUPLE)]
        known = [s for s in here if isinstance(s[0], Places) and at_home(s[0], home) and s[0] != Places(frozenset({home or ""}))]
        found = set(known[:1]) if len({value for value, _, _ in known}) == 1 else set()
    if len(found) == 1:
        value, span, certainty = next(iter(found))
        build.readings["premises.place"] = [FactReading("premises.place", value, "", span, certainty)]


def _trades(build: Builder) -> None:
    """Who holds a licence and has a place of business trades there, though no word says so (有执照,夜市里一个固定摊位)."""
    told = build.told()
    premises = told.get("premises.kind")
    open_ = isinstance(premises, Choice) and "none" not in premises.values
    if told.get("business.license") != Choice(frozenset({"own"})) or not open_ or "work.status" in build.readings:
        return
    build.presume("work.status", Choice(frozenset({"self_employed"})), *build.readings["business.license"][0].span)
    if "premises.place" in told:
        build.presume("work.place", told["premises.place"], *build.readings["premises.place"][0].span)


def _shop_here(build: Builder, ledger: Ledger, home: str | None) -> None:
    """A place of business told with no place, in a message that names none, is presumed to be where the conversation is about."""
    premises = build.readings.get("premises.kind", [])
    named = any(p.kind != "building" and p.places.include != frozenset({""}) for p in ledger.places)
    if not home or "premises.place" in build.readings or named or build.told().get("premises.kind", _NO_SHOP) == _NO_SHOP:
        return
    if build.told().get("business.license") == Choice(frozenset({"own"})):
        build.presume("premises.place", Places(frozenset({home})), *premises[0].span)


_NO_SHOP = Choice(frozenset({"none"}))


def drop_moot(build: Builder) -> None:
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
        build.readings.pop("rent.unit", None)
        for fact in ("rent.filing", "rent.no_home_proof", "rent.title_paper"):
            if build.told().get(fact) == Choice(frozenset({"yes"})):
                build.readings.pop(fact)  # 廉租房,手续全: those that it needs
        for fact in [f for f, found in build.readings.items() if f.startswith("rent.") and len(found) > 1]:
            build.readings.pop(fact)  # papers of a flat on the market, named among those not needed
    types = build.readings.get("public.type", [])
    if len(types) > 1:  # 房管局的廉租房: who runs it says less than what it is
        exact = [r for r in types if r.value != Choice(frozenset({"gongfang"}))]
        build.readings["public.type"] = exact[:1] or types
