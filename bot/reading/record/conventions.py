"""What one statement settles about facts nobody mentioned: the ``implications`` and ``minor`` sections of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping

from bot.eligibility.values import Choice, Value, among
from bot.policy.vocabulary import Vocabulary


def implied(told: Mapping[str, Value], vocabulary: Vocabulary, minor: bool) -> dict[str, Choice]:
    """The values that what was told settles for untold facts; never a fact that was told.

    ``minor`` is set for a person under 16, or said to be in kindergarten, primary or middle school.
    """
    found: dict[str, Choice] = {}
    if minor:
        for fact, values in vocabulary.minor.items():
            if fact not in told:
                found[fact] = Choice(frozenset(values))
    for given, then in vocabulary.implications:
        if among({**found, **told}, given):
            for fact, values in then.items():
                if fact not in told and fact not in found:
                    found[fact] = Choice(frozenset(values))
    return found
