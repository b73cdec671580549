"""Messages that only put something right: what they take back, what they put in its place, whose a home is said to be."""

from __future__ import annotations

import pytest

from bot.reading.text.renewing import contrast, owner_said


@pytest.mark.parametrize(
    ("plain", "sides"),
    [
        ("不是我弟是我堂弟", ("我弟", "我堂弟")),
        ("不是单间,是整套", ("单间", "整套")),
        ("说错了,不是租的,是买的", ("租的", "买的")),
        ("房子不是我的,是我哥的", ("我的", "我哥的")),
        ("是镇上,不是村里", ("村里", "镇上")),
        ("不是我的而是单位的", ("我的", "单位的")),
        ("不是我弟是不是就不行", None),
        ("我不是本地的", None),
        ("是不是要备案", None),
        ("是我妈的房", None),
    ],
)
def test_a_contrast(plain: str, sides: tuple[str, str] | None) -> None:
    assert contrast(plain) == sides


@pytest.mark.parametrize(
    ("words", "owner"),
    [
        ("房子是我妈的", "我妈"),
        ("我哥的", "我哥"),
        ("我妈的房", "我妈"),
        ("写的我媳妇名", "我媳妇"),
        ("我爸名下的房子", "我爸"),
        ("整套", ""),
        ("我岳母", ""),
    ],
)
def test_whose_a_home_is(words: str, owner: str) -> None:
    assert owner_said(words) == owner
