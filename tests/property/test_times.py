"""What is told of other times, planned, heard or denied between the clauses of a story leaves the facts of today as they were."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.conversation.world import World, load_world
from bot.evaluation.rows import UNDATED
from bot.reading.reader import read

_TOLD = YAML(typ="safe", pure=True).load((Path(__file__).parent / "times_told.yml").read_text(encoding="utf-8"))
_ROWS = [(kind, row if isinstance(row, dict) else {"say": row, "adds": []}) for kind, rows in _TOLD["asides"].items() for row in rows]
_ASIDES = [(kind, row["say"], tuple(row["adds"])) for kind, row in _ROWS]
_EVERY = 3  # of the places an aside can stand in, every third is tried, another one for each aside


@cache
def _world() -> World:
    return load_world()


@cache
def _facts(place: str, message: str) -> dict[str, frozenset[object]]:
    world = _world()
    home = world.packs.by_jurisdiction[place].identity.jurisdiction.place
    reading = read(message, as_of=UNDATED, home=home, vocabulary=world.vocabulary)
    told: dict[str, frozenset[object]] = {"person": frozenset({reading.person or "self"})}
    for fact in reading.facts:
        told[fact.fact] = told.get(fact.fact, frozenset()) | {fact.value}
    return told


def _spots() -> list[tuple[str, list[str], int]]:
    return [(place, clauses, gap) for place, clauses in _TOLD["stories"] for gap in range(1, len(clauses) + 1)]


@pytest.mark.parametrize(("kind", "aside", "adds"), _ASIDES, ids=[aside for _, aside, _ in _ASIDES])
def test_an_aside_changes_no_fact_of_today(kind: str, aside: str, adds: tuple[str, ...]) -> None:
    """An aside adds at most what it says of the teller for good (``adds``), and only where the story has not told that itself."""
    first = sum(map(ord, aside)) % _EVERY
    for place, clauses, gap in _spots()[first::_EVERY]:
        base = _facts(place, ",".join(clauses) + "。")
        message = ",".join([*clauses[:gap], aside, *clauses[gap:]]) + "。"
        read_now = {fact: v for fact, v in _facts(place, message).items() if fact in base or fact not in adds}
        assert read_now == base, f"{kind}: {message}"
