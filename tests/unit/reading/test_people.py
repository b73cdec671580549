"""Who is named, and what one person is to another."""

from __future__ import annotations

import pytest

from bot.reading.kin.kinship import followed_relation, of
from bot.reading.person.people import find_people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("我妈", ["parent"]),
        ("我爱人的父母", ["parent_in_law"]),
        ("外孙女她爸妈", ["grandchild/parent"]),
        ("孩子姥姥", ["child/grandparent"]),
        ("儿媳妇", ["child_in_law"]),
        ("我和老公", ["self", "spouse"]),
        ("俺两口子", ["couple"]),
        ("老家的大家", []),
        ("房东", ["nobody"]),
        ("其他材料", []),
        ("娘家", []),
        ("我弟弟说他没房", ["sibling", "sibling"]),
        ("我妈六十了，我爸走了，她一个人", ["parent", "nobody", "parent"]),
    ],
)
def test_people_are_found_in_order(text: str, people: list[str]) -> None:
    assert [m.person for m in find_people(text)] == people


@pytest.mark.parametrize(
    ("mover", "followed", "relation"),
    [
        ("self", "parent", "parent"),
        ("parent", "self", "child"),
        ("grandchild", "self", "grandparent"),
        ("child", "spouse", "parent"),
        ("parent", "sibling", "child"),
        ("child_in_law", "child", "spouse"),
        ("grandchild", "grandchild/parent", "parent"),
        ("friend", "self", "other"),
        ("sibling", "parent", "parent"),
    ],
)
def test_relation_is_seen_from_the_mover(mover: str, followed: str, relation: str) -> None:
    assert followed_relation(mover, followed) == relation


def test_a_relatives_relative_gets_the_askers_word_where_there_is_one() -> None:
    assert of("spouse", "parent") == "parent_in_law"
    assert of("child", "spouse") == "child_in_law"
    assert of("self", "sibling") == "sibling"
