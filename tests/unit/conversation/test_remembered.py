"""What a turn remembers is exactly what the readers and the engine would say again, and never that of another place, day or pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.conversation import hearing, weighing
from bot.conversation.world import Heard, World, load_world
from bot.eligibility.question import next_question
from bot.eligibility.screening import screen
from bot.eligibility.values import Choice, Value
from bot.reading.reader import read

DAY = date(2026, 11, 22)
FACTS: list[dict[str, Value]] = [
    {},
    {"housing.kind": Choice(frozenset({"rented"}))},
    {"housing.kind": Choice(frozenset({"rented"})), "work.status": Choice(frozenset({"none"}))},
    {"work.status": Choice(frozenset({"none"})), "housing.kind": Choice(frozenset({"rented"}))},
]


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.mark.parametrize("again", [False, True])
def test_verdict_and_question_are_the_engines(world: World, again: bool) -> None:
    for pack in world.packs:
        focus = tuple(r.id for r in pack.routes[:2])
        for facts in FACTS:
            told = screen(pack, facts, DAY, vocabulary=world.vocabulary)
            assert weighing.verdict(world, pack, facts, DAY) == told
            for asked in ((), ("housing.kind",)):
                for routes in ((), focus):
                    expected = next_question(pack, facts, DAY, world.vocabulary, asked=asked, focus=routes)
                    assert weighing.question(world, pack, facts, DAY, asked, routes) == expected


def test_another_vocabulary_is_another_question(world: World) -> None:
    pack = next(iter(world.packs))
    first = weighing.question(world, pack, {}, DAY, (), ())
    assert first is not None
    facts = dict(world.vocabulary.facts)
    facts[first.fact] = replace(facts[first.fact], question="变了吗？")
    changed = replace(world, packs=replace(world.packs, vocabulary=replace(world.vocabulary, facts=facts)))
    other = weighing.question(changed, pack, {}, DAY, (), ())
    assert other is not None
    assert other.text == "变了吗？"
    assert weighing.question(world, pack, {}, DAY, (), ()) == first


def test_a_reading_belongs_to_its_place_and_its_day(world: World) -> None:
    text = "我去年在这里买了房，户口在河北"
    for home in ("山东省/聊城市", "山东省/淄博市/临淄区", None):
        for day in (DAY, date(2020, 1, 1)):
            found = hearing.reading(world, Heard(text, "tell", day), home)
            assert found == read(text, as_of=day, home=home, vocabulary=world.vocabulary)
            assert found is hearing.reading(world, Heard(text, "tell", day), home)
