from __future__ import annotations

import pytest

from bot.reading.text.numbers import find_numbers, number


@pytest.mark.parametrize(
    "words, low, high",
    [
        ("三十五", 35, 35),
        ("35", 35, 35),
        ("十", 10, 10),
        ("十二", 12, 12),
        ("二十", 20, 20),
        ("廿五", 25, 25),
        ("卅", 30, 30),
        ("两", 2, 2),
        ("俩", 2, 2),
        ("仨", 3, 3),
        ("半", 0.5, 0.5),
        ("〇", 0, 0),
        ("零三", 3, 3),
        ("一百零三", 103, 103),
        ("三百五", 350, 350),
        ("三千五", 3500, 3500),
        ("两百五十", 250, 250),
        ("三万五", 35000, 35000),
        ("3万", 30000, 30000),
        ("3.5", 3.5, 3.5),
        ("三点五", 3.5, 3.5),
        ("二〇二三", 2023, 2023),
        ("一九九八", 1998, 1998),
        ("十来", 9, 13),
        ("二十多", 21, 29),
        ("80多", 81, 89),
        ("十几", 11, 19),
        ("几十", 20, 99),
        ("两三", 2, 3),
        ("三五", 3, 5),
        ("十七八", 17, 18),
        ("五六十", 50, 60),
        ("一两", 1, 2),
        ("几", 2, 9),
        ("好几", 3, 9),
    ],
)
def test_the_words_of_a_number(words: str, low: float, high: float) -> None:
    reading = number(words)
    assert reading is not None
    assert (reading.low, reading.high) == (low, high)
    assert reading.exact == (low == high)


@pytest.mark.parametrize("words", ["", "三十五岁", "人", "一起", "点", "万万万万", "十" * 30])
def test_what_is_no_number(words: str) -> None:
    assert number(words) is None


def test_numbers_in_a_sentence_with_their_places() -> None:
    plain = "我三十五岁,俩孩子,房子70多平"
    assert [(plain[a:b], r.low) for r in find_numbers(plain) for a, b in [r.span]] == [("三十五", 35), ("俩", 2), ("70多", 71)]


@pytest.mark.parametrize("plain", ["我们一起住", "一直没办", "一定要去", "五险一金都有", "十分着急", "千万别忘了", "三投靠", "周三去办"])
def test_numerals_inside_other_words_count_nothing(plain: str) -> None:
    assert find_numbers(plain) == []


def test_eleven_months_is_not_the_national_day() -> None:
    assert [r.low for r in find_numbers("十一个月")] == [11]
