from __future__ import annotations

import random

from bot.store.gaps import Gap
from bot.store.grouping import group, plain

ASKED = [
    ("学区房能上哪个学校", "out_of_scope/school_district"),
    ("学区房对应哪个学校啊？", "out_of_scope/school_district"),
    ("请问这个学区房，能上哪个学校", "out_of_scope/school_district"),
    ("彩礼给多少合适", "out_of_scope/other"),
    ("户口本丢了去哪补", "out_of_scope/household_book"),
    ("户口本丢了怎么补办", "out_of_scope/household_book"),
    ("身份证［已隐去身份证号］丢了", "out_of_scope/id_card"),
]


def gaps_of(asked: list[tuple[str, str]]) -> list[Gap]:
    return [Gap("h", "web", text, "declined", ranking=((name, 0.5),), at=float(n), id=n) for n, (text, name) in enumerate(asked, 1)]


def test_what_asks_the_same_stands_together_the_largest_first() -> None:
    found = [(sorted(g.id for g in one.gaps), one.nearest, one.example.message) for one in group(gaps_of(ASKED))]
    assert found == [
        ([1, 2, 3], "out_of_scope/school_district", "学区房能上哪个学校"),
        ([5, 6], "out_of_scope/household_book", "户口本丢了去哪补"),
        ([4], "out_of_scope/other", "彩礼给多少合适"),
        ([7], "out_of_scope/id_card", "身份证［已隐去身份证号］丢了"),
    ]


def test_the_order_they_are_given_in_changes_nothing() -> None:
    gaps = gaps_of(ASKED)
    wanted = group(gaps)
    for seed in range(5):
        random.Random(seed).shuffle(gaps)
        assert group(gaps) == wanted


def test_a_shared_class_alone_does_not_make_a_group() -> None:
    assert len(group(gaps_of([("彩礼给多少合适", "ask/fee"), ("迁户口收钱吗", "ask/fee")]))) == 2


def test_punctuation_width_and_masks_count_for_nothing() -> None:
    assert plain("我 ＡＢ［已隐去手机号］，丢了？") == "我ab丢了"
    assert group(()) == ()


def test_gaps_without_a_class_and_without_words_are_kept() -> None:
    found = group([Gap("h", "web", "？？", "unsure", id=1), Gap("h", "web", "……", "unsure", id=2)])
    assert sum(len(g.gaps) for g in found) == 2
    assert {g.nearest for g in found} == {""}
