"""Where work is done and insured: at the old home, for a firm over the wire, by a head office in another city."""

from __future__ import annotations

from datetime import date

import pytest

from bot.eligibility.values import Places, Value
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

AS_OF = date(2026, 11, 22)
HOME = "山东省/聊城市"
VOCABULARY = load_vocabulary()


def _facts(text: str) -> dict[str, Value]:
    return {found.fact: found.value for found in read(text, as_of=AS_OF, home=HOME, vocabulary=VOCABULARY).facts}


def _place(path: str) -> Places:
    return Places(frozenset({path}))


@pytest.mark.parametrize(
    ("text", "fact", "path"),
    [
        ("户口在河南安阳，平时在老家开面馆", "work.place", "河南省/安阳市"),
        ("开了三年的锁具店，门脸单独，可那在德州", "premises.place", "山东省/德州市"),
        ("总部在青岛，我在阳谷县城里租的屋里远程上班", "work.place", "山东省/聊城市/阳谷县"),
        ("在东阿当电工，社保一直由济南总公司那边缴着，没在东阿交", "insurance.place", "山东省/济南市"),
        ("我家河北沧州的，没在这边待过", "origin.place", "河北省/沧州市"),
    ],
)
def test_a_place_that_is_not_the_workplace_is_told_apart(text: str, fact: str, path: str) -> None:
    assert _facts(text)[fact] == _place(path)


def test_work_at_an_unnamed_old_home_is_nowhere() -> None:
    assert "work.place" not in _facts("我在老家开了个理发店，没来过这边")


def test_insurance_that_is_not_paid_here_is_paid_somewhere_else() -> None:
    assert _facts("我在茌平一家纸厂当焊工，五险公司给交着，不是在聊城交的")["insurance.place"] == Places(
        frozenset({""}), frozenset({"山东省/聊城市"})
    )
