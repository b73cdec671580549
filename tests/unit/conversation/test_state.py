"""The state survives the tracker's JSON, whatever is in it."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.conversation.state import HEDGED, PRESUMED, SAID, Case, Conversation, Dispute, Told
from bot.eligibility.values import ANYWHERE, Choice, Dates, Months, Places, Value
from tests.property.worlds import VOCABULARY, exact, vague

quick = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
VALUES: dict[str, Value] = {
    "one choice": Choice(frozenset({"rented"})),
    "several choices": Choice(frozenset({"yes", "no"})),
    "a day": Dates(date(2027, 2, 28), date(2027, 2, 28)),
    "until a day": Dates(None, date(2028, 2, 29)),
    "from a day": Dates(date(2020, 1, 1)),
    "any day": Dates(),
    "months": Months(6, 12),
    "no months": Months(0, 0),
    "at least": Months(12),
    "at most": Months(None, 3),
    "any number of months": Months(),
    "a place": Places(frozenset({"山东省/聊城市/东昌府区"})),
    "two places": Places(frozenset({"山东省/聊城市", "河南省"})),
    "elsewhere": Places(frozenset({""}), frozenset({"山东省/聊城市"})),
    "anywhere": ANYWHERE,
}


def there_and_back(state: Conversation) -> Conversation:
    return Conversation.from_json(json.loads(json.dumps(state.to_json(), ensure_ascii=False)))


def with_told(told: Told) -> Conversation:
    return Conversation().with_case(Case(told=MappingProxyType({"some.fact": told})))


@pytest.mark.parametrize("value", VALUES.values(), ids=list(VALUES))
def test_every_type_of_value_survives(value: Value) -> None:
    state = with_told(Told(value, "原话，“引号”\n换行😀", HEDGED))
    assert there_and_back(state) == state


def _random_state(seed: int) -> Conversation:
    dice = random.Random(seed)

    def told(fact: str) -> Told:
        value = dice.choice(exact(fact)) if dice.random() < 0.5 else vague(fact, dice)
        return Told(value, dice.choice(("", "租房住", "一年多了")), dice.choice((SAID, HEDGED, PRESUMED)))

    def case(person: str) -> Case:
        facts = dice.sample(sorted(VOCABULARY.facts), dice.randint(0, 8))
        disputed = dice.choice([None, *facts])
        return Case(
            person,
            dice.choice(("", "我妈")),
            MappingProxyType({f: told(f) for f in facts}),
            tuple(facts[:2]),
            dice.choice([None, *VOCABULARY.topics]),
            dice.random() < 0.5,
            dice.choice([None, *facts]),
            Dispute(disputed, told(disputed), told(disputed)) if disputed else None,
        )

    people = dice.sample(["self", "spouse", "child", "parent", "other"], dice.randint(0, 4))
    waiting = {"text": "租房能落吗", "intent": "ask", "luohu": {"topic": "rent_settle", "ranking": [["ask/rent_settle", 0.9]]}}
    return Conversation(
        dice.choice((None, "liaocheng", "linzi")),
        dice.random() < 0.5,
        dice.choice(["self", *people]),
        MappingProxyType({p: case(p) for p in people}),
        dice.choice([None, *VOCABULARY.topics]),
        dice.choice((None, waiting)),
        dice.randint(0, 3),
    )


@quick
@given(st.integers(0, 2**32))
def test_every_state_survives_and_goes_on_the_same(seed: int) -> None:
    state = _random_state(seed)
    again = there_and_back(state)
    assert again == state
    assert again.to_json() == state.to_json()
    assert again.case == state.case
    assert list(again.cases) == list(state.cases)


def test_the_same_state_is_written_the_same_way() -> None:
    for value in VALUES.values():
        texts = {json.dumps(with_told(Told(value)).to_json(), sort_keys=True) for _ in range(3)}
        assert len(texts) == 1


@pytest.mark.parametrize("nothing", [None, {}])
def test_an_empty_slot_is_a_new_conversation(nothing: dict[str, object] | None) -> None:
    assert Conversation.from_json(nothing) == Conversation()


@pytest.mark.parametrize(
    "broken",
    [
        {"cases": [{}]},
        {"cases": [{"person": "self", "told": {"a": [{"days": ["heute"]}, "", "said"]}}]},
        {"cases": [{"person": "self", "told": {"a": [{"in": []}, "", "said"]}}]},
        {"cases": [{"person": "self", "told": {"a": []}}]},
        {"misses": "viele"},
        [1],
        "text",
    ],
)
def test_a_slot_that_cannot_be_read_raises_what_the_actions_catch(broken: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError, IndexError)):
        Conversation.from_json(broken)  # type: ignore[arg-type]


def test_another_persons_case_leaves_the_first_alone() -> None:
    mine = Case(told=MappingProxyType({"housing.kind": Told(Choice(frozenset({"owned"})))}))
    state = Conversation().with_case(mine).with_case(Case("spouse", "我爱人"))
    assert state.person == "spouse"
    assert state.case.told == {}
    assert replace(state, person="self").case == mine


def test_a_person_without_a_case_has_an_empty_one() -> None:
    assert Conversation(person="child").case == Case(person="child")
