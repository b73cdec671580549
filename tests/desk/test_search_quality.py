"""Search quality: what staff type (tests/desk/queries.yml) finds its article among the first three hits."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from bot import paths
from bot.policy.load import load_packs
from bot.search.desk import DeskIndex
from bot.search.lexicon import load_desk_lexicon

PACKS = load_packs()
INDEX = DeskIndex(PACKS, load_desk_lexicon(PACKS.vocabulary.topics))
ROWS: list[dict[str, Any]] = YAML(typ="safe").load((paths.ROOT / "tests" / "desk" / "queries.yml").read_text(encoding="utf-8"))
LEAST = 0.97


def found(row: dict[str, Any]) -> bool:
    hits = INDEX.find(row["q"], row.get("place"), 3).hits
    return any(h.entry.article in row["expect"] and row.get("policy") in (None, h.entry.policy) for h in hits)


def test_the_list_is_long_enough_and_names_articles_that_exist() -> None:
    assert len(ROWS) >= 150
    known = {(p.identity.jurisdiction.id, a.path) for p in PACKS for a in p.articles}
    for row in ROWS:
        places = [row["place"]] if "place" in row else list(PACKS.by_jurisdiction)
        assert all(any((place, path) in known for place in places) for path in row["expect"]), row


def test_queries_find_their_article_among_the_first_three_hits() -> None:
    missed = [row["q"] for row in ROWS if not found(row)]
    assert 1 - len(missed) / len(ROWS) >= LEAST, missed


def test_a_place_filter_lets_no_other_place_through() -> None:
    for row in ROWS:
        if "place" in row:
            assert {h.entry.place for h in INDEX.find(row["q"], row["place"]).hits} <= {row["place"]}


ODD = ["", " ", "？！", "😀", "\x00", "zzzzqqqq", "9" * 500, "租" * 3000, "<script>alert(1)</script>", "' OR 1=1 --"]


@pytest.mark.parametrize("query", ODD)
def test_odd_queries_are_answered(query: str) -> None:
    INDEX.find(query)


def test_nothing_is_found_for_nothing() -> None:
    assert INDEX.find("").hits == ()
    assert INDEX.find("zzzzqqqq").hits == ()
