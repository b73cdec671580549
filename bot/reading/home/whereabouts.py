"""Where a dwelling or a job is when its own words leave it open: the one place that the message tells of the same person."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from bot.eligibility.values import Choice, Places, inside
from bot.reading.home.spots import is_a_place
from bot.reading.kin.kinship import COUPLE, NOBODY, SELF
from bot.reading.place.places import TOWN_OR_VILLAGE, URBAN
from bot.reading.record.builder import Builder, at_home
from bot.reading.record.ledger import Claim, Ledger, Spot, Thing, names_of
from bot.reading.text.cues import cue

_LIVES_AT, _LIVES_THERE = cue("spots.lives_at"), cue("spots.lives_there")
_NEAR = 4  # clauses between a dwelling or job and the place it is in


def settle_whereabouts(ledger: Ledger, settled: Container[int] = ()) -> None:
    """Give a dwelling or job told with no place of its own the one place told of the same person near by, where nothing else is.

    ``settled`` are the offsets of those that this was done for before, and that it found nothing for.
    """
    if ledger.home is None:
        return
    pools = {"home": ledger.homes, "job": ledger.jobs}
    busy = {kind: {t.order for t in pool if t.kind - {"none"}} for kind, pool in pools.items()}
    wanting: list[tuple[int, str, int, Spot]] = []
    for kind, pool in pools.items():
        other = busy["job" if kind == "home" else "home"]
        for i, thing in enumerate(pool):
            if (
                thing.start not in settled
                and thing.kind - {"none"}
                and "remote" not in thing.kind
                and _open(thing, ledger.home)
                and not thing.away
            ):
                at = _only_place(ledger, thing, other)
                if at is not None:
                    wanting.append((abs(at[0] - thing.order), kind, i, at[1]))
    nearest: dict[int, str] = {}
    for _, kind, i, spot in sorted(wanting, key=lambda w: w[0]):
        if nearest.setdefault(spot.start, kind) == kind:
            thing = pools[kind][i]
            pools[kind][i] = replace(thing, spot=replace(spot, start=thing.start, end=thing.end))


def _open(thing: Thing, home: str) -> bool:
    """Whether the words leave open where it is: no place, or no more than the jurisdiction as a whole."""
    places = thing.spot.places
    return places is None or (thing.spot.area is None and places.include == frozenset({home}))


def _only_place(ledger: Ledger, thing: Thing, busy: set[int]) -> tuple[int, Spot] | None:
    """The one narrow place that stands of the person near by, in clauses that tell of nothing else, and in which clause."""
    home = ledger.home or ""
    people = names_of(thing.person) | ({SELF} if thing.person == COUPLE else set())
    found: list[Claim] = [
        c
        for c in ledger.stands
        if c.fact == "where"
        and c.person in people
        and abs(c.order - thing.order) <= _NEAR
        and isinstance(c.value, Places)
        and at_home(c.value, home)
        and c.order not in busy
        and not ledger.clauses[c.order].asks
        and not ledger.clauses[c.order].planned(c.start - ledger.clauses[c.order].start)
    ]
    areas = {c.start: c.value.values for c in ledger.stands if c.fact == "area" and c.person in people and isinstance(c.value, Choice)}
    narrow = [
        c
        for c in found
        if isinstance(c.value, Places)
        and all(inside(p, home) for p in c.value.include)
        and (c.value.include != frozenset({home}) or c.start in areas)
    ]
    if not narrow or len({(c.value, areas.get(c.start)) for c in narrow}) > 1:
        return None
    one = narrow[0]
    if not isinstance(one.value, Places) or cue("spots.another_matter").search(ledger.clauses[one.order].text):
        return None
    assumed = any(p.span[0] == one.start and p.assumed for p in ledger.places)
    return one.order, Spot(one.value, areas.get(one.start), one.start, one.end, assumed)


_TO_THE_POST = 3  # clauses between being sent and where to
_REMOTE = Choice(frozenset({"remote"}))
_TOWN, _VILLAGE = Choice(TOWN_OR_VILLAGE), Choice(frozenset({"town_village"}))


def posted(build: Builder, ledger: Ledger, mover: str) -> None:
    """Where the organisation sent somebody is where they work (组织派我到金山镇的村)."""
    sent = build.readings.get("rural.dispatched")
    if not sent or sent[0].value != Choice(frozenset({"yes"})):
        return
    place, employed = build.readings.get("work.place"), build.told().get("work.status") == Choice(frozenset({"formal"}))
    if place is not None and place[0].certainty == "presumed" and not employed:  # 我是蔬菜所的研究员: who sent them, nowhere said
        for fact in ("work.status", "work.place", "work.area"):
            build.readings.pop(fact, None)
    if any(r.certainty != "presumed" for r in build.readings.get("work.place", [])):
        return
    if build.told().get("work.area") == Choice(URBAN):
        build.readings.pop("work.area")  # of the desk of before, not of the village
    order = next((i for i, c in enumerate(ledger.clauses) if c.start <= sent[0].span[0] < c.end), 0)
    people = names_of(mover)
    said = [
        c
        for c in ledger.stands
        if c.fact == "where"
        and c.person in people
        and isinstance(c.value, Places)
        and (order <= c.order <= order + _TO_THE_POST or order < c.order and _named_last(ledger, c.order))
    ]
    here = [c for c in said if isinstance(c.value, Places) and at_home(c.value, ledger.home) and ledger.home not in c.value.include]
    at = max(here, key=lambda c: max(map(len, c.value.include)) if isinstance(c.value, Places) else 0, default=None)
    if at is not None:
        build.readings.pop("work.place", None)
        build.presume("work.place", at.value, at.start, at.end)
        area = next((c.value for c in ledger.stands if c.fact == "area" and c.start == at.start), None)
        if any(cue("jobs.village_post").search(c.text) for c in ledger.clauses[order : order + _TO_THE_POST]):
            area = Choice(frozenset({"town_village", "urban_village", "township"}))
        if area is not None:
            value = _VILLAGE if area == _TOWN and any("村" in c.text for c in ledger.clauses) else area
            build.presume("work.area", value, at.start, at.end)


def _named_last(ledger: Ledger, order: int) -> bool:
    """Whether a clause is the last one, and the name of a place and no more (…,想落那个村,临淄金山镇)."""
    return order == len(ledger.clauses) - 1 and is_a_place(ledger, ledger.clauses[order])


def lives_elsewhere(build: Builder, ledger: Ledger, mover: str, plain: str) -> None:
    """住 beside a place outside the jurisdiction says where the dwelling is, though not what it is (我住张店; 妈在吉林自己住着).

    Beside one in it too, of who works outside or for somebody there (家在金岭镇,在张店上班), so that it is not taken for that of the work.
    """
    if "housing.place" in build.readings or "housing.kind" in build.readings or ledger.home is None:
        return
    people = names_of(mover) | {COUPLE} if mover in (SELF, COUPLE) else names_of(mover)
    works = build.told().get("work.place")
    commutes = isinstance(works, Places) and not at_home(works, ledger.home) or build.told().get("work.status") == _REMOTE
    for stand in ledger.stands:
        if stand.fact != "where" or stand.person not in people or stand.person == NOBODY or not isinstance(stand.value, Places):
            continue
        clause = ledger.clauses[stand.order]
        before = plain[clause.start : stand.start]
        named = stand.value.include != frozenset({""}) and (commutes or not at_home(stand.value, ledger.home))
        lives = _LIVES_AT.search(before) or (before.endswith("在") and _LIVES_THERE.match(plain, stand.end))
        if named and lives and not clause.past_at(stand.start - clause.start) and not clause.asks:
            if stand.value == Places(frozenset({ledger.home})):  # 家住临淄,在张店上班: no more than what the case is about
                build.presume("housing.place", stand.value, stand.start, stand.end)
            else:
                build.add("housing.place", stand.value, stand.start, stand.end)
            area = next((c for c in ledger.stands if c.fact == "area" and c.start == stand.start and c.person == stand.person), None)
            if commutes and area is not None:
                build.add("housing.area", area.value, area.start, area.end)
            return
