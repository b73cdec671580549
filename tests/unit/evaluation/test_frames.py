"""A frame read beside the labelled one."""

from __future__ import annotations

import pytest

from bot.conversation.world import World, load_world
from bot.eligibility.codec import parse_facts
from bot.evaluation.frames import Known, compare, is_screened, measure


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def known(world: World, certainty: str = "said", **facts: object) -> list[Known]:
    told = parse_facts({name.replace("__", "."): value for name, value in facts.items()}, world.vocabulary)
    return [Known(name, value, certainty) for name, value in told.items()]


def errors(world: World, row: dict, got: list[Known], person: str | None = None) -> tuple[str, ...]:
    return compare(row, person, got, next(iter(world.packs.by_id.values())), world.vocabulary).errors


ROW = {"facts": {"housing.kind": ["owned"]}, "person": "self"}


def test_the_same_frame_is_exact(world: World) -> None:
    found = compare(ROW, None, known(world, housing__kind=["owned"]), next(iter(world.packs.by_id.values())), world.vocabulary)
    assert (found.errors, found.right, found.told, found.expected) == ((), 1, 1, 1)


def test_what_is_wrong_is_named(world: World) -> None:
    assert errors(world, ROW, [])[0].startswith("housing.kind: missing")
    assert errors(world, ROW, known(world, housing__kind=["rented"])) == ('housing.kind: "rented" for "owned"',)
    assert errors(world, ROW, known(world, housing__kind=["owned"], insurance__paid=[True])) == ("insurance.paid: extra true",)
    assert errors(world, ROW, known(world, housing__kind=["owned"]), "parent") == ("person self read as parent",)


def test_a_fact_read_twice_is_a_contradiction(world: World) -> None:
    twice = known(world, housing__kind=["owned"]) * 2
    assert errors(world, ROW, twice) == ('housing.kind: "owned" / "owned" for "owned"',)


def test_a_rough_fact_need_only_overlap(world: World) -> None:
    wide = known(world, housing__kind=["owned", "rented"])
    assert errors(world, ROW, wide)
    assert not errors(world, {**ROW, "approx": ["housing.kind"]}, wide)


def test_what_may_be_said_or_not(world: World) -> None:
    also = {**ROW, "also": {"insurance.paid": [True]}}
    for got in ({"housing__kind": ["owned"]}, {"housing__kind": ["owned"], "insurance__paid": [True]}):
        assert not errors(world, also, known(world, **got))


def test_a_presumption_is_no_error_where_the_story_is_silent(world: World) -> None:
    got = known(world, housing__kind=["owned"]) + known(world, "presumed", insurance__paid=[True])
    assert not errors(world, ROW, got)


def test_stories_without_labelled_facts_are_left_out(world: World) -> None:
    assert not is_screened({"verdict": "not_covered"})
    assert measure([{"verdict": "not_covered"}], world) == []


TWICE = {
    "facts": {"housing.kind": ["owned"], "work.status": ["none"]},
    "person": "self",
    "second": {"person": "parent", "facts": {"housing.kind": ["owned"], "insurance.paid": ["yes"]}, "also": {}, "approx": []},
}


def test_of_two_labels_either_is_right(world: World) -> None:
    first = known(world, housing__kind=["owned"], work__status=["none"])
    second = known(world, housing__kind=["owned"], insurance__paid=[True])
    assert not errors(world, TWICE, first)
    assert not errors(world, TWICE, second, "parent")
    assert not errors(world, TWICE, known(world, housing__kind=["owned"]))


def test_what_both_labels_call_wrong_is_wrong(world: World) -> None:
    got = known(world, housing__kind=["rented"], marital=["married"])
    named = ("person self read as child", 'housing.kind: "rented" for "owned"', 'marital: extra "married"')
    assert errors(world, TWICE, got, "child") == named
    found = compare(TWICE, None, got, next(iter(world.packs.by_id.values())), world.vocabulary)
    assert (found.right, found.told, found.expected) == (0, 2, 1)
