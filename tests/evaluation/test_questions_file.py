"""The evaluation questions fit their schema, name real articles and topics, and keep the mixture that the figures rest on.

``questions.jsonl`` holds what residents would type, labelled from the two source texts and written without sight of the training phrases.
Conventions:

* ``place`` is the place a message is about: a jurisdiction's id, ``none`` (asked once for each place) or ``other`` (another city: decline).
* ``expected_<place>`` lists the articles that answer; an empty list means that the bot must decline there.
* ``mark``: ``PARTIAL`` the text answers the route, not the detail asked; ``PRINCIPLE`` only a commitment; ``NEG`` the article answers by
  what it does not list. A marked row must be cited, and the reply must say what the text leaves out.
* ``either``: places where citing and declining are both right.
* ``topics`` names the questions of one message in order; ``parts`` gives each its own articles when there are several.
* Thresholds are fitted on ``split: dev`` only.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot import paths
from bot.policy.load import Packs, load_packs

FILE = Path(__file__).with_name("questions.jsonl")
KEYS = {"id", "text", "persona", "place", "expected_liaocheng", "expected_linzi", "answerable", "mark", "either"}
KEYS |= {"topic", "topics", "parts", "note", "split"}
PLACES = ("liaocheng", "linzi")
ASKED_IN = {"liaocheng": {"liaocheng"}, "linzi": {"linzi"}, "none": {"liaocheng", "linzi"}, "other": set()}
SMALL_TALK = {"weather_joke", "food_travel", "shopping_tech", "other"}


def vocabulary(name: str) -> dict[str, Any]:
    """A vocabulary file as plain data."""
    content = YAML(typ="safe", pure=True).load((paths.VOCABULARY / name).read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def packs() -> Packs:
    return load_packs()


@pytest.fixture(scope="module")
def topics() -> set[str]:
    return {topic for group in vocabulary("topics.yml").values() for topic in group}


@pytest.fixture(scope="module")
def matters() -> set[str]:
    return set(vocabulary("matters.yml"))


def test_every_row_has_the_keys_and_kinds_of_value(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        assert set(row) == KEYS, row["id"]
        assert row["place"] in ASKED_IN, row["id"]
        assert row["mark"] in (None, "PARTIAL", "PRINCIPLE", "NEG"), row["id"]
        assert row["split"] in ("dev", "test"), row["id"]
        assert isinstance(row["answerable"], bool), row["id"]
        assert row["persona"], row["id"]
        assert row["note"], row["id"]
        assert 3 <= len(row["text"]) <= 150, row["id"]
        assert row["text"] == row["text"].strip(), row["id"]


def test_ids_and_texts_are_unique(rows: list[dict[str, Any]]) -> None:
    for key in ("id", "text"):
        assert [value for value, count in Counter(row[key] for row in rows).items() if count > 1] == []


def test_every_article_exists_in_the_pack_of_its_place(rows: list[dict[str, Any]], packs: Packs) -> None:
    for place in PLACES:
        known = {article.path for article in packs.by_jurisdiction[place].articles}
        for row in rows:
            for labelled in (row, *row["parts"]):
                assert set(labelled[f"expected_{place}"]) <= known, row["id"]


def test_articles_are_expected_only_where_the_question_is_asked(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        for place in set(PLACES) - ASKED_IN[row["place"]]:
            assert row[f"expected_{place}"] == [], row["id"]
        assert row["answerable"] == any(row[f"expected_{place}"] for place in PLACES), row["id"]
        assert row["answerable"] or row["mark"] is None, row["id"]
        for place in row["either"]:
            assert row[f"expected_{place}"], row["id"]


def test_topics_are_known_and_near_misses_expect_nothing(rows: list[dict[str, Any]], topics: set[str], matters: set[str]) -> None:
    for row in rows:
        assert row["topics"][0] == row["topic"], row["id"]
        assert set(row["topics"]) <= topics | matters, row["id"]
        if set(row["topics"]) <= matters:
            assert not row["answerable"], row["id"]
        if row["place"] == "other":
            assert set(row["topics"]) <= matters, row["id"]


def test_parts_stand_for_the_questions_in_their_order(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if len(row["topics"]) == 1:
            assert row["parts"] == [], row["id"]
            continue
        assert [part["topic"] for part in row["parts"]] == row["topics"], row["id"]
        for place in PLACES:
            if row[f"expected_{place}"]:
                assert any(part[f"expected_{place}"] for part in row["parts"]), row["id"]


def test_every_topic_is_asked_often_enough_to_measure(rows: list[dict[str, Any]], topics: set[str]) -> None:
    asked = Counter(topic for row in rows for topic in row["topics"])
    assert {topic for topic in topics if asked[topic] < 4} == set()


def test_the_mixture(rows: list[dict[str, Any]], matters: set[str]) -> None:
    whole = len(rows)
    declined = [row for row in rows if not row["answerable"]]
    marked = [row for row in rows if row["mark"]]
    assert whole >= 600
    assert 0.42 <= (whole - len(declined) - len(marked)) / whole <= 0.60
    assert 0.10 <= len(marked) / whole <= 0.25
    assert 0.28 <= len(declined) / whole <= 0.38
    assert sum(len(row["topics"]) > 1 for row in rows) >= 60
    assert sum(row["place"] == "other" for row in rows) >= 30
    assert len({row["persona"] for row in rows}) >= 10
    asked = Counter(topic for row in declined for topic in row["topics"] if topic in matters)
    assert sum(count >= 3 for count in asked.values()) >= 40
    jokes = [row for row in declined if row["topic"] in SMALL_TALK]
    assert sum("户口" in row["text"] or "落户" in row["text"] for row in jokes) >= 30


def test_the_halves_are_balanced(rows: list[dict[str, Any]]) -> None:
    halves: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    for row in rows:
        halves[row["topic"], len(row["topics"]) > 1][row["split"]] += 1
    for key, count in halves.items():
        assert abs(count["dev"] - count["test"]) <= 1, key
    whole = Counter(row["split"] for row in rows)
    assert abs(whole["dev"] - whole["test"]) <= 4
    for group in (lambda row: row["answerable"], lambda row: bool(row["mark"]), lambda row: row["place"] == "linzi"):
        share = Counter(row["split"] for row in rows if group(row))
        assert 0.42 <= share["dev"] / share.total() <= 0.58
