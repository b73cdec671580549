"""Every story's whole frame, and what holds for any message."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from bot.eligibility.values import Choice, Dates, Places
from bot.policy.load import load_vocabulary
from bot.reading.reader import Reading, read
from bot.reading.text.routes import routes_asked

AS_OF = date(2026, 11, 22)
DATA: dict[str, Any] = YAML(typ="safe", pure=True).load((Path(__file__).parent / "stories.yml").read_text(encoding="utf-8"))
HOMES: dict[str, str] = DATA["homes"]
VOCABULARY = load_vocabulary()


def _read(text: str, home: str = "lc") -> Reading:
    return read(text, as_of=AS_OF, home=HOMES[home], vocabulary=VOCABULARY)


def _value(raw: Any) -> Any:
    if isinstance(raw, dict) and "either" in raw:
        return {_value(part) for part in raw["either"]}
    if isinstance(raw, dict) and "in" in raw:
        return Places(frozenset(raw["in"]), frozenset(raw.get("not", ())))
    if isinstance(raw, dict):
        return Dates(raw["from"], raw["to"])
    return Choice(frozenset(raw if isinstance(raw, list) else [raw]))


def _frame(facts: Any, presumed: bool) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    for reading in facts:
        if (reading.certainty == "presumed") == presumed:
            found.setdefault(reading.fact, []).append(reading.value)
    return {fact: values[0] if len(values) == 1 else set(values) for fact, values in found.items()}


@pytest.mark.parametrize("story", DATA["stories"], ids=[s["text"][:24] for s in DATA["stories"]])
def test_story_is_read_exactly(story: dict[str, Any]) -> None:
    reading = _read(story["text"], story["home"])
    assert _frame(reading.facts, presumed=False) == {fact: _value(raw) for fact, raw in story["said"].items()}
    assert _frame(reading.facts, presumed=True) == {fact: _value(raw) for fact, raw in story["presumed"].items()}
    assert reading.person == story["person"]
    assert reading.is_story == story["story"]
    assert reading.corrected == story.get("corrected", False)
    assert list(reading.routes_only) == story.get("routes_only", [])
    also = [story["also"]] if "also" in story else []
    assert [w.person for w in reading.wishes] == [a["person"] for a in also]
    for wish, expected in zip(reading.wishes, also, strict=True):
        assert _frame(wish.facts, presumed=False) == {fact: _value(raw) for fact, raw in expected["said"].items()}


def test_there_are_enough_stories_and_each_is_there_once() -> None:
    texts = [s["text"] for s in DATA["stories"]]
    assert len(texts) >= 120
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("打算明年在聊城买房", "housing.kind"),
        ("想在聊城租房", "housing.kind"),
        ("如果我在聊城买了房，能落户吗", "housing.kind"),
        ("听说要交社保", "insurance.paid"),
        ("要不要交社保", "insurance.paid"),
        ("有没有社保要求", "insurance.paid"),
        ("我同事在聊城有房", "housing.kind"),
        ("我朋友没交社保也落了，我能不能落", "insurance.paid"),
    ],
)
def test_plans_hearsay_questions_and_third_persons_are_no_facts(text: str, fact: str) -> None:
    assert fact not in {f.fact for f in _read(text).facts}


@pytest.mark.parametrize(
    ("text", "person", "relation"),
    [
        ("我妈想投靠我，我在聊城有房", "parent", "child"),
        ("我想投靠我妈，我妈在聊城有房", "self", "parent"),
        ("把我爸迁来我这，我在聊城有房", "parent", "child"),
        ("小女儿想来投奔我们俩，我们在聊城有房", "child", "parent"),
        ("孙子想随他奶奶落户，奶奶在聊城有房", "grandchild", "grandparent"),
        ("公公想跟我落过来，我在聊城有房", "parent_in_law", "child_in_law"),
        ("女婿想投靠岳父岳母，我们在聊城有房", "child_in_law", "parent_in_law"),
        ("老公在聊城有房，我能迁过去吗", "self", "spouse"),
        ("未婚夫在聊城有房，我能落他那吗", "self", "fiance"),
        ("养女想落我户口上，我在聊城有房", "step_child", "step_parent"),
        ("我想跟我表哥落户，他在聊城有房", "self", "other"),
    ],
)
def test_who_moves_to_whom(text: str, person: str, relation: str) -> None:
    reading = _read(text)
    found = {f.fact: f.value for f in reading.facts}
    assert reading.person == person
    assert found["kin.relation"] == Choice(frozenset({relation}))
    assert found["kin.housing"] == Choice(frozenset({"owned"}))
    assert "housing.kind" not in found or person == "self" or found["housing.kind"] == Choice(frozenset({"borrowed"}))


def test_an_unmarked_contradiction_keeps_both_and_a_marked_one_the_later() -> None:
    both = [f.value for f in _read("社保交着，没交社保").facts if f.fact == "insurance.paid"]
    assert both == [Choice(frozenset({"yes"})), Choice(frozenset({"no"}))]
    later = [f.value for f in _read("我交着社保，不对，没交社保").facts if f.fact == "insurance.paid"]
    assert later == [Choice(frozenset({"no"}))]


def test_a_hedged_statement_settles_nothing() -> None:
    assert "rent.filing" not in {f.fact for f in _read("我租房住，备案好像办了").facts}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("就问租房这条行不行", "rent_settle"),
        ("光问上班那条", "employment"),
        ("按夫妻投靠能办吗", "kin_spouse"),
        ("光说开店那条", "business_license"),
        ("旁的门路我心里有数,期房这个给说说", "presale"),
        ("单靠租的这套楼,落得成不", "rent_settle"),
        ("其他的甭提,投奔亲姐行不", "kin_sibling"),
        ("从上班这个角度看,我占不占", "employment"),
        ("论公房这块,我的证够不", "public_housing"),
        ("就打听一样:跟着爹娘落", "kin_child_to_parent"),
        ("除了随迁别的不考虑", "family_follow"),
        ("就谈回老家这件事", "return_to_village"),
        ("仅看房本,够不够", "buy_house"),
    ],
)
def test_a_question_limited_to_one_route_names_its_topic(text: str, topic: str) -> None:
    assert topic in routes_asked(text)
    assert topic in VOCABULARY.topics


@pytest.mark.parametrize("text", [
    "就看中一套现房",
    "只靠打工养家,租着房",
    "凭啥租房的不给办",
    "别的亲戚都走了,就剩一个哥",
    "其他条件都有,就差房本",
    "走之前把店盘了",
    "以前走人才引进来的",
    "拿到房本就去办",
    "从阳谷老家往城里自己楼上迁",
    "我就是聊城租房的",
    "按月交着房租",
])
def test_a_question_that_only_names_a_way_is_not_limited_to_it(text: str) -> None:
    assert routes_asked(text) == ()


def test_a_general_question_tells_nothing() -> None:
    reading = _read("租房能落户吗")
    assert (reading.facts, reading.person, reading.is_story) == ((), None, False)
    half = _read("我在聊城租房能落户吗")
    assert (half.is_story, [f.fact for f in half.facts]) == (False, ["housing.kind", "housing.place"])


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="我俺老公妈孩子在聊城临淄买租房户口社保没不有吗，。？！的了想能落迁到跟住1二三年月一abc 👍\n(（", max_size=120))
def test_any_text_is_read_within_the_vocabulary(text: str) -> None:
    reading = _read(text)
    for fact in reading.facts:
        spec = VOCABULARY.facts[fact.fact]
        assert fact.certainty in {"said", "hedged", "presumed"}
        assert 0 <= fact.span[0] <= fact.span[1] <= len(text)
        assert fact.words == text[fact.span[0] : fact.span[1]]
        if isinstance(fact.value, Choice):
            assert fact.value.values < spec.values


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("房东没同意", "rent.owner_consent", "no"),
        ("房东不让落", "rent.owner_consent", "no"),
        ("没备案", "rent.filing", "no"),
        ("备案办了", "rent.filing", "yes"),
        ("房里还有前租户的户口", "rent.register_empty", "no"),
        ("社保断了", "insurance.paid", "no"),
        ("证下来了", "housing.kind", "owned"),
    ],
)
def test_a_later_turn_is_read_without_what_came_before(text: str, fact: str, value: str) -> None:
    assert {f.fact: f.value for f in _read(text).facts}[fact] == Choice(frozenset({value}))


def test_a_home_handed_over_in_the_future_is_not_owned_yet() -> None:
    for text in ("买了房明年6月才收房", "买的新房，明年6月拿钥匙", "我在东昌府区买了房，明年6月才交房"):
        found = {f.fact: f.value for f in _read(text).facts}
        assert found["housing.kind"] == Choice(frozenset({"presale"})), text
        assert found["presale.handover"] == Dates(date(2027, 6, 1), date(2027, 6, 30)), text


def test_certificates_after_nothing_about_a_dwelling_make_no_home() -> None:
    assert "housing.kind" not in {f.fact for f in _read("我考了电工，证下来了").facts}


def test_the_highest_level_finished_counts() -> None:
    found = {f.fact: f.value for f in _read("我本科毕业，研究生在读").facts}
    assert found["education.level"] == Choice(frozenset({"bachelor"}))
    assert found["education.status"] == Choice(frozenset({"graduated"}))


def test_papers_listed_together_are_held_together() -> None:
    papers = ("rent.title_paper", "rent.contract", "rent.filing", "rent.no_home_proof")
    held = {f.fact: f.value for f in _read("我租的房，房本复印件、租房合同、备案证明、无房证明都齐了").facts}
    assert all(held[p] == Choice(frozenset({"yes"})) for p in papers)
    asked = {f.fact for f in _read("我租的房，要不要房本、合同、备案和无房证明").facts}
    assert not asked.intersection(papers)


def test_a_relative_denied_is_nobody() -> None:
    found = {f.fact: f.value for f in _read("聊城没亲戚，初中毕业，户口在河南").facts}
    assert found["kin.relation"] == Choice(frozenset({"none"}))
    assert found["education.level"] == Choice(frozenset({"junior"}))


def test_a_relative_told_of_alone_is_the_one_who_moves() -> None:
    reading = _read("孙子大学刚上完，户口能不能落城里")
    assert reading.person == "grandchild"
    assert "kin.relation" not in {f.fact for f in reading.facts}
