"""A wish for a village is judged by the ways that lead to one, whatever way into town may still be open."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.aiming import aimed, ways_to_the_village
from bot.conversation.world import World, load_world
from bot.eligibility.codec import parse_facts
from bot.eligibility.screening import Verdict, screen

DAY = date(2026, 11, 22)
SISTER = {"kin.relation": ["sibling"], "kin.place": ["山东省/淄博市/临淄区"], "kin.area": ["town_village"], "origin.moved": ["never"],
          "rural.dispatched": ["no"], "rural.return_work": ["no"]}  # fmt: skip
TOWN_HOME = {"housing.kind": ["owned"], "housing.place": ["山东省/淄博市/临淄区"], "housing.area": ["urban"]}


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def verdict(world: World, facts: dict[str, list[str]]) -> Verdict:
    pack = world.packs.by_jurisdiction["linzi"]
    told = parse_facts(facts, world.vocabulary)
    return aimed(screen(pack, told, DAY, vocabulary=world.vocabulary), pack, told).verdict


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({**SISTER, "wish.area": ["village"]}, Verdict.NOT_ELIGIBLE),  # no way to the village, whatever is open in town
        ({**SISTER, "wish.area": ["town"]}, Verdict.NEED_MORE_INFO),
        (SISTER, Verdict.NEED_MORE_INFO),
        ({**SISTER, **TOWN_HOME, "wish.area": ["village"]}, Verdict.ELIGIBLE),  # a way into town holds already
        ({"kin.relation": ["parent"], "wish.area": ["village"]}, Verdict.NEED_MORE_INFO),  # a way to the village may be open
    ],
)
def test_the_verdict_answers_the_wish(world: World, facts: dict[str, list[str]], wanted: Verdict) -> None:
    assert verdict(world, facts) is wanted


def test_a_document_without_ways_to_a_village_judges_as_before(world: World) -> None:
    pack = world.packs.by_jurisdiction["liaocheng"]
    told = parse_facts({"wish.area": ["village"]}, world.vocabulary)
    assert ways_to_the_village(pack, told) == ()
    assert aimed(screen(pack, told, DAY, vocabulary=world.vocabulary), pack, told).verdict is Verdict.NEED_MORE_INFO
