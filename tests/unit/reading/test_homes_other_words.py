"""Days of a licence, whose a home is, and where, told in other words than the plain ones."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.eligibility.values import Choice, Dates, Places
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

AS_OF = date(2026, 11, 22)
LIAOCHENG, LINZI = "山东省/聊城市", "山东省/淄博市/临淄区"
VOCABULARY = load_vocabulary()


def _facts(text: str, home: str = LIAOCHENG) -> dict[str, Any]:
    return {f.fact: f.value for f in read(text, as_of=AS_OF, home=home, vocabulary=VOCABULARY).facts}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("店在临清城里，照是我自己名，去年五月……记岔了，前年五月办的", date(2024, 5, 1), date(2024, 5, 31)),
        ("执照写的我，发证日期2026年4月8日，店在临清城里", date(2026, 4, 8), date(2026, 4, 8)),
        ("店在临清城里，执照我名，上个月刚出", date(2026, 10, 1), date(2026, 10, 31)),
        ("五金店，独立门面，2021开业，同年办照，名字是我", date(2021, 1, 1), date(2021, 12, 31)),
        ("照我的名，2023年春天，店在冠县县城", date(2023, 3, 1), date(2023, 5, 31)),
        ("照是俺的名，2018年，说错了，2020年，店在冠县县城", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_the_day_of_a_licence(text: str, first: date, last: date) -> None:
    assert _facts(text)["license.issued"] == Dates(first, last)


@pytest.mark.parametrize(
    "text",
    ["朋友说有营业执照就行，明年六月交房", "执照是我名，技能证是去年考的", "没有执照，2023年结的婚", "执照多少钱？2024年3月我来的"],
)
def test_another_day_is_none_of_a_licence(text: str) -> None:
    assert "license.issued" not in _facts(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("冠县城里的整套商品房租的，按租房能落不，租房落户还差什么", "冠县"),
        ("跟房东有租约，房子是商品房，租的整套，在冠县城里", "冠县"),
    ],
)
def test_words_of_the_same_tenancy_keep_its_place(text: str, place: str) -> None:
    assert _facts(text)["housing.place"] == Places(frozenset({f"{LIAOCHENG}/{place}"}))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("执照本人名，2024年3月冠县办的；店面沿街，独门独户，长租", "冠县"),
        ("我的店是租的，跟隔壁打通了，照是我的，办了两年多，在冠县县城里", "冠县"),
        ("在冠县县城租了套房，客厅隔一块做裁缝铺，营业执照下来三年多", "冠县"),
    ],
)
def test_where_a_shop_is(text: str, place: str) -> None:
    assert _facts(text)["premises.place"] == Places(frozenset({f"{LIAOCHENG}/{place}"}))


def test_a_certificate_in_a_relatives_hands_is_theirs() -> None:
    facts = _facts("《公房租赁证》一本，房管局发的，在我奶奶手里，房子在莘县城里。奶奶户口在邯郸，想把她迁来")
    assert facts["public.certificate"] == facts["public.type"] == Choice(frozenset({"gongfang"}))
    assert "kin.relation" not in facts
    assert "education.level" not in facts


def test_a_deed_on_the_parents_names_is_the_parents() -> None:
    facts = _facts("随父母落户，闺女四十了没结过婚，跟我们老两口一块住，单元楼，高唐县城，房产证写的我跟老伴，她户口在深圳")
    assert facts["kin.housing"] == Choice(frozenset({"owned"}))
    assert "housing.kind" not in facts or facts["housing.kind"] != Choice(frozenset({"owned"}))


def test_a_name_of_a_place_calls_no_row_off() -> None:
    facts = _facts("城里有房才能落吗，我买的在张店", LINZI)
    assert facts["housing.kind"] == Choice(frozenset({"owned"}))
    assert facts["housing.place"] == Places(frozenset({"山东省/淄博市/张店区"}))


def test_what_a_will_leaves_is_told_by_the_heir() -> None:
    facts = _facts("房子是姥姥留的，遗嘱公证给我，临淄城区的楼，我舅不服打官司呢，户口东平", LINZI)
    assert facts["housing.kind"] == Choice(frozenset({"inherited"}))
    assert facts["hukou.place"] == Places(frozenset({"山东省/泰安市/东平县"}))


def test_never_having_lived_there_leaves_the_home_inherited() -> None:
    facts = _facts("姑立遗嘱把临淄城里的楼留给我了，她上个月走的，我没在临淄住过", LINZI)
    assert facts["housing.kind"] == Choice(frozenset({"inherited"}))
