"""The article tree: full text, display, quotes."""

from __future__ import annotations

import pytest

from bot.policy.load import Packs
from bot.policy.tree import children, display, find_quote, fold, full_text


def test_the_full_text_of_an_article_is_one_piece_of_the_source(packs: Packs) -> None:
    pack = packs.by_id["linzi-2022"]
    text = full_text(pack, "二(一)")
    assert text in pack.source
    assert text.startswith("（一）实行经常居住地")
    assert text.index("4.全面放开人才落户") < text.index("（责任单位：")


def test_all_articles_together_are_the_source(packs: Packs) -> None:
    for pack in packs:
        roots = [a.path for a in pack.articles if a.parent is None]
        assert "".join(full_text(pack, path) for path in roots) == pack.source


def test_children_stand_in_the_order_of_the_text(packs: Packs) -> None:
    assert [a.path for a in children(packs.by_id["liaocheng-2020-7"], "二(一)")] == ["二(一)1", "二(一)2", "二(一)3"]


def test_an_unknown_article_is_a_key_error(packs: Packs) -> None:
    with pytest.raises(KeyError):
        full_text(packs.by_id["linzi-2022"], "九")


def test_display_closes_a_page_break_inside_a_sentence(packs: Packs) -> None:
    pack = packs.by_id["liaocheng-2020-7"]
    shown = display(pack.article("二(二)").text)
    assert "中级以上专业技术职务任职资格人员" in shown
    assert "农业转移人口市民化进程" in display(pack.article("一(三)").text)
    assert shown.count("\n\n") == 1    # the article has two paragraphs


def test_display_loses_no_character_and_joins_no_paragraph(packs: Packs) -> None:
    for pack in packs:
        for article in pack.articles:
            assert fold(display(article.text)) == fold(article.text)
    head = display(packs.by_id["linzi-2022"].article("一(一)").text)
    assert head.split("\n\n")[0] == "（一）指导思想"


@pytest.mark.parametrize(("text", "quote", "found"), [
    ("具有中级以上\n\n专业技术职务", "中级以上专业技术", "中级以上\n\n专业技术"),
    ("国务院令 第 663 号", "第663号", "第 663 号"),
    ("一二三", "二", "二"),
])
def test_a_quote_is_found_through_white_space(text: str, quote: str, found: str) -> None:
    span = find_quote(text, quote)
    assert span is not None
    assert text[span[0]:span[1]] == found


@pytest.mark.parametrize(("text", "quote"), [
    ("落户,可以", "落户，可以"), ("(含离异)", "（含离异）"), ("一二三", "四"), ("一二三", " "), ("", "一"),
])
def test_nothing_but_white_space_is_folded(text: str, quote: str) -> None:
    assert find_quote(text, quote) is None
