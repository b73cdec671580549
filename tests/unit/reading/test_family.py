"""What two relatives of the asker are to each other, by their words: every pair of places, and the words people use."""

from __future__ import annotations

from itertools import product

import pytest

from bot.reading.kin.family import ME, OTHER, family, related
from bot.reading.kin.kinship import kin

_SEEN_BACK = {
    "spouse": "spouse",
    "parent": "child",
    "child": "parent",
    "sibling": "sibling",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "parent_in_law": "child_in_law",
    "child_in_law": "parent_in_law",
    OTHER: OTHER,
}


@pytest.mark.parametrize(
    ("one", "another", "relation"),
    [
        ("我妈", "我爸", "spouse"),
        ("俺奶奶", "大爷", "child"),
        ("姥爷", "三舅", "child"),
        ("二叔", "我爸", "sibling"),
        ("嫂子", "我哥", "spouse"),
        ("弟媳妇", "俺弟", "spouse"),
        ("婆婆", "大姑姐", "child"),
        ("我妈", "姥爷", "parent"),
        ("我爸", "我弟", "child"),
        ("舅舅", "我妈", "sibling"),
        ("孙媳妇", "大孙子", "spouse"),
        ("丈母娘", "小舅子", "child"),
        ("闺女", "女婿", "spouse"),
        ("侄子", "我妈", "grandparent"),
        ("姐夫", "我姐", "spouse"),
        ("外孙", "闺女", "parent"),
        ("小姑子", "公公", "parent"),
        ("后妈", "我爸", "spouse"),
        ("奶奶", "我哥", "grandchild"),
        ("大姨", "我妈", "sibling"),
        ("姨夫", "二姨", "spouse"),
        ("嫂子", "我爸", "parent_in_law"),
        ("我妈", "女婿", OTHER),
    ],
)
def test_by_their_words(one: str, another: str, relation: str) -> None:
    assert related(one, another) == relation
    assert related(another, one) == _SEEN_BACK[relation]


@pytest.mark.parametrize(
    ("one", "another"),
    [("孩子", "我爸"), ("亲戚", "我妈"), ("表舅", "我妈"), ("堂姐", "我爸"), ("兄弟", "姐妹"), ("我妈", "俺妈")],
)
def test_words_that_leave_it_open_say_nothing(one: str, another: str) -> None:
    assert related(one, another) is None


def test_every_pair_is_the_same_seen_from_either_side() -> None:
    tree = family()
    for one, another in product(tree.parents, repeat=2):
        if one != another:
            assert tree.between(another, one) == _SEEN_BACK[tree.between(one, another)], (one, another)


def test_seen_from_the_asker_a_word_is_what_the_lexicon_says_it_is() -> None:
    tree, relation = family(), kin().relation
    told = {"step_parent": OTHER, "fiance": "spouse"}
    for word, place in tree.words:
        if word in relation and relation[word] not in ("", "nobody"):
            wanted = told.get(relation[word], relation[word])
            if relation[word] == "step_parent":
                continue  # a step-parent stands beside the parent and is no parent of the asker's by blood
            assert tree.between(ME, place) == wanted, (word, place)


def test_only_one_place_for_a_word() -> None:
    words = [word for word, _ in family().words]
    assert len(words) == len(set(words))
