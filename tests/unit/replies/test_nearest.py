"""What a front end is told beyond the design: what the nearest routes need, and two places side by side."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from bot.conversation.state import Conversation
from bot.conversation.turns import take
from bot.conversation.world import Heard, World, load_world
from bot.policy.tree import find_quote

DAY = date(2026, 11, 22)


@lru_cache(maxsize=1)
def world() -> World:
    return load_world()


def screening(*said: tuple[str, str], place: str = "liaocheng") -> Any:
    state = Conversation()
    found: Any = None
    for text, turn in said:
        taken = take(world(), state, Heard(text, "tell", DAY, {}, {"jurisdiction": place}), turn)
        state, found = taken.state, taken.replies[-1].screening
    return found


def assert_quoted(policy: str, cited: Any) -> None:
    assert find_quote(world().packs.by_id[policy].article(cited["article"]).text, cited["quote"]), cited


def test_what_the_best_route_needs_is_said_in_sentences_with_their_passages() -> None:
    found = screening(("我是河南的，硕士毕业", "answer"))
    best = found["nearest"][0]
    assert best["id"] == "二(三)"
    assert [(n["text"], n["value"]) for n in best["needs"]][:2] == [

        ("户口在聊城市以外", True),
        ("硕士研究生以上学历；已经毕业，有毕业证书", True),
    ]
    for near in found["nearest"]:
        for need in near["needs"]:
            assert_quoted(found["policy"], need)


def test_alternatives_stand_in_one_sentence() -> None:
    found = screening(("我是河南的，大专毕业，没有职称也没有技能证书", "answer"), ("怎样才能办", "how_to"))
    needs = next(n for n in found["nearest"] if n["id"] == "二(三)")["needs"]
    assert ("硕士研究生以上学历，或者有职称证书，或者有职业资格证书或技能证书", False) in [(n["text"], n["value"]) for n in needs]


def test_how_to_names_the_routes_it_advises_and_cites_every_change() -> None:
    found = screening(("我是河南的，大专毕业，在东昌府租房住", "answer"), ("怎样才能办", "how_to"))
    routes = {r["id"]: r for r in found["routes"]}
    assert found["nearest"]
    for near in found["nearest"]:
        assert routes[near["id"]]["changes"]
        for change in routes[near["id"]]["changes"]:
            assert_quoted(found["policy"], change)


def test_both_places_side_by_side_each_with_its_own_passages() -> None:
    found = screening(("我是河南的，硕士毕业，在聊城租房住", "answer"), ("哪个地方容易", "compare"))
    places = found["comparison"]["places"]
    assert [p["jurisdiction"] for p in places] == list(world().packs.by_jurisdiction)
    assert [p["verdict"] for p in places] == ["eligible", "need_more_info"]
    for place in places:
        for need in place["route"]["needs"]:
            assert_quoted(place["policy"], need)
    assert found["comparison"]["differences"]
    for difference in found["comparison"]["differences"]:
        assert [s["policy"] for s in difference["sides"]] == [p["policy"] for p in places]
        for side in difference["sides"]:
            for condition in side["conditions"]:
                assert_quoted(side["policy"], condition)


def test_a_question_on_one_route_alone_is_marked() -> None:
    shop = "我在临清市区开店，自己的营业执照2026年8月10日办的，独立门面，就问开店这条能不能落户"
    found = screening((shop, "answer"))
    assert found["only"] is True
    assert found["nearest"][0]["id"] == "二(二)-营业证照"
    assert {r["id"]: r["verdict"] for r in found["routes"]}["二(二)-营业证照"] == "not_eligible"
    assert "only" not in screening(("我是河南的，大专毕业", "answer"))
