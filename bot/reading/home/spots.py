"""Where a dwelling or a job is: its own clause, the scene set before, or a later clause that only names the place."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice, Places, inside, meet
from bot.reading.kin.kinship import SELF
from bot.reading.place.places import NAMED, PlaceReading
from bot.reading.record.ledger import Claim, Ledger, Spot, Thing
from bot.reading.text.clauses import Clause
from bot.reading.text.cues import cue
from bot.reading.text.patterns import KindHit

_RIGHT_BEHIND, _RIGHT_BEFORE = cue("spots.right_behind"), cue("spots.right_before")
_INSURED_AT = cue("spots.insured_at")
_CLOSE = 14  # letters, the names of wider places included


def combine(outer: Spot, inner: Spot) -> Spot:
    """The place of something told inside another place: the inner words count, the outer ones fill what they leave open."""
    places, assumed = inner.places, inner.assumed
    if outer.places is not None and (inner.places is None or inner.assumed):
        both = meet(outer.places, inner.places) if inner.places is not None else None
        places, assumed = (both, outer.assumed) if isinstance(both, Places) else (outer.places, outer.assumed)
    area = inner.area
    if outer.area is not None and (area is None or area & outer.area):
        area = outer.area if area is None else area & outer.area
    return Spot(places, area, inner.start or outer.start, inner.end or outer.end, assumed)


def of_reading(place: PlaceReading) -> Spot:
    """A place reading as a spot; the whole world is no place."""
    world = place.places.include == frozenset({""}) and not place.places.exclude
    return Spot(None if world else place.places, place.area, *place.span, place.assumed)


def _join(readings: list[PlaceReading]) -> Spot:
    """Several places of one clause as one spot: a later name replaces an earlier one, a kind of area narrows it."""
    spot = Spot()
    hint: frozenset[str] | None = None
    for place in readings:
        if place.kind == "building":
            hint = place.area
            continue
        one = of_reading(place)
        spot = combine(spot, one) if place.kind in ("area", "origin") else one
    if spot.area is None and hint is not None:
        spot = Spot(spot.places, hint, spot.start, spot.end, spot.assumed)
    elif spot.area is not None and hint is not None and spot.area & hint:
        spot = Spot(spot.places, spot.area & hint, spot.start, spot.end, spot.assumed)
    return spot


def spot_of(ledger: Ledger, clause: Clause, start: int, end: int, plain: str, roles: dict[int, str]) -> Spot:
    """The place of what stands at ``start:end`` (offsets in the plain text) among the places of its clause."""
    counts = ("where", "hukou") if cue("spots.with_work").search(clause.text) else ("where",)
    free = [p for i, p in enumerate(ledger.places) if clause.start <= p.span[0] < clause.end and roles.get(i) in counts]
    free = [p for p in free if not _INSURED_AT.search(plain[clause.start : p.span[0]])]  # 劳务派遣的本科社保在济南交
    before = [p for p in free if p.span[0] < max(start + 1, end)]
    after = [p for i, p in enumerate(ledger.places) if roles.get(i) == "origin" and _at_the_origin(clause, end, p, plain)] + [
        p
        for p in free
        if p.span[0] >= end
        and (
            _right_behind(ledger, end, p, plain)
            or (p.kind != "building" and cue("spots.stands_before").search(plain[clause.start : p.span[0]]))
        )
    ]
    named = [p for p in before if p.kind != "building"]
    if not named and not after and (wanted := _wanted_there(ledger, clause, start, plain, roles)):
        before = [*wanted, *before]
    spot = _join([*before, *(p for p in after if p.kind == "building")] if named else [*after, *before])
    return Spot(spot.places, spot.area, start, end, spot.assumed)


def _at_the_origin(clause: Clause, end: int, place: PlaceReading, plain: str) -> bool:
    """Whether a home or a job is told to be where somebody comes from (有套房子|在老家|信阳)."""
    if not end <= place.span[0] < clause.end or place.places.include == frozenset({""}):
        return False
    return cue("spots.at_the_origin").fullmatch(plain[end : place.span[0]]) is not None


def _wanted_there(ledger: Ledger, clause: Clause, start: int, plain: str, roles: dict[int, str]) -> list[PlaceReading]:
    """The place a register is wanted at, where nothing but small words stands between it and the home (落到高唐县城我买的楼上)."""
    named = [p for i, p in enumerate(ledger.places) if clause.start <= p.span[0] < start and roles.get(i) == "target"]
    last = max((p for p in named if p.kind != "building"), key=lambda p: p.span[1], default=None)
    if last is None or last.span[1] > start or not _RIGHT_BEFORE.fullmatch(plain[last.span[1] : start]):
        return []
    return [p for p in named if p.kind != "building"]


def _right_behind(ledger: Ledger, end: int, place: PlaceReading, plain: str) -> bool:
    """Whether nothing but small words and the names of wider places stands between what is told and a place (房买在阳谷的谷山路)."""
    if place.span[0] - end > _CLOSE:
        return False
    named = {at for p in ledger.places if p.kind != "building" and p is not place for at in range(*p.span)}
    return _RIGHT_BEHIND.fullmatch("".join(plain[at] for at in range(end, place.span[0]) if at not in named)) is not None


def place_of(ledger: Ledger, clause: Clause, order: int, hit: KindHit, plain: str, roles: dict[int, str], where: Spot) -> Spot:
    """Where a dwelling or job is: its own clause, else the clause that set the scene."""
    start, end = clause.start + hit.start, clause.start + hit.end
    spot = spot_of(ledger, clause, start, end, plain, roles)
    outside = spot.places is not None and bool(spot.places.exclude)  # 外地 is not where the scene is set
    if where.said and (spot.places is None or spot.assumed) and not outside:
        spot = combine(where, Spot(spot.places, spot.area, start, end, spot.assumed))
    return Spot(spot.places, spot.area, start, end, spot.assumed)


def told_spot(ledger: Ledger, clause: Clause, roles: dict[int, str], home: str | None) -> Spot:
    """Where the clause as a whole takes place, for the clauses that follow it."""
    here = [(i, p) for i, p in enumerate(ledger.places) if clause.start <= p.span[0] < clause.end and p.kind != "building"]
    named = [
        p
        for i, p in here
        if (
            roles.get(i) == "where"
            or roles.get(i) == "hukou"
            and cue("spots.with_people").search(clause.text)
            or roles.get(i) == "origin"
            and _back_to_live(clause, p)
        )
        and not (p.kind == "elsewhere" and clause.text[p.span[0] - clause.start - 1 : p.span[0] - clause.start] != "在")
    ]
    sites = [p for p in ledger.places if p.kind == "building" and clause.start <= p.span[0] < clause.end] if named else []
    told = _join([*named, *sites])
    if not told.said:
        target = _join([p for i, p in here if roles.get(i) == "target" and p.kind not in ("area", "origin")])
        if target.places is not None and home and all(inside(x, home) and x != home for x in target.places.include):
            return replace(target, area=None, assumed=True)
    return told


def _back_to_live(clause: Clause, place: PlaceReading) -> bool:
    """Whether somebody lives where they come from (现在回了老家|平原|住), and so is there by now."""
    at = place.span[1] - clause.start
    return place.kind in NAMED and not clause.planned(at) and cue("spots.lives_there").match(clause.text, at) is not None


_SHORT = 3  # clauses of a message that only mends or completes an earlier one


def _place_alone(ledger: Ledger, clause: Clause, order: int, told: Spot, what: str) -> None:
    """Where a home, a shop or a workplace is, in a message that says no more of it (不对,店是在张店)."""
    if told.places is None or told.assumed or not what or clause.asks or len(ledger.clauses) > _SHORT:
        return
    sides = ("housing",) if cue("spots.a_home").match(what) else ("premises", "work") if cue("spots.a_shop").match(what) else ("work",)
    person = ledger.subjects[order] if order < len(ledger.subjects) else SELF
    for side in sides:
        ledger.claims.append(Claim(person, f"{side}.place", told.places, told.start, told.end, order, clause.hedged))
        if told.area is not None and side != "premises":
            ledger.claims.append(Claim(person, f"{side}.area", Choice(told.area), told.start, told.end, order, clause.hedged))


def _says_more(told: Spot, known: Spot) -> bool:
    """Whether a place lies inside the one known so far (在区里租了个两居室,街道那块), or only says which part is meant (在城边的村)."""
    inner, outer = told.places, known.places
    if told.assumed and told.area is not None:
        return known.area is None or told.area < known.area
    return inner is not None and outer is not None and all(any(inside(p, q) and p != q for q in outer.include) for p in inner.include)


def _lies_otherwise(known: Spot, told: Spot) -> bool:
    """Whether a place told later is of another kind than that of the home known so far (村里有老房子,城里户口…): of something else."""
    return bool(known.area and told.area and known.area.isdisjoint(told.area))


def is_a_place(ledger: Ledger, clause: Clause) -> bool:
    """Whether the clause is the name of a place and nothing else (…,一个月八百,都住三年了,临淄城区)."""
    named = {at for p in ledger.places for at in range(*p.span)}
    rest = "".join(letter for at, letter in enumerate(clause.text, clause.start) if at not in named)
    return bool(clause.text) and rest != clause.text and bool(cue("spots.only_in").fullmatch(rest))


_GOES_ON = 2  # clauses within which a place still says more of the one told
_LATER, _GOES_ABOUT = cue("spots.later"), cue("spots.goes_about")


def place_later(ledger: Ledger, clause: Clause, order: int, told: Spot, plain: str, roles: dict[int, str]) -> None:
    """A clause that only names a place says where the dwelling or job told before it is (…,房子在开发区)."""
    if not told.said:
        return
    first = next(
        (
            p
            for i, p in enumerate(ledger.places)
            if clause.start <= p.span[0] < clause.end and roles.get(i) == "where" and p.kind != "building"
        ),
        None,
    )
    if first is None:
        return
    before, behind = plain[clause.start : first.span[0]], plain[told.end : clause.end]
    about = _GOES_ABOUT.fullmatch(before) is not None and cue("spots.about_it").match(behind) is not None
    match = _LATER.match(before)
    if (
        not (about or match and cue("spots.only_the_place").match(behind))
        or any(t.order == order and (t.kind or t.deny) for t in [*ledger.homes, *ledger.jobs])
    ):
        return
    what = (match.group("what") if match else None) or ""
    both: list[list[Thing]] = [ledger.homes, ledger.jobs]
    pools = [ledger.homes] if cue("spots.a_home").match(what) else [ledger.jobs] if what or about else both
    alone = is_a_place(ledger, clause)
    best: tuple[int, list[Thing], int] | None = None
    for pool in pools:
        for i, thing in enumerate(pool):
            if (
                thing.kind
                and thing.kind != {"none"}
                and (what or not _lies_otherwise(thing.spot, told))
                and (order - thing.order <= 5 or alone)
                and (thing.spot.places is None or thing.spot.assumed or (order - thing.order <= _GOES_ON and _says_more(told, thing.spot)))
                and (best is None or thing.order >= best[0])
            ):
                best = (thing.order, pool, i)
    if best is None:
        _place_alone(ledger, clause, order, told, what)
    else:
        _, pool, i = best
        spot = combine(pool[i].spot, told) if pool[i].spot.said else told
        last = pool[i]
        for at, thing in enumerate(pool):  # several words of one clause may tell of the same shop, several clauses of one home
            same = thing.order == last.order and thing.person == last.person
            one = alone and pool is ledger.homes and (thing.person == last.person or thing.kind == last.kind)
            if at == i or ((same or one) and not thing.spot.said and thing.kind - {"none"}):
                pool[at] = replace(thing, spot=replace(spot, start=told.start, end=told.end))
