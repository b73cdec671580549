"""Notes of a clerk that name people by one character each, read as their mover would tell them."""

from __future__ import annotations

import pytest
from telling import YES, reading_of
from telling import told as told_by

from bot.eligibility.values import Choice, Places, Value
from bot.reading.normalise import normalise
from bot.reading.notes import retold


def _told(text: str) -> dict[str, Value]:
    reading = reading_of(text)
    assert reading.person in (None, "self")
    return told_by(reading)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("妻随夫；夫有房；妻户口河南", "我随老公;老公有房;我户口河南"),
        ("女未婚，女要随父，父在临淄有房", "我未婚,我要随父亲,父亲在临淄有房"),
        ("弟投靠姐，姐临淄户口，弟无业", "我投靠姐姐,姐姐临淄户口,我无业"),
        ("男想落女处，女有房男没房", "我想落老婆处,老婆有房我没房"),
    ],
)
def test_a_note_is_retold_by_its_mover(text: str, plain: str) -> None:
    assert retold(normalise(text)).plain == plain


@pytest.mark.parametrize(
    "text",
    [
        "夫妻投靠要几年",
        "子女随父母落户要啥",
        "我随夫，夫临淄户口",
        "来电人称妻随夫，夫有房",
        "女儿想随父亲落",
        "父母随子女，需要什么材料",
        "妻子随军能落户吗",
    ],
)
def test_any_other_message_stays_as_it_is(text: str) -> None:
    assert retold(normalise(text)) == normalise(text)


def test_every_character_of_a_retold_note_stands_for_one_of_the_clerks() -> None:
    text = retold(normalise("妻随夫；夫有房；妻户口河南"))
    assert len(text.origins) == len(text.plain)
    assert text.words(text.plain.index("老公"), text.plain.index("老公") + 2) == "夫"


def test_what_either_has_is_read_of_that_one() -> None:
    told = _told("妻随夫；夫临淄户口，有房；妻户口河南濮阳，无工作")
    assert told["hukou.place"] == Places(frozenset({"河南省/濮阳市"}))
    assert told["kin.relation"] == Choice(frozenset({"spouse"}))
    assert told["kin.housing"] == Choice(frozenset({"owned"}))
    assert told["kin.hukou_here"] == YES
    assert told["work.status"] == Choice(frozenset({"none"}))
    assert "housing.kind" not in told


def test_a_register_that_has_its_place_takes_no_other() -> None:
    told = _told("本人安阳户口 未婚 临淄租房 开店有照")
    assert told["hukou.place"] == Places(frozenset({"河南省/安阳市"}))


@pytest.mark.parametrize("text", ["我们两口子户口一个临淄一个济南，能落吗", "俺两口子户口分别在临淄和济南"])
def test_of_two_registers_nobody_knows_whose(text: str) -> None:
    assert "hukou.place" not in _told(text)
