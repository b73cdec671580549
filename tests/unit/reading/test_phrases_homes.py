"""How people say what they live in, its papers, the village they come from and what they wish for: short messages, each read alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.eligibility.values import Choice, Dates, Places
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

AS_OF = date(2026, 11, 22)
HOME = "山东省/聊城市"
VOCABULARY = load_vocabulary()
FILES = (
    "homes",
    "village",
    "dwellings",
    "tenancy",
    "homes_told",
    "homes_spoken",
    "homes_worded",
    "homes_joined",
    "homes_other_words",
    "trade_rents",
)


def _blocks(name: str) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(
        (Path(__file__).parent / "phrases" / f"{name}.yml").read_text(encoding="utf-8")
    )
    return blocks


BLOCKS = [block for name in FILES for block in _blocks(name)]
SAID = [(text, block["says"]) for block in BLOCKS if "says" in block for text in block["messages"]]
UNSAID = [(text, block["nothing"]) for block in BLOCKS if "nothing" in block for text in block["messages"]]


def _said(text: str) -> dict[str, list[frozenset[str]]]:
    """Every fact the message states about the asker, with the values still possible; conventions are left out."""
    found: dict[str, list[frozenset[str]]] = {}
    for fact in read(text, as_of=AS_OF, home=HOME, vocabulary=VOCABULARY).facts:
        if isinstance(fact.value, Choice) and fact.certainty != "presumed":
            found.setdefault(fact.fact, []).append(fact.value.values)
    return found


@pytest.mark.parametrize(("text", "says"), SAID, ids=[text for text, _ in SAID])
def test_a_phrase_settles_what_it_says(text: str, says: dict[str, Any]) -> None:
    found = _said(text)
    expected = {fact: [frozenset(value if isinstance(value, list) else [value])] for fact, value in says.items()}
    assert {fact: found.get(fact) for fact in says} == expected


@pytest.mark.parametrize(("text", "facts"), UNSAID, ids=[text for text, _ in UNSAID])
def test_a_near_miss_settles_nothing_of_the_kind(text: str, facts: list[str]) -> None:
    assert {fact: values for fact, values in _said(text).items() if fact in facts} == {}


def test_each_phrase_stands_once_under_one_meaning_and_names_known_facts() -> None:
    texts = [(text, fact) for text, says in SAID for fact in says] + [(text, fact) for text, facts in UNSAID for fact in facts]
    assert len(texts) == len(set(texts))
    for block in BLOCKS:
        for fact, value in block.get("says", {}).items():
            assert set(value if isinstance(value, list) else [value]) <= VOCABULARY.facts[fact].values
        assert set(block.get("nothing", ())) <= set(VOCABULARY.facts)


@pytest.mark.parametrize(
    ("text", "place", "area"),
    [
        ("房屋坐落于高唐梁村镇驻地", "梁村镇", "town"),
        ("俺那屋在杨官屯乡上", "杨官屯乡", "township"),
        ("屋在梁村镇下面的小庄子里", "梁村镇", "town_village"),
        ("我家小区归古楼街道管", "古楼街道", "urban"),
    ],
)
def test_where_a_home_is_where_no_more_is_said_of_it(text: str, place: str, area: str) -> None:
    found = {f.fact: f.value for f in read(text, as_of=AS_OF, home=HOME, vocabulary=VOCABULARY).facts}
    told = found["housing.place"]
    assert isinstance(told, Places)
    assert next(iter(told.include)).endswith(place)
    assert found["housing.area"] == Choice(frozenset({area}))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("购房合同约定2027年8月交楼", date(2027, 8, 1), date(2027, 8, 31)),
        ("说是2027年九月份交，合同上这么写", date(2027, 9, 1), date(2027, 9, 30)),
        ("预售合同签了，预计明年夏天收楼", date(2027, 6, 1), date(2027, 8, 31)),
    ],
)
def test_a_handover_by_other_words(text: str, first: date, last: date) -> None:
    found = {f.fact: f.value for f in read(text, as_of=AS_OF, home=HOME, vocabulary=VOCABULARY).facts}
    assert found["presale.handover"] == Dates(first, last)
    assert found["housing.kind"] == Choice(frozenset({"presale"}))


def test_contributions_of_a_month_are_no_handover() -> None:
    found = {f.fact for f in read("社保2026年二月份交的", as_of=AS_OF, home=HOME, vocabulary=VOCABULARY).facts}
    assert "presale.handover" not in found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("想把户口迁到临清市区自己买的商品房，证有", "临清市"),
        ("想落到高唐县城我买的楼上", "高唐县"),
        ("租的楼房，房东不管，一个月八百，都住三年了，水电自己交，也没人来查，冠县县城", "冠县"),
    ],
)
def test_a_home_is_where_a_register_is_wanted_or_where_a_last_word_places_it(text: str, place: str) -> None:
    found = {f.fact: f.value for f in read(text, as_of=AS_OF, home=HOME, vocabulary=VOCABULARY).facts}
    told = found["housing.place"]
    assert isinstance(told, Places)
    assert next(iter(told.include)).endswith(place)
    assert found["housing.area"] == Choice(frozenset({"urban"}))


def test_the_ways_to_a_village_want_a_village() -> None:
    linzi = "山东省/淄博市/临淄区"
    found = {f.fact: f.value for f in read("回原籍那条适用我吗，我在城里买房落的户", as_of=AS_OF, home=linzi, vocabulary=VOCABULARY).facts}
    assert found["wish.area"] == Choice(frozenset({"village"}))


def test_papers_of_a_relatives_tenancy_are_not_the_followers_own() -> None:
    text = "我户口在济南，我老公在高新区租的房，备案没弄，我想随他落户"
    found = {f.fact for f in read(text, as_of=AS_OF, home=HOME, vocabulary=VOCABULARY).facts}
    assert "rent.filing" not in found
