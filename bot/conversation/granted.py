"""What is taken for granted of facts that nobody mentioned, as values of the engine: the same for every case, so made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.eligibility.values import Choice, Places, Value
from bot.policy.same import Same
from bot.policy.vocabulary import Vocabulary

_VOCABULARIES, _HOMES = 4, 64


@dataclass(frozen=True)
class Granted:
    """What is so of everybody, of whoever speaks of no village of their own, and of whom certain facts are known to lie among values."""

    everybody: Mapping[str, Value]
    villageless: Mapping[str, Value]
    given: tuple[tuple[Mapping[str, frozenset[str]], Mapping[str, Value]], ...]


def granted(vocabulary: Vocabulary) -> Granted:
    """What the vocabulary takes for granted."""
    return _granted(Same(vocabulary))


@lru_cache(maxsize=_HOMES)
def anywhere_in(home: str) -> Places:
    """A place path as a value."""
    return Places(frozenset({home}))


@lru_cache(maxsize=_VOCABULARIES)
def _granted(vocabulary: Same[Vocabulary]) -> Granted:
    known = vocabulary.it
    return Granted(
        _values({name: spec.presumed for name, spec in known.facts.items() if spec.presumed}),
        _values(known.villageless),
        tuple((given, _values(then)) for given, then in known.presumptions),
    )


def _values(among: Mapping[str, tuple[str, ...]]) -> dict[str, Value]:
    return {fact: Choice(frozenset(values)) for fact, values in among.items()}
