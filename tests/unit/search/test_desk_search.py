"""The parts of the desk's search: sounds, addresses, document numbers, places in the words, rows, marks."""

from __future__ import annotations

import pytest

from bot.policy.load import load_packs
from bot.policy.tree import fold
from bot.search.address import DocumentNumber, address
from bot.search.desk import DeskIndex
from bot.search.entries import place_code
from bot.search.lexicon import load_desk_lexicon
from bot.search.marking import marked
from bot.search.sound import initials, sound, syllables

PACKS = load_packs()
INDEX = DeskIndex(PACKS, load_desk_lexicon(PACKS.vocabulary.topics))


def test_sounds() -> None:
    assert initials("夫妻投靠") == "fqtk"
    assert "".join(syllables("租房落户")) == "zufangluohu"
    assert sound("租房").starts == {0, 2}
    assert "".join(syllables("服务行业")) == "fuwuhangye"


@pytest.mark.parametrize("text, numbers", [
    ("二(一)2", (2, 1, 2)), ("二（一）２", (2, 1, 2)), ("二一2", (2, 1, 2)), ("2.1.2", (2, 1, 2)), ("2-1-2", (2, 1, 2)), ("212", (2, 1, 2)),
    ("第二条第一款", (2, 1)), ("十二(三)", (12, 3)), ("三", (3,)), ("", ()), ("租房2", ()), ("二手房", ()), ("2020", ()), ("附则", ()),
])  # fmt: skip
def test_addresses(text: str, numbers: tuple[int, ...]) -> None:
    assert address(text) == numbers


@pytest.mark.parametrize("query, fits", [
    ("聊政发〔2020〕7号", True), ("聊政发[2020]7号", True), ("聊政发2020 7号", True), ("2020 7号", True), ("聊政发7号", True),
    ("lzf20207", True), ("聊政发", True), ("聊政发2020 8号", False), ("7号", False), ("淄政发2020 7号", False), ("租房", False),
    ("7", False),
    ("2016 7", False),
])  # fmt: skip
def test_document_numbers(query: str, fits: bool) -> None:
    assert DocumentNumber("聊政发〔2020〕7号").fits(query) is fits


def test_every_entry_has_a_code_that_finds_it() -> None:
    for pack in PACKS:
        for path in ("二(一)1", "二(二)", "一"):
            hit = INDEX.find(INDEX.entry(f"{pack.id}/article/{path}").code).hits[0]
            assert (hit.entry.policy, hit.entry.article, hit.how) == (pack.id, path, "code")
    assert {place_code(p) for p in PACKS} == {"LC", "LZ"}


def test_a_place_in_the_words_decides_where_no_filter_is_set_and_is_reported_where_one_is() -> None:
    assert {h.entry.place for h in INDEX.find("临淄租房").hits} == {"linzi"}
    with_filter = INDEX.find("临淄租房", "liaocheng")
    assert {h.entry.place for h in with_filter.hits} == {"liaocheng"}
    assert with_filter.named == ("linzi",)
    assert INDEX.find("临淄博物馆附近租房").named == ()
    assert set(INDEX.find("临淄和聊城租房").named) == {"linzi", "liaocheng"}


def test_one_clause_has_one_row_with_everything_else_on_it() -> None:
    hits = INDEX.find("租房落户", "liaocheng").hits
    assert hits[0].entry.name == "rent_settle"
    assert {e.kind for e in hits[0].also} >= {"article", "route"}
    clauses = [h.entry.article for h in hits if h.entry.kind in ("article", "route")]
    assert len(clauses) == len(set(clauses))


@pytest.mark.parametrize("query, word", [("fqtk", "夫妻投靠"), ("fuqitoukao", "夫妻投靠"), ("夫妻投考", "夫妻投靠"), ("zuf", "租房")])
def test_what_was_meant_is_known_for_marking(query: str, word: str) -> None:
    assert word in INDEX.find(query, "linzi").hits[0].words


def test_marks_stand_on_the_words_and_the_text_stays_verbatim() -> None:
    article = PACKS.by_id["linzi-2022"].article("二(一)1")
    pieces = marked(article.text, ["租房"])
    assert "".join(p.text for p in pieces) == fold(article.text)
    assert [p.text for p in pieces if p.marked] == ["租房"]
    cut = marked(article.text, ["租房"], limit=40)
    assert sum(len(p.text) for p in cut if p.text != "……") == 40
    assert cut[0].text == "……"
    assert any(p.marked for p in cut)
    assert marked("", ["租房"]) == ()
