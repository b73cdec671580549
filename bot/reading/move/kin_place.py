"""Where the relative is who is followed: by what is told of them, by the place gone to, or by where the mover lives with them.

The sources follow one another, the surest first: each later one only fills in what the earlier left open.
"""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice, Places, inside
from bot.reading.kin.kinship import COUPLE, SELF
from bot.reading.kin.mention import Mention
from bot.reading.move.following import Following, area_told_with
from bot.reading.place.places import PlaceReading
from bot.reading.record.builder import Builder, at_home
from bot.reading.record.ledger import AREAS, ONES_OWN, Claim, Ledger, names_of
from bot.reading.text.cues import cue

_PLACE, _AREA = "kin.place", "kin.area"
_ANYWHERE = frozenset({""})
_TO = cue("followed.to")


def settle_kin_place(build: Builder, following: Following) -> None:
    """Settle where the one followed is; with nothing told at all, in the jurisdiction asked about."""
    _by_what_is_told(build, following)
    _by_the_home_pointed_at(build, following)
    _by_the_place_beside(build, following)
    _by_the_goal(build, following)
    _by_the_place_alone(build, following)
    if following.relation == "spouse":
        _by_marriage(build, following, following.mover)
    if following.followed == "step_parent":
        _by_marriage(build, following, "parent")  # 妈改嫁到朱台镇一个村,…想随后爹
    _by_the_work(build, following)
    _area_told(build, following)
    if _PLACE not in build.readings and following.home:
        said_here = next(((c.start, c.end) for c in following.theirs if c.fact == "hukou_here"), following.named_at)  # 她户口就在这边
        build.presume(_PLACE, Places(frozenset({following.home})), *said_here)


def settle_common_place(build: Builder, following: Following) -> None:
    """Who lives with the mover lives where the mover is told to live (跟女儿女婿在县城住)."""
    ledger, mover, home = following.ledger, following.mover, following.home
    if home is None or not _is_open(build):
        return
    loose = (_ANYWHERE, frozenset({home}))
    housemates = names_of(mover) | ({SELF, COUPLE} if mover in ("child", "step_child") else set())  # 我改嫁到高唐,孩子跟他后爸一块住
    for claim in (c for c in ledger.stands if c.person in housemates and c.fact == "where"):
        if isinstance(claim.value, Places) and at_home(claim.value, home) and claim.value.include not in loose:
            build.readings.pop(_PLACE, None)
            build.presume(_PLACE, claim.value, claim.start, claim.end)
            if (area := area_told_with(ledger, claim)) is not None:
                build.presume(_AREA, area.value, area.start, area.end)
            return


def presume_loose_place(build: Builder, following: Following) -> None:
    """A mere kind of area (城里) is that of whichever place is asked about, so that where it lies is only presumed."""
    told = build.readings.get(_PLACE, [])
    if len(told) == 1 and any(p.span == told[0].span and p.assumed and p.kind == "area" for p in following.ledger.places):
        build.readings[_PLACE] = [replace(told[0], certainty="presumed")]


# -- how firm the place is -------------------------------------------------------------------------------------------------
def _is_open(build: Builder) -> bool:
    """Whether no place is told, but at most presumed."""
    told = build.readings.get(_PLACE)
    return not told or told[0].certainty == "presumed"


def _is_loose(build: Builder, home: str | None) -> bool:
    """Whether no place is told, or just the jurisdiction asked about."""
    return _is_open(build) or build.readings[_PLACE][0].value == Places(frozenset({home or ""}))


def _put(build: Builder, value: Places, start: int, end: int) -> None:
    """Tell the place in the stead of what is known of it."""
    build.readings.pop(_PLACE, None)
    build.add(_PLACE, value, start, end)


# -- the sources, in order -------------------------------------------------------------------------------------------------
def _put_with_area(build: Builder, ledger: Ledger, stand: Claim, value: Places) -> None:
    """Tell where somebody stands in the stead of what is known of it, with the kind of area told beside, unless one is known."""
    _put(build, value, stand.start, stand.end)
    area = area_told_with(ledger, stand)
    if area is not None and _AREA not in build.readings:
        build.add(_AREA, area.value, area.start, area.end)


def _by_what_is_told(build: Builder, following: Following) -> None:
    """Where they are said to live, else to be registered: here, if any of it is."""
    if not _is_open(build):
        return
    home, placed = following.home, [c for c in following.stands if isinstance(c.value, Places)]
    near = [c for c in placed if isinstance(c.value, Places) and (not home or at_home(c.value, home) and c.value.include != _ANYWHERE)]
    if not near and (home_here := _home_here(following)) is not None:
        _put(build, *home_here)
        return  # 房本写我俩名字,我户口在菏泽,想把我和孩子迁来: not where the register still is
    pool = _narrowest([c for c in near if c.fact == "where"]) or [c for c in near if c.fact == "hukou"] or placed
    if pool and isinstance(pool[0].value, Places):
        _put(build, pool[0].value, pool[0].start, pool[0].end)


def _home_here(following: Following) -> tuple[Places, int, int] | None:
    """Where the home is that the one followed has in the place asked about, and the words that say so."""
    for spot in (t.spot for t in following.homes if t.kind and t.kind <= ONES_OWN):
        if spot.places is not None and following.home and at_home(spot.places, following.home):
            return spot.places, spot.start, spot.end
    return None


def _narrowest(told: list[Claim]) -> list[Claim]:
    """The claims of where somebody is, the first with a closer name for the same place in front (聊城就我一个侄女,我家在东昌府区)."""
    first = told[0].value if told else None
    closer = [c for c in told[1:] if isinstance(first, Places) and isinstance(c.value, Places) and _within(c.value, first)]
    return [*closer[:1], *told]


def _within(one: Places, other: Places) -> bool:
    return one != other and all(any(inside(p, q) for q in other.include) for p in one.include) and len(one.include) == 1


def _by_the_home_pointed_at(build: Builder, following: Following) -> None:
    """Where the home is that their register is said to be in, told of right before (婆婆在辛店老楼里,…我儿户口就在那楼上)."""
    ledger, home = following.ledger, following.home
    for claim in following.theirs if home and _is_open(build) else ():
        if claim.fact != "hukou_here" or not cue("followed.that_home").search(ledger.clauses[claim.order].text):
            continue
        stands = [c for c in ledger.stands if c.fact == "where" and c.order < claim.order]
        before = [c for c in stands if cue("followed.a_home").search(ledger.clauses[c.order].text)]
        if before and isinstance(before[-1].value, Places) and at_home(before[-1].value, home):
            _put_with_area(build, ledger, before[-1], before[-1].value)
        return


def _by_the_place_beside(build: Builder, following: Following) -> None:
    """The place named right before the person."""
    said = _beside(following)
    if said is None or not _is_open(build):
        return
    _put(build, said.places, *said.span)
    if said.area is not None:
        build.add(_AREA, Choice(said.area), *said.span)


def _beside(following: Following) -> PlaceReading | None:
    """The place named right before a person (临淄农村的儿子, 城里奶奶家, 镇上有个表叔; not 户口在河南,我…, nor 城里俺没房)."""
    ledger = following.ledger
    for place in ledger.places:
        for m in ledger.people:
            if m.start < place.span[1] or cue("followed.has_none").match(following.plain, m.end):
                continue
            between = following.plain[place.span[1] : m.start]
            near = len(between) <= 1 or cue("followed.has_one").fullmatch(between) is not None
            beside = near and any(c.start <= place.span[0] and m.end <= c.end for c in ledger.clauses)
            if _is_them(m, following) and beside and place.places.include != _ANYWHERE and place.kind != "building":
                return place
    return None


def _by_the_goal(build: Builder, following: Following) -> None:
    """Where somebody is followed to is where the one followed lives (跟爷爷奶奶落东昌府城区), as long as nothing else is said."""
    home = following.home
    for place in following.ledger.places if home else ():
        if home is None or not _is_gone_to(place, following.plain):
            continue
        start, end = place.span
        named = place.kind not in ("area", "origin") and any(inside(p, home) and p != home for p in place.places.include)
        if named and _is_loose(build, home):
            _put(build, place.places, start, end)
        if place.area is not None and place.area != AREAS and (named or "urban" not in place.area) and _AREA not in build.readings:
            build.add(_AREA, Choice(place.area), start, end)


def _by_the_place_alone(build: Builder, following: Following) -> None:
    """A place that is all a clause says beside the one that names who is followed (想投奔俺姐,敬仲镇村里; 临淄农村,想投靠亲哥)."""
    ledger, home = following.ledger, following.home
    if home is None or not _is_loose(build, home) or _AREA in build.readings:
        return
    theirs = [m for m in ledger.people if _is_them(m, following)]
    named = {order for order, c in enumerate(ledger.clauses) for m in theirs if c.start <= m.start < c.end}
    for place in ledger.places:
        order = next((n for n, c in enumerate(ledger.clauses) if c.start <= place.span[0] < c.end), None)
        if order is None or not {order - 1, order + 1} & named or not at_home(place.places, home):
            continue
        clause, (start, end) = ledger.clauses[order], place.span
        if cue("followed.nothing_but").fullmatch(clause.text[: start - clause.start] + "|" + clause.text[end - clause.start :]) is None:
            continue
        _put(build, place.places, start, end)
        if place.area is not None and place.area != AREAS:
            build.add(_AREA, Choice(place.area), start, end)
        return


def _is_them(m: Mention, following: Following) -> bool:
    """Whether a mention names who is followed."""
    return m.person in names_of(following.followed) or (following.followed.endswith("/" + m.relation) and m.bare)


def _is_gone_to(place: PlaceReading, plain: str) -> bool:
    start = place.span[0]
    return place.kind not in ("building", "elsewhere") and bool(_TO.search(plain[max(0, start - 12) : start]))


def _by_marriage(build: Builder, following: Following, married: str) -> None:
    """Whoever was married away is where the other is at home (嫁到朱台镇的村里,想随老公), as long as nothing else is said of that one."""
    ledger, home = following.ledger, following.home
    if not _is_loose(build, home):
        return
    for claim in (c for c in ledger.stands if c.person in names_of(married) and c.fact == "where"):
        into = cue("followed.married_into").search(ledger.clauses[claim.order].text)
        if into and isinstance(claim.value, Places) and at_home(claim.value, home):
            _put_with_area(build, ledger, claim, claim.value)
            return


def _by_the_work(build: Builder, following: Following) -> None:
    """Where the one followed works."""
    for job in following.jobs:
        if job.kind != {"none"} and job.spot.places is not None and _is_open(build):
            _put(build, job.spot.places, job.spot.start, job.spot.end)
        if job.spot.area and _AREA not in build.readings:
            build.add(_AREA, Choice(job.spot.area), job.spot.start, job.spot.end)


def _area_told(build: Builder, following: Following) -> None:
    """The kind of area they are told to be in."""
    area = next((c for c in following.stands if c.fact == "area"), None)
    if area is not None and _AREA not in build.readings:
        build.add(_AREA, area.value, area.start, area.end)
