"""Cutting text to what WeChat takes, and choices that can be tapped and typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.wechat.text import MOST, chosen, link, option, plain, split, tap

LINK = link("看条款原文", "https://example.gov.cn/chat/policies/liaocheng-2020-7#%E4%BA%8C(%E4%B8%80)2")
CITED = "聊政发〔2020〕7号 二(一)2“租住成套商品住房申请登记落户的,凭以下申请材料落户”"
TAP = option(3, "不清楚", "不清楚")
FAMILY = "👨‍👩‍👧‍👦"
ACCENT = "é" + "\u0301"

atoms = st.sampled_from([LINK, CITED, TAP, "《户口登记条例》", FAMILY, ACCENT, "👍🏽", "❤️", "https://www.example.gov.cn/a/b?c=d"])
sentences = st.text(alphabet="落户租房聊城临淄abc12，。；？\n ", min_size=1, max_size=60)
texts = st.lists(st.one_of(atoms, sentences), max_size=60).map("".join)


@given(text=texts, most=st.integers(400, MOST))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, most: int) -> None:
    parts = split(text, most)
    assert "".join(parts) == text
    assert all(0 < len(part.encode()) <= most for part in parts)


@given(text=texts, most=st.integers(400, 700))
def test_no_link_citation_or_character_is_cut(text: str, most: int) -> None:
    ends = set()
    at = 0
    for part in split(text, most)[:-1]:
        at += len(part)
        ends.add(at)
    for whole in (LINK, TAP, CITED, "《户口登记条例》", FAMILY, ACCENT, "👍🏽", "❤️", "https://www.example.gov.cn/a/b?c=d"):
        for found in re.finditer(re.escape(whole), text):
            cut = [e for e in ends if found.start() < e < found.end()]
            assert not cut, (whole, cut)


@given(st.text(max_size=2000))
@example("\u0301" * 900)
@example("“" * 900)
@example("<a " * 500)
@example("\u200d" * 900)
def test_any_text_at_all_is_cut_in_order_without_loss(text: str) -> None:
    parts = split(text, 64)
    assert "".join(parts) == text
    assert all(0 < len(part.encode()) <= 64 for part in parts)


@given(st.lists(st.text(alphabet="落户租房", min_size=5, max_size=60), min_size=30, max_size=80).map(lambda s: "。".join(s) + "。"))
def test_parts_end_where_sentences_end(text: str) -> None:
    parts = split(text)
    assert all(part.endswith("。") for part in parts)
    assert all(len(part.encode()) > MOST // 2 for part in parts[:-1]), "no part is needlessly short"


def test_a_paragraph_without_sentences_is_cut_at_a_pause_and_one_without_pauses_between_characters() -> None:
    assert all(part.endswith("，") for part in split("落户落户落户落户，" * 100, 500)[:-1])
    parts = split("落" * 1000, 500)
    assert {len(p) for p in parts[:-1]} == {166}


@pytest.mark.parametrize("whole", [FAMILY, ACCENT, "👍🏽", "❤️"])
def test_a_character_of_several_code_points_is_never_cut(whole: str) -> None:
    parts = split(whole * 100, 64)
    assert all(part == whole * part.count(whole) for part in parts)


def test_a_link_longer_than_everything_is_cut_rather_than_lost() -> None:
    text = "“" + "落" * 380 + "”。"
    parts = split(text, 300)
    assert "".join(parts) == text
    assert all(len(p.encode()) <= 300 for p in parts)


def test_short_text_stays_whole_and_empty_text_is_nothing() -> None:
    assert split("可以申请。") == ["可以申请。"]
    assert split("x" * MOST) == ["x" * MOST]
    assert len(split("x" * (MOST + 1))) == 2
    assert split("") == []
    with pytest.raises(ValueError, match="at least 64"):
        split("x", 10)


def test_a_choice_is_a_link_that_says_its_message() -> None:
    assert option(1, "租房", "租房") == '<a href="weixin://bizmsgmenu?msgmenucontent=租房&msgmenuid=1">1. 租房</a>'
    assert tap("更多") == '<a href="weixin://bizmsgmenu?msgmenucontent=更多&msgmenuid=0">更多</a>'


def test_no_choice_can_break_out_of_its_link() -> None:
    made = option(1, '"><b', 'a"b&c#d%e<f> g')
    assert re.fullmatch(r'<a href="weixin://bizmsgmenu\?msgmenucontent=[^"&#<> ]*&msgmenuid=1">1\. "＞＜b</a>', made)
    assert plain('<a href="x">y</a>') == '＜a href="x"＞y＜/a＞'


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "①",
        "１",
        "1.",
        "1、",
        "1。",
        "(1)",
        "（1）",
        "1)",
        " 1 ",
        "一",
        "第一个",
        "第1个",
        "第一",
        "第一项",
        "选1",
        "选一",
        "选第一个",
        "我选1",
        "要第一个",
        "选项1",
        "我要第一个吧",
    ],
)
def test_the_first_choice_is_typed_in_many_ways(text: str) -> None:
    assert chosen(text, 3) == 1


@pytest.mark.parametrize("text, number", [("2", 2), ("②", 2), ("第二个", 2), ("⑨", 9), ("九", 9), ("选三", 3)])
def test_other_numbers(text: str, number: int) -> None:
    assert chosen(text, 9) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "4",
        "10",
        "12345",
        "1年",
        "一年",
        "一个",
        "1个孩子",
        "2020年1月",
        "第一次",
        "一号",
        "1.5",
        "租房",
        "十",
        "-1",
        "1+1",
        "一二",
        "三个月",
    ],
)
def test_what_is_no_number_of_a_choice_is_left_to_the_bot(text: str) -> None:
    assert chosen(text, 3) is None


def test_without_choices_no_number_is_one() -> None:
    assert chosen("1", 0) is None
