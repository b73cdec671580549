"""Facts as JSON: what a client of the API, an example case or a stored conversation writes down.

What is known of a fact is one value, a list of the values still possible, or ``{"min": …, "max": …}`` for months and ISO
dates (both ends included, ``null`` is open).  A boolean is ``true``/``false`` or ``"yes"``/``"no"``.  A place is a path of the
administrative tree or a list of them, or ``{"in": […], "not_in": […]}``.  A fact left out is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache

from bot.eligibility.values import ANYWHERE, NO, YES, Choice, Dates, Months, Places, Value
from bot.policy.vocabulary import FactSpec, Vocabulary

Resolver = Callable[[str], Sequence[str]]
"""The paths a place name without a full path can mean; empty where nobody knows the name."""

# No human life is longer, so a longer duration is a slip of the keyboard.
_MOST_MONTHS = 1500


class FactError(ValueError):
    """A fact that cannot be understood.

    ``path`` says where (``facts.housing.kind``, ``facts.hukou.place[1]``); ``message`` what is wrong and how to mend it.
    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


_ANY_DAY, _ANY_MONTHS = Dates(), Months()
_any_of = lru_cache(maxsize=512)(Choice)  # every search for a question asks it of fact after fact; a vocabulary has some dozens


def full(spec: FactSpec) -> Value:
    """The value of a fact of which nothing is known: everything is still possible.

    Raises:
        ValueError: the fact's type is none of the five.
    """
    if spec.type in ("enum", "boolean"):
        return _any_of(spec.values or frozenset((YES, NO)))
    if spec.type == "place":
        return ANYWHERE
    if spec.type == "date":
        return _ANY_DAY
    if spec.type == "months":
        return _ANY_MONTHS
    raise ValueError(f"{spec.name}: unknown type of fact {spec.type!r}")


def known(value: Value | None, spec: FactSpec) -> bool:
    """Whether the value says anything at all."""
    return value is not None and value != full(spec)


def settled(value: Value | None) -> bool:
    """Whether only one value is left: one choice, one day, one number of months, one undivided place."""
    if isinstance(value, Choice):
        return len(value.values) == 1
    if isinstance(value, Dates):
        return value.first is not None and value.first == value.last
    if isinstance(value, Months):
        return value.min is not None and value.min == value.max
    if isinstance(value, Places):
        return len(value.include) == 1 and not value.exclude and "" not in value.include
    return False


def parse_facts(raw: Mapping[str, object], vocabulary: Vocabulary, resolver: Resolver | None = None) -> dict[str, Value]:
    """Read facts in API form.

    A fact that only the authority can establish is checked like every other and then left unknown: what a resident or a
    client says of it decides nothing.

    Args:
        raw: what is known, by fact name.
        resolver: looks up place names written without their path ("聊城", "临淄区"); without one only paths are accepted.

    Raises:
        FactError: an unknown fact, a value that the fact cannot have, an impossible or reversed interval, an empty list, or a
            value of the wrong type; also where ``raw`` itself is no object.
    """
    if not isinstance(raw, Mapping):
        raise FactError("facts", f"must be an object from fact name to value, not {_kind(raw)}")
    facts: dict[str, Value] = {}
    for name, told in raw.items():
        spec = vocabulary.facts.get(name) if isinstance(name, str) else None
        if spec is None:
            hint = _nearest(str(name), vocabulary.facts)
            raise FactError(f"facts.{name}", f"there is no such fact{hint}; GET /api/v1/facts lists them all")
        value = _READERS[spec.type](spec, told, f"facts.{name}", resolver)
        facts[name] = full(spec) if spec.answered_by == "authority" else value
    return facts


def to_json(value: Value, spec: FactSpec) -> object:
    """A value in API form; reading it back with :func:`parse_facts` gives the same value.

    Raises:
        TypeError: the value is of another kind than the fact's type.
    """
    if isinstance(value, Choice) and spec.type == "boolean":
        truths = [v == YES for v in (YES, NO) if v in value.values]
        return truths[0] if len(truths) == 1 else truths
    if isinstance(value, Choice) and spec.type == "enum":
        kept = [v for v in spec.labels if v in value.values] + sorted(value.values - spec.values)
        return kept[0] if len(kept) == 1 else kept
    if isinstance(value, Dates) and spec.type == "date":
        if settled(value) and value.first:
            return value.first.isoformat()
        return {"min": value.first.isoformat() if value.first else None, "max": value.last.isoformat() if value.last else None}
    if isinstance(value, Months) and spec.type == "months":
        return value.min if settled(value) else {"min": value.min, "max": value.max}
    if isinstance(value, Places) and spec.type == "place":
        if value.exclude or "" in value.include:
            return {"in": sorted(value.include), "not_in": sorted(value.exclude)}
        return next(iter(value.include)) if len(value.include) == 1 else sorted(value.include)
    raise TypeError(f"{spec.name} is of type {spec.type}; a {type(value).__name__} cannot be its value")


# -- reading one value ----------------------------------------------------------------------------------------------


def _choice(spec: FactSpec, told: object, path: str, resolver: Resolver | None) -> Value:
    allowed = spec.values or frozenset((YES, NO))
    values = set()
    for where, item in _items(told, path):
        if spec.type == "boolean" and isinstance(item, bool):
            item = YES if item else NO
        if not isinstance(item, str):
            raise FactError(where, f"must be {'true or false' if spec.type == 'boolean' else 'a string'}, not {_kind(item)}")
        if item not in allowed:
            order = list(spec.labels) or [YES, NO]
            raise FactError(where, f"{spec.name} cannot be {item!r}{_nearest(item, order)}; allowed: {', '.join(order)}")
        values.add(item)
    return Choice(frozenset(values))


def _dates(spec: FactSpec, told: object, path: str, resolver: Resolver | None) -> Value:
    if isinstance(told, Mapping):
        first, last = _ends(told, path)
        low = _day(first, f"{path}.min") if first is not None else None
        high = _day(last, f"{path}.max") if last is not None else None
        if low and high and low > high:
            raise FactError(path, f"min {low} is after max {high}; exchange them or leave one open with null")
        return Dates(low, high)
    if isinstance(told, (list, tuple)):
        # Several days are known only as the span they cover, which is never more than what was said.
        days = [_day(item, where) for where, item in _items(told, path)]
        return Dates(min(days), max(days))
    day = _day(told, path)
    return Dates(day, day)


def _day(told: object, path: str) -> date:
    if not isinstance(told, str):
        raise FactError(path, f'must be a date such as "2026-03-20", not {_kind(told)}')
    try:
        if len(told) != len("2026-03-20"):
            raise ValueError("not YYYY-MM-DD")
        return date.fromisoformat(told)
    except ValueError as error:
        raise FactError(path, f"{told!r} is no day of the calendar ({error}); write it as YYYY-MM-DD") from error


def _months(spec: FactSpec, told: object, path: str, resolver: Resolver | None) -> Value:
    if isinstance(told, Mapping):
        first, last = _ends(told, path)
        low = _count(first, f"{path}.min") if first is not None else None
        high = _count(last, f"{path}.max") if last is not None else None
        if low is not None and high is not None and low > high:
            raise FactError(path, f"min {low} is more than max {high}; exchange them or leave one open with null")
        return Months(low, high)
    if isinstance(told, (list, tuple)):
        counts = [_count(item, where) for where, item in _items(told, path)]
        return Months(min(counts), max(counts))
    count = _count(told, path)
    return Months(count, count)


def _count(told: object, path: str) -> int:
    if isinstance(told, bool) or not isinstance(told, int):
        raise FactError(path, f"must be a whole number of months, not {_kind(told)}")
    if not 0 <= told <= _MOST_MONTHS:
        raise FactError(path, f"{told} months is impossible; write 0 to {_MOST_MONTHS}")
    return told


def _places(spec: FactSpec, told: object, path: str, resolver: Resolver | None) -> Value:
    include: Iterable[str]
    exclude: Iterable[str] = ()
    if isinstance(told, Mapping):
        _known_keys(told, ("in", "not_in"), path)
        within, beyond = told.get("in"), told.get("not_in")
        include = [""] if within is None else _paths(within, f"{path}.in", resolver)
        exclude = [] if beyond is None or beyond == [] else _paths(beyond, f"{path}.not_in", resolver)
    else:
        include = _paths(told, path, resolver)
    try:
        return Places(frozenset(include), frozenset(exclude))
    except ValueError as error:
        raise FactError(path, "not_in leaves no place of in; narrow not_in or widen in") from error


def _paths(told: object, path: str, resolver: Resolver | None) -> list[str]:
    found: list[str] = []
    for where, item in _items(told, path):
        if not isinstance(item, str):
            raise FactError(where, f'must be a place such as "山东省/聊城市/东昌府区", not {_kind(item)}')
        parts = [part.strip() for part in item.split("/")]
        if "/" not in item and item and resolver is not None:
            known_as = list(resolver(item))
            if not known_as:
                raise FactError(where, f'no place is called {item!r}; write its path, such as "山东省/聊城市/东昌府区"')
            found.extend(known_as)
        elif item and not all(parts):
            raise FactError(where, f'{item!r} is no place path; write it as "山东省/聊城市/东昌府区"')
        else:
            found.append("/".join(parts))
    return found


_READERS: Mapping[str, Callable[[FactSpec, object, str, Resolver | None], Value]] = {
    "enum": _choice,
    "boolean": _choice,
    "date": _dates,
    "months": _months,
    "place": _places,
}


def _items(told: object, path: str) -> list[tuple[str, object]]:
    if isinstance(told, (list, tuple)):
        if not told:
            raise FactError(path, "the list is empty; give at least one possible value, or leave the fact out if it is unknown")
        return [(f"{path}[{n}]", item) for n, item in enumerate(told)]
    return [(path, told)]


def _ends(told: Mapping[object, object], path: str) -> tuple[object, object]:
    _known_keys(told, ("min", "max"), path)
    return told.get("min"), told.get("max")


def _known_keys(told: Mapping[object, object], keys: tuple[str, ...], path: str) -> None:
    for key in told:
        if key not in keys:
            raise FactError(f"{path}.{key}", f"unknown key; allowed: {', '.join(keys)}")
    if not told:
        raise FactError(path, f"the object is empty; give {' or '.join(keys)}, or leave the fact out if it is unknown")


def _nearest(word: str, words: Iterable[str]) -> str:
    close = get_close_matches(word, list(words), n=1, cutoff=0.5)
    return f", did you mean {close[0]!r}?" if close else ""


def _kind(told: object) -> str:
    if told is None:
        return "null"
    if isinstance(told, bool):
        return "a boolean"
    if isinstance(told, (int, float)):
        return "a number"
    if isinstance(told, str):
        return "a string"
    return "an object" if isinstance(told, Mapping) else "a list" if isinstance(told, (list, tuple)) else type(told).__name__
