"""A case is of one person: who may be meant by a word, which case is theirs, what a new one begins with."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from bot.conversation.state import PRESUMED, Case, Conversation, Told
from bot.conversation.whose import called, fresh, known
from bot.eligibility.values import Choice
from bot.reading.person.same_person import same_one, several


def told(**facts: str) -> MappingProxyType[str, Told]:
    return MappingProxyType({name.replace("__", "."): Told(Choice(frozenset({value}))) for name, value in facts.items()})


MOTHER = Case("parent", "我妈", told(kin__relation="child", kin__together="yes", housing__kind="rented"))


@pytest.mark.parametrize(
    ("person", "one", "another", "may"),
    [
        ("parent", "我妈", "我爸", False),
        ("parent", "我妈", "俺娘", True),
        ("parent", "我妈", "老太太", True),
        ("parent", "我妈", "老爷子", False),
        ("parent", "爸妈", "我爸", False),
        ("parent", "我爸妈", "二老", True),
        ("child", "我儿子", "闺女", False),
        ("child", "孩子", "闺女", True),
        ("child", "大闺女", "二闺女", False),
        ("sibling", "我姐", "我妹", False),
        ("sibling", "我姐", "我哥", False),
        ("sibling", "大姐", "我姐", True),
        ("grandparent", "奶奶", "姥姥", False),
        ("parent_in_law", "婆婆", "公公", False),
        ("child_in_law", "儿媳", "女婿", False),
        ("step_parent", "继父", "后妈", False),
        ("other", "我表妹", "我堂弟", False),
        ("other", "亲戚", "我表妹", True),
        ("other", "我舅", "我舅舅", True),
        ("spouse", "我老婆", "我媳妇", True),
    ],
)
def test_who_may_be_meant(person: str, one: str, another: str, may: bool) -> None:
    assert same_one(person, one, another) is may
    assert same_one(person, another, one) is may


def test_several_people() -> None:
    assert several("我爸妈")
    assert several("俩孩子")
    assert not several("我妈")
    assert not several("闺女")


def test_a_case_each() -> None:
    state = Conversation().with_case(MOTHER)
    assert known(state, "parent", "我爸") is None
    father = fresh(state, "parent", "我爸")
    assert father.key != MOTHER.key
    assert set(father.told) == {"kin.relation"}
    state = state.with_case(father)
    assert state.case == father
    assert known(state, "parent", "我妈") == MOTHER
    assert state.with_case(MOTHER).case == MOTHER
    assert len(state.with_case(MOTHER).cases) == 2


def test_one_of_two_begins_with_what_was_told_of_both() -> None:
    state = Conversation().with_case(Case("parent", "爸妈", MOTHER.told))
    father = fresh(state, "parent", "我爸")
    assert set(father.told) == set(MOTHER.told)
    assert father.told["kin.together"].certainty == father.told["housing.kind"].certainty == PRESUMED


def test_a_cousin_shares_nothing_with_another() -> None:
    state = Conversation().with_case(Case("other", "我表妹", MOTHER.told))
    assert not fresh(state, "other", "我堂弟").told


def test_a_word_that_tells_less_is_no_new_name() -> None:
    assert called(MOTHER, "老太太") == "我妈"
    assert called(Case("child", "孩子"), "我闺女") == "我闺女"


def test_cases_of_a_kind_survive_the_slot() -> None:
    state = Conversation().with_case(MOTHER)
    state = state.with_case(fresh(state, "parent", "我爸")).with_case(MOTHER)
    again = Conversation.from_json(state.to_json())
    assert again == state
    assert again.case == MOTHER


def test_an_older_state_loads() -> None:
    raw = {"person": "parent", "cases": [{"person": "self", "told": {}}, {"person": "parent", "words": "我妈", "told": {}}]}
    state = Conversation.from_json(raw)
    assert set(state.cases) == {"self", "parent"}
    assert state.case.words == "我妈"
