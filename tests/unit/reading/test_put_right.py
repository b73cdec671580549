"""A place named by mistake gives way to the one named instead, in the resident's own words."""

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
