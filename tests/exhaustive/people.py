"""Complete made-up residents: every fact has one value, and every region the two documents tell apart has its places."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from math import prod

from bot.eligibility.screening import screen
from bot.eligibility.values import Choice, Dates, Places, Value
from bot.policy.load import load_packs
from bot.policy.model import Pack
from tests.oracle import oracle
from tests.oracle.answers import Fact, Facts, facts_read

PACKS = load_packs()
VOCABULARY = PACKS.vocabulary
ROUTES = [(policy, route) for policy in PACKS.by_id for route in oracle(policy)]
VERDICT = {"yes": "eligible", "no": "not_eligible", "open": "need_more_info"}

# Month ends and leap days, where counting by days and by months part, and one ordinary day.
DAYS = tuple(map(date.fromisoformat, ("2026-11-22", "2026-08-31", "2027-02-28", "2027-03-31", "2028-02-29", "2028-03-01", "2029-02-28")))
_LIAOCHENG = "山东省/聊城市"
PLACES = {
    "liaocheng-2020-7": (
        *(f"{_LIAOCHENG}/{name}" for name in ("东昌府区", "经济技术开发区", "高新区", "旅游度假区", "茌平区", "临清市", "阳谷县")),
        f"{_LIAOCHENG}/东昌府区/沙镇镇",
        "山东省/济南市/历下区",
        "河南省/濮阳市/台前县",
    ),
    "linzi-2022": ("山东省/淄博市/临淄区", "山东省/淄博市/张店区", "河南省/濮阳市/台前县"),
}


def days_around(fact: str, as_of: date) -> tuple[date, ...]:
    """The days on which a date decides: about the limit, about today, and far away."""
    back, centre, span = ((0, as_of + timedelta(183), 4) if fact == "presale.handover" else (1, as_of - timedelta(365), 4))
    near = {centre + timedelta(n) for n in range(-span, span + 1)} | {as_of + timedelta(n) for n in (-1, 0, 1)}
    far = {as_of + timedelta(n) for n in (-4000, -800, -184, -181, -30, 30, 90, 400, 1500)}
    return tuple(sorted(day for day in near | far if not back or day <= as_of))


def every_value(policy: str, fact: str, as_of: date) -> tuple[Fact, ...]:
    """The values of a fact to try: all of them, or for places and dates those that the document tells apart."""
    spec = VOCABULARY.facts[fact]
    if spec.type == "place":
        return PLACES[policy]
    return days_around(fact, as_of) if spec.type == "date" else tuple(spec.labels)


_KNOWN: dict[Fact, Value] = {}


def exactly(value: Fact) -> Value:
    """The engine's value for a fact that is known exactly."""
    known = _KNOWN.get(value)
    if known is None:
        if isinstance(value, date):
            known = Dates(value, value)
        else:
            known = Places(frozenset({value})) if "/" in value else Choice(frozenset({value}))
        _KNOWN[value] = known
    return known


def only(policy: str, route: str) -> Pack:
    """The document with one route alone, so that screening it costs only that route."""
    pack = PACKS.by_id[policy]
    return replace(pack, routes=tuple(r for r in pack.routes if r.id == route))


def engine(pack: Pack, facts: Mapping[str, Fact], as_of: date) -> str:
    """What the engine says of a pack with one route."""
    told = {name: exactly(value) for name, value in facts.items()}
    return screen(pack, told, as_of, vocabulary=VOCABULARY).routes[0].verdict.value


def anyone(policy: str, rng: random.Random, as_of: date) -> dict[str, Fact]:
    """A complete person, by pure chance."""
    return {fact: rng.choice(every_value(policy, fact, as_of)) for fact in VOCABULARY.facts}


def near(policy: str, route: str, rng: random.Random, as_of: date) -> dict[str, Fact]:
    """A complete person whom this route takes in but for a condition or two: chance alone meets a long route almost never."""
    person = anyone(policy, rng, as_of)
    reading = oracle(policy)[route]
    for group in facts_read(reading):
        if rng.random() < 0.9:
            person.update(rng.choice(met(policy, route, as_of)[group]))
    return person


_MET: dict[tuple[str, str, date], dict[tuple[str, ...], list[dict[str, Fact]]]] = {}


def met(policy: str, route: str, as_of: date) -> dict[tuple[str, ...], list[dict[str, Fact]]]:
    """For each condition of a route, the values that meet it best, while the others are met.

    Found by climbing on the oracle's answers: start from a chance person and give each condition in turn the values under which the
    most is met.
    """
    key = (policy, route, as_of)
    if key not in _MET:
        _MET[key] = _climb(policy, route, as_of)
    return _MET[key]


def _climb(policy: str, route: str, as_of: date) -> dict[tuple[str, ...], list[dict[str, Fact]]]:
    raise NotImplementedError


def combinations(policy: str, facts: tuple[str, ...], as_of: date) -> Iterator[dict[str, Fact]]:
    """Every combination of these facts' values."""
    for values in product(*(every_value(policy, fact, as_of) for fact in facts)):
        yield dict(zip(facts, values, strict=True))


def how_many(policy: str, facts: tuple[str, ...], as_of: date) -> int:
    """How many combinations these facts have."""
    return prod(len(every_value(policy, fact, as_of)) for fact in facts)


def asked(facts: Facts, names: tuple[str, ...]) -> dict[str, Fact]:
    """A person's facts, only these."""
    return {name: facts[name] for name in names}
