"""A place or a day named by mistake gives way to the one named instead, in the resident's own words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reading.place.put_right import put_right
from bot.reading.text.normalise import normalise

HOME = "山东省/聊城市"
TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("户口邯郸的,说错了,邢台的", "户口邢台的,说错了,的"),
        ("户口滨州的……记错了德州，德州乐陵", "户口德州乐陵的.记错了"),
        ("我在冠县租的房，不对，是莘县", "我在莘县租的房,不对,是"),
    ],
)
def test_the_right_name_takes_the_wrong_ones_place(typed: str, plain: str) -> None:
    assert put_right(normalise(typed), HOME, TODAY).plain == plain


@pytest.mark.parametrize(
    "typed",
    ["户口不是邯郸是邢台", "户口在邯郸，不对吗，邢台那边说不行", "他们说户口在德州不对，聊城的才给落", "户口在邯郸，租房在邢台"],
)
def test_two_places_with_words_of_their_own_both_stay(typed: str) -> None:
    text = normalise(typed)
    assert put_right(text, HOME, TODAY) == text


def test_the_words_are_those_of_the_right_name() -> None:
    typed = "户口邯郸的，说错了，邢台的"
    text = put_right(normalise(typed), HOME, TODAY)
    at = text.plain.index("邢台")
    assert text.words(at, at + 2) == "邢台"
    assert text.span(at, at + 2) == (typed.index("邢台"), typed.index("邢台") + 2)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("合同写2027年2月交房，我再翻翻，记错了，是2027年11月", "合同写2027年11月交房,我再翻翻,记错了,是"),
        ("约定2027年4月交付，口误，12月", "约定2027年12月交付,口误,"),
        ("合同写2027年3月15日交房，打错了，2028年", "合同写2028年3月15日交房,打错了,"),
        ("执照2026年8月办的，不对，2024年8月", "执照2024年8月办的,不对,"),
    ],
)
def test_the_right_day_takes_the_wrong_ones_place(typed: str, plain: str) -> None:
    assert put_right(normalise(typed), HOME, TODAY).plain == plain


@pytest.mark.parametrize(
    "typed",
    [
        "2027年3月交房，不对吗，2027年9月我才回来",
        "合同写2027年3月交房，开发商说改成2027年9月",
        "合同2026年3月签的，看错了，4月签的，2027年3月交",
        "我2020年结婚，不是2019年，房子2027年3月交",
    ],
)
def test_two_days_with_words_of_their_own_both_stay(typed: str) -> None:
    text = normalise(typed)
    assert put_right(text, HOME, TODAY) == text
