"""The engine's verdict and next question on a case, worked out once for the turns that ask for them one after the other.

A message that answers a question needs that question again, with its options; a digression ends in the same question once more.
Both functions are pure; what is remembered are verdicts on sets of facts, with no sender and no words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from bot.conversation.aiming import aimed
from bot.conversation.world import World
from bot.eligibility.question import Question, next_question
from bot.eligibility.screening import Screening, screen
from bot.eligibility.values import Value
from bot.policy.model import Pack
from bot.policy.same import Same
from bot.policy.vocabulary import Vocabulary

_CASES = 64
_Facts = frozenset[tuple[str, Value]]


def verdict(world: World, pack: Pack, facts: Mapping[str, Value], as_of: date) -> Screening:
    """The screening of the facts on a day."""
    return _screened(Same(pack), Same(world.vocabulary), frozenset(facts.items()), as_of)


def question(
    world: World,
    pack: Pack,
    facts: Mapping[str, Value],
    as_of: date,
    asked: Sequence[str],
    focus: Sequence[str],
    presumed: Iterable[str] = (),
) -> Question | None:
    """The next question on the facts; see :func:`bot.eligibility.question.next_question`."""
    return _asked(Same(pack), Same(world.vocabulary), frozenset(facts.items()), as_of, frozenset(asked), tuple(focus), frozenset(presumed))


@lru_cache(maxsize=_CASES)
def _screened(pack: Same[Pack], vocabulary: Same[Vocabulary], facts: _Facts, as_of: date) -> Screening:
    return aimed(screen(pack.it, dict(facts), as_of, vocabulary=vocabulary.it), pack.it, dict(facts))


@lru_cache(maxsize=_CASES)
def _asked(
    pack: Same[Pack],
    vocabulary: Same[Vocabulary],
    facts: _Facts,
    as_of: date,
    asked: frozenset[str],
    focus: tuple[str, ...],
    presumed: frozenset[str],
) -> Question | None:
    screening = _screened(pack, vocabulary, facts, as_of)
    return next_question(pack.it, dict(facts), as_of, vocabulary.it, asked=asked, focus=focus, screening=screening, presumed=presumed)
