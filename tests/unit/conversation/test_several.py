"""The questions of one message: which parts count, and in what order."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from bot.conversation.several import MOST, Asked, questions
from bot.conversation.subject import Subject
from bot.conversation.world import Heard, World, load_world


@lru_cache(maxsize=1)
def world() -> World:
    return load_world()


def asked(about: Subject, *segments: tuple[str, float], ranking: tuple[tuple[str, float], ...] = ()) -> tuple[Asked, ...]:
    luohu: dict[str, Any] = {"segments": [{"class": name, "p": p} for name, p in segments], "ranking": [list(r) for r in ranking]}
    return questions(Heard("", "ask", date(2026, 11, 22), luohu), about, world().pack("linzi"))


def test_parts_come_in_the_order_they_are_asked() -> None:
    found = asked(Subject("fee"), ("ask/rent_settle", 0.9), ("ask/school", 0.7), ("ask/fee", 0.9))
    assert found == (Asked("rent_settle"), Asked("school"), Asked("fee"))


def test_the_whole_comes_first_where_no_part_is_about_it() -> None:
    assert asked(Subject("buy_house"), ("ask/school", 0.7), ("ask/fee", 0.1)) == (Asked("buy_house"), Asked("school"))


def test_a_matter_beside_a_topic_is_named_too() -> None:
    found = asked(Subject("kin_grand"), ("ask/kin_grand", 0.9), ("out_of_scope/name_change", 0.8))
    assert found == (Asked("kin_grand"), Asked(matter="name_change"))


def test_an_unsure_matter_is_no_refusal() -> None:
    assert asked(Subject("kin_grand"), ("ask/kin_grand", 0.9), ("out_of_scope/tax", 0.5)) == (Asked("kin_grand"),)


def test_the_papers_of_another_matter_are_no_question_for_the_pack() -> None:
    assert asked(Subject(matter="id_card"), ("out_of_scope/id_card", 0.9), ("ask/materials", 0.9)) == (Asked(matter="id_card"),)


@pytest.mark.parametrize(("share", "found"), [(0.3, 2), (0.05, 1)])
def test_a_topic_nearly_as_likely_is_answered_as_well(share: float, found: int) -> None:
    ranking = (("ask/buy_house", 0.6), ("ask/rent_settle", share))
    assert len(asked(Subject("buy_house"), ranking=ranking)) == found


def test_no_more_than_a_few_are_answered() -> None:
    names = ("rent_settle", "school", "medical", "land_rights", "fee", "time")
    assert len(asked(Subject("rent_settle"), *((f"ask/{name}", 0.9) for name in names))) == MOST


def part(text: str, name: str) -> tuple[Asked, ...]:
    luohu: dict[str, Any] = {"segments": [{"class": "ask/rent_settle", "p": 0.9}, {"text": text, "class": name, "p": 0.9}], "ranking": []}
    return questions(Heard("", "ask", date(2026, 11, 22), luohu), Subject("rent_settle"), world().pack("linzi"))


def test_what_somebody_wants_or_has_done_is_no_other_matter() -> None:
    assert part("他不愿意咋整", "out_of_scope/divorce") == (Asked("rent_settle"),)
    assert part("我户口济宁想跟他落,刚领证要啥", "out_of_scope/marriage_registration") == (Asked("rent_settle"),)
    assert part("房东不退押金咋办", "out_of_scope/rent_dispute") == (Asked("rent_settle"), Asked(matter="rent_dispute"))
    assert part("离婚去哪办", "out_of_scope/divorce") == (Asked("rent_settle"), Asked(matter="divorce"))
    assert part("领结婚证要啥", "out_of_scope/marriage_registration") == (Asked("rent_settle"), Asked(matter="marriage_registration"))
