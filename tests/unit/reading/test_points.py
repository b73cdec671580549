"""The details that a question turns on, and what a short question about one of them is asked of."""

from __future__ import annotations

import pytest

from bot.policy.load import load_packs
from bot.reading.text.points import known, points, topic_of_points

PACKS = load_packs()


@pytest.mark.parametrize(
    "plain, name",
    [
        ("二房东点头了算数吗", "sublet"),
        ("跟同事合租的能落不", "shared"),
        ("房子还在还贷款没还清能落吗", "mortgage"),
        ("落户要不要社保证明", "insurance"),
        ("俺侄女能投靠我不", "collateral"),
        ("孩子能一起迁吗", "family"),
        ("员级职称行不行", "junior_title"),
        ("以前坐过牢还给落吗", "record"),
        ("落户能找人代办不", "by_proxy"),
        ("在高青能办这里的户口吗", "citywide"),
    ],
)
def test_a_detail_is_found(plain: str, name: str) -> None:
    assert name in points(plain)


@pytest.mark.parametrize("plain", ["我社保一直交着", "在网上能办这里的户口吗", "学校几点放学", "开个无犯罪记录证明", "我在县城租房住"])
def test_what_is_told_is_no_detail_asked_for(plain: str) -> None:
    assert points(plain) == ()


@pytest.mark.parametrize(
    "plain, topic",
    [
        ("回迁房能落户吗", "buy_house"),
        ("刚进厂试用期行吗", "employment"),
        ("宅基地让卖吗", "land_use"),
        ("爸妈的宅基地我能继承不,我户口在城里", None),
    ],
)
def test_what_a_short_question_is_about(plain: str, topic: str | None) -> None:
    assert topic_of_points(plain) == topic


def test_every_detail_is_known_and_of_use() -> None:
    said = {name for pack in PACKS.by_id.values() for topic in pack.topics.values() for name in topic.points}
    assert PACKS.vocabulary.points == set(known())
    assert {name for name, point in known().items() if name not in said and point.topic is None} == set()
    assert {point.topic for point in known().values() if point.topic} <= set(PACKS.vocabulary.topics)
