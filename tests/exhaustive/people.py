"""Complete made-up residents: every fact has one value, and every region the two documents tell apart has its places."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from math import prod

from bot.eligibility.screening import screen
from bot.eligibility.values import Choice, Dates, Places, Value
from bot.policy.load import load_packs
from bot.policy.model import Pack
from tests.oracle import oracle
from tests.oracle.answers import Fact, Reading, facts_read

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


@cache
def days_around(fact: str, as_of: date) -> tuple[date, ...]:
    """The days on which a date decides: about the limit (half a year ahead, a year back), about today, and far away."""
    centre = as_of + timedelta(183) if fact == "presale.handover" else as_of - timedelta(365)
    near_by = {centre + timedelta(n) for n in range(-4, 5)} | {as_of + timedelta(n) for n in (-1, 0, 1)}
    far = {as_of + timedelta(n) for n in (-4000, -800, -184, -181, -30, 30, 90, 400, 1500)}
    return tuple(sorted(near_by | far))


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


def witness(policy: str, route: str, as_of: date) -> dict[str, Fact]:
    """Someone whom a route takes in, as surely as it takes in anyone: the facts it reads. Found by chance on the oracle's answers.

    Raises:
        LookupError: nobody was found whom the route does not refuse.
    """
    key = (policy, route, as_of)
    if key not in _WITNESSES:
        _WITNESSES[key] = _seek(policy, route, as_of)
    return _WITNESSES[key]


_WITNESSES: dict[tuple[str, str, date], dict[str, Fact]] = {}


def _seek(policy: str, route: str, as_of: date) -> dict[str, Fact]:
    rng, reading = random.Random(route), oracle(policy)[route]
    values = {name: every_value(policy, name, as_of) for name in names_of(reading)}
    found: dict[str, Fact] | None = None
    for _ in range(40_000):
        person = {name: rng.choice(options) for name, options in values.items()}
        answer = reading(person, as_of)
        if answer == "yes":
            return person
        if answer == "open":
            found = person
    if found is None:
        raise LookupError(f"nobody fits {route}")
    return found


def near(policy: str, route: str, rng: random.Random, as_of: date) -> dict[str, Fact]:
    """A complete person whom this route takes in but for a few facts: chance alone fits a long route almost never."""
    person = {**anyone(policy, rng, as_of), **witness(policy, route, as_of)}
    names = names_of(oracle(policy)[route])
    for name in rng.sample(names, rng.randint(0, min(4, len(names)))):
        person[name] = rng.choice(every_value(policy, name, as_of))
    return person


def names_of(reading: Reading) -> list[str]:
    """Every fact a route depends on."""
    return [name for group in facts_read(reading) for name in group]


def combinations(policy: str, facts: Sequence[str], as_of: date) -> Iterator[dict[str, Fact]]:
    """Every combination of these facts' values."""
    for values in product(*(every_value(policy, fact, as_of) for fact in facts)):
        yield dict(zip(facts, values, strict=True))


def how_many(policy: str, facts: Sequence[str], as_of: date) -> int:
    """How many combinations these facts have."""
    return prod(len(every_value(policy, fact, as_of)) for fact in facts)
