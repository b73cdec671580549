"""A place in brackets is joined with the one before it where the two are one place, and nowhere else."""

from __future__ import annotations

import pytest

from bot.reading.place.bracketed import out_of_brackets
from bot.reading.text.normalise import normalise

LC, LZ = "山东省/聊城市", "山东省/淄博市/临淄区"


@pytest.mark.parametrize(
    ("home", "text", "plain"),
    [
        (LC, "房在高新区（聊城）的小区", "房在聊城高新区的小区"),
        (LC, "在聊城（高新区）上班", "在聊城高新区上班"),
        (LZ, "在开发区(是聊城的)上班", "在聊城开发区上班"),
        (LC, "在城区(莘县)上班", "在莘县城区上班"),
        (LC, "在村里（莘县朝城镇）住", "在莘县朝城镇村里住"),
        (LC, "东昌府区(临淄)", "东昌府区(临淄)"),
        (LC, "老公(临清)的户口", "老公(临清)的户口"),
        (LC, "我爸（聊城人）想来", "我爸(聊城人)想来"),
        (LC, "户口在外地(德州)", "户口在外地(德州)"),
        (LC, "房子（有证）在茌平", "房子(有证)在茌平"),
    ],
)
def test_what_stands_in_brackets(home: str, text: str, plain: str) -> None:
    assert out_of_brackets(normalise(text), home).plain == plain


def test_the_joined_name_stands_for_all_of_its_words() -> None:
    words = out_of_brackets(normalise("房在高新区（聊城）的小区"), LC)
    assert words.words(2, 7) == "高新区（聊城）"
