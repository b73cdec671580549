"""How long the engine takes: screening with its full trace, and the next question, over seeded residents."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.eligibility.question import next_question
from bot.eligibility.screening import Verdict, screen
from bot.eligibility.values import Value
from bot.policy.model import Pack
from tests.benchmarks.report import Figure, percentile
from tests.property.worlds import AS_OF, PACKS, VOCABULARY, person

SETS = 2000
WARM = 200
SCREENING_BAR, QUESTION_BAR = 1.0, 5.0  # milliseconds, for the 99th percentile


def figures() -> Iterator[Figure]:
    """Milliseconds for every pack; the next question is timed only where a verdict is still open, since otherwise there is none to find."""
    for pack in PACKS:
        people, waiting = residents(pack)
        for name, sets, bar, work in (("screening", people, SCREENING_BAR, _screen), ("next question", waiting, QUESTION_BAR, _question)):
            for facts in sets[:WARM]:
                work(pack, facts)
            times = [_timed(work, pack, facts) for facts in sets]
            yield Figure(f"{name}, {pack.id}, p50 of {len(sets):,}", "ms", percentile(times, 0.5))
            yield Figure(f"{name}, {pack.id}, p99", "ms", percentile(times, 0.99), below=bar)


def residents(pack: Pack, count: int = SETS) -> tuple[list[dict[str, Value]], list[dict[str, Value]]]:
    """The first ``count`` seeded residents, and the first ``count`` whose verdict is still open."""
    people: list[dict[str, Value]] = []
    waiting: list[dict[str, Value]] = []
    seed = 0
    while len(people) < count or len(waiting) < count:
        facts = person(pack, seed)
        seed += 1
        if len(people) < count:
            people.append(facts)
        if len(waiting) < count and _screen(pack, facts).verdict is Verdict.NEED_MORE_INFO:
            waiting.append(facts)
    return people, waiting


def _screen(pack: Pack, facts: Mapping[str, Value]) -> Any:
    return screen(pack, facts, AS_OF, vocabulary=VOCABULARY)


def _question(pack: Pack, facts: Mapping[str, Value]) -> Any:
    return next_question(pack, facts, AS_OF, VOCABULARY)


def _timed(work: Callable[[Pack, Mapping[str, Value]], Any], pack: Pack, facts: Mapping[str, Value]) -> float:
    # The engine waits for nothing, so the time of its thread is what it takes on a free core; the clock on the wall would
    # count whatever else the machine was doing.
    started = time.thread_time_ns()
    work(pack, facts)
    return (time.thread_time_ns() - started) / 1e6
