"""Which of the dwellings and jobs told of a person counts, and where it is."""

from __future__ import annotations

from dataclasses import replace

from bot.eligibility.values import Choice, Places, meet
from bot.reading.record.builder import Builder, at_home, overlap
from bot.reading.record.ledger import AREAS, Thing

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


_UNBEGUN = frozenset({"none", "offer"})
"""还没来上班: whether there is a post at all was not said, and so not where."""


_EMPLOYED = frozenset({"formal", "informal", "dispatched", "probation"})
_NO_WORK = frozenset({"none"})


_DENY_ALL = frozenset({"owned", "apartment", "inherited", "untitled", "presale", "secondhand", "small_title", "village_house"})


def _pick(entries: list[Thing], home: str | None, rank: tuple[str, ...]) -> tuple[list[Thing], frozenset[str]]:
    """The dwelling or job that counts (at the destination, the strongest), and the kinds said not to be."""
    deny = frozenset().union(*(t.deny for t in entries)) if entries else frozenset()
    denials = [t for t in entries if t.deny]
    positive = [t for t in entries if t.kind and not t.hedged and t.kind != {"none"} and not any(_denies(d, t, denials) for d in denials)]
    here = [t for t in positive if (not t.spot.places and not t.away) or at_home(t.spot.places, home)] if home else positive
    pool = here or [t for t in positive if not t.away] or positive
    if not pool:
        return [t for t in entries if t.kind == {"none"}], deny
    booked = next((t for t in pool if t.kind == {"subscription"}), None)
    if booked is not None:  # 交了定金,说明年交房: no contract yet
        pool = [t for t in pool if t.kind != {"presale"}]
    best = min(pool, key=lambda t: (min(rank.index(k) for k in t.kind if k in rank), t.order))
    same = [t for t in pool if meet(Choice(t.kind), Choice(best.kind)) is not None]
    return [best, *[t for t in same if t is not best]], deny


def _put_right(build: Builder, entries: list[Thing], chosen: list[Thing]) -> list[Thing]:
    """What counts of several told: the last one after a correction, with those that it leaves standing (有房,经开区的,…,有房能落吗)."""
    last = [t for t in entries if t.kind and not t.hedged and build.corrects(t.start)]
    if not last:
        return chosen
    latest = max(last, key=lambda t: t.order)
    return [latest, *[t for t in chosen if t is not latest and latest.kind & t.kind and latest.spot.places is None]]


def _denies(denial: Thing, told: Thing, denials: list[Thing]) -> bool:
    """Whether one clause says there is none of what the one beside it tells of; not where they speak of town and village."""
    if not told.kind <= denial.deny or abs(denial.order - told.order) > 1:
        return False
    own, areas = told.spot.area, [t.spot.area for t in denials if t.order == denial.order and t.spot.area is not None]
    return own is None or not areas or any(area & own for area in areas)


def _old_home(thing: Thing, home: str, denied: int) -> bool:
    """Whether a dwelling is an old house or a relative's, and elsewhere, or told with no place before there is said to be none here."""
    if thing.spot.places is None:
        return thing.kind == {"village_house"} and thing.order < denied - 1  # 院里的枣树他舍不下,…,聊城没房
    return thing.kind <= {"borrowed", "village_house"} and not at_home(thing.spot.places, home)


def settle_dwelling(build: Builder, entries: list[Thing], home: str | None, kind: str, place: str, area: str) -> None:
    """Settle which dwelling counts, or that there is none, and where it is."""
    chosen, deny = _pick(entries, home, _RANK)
    chosen = _put_right(build, entries, chosen)
    none_said = any(t.kind == {"none"} for t in entries)
    positive = [t for t in chosen if t.kind != {"none"}]
    there = [t for t in entries if t.deny and (t.away or (t.spot.places is not None and not t.spot.assumed))]
    if positive and there and deny >= _DENY_ALL | {"rented"} and all(t.spot.places is None for t in positive):
        positive = []
    if home and positive and there and deny >= _DENY_ALL and all(_old_home(t, home, there[0].order) for t in positive):
        positive = []  # 在老家住娘家老屋,这边没房
    if home and positive and there and deny >= _DENY_ALL | {"rented"} and not any(at_home(t.spot.places, home) for t in positive):
        positive = []  # 人在北京租房,那边没房也没租
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
    build.add(kind, Choice(_common_kinds(positive)), best.start, best.end)
    _where(build, positive, home, place, area)


def _where(build: Builder, chosen: list[Thing], home: str | None, place: str, area: str) -> None:
    spots = [t.spot for t in chosen]
    first = next((s for s in spots if s.places is not None), None)
    if first is not None and first.assumed:  # 在乡下教书,在编老师: where it is was said by the other words
        first = next((s for s in spots if s.places == first.places and not s.assumed), first)
    if first is not None and first.places is not None:
        build.add(place, first.places, first.start, first.end, "presumed" if first.assumed else "said")
        for s in spots:
            if s is not first and s.places is not None and meet(s.places, first.places) is not None:
                build.add(place, s.places, s.start, s.end)
    elif home and not chosen[0].away:
        build.presume(place, Places(frozenset({home})), chosen[0].start, chosen[0].end)
    vague = all(s.assumed for s in spots if s.area is not None)  # the scene was set by a clause about something else
    spoken = next(
        (s for s in spots if s.area is not None and (first is None or s.places is None or s is first or overlap(s.places, first.places))),
        None,
    )
    if spoken is not None and spoken.area is not None and spoken.area != AREAS:
        if vague:
            build.presume(area, Choice(spoken.area), spoken.start, spoken.end)
        else:
            build.add(area, Choice(spoken.area), spoken.start, spoken.end)


def settle_job(
    build: Builder,
    entries: list[Thing],
    contract: frozenset[str],
    home: str | None,
    status: str,
    place: str | None,
    area: str | None,
) -> None:
    """Settle which job counts and where it is; ``contract`` holds what was said of a contract."""
    chosen, _ = _pick(entries, home, _WORK_RANK)
    chosen = _put_right(build, entries, chosen)
    if not chosen:
        return
    elsewhere = bool(home and chosen[0].spot.places and not at_home(chosen[0].spot.places, home))
    idle = next((t for t in entries if t.kind == _NO_WORK and not _of_another_area(t, chosen[0])), None)
    if idle is not None and elsewhere:
        build.add(status, Choice(_NO_WORK), idle.start, idle.end)
        return
    if chosen[0].away and chosen[0].spot.places is None:
        at_origin = _at_origin(build, chosen[0])
        if at_origin is None:
            return  # 在老家干活: not here, nor anywhere that was said
        chosen = [at_origin]
    best = chosen[0]
    values = _by_contract(_common_kinds(chosen), contract)
    if idle is not None and "none" in values:
        values = _NO_WORK  # 面试了两家还没定,没工作: what was left open is told
    build.add(status, Choice(values), best.start, best.end)
    if idle is not None and "none" not in values and _contradicts(build, entries, best):
        build.add(status, Choice(_NO_WORK), idle.start, idle.end)
    if not (values <= _UNBEGUN and "none" in values) and place and area:
        _where(build, [t for t in chosen if t.kind != _NO_WORK], home, place, area)


def _of_another_area(idle: Thing, job: Thing) -> bool:
    """Whether there is said to be no work in another kind of area than where somebody works (活全在村里,城里镇上没活)."""
    areas = idle.spot.area, job.spot.area
    return areas[0] is not None and areas[1] is not None and not areas[0] & areas[1]


def _at_origin(build: Builder, job: Thing) -> Thing | None:
    """A job at the unnamed 老家, where that is; ``None`` where it was not said."""
    known = build.readings.get("origin.place") or build.readings.get("hukou.place")
    if not known:
        return None
    return replace(job, spot=replace(job.spot, places=known[0].value if isinstance(known[0].value, Places) else None))


def _common_kinds(chosen: list[Thing]) -> frozenset[str]:
    """The kinds that all that counts may be; what shares none with the rest says nothing of them."""
    values = chosen[0].kind
    for other in chosen[1:]:
        values = values & other.kind or values
    return values


def _by_contract(values: frozenset[str], contract: frozenset[str]) -> frozenset[str]:
    """The kinds of work that are left when it is known whether there is a contract (临时工,签了一年合同)."""
    if values == {"informal"} and contract == {"yes"}:
        return frozenset({"formal"})
    open_ = len(values) > 1 and values <= _EMPLOYED | {"flexible"} and bool(values & _EMPLOYED)
    for kind, said in (("formal", "yes"), ("informal", "no")):
        if open_ and kind in values and contract == {said}:
            return frozenset({kind})
    return values


def _contradicts(build: Builder, entries: list[Thing], best: Thing) -> bool:
    """Whether no work is told behind the job, in a clause of its own, and not put right since."""
    idle = [t.order for t in entries if t.kind == _NO_WORK]
    return build.corrects_from is None and idle[0] != best.order and all(order >= best.order for order in idle)
