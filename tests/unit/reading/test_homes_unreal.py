"""Dwellings that are named and are not there: denied behind their name, in a list, or not even thought of."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.eligibility.values import Choice
from bot.policy.load import load_vocabulary
from bot.reading.reader import read

VOCABULARY = load_vocabulary()
LINZI = "山东省/淄博市/临淄区"


def _facts(text: str) -> dict[str, Any]:
    return {f.fact: f.value for f in read(text, as_of=date(2026, 11, 22), home=LINZI, vocabulary=VOCABULARY).facts}


def _kinds(text: str) -> frozenset[str] | None:
    value = _facts(text).get("housing.kind")
    return value.values if isinstance(value, Choice) else None


@pytest.mark.parametrize(
    "text",
    [
        "在那边租房买房的念头都没有，房子也没有",
        "我不打算买房，租房也不想",
        "买房租房都没有，人在潍坊",
        "租房更谈不上，买房想都不敢想",
        "没想买房，也没想过租",
        "无房无租，也没工作",
        "在临淄无住房无租赁无公租房",
        "我才不会去那边租房住，就落个户",
        "房没有一间，租的也没有",
    ],
)
def test_who_has_bought_and_rented_nothing_has_no_dwelling(text: str) -> None:
    assert _kinds(text) == {"none"}


@pytest.mark.parametrize("text", ["租房的事没想过", "没打算租", "租房这事我可没考虑过"])
def test_what_was_not_thought_of_is_not_rented(text: str) -> None:
    assert "rented" not in (_kinds(text) or ())


def test_relatives_homes_and_lodgings_are_denied_in_one_list() -> None:
    facts = _facts("亲戚、楼房、租的屋统统没有")
    assert facts["kin.relation"] == Choice(frozenset({"none"}))
    assert facts["housing.kind"] == Choice(frozenset({"none"}))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我租着房，不想再租了，想落户", "rented"),
        ("不打算买房，一直租房住", "rented"),
        ("没想到租房也能落，我租的是个两居", "rented"),
        ("有房，没打算再买", "owned"),
        ("自己的房没贷款", "owned"),
        ("租的房没备案", "rented"),
        ("住的公租房，租赁证没有", "public_rental"),
        ("没住宿舍，租的房", "rented"),
        ("公租房还没轮上，先租着", "rented"),
    ],
)
def test_a_dwelling_there_is_stays_though_something_else_is_denied(text: str, kind: str) -> None:
    assert _kinds(text) == {kind}


def test_no_home_is_no_missing_paper() -> None:
    assert "rent.no_home_proof" not in _facts("在临淄无房，也没亲戚")
