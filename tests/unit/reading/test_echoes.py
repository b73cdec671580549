"""Whose something is where only a word or two say so: echoes, clefts, who is asked after, whose register is taken, what 这 points to."""

from __future__ import annotations

import pytest
from telling import NO, YES, at, reading_of
from telling import told as told_by

from bot.eligibility.values import Choice, Places, Value
from bot.reading.text.normalise import normalise

_HOME, _HENAN = "山东省/淄博市/临淄区", "甘肃省"
OWNED = Choice(frozenset({"owned"}))
NOTHING_OWNED = {"rented", "public_rental", "borrowed", "dormitory", "none"}


def read_of(text: str, person: str) -> dict[str, Value]:
    reading = reading_of(text)
    assert (reading.person or "self") == person, text
    return told_by(reading)


def none_owned(value: Value | None) -> bool:
    return isinstance(value, Choice) and value.values <= NOTHING_OWNED


@pytest.mark.parametrize("says", ["我媳妇有", "我媳妇倒是有", "我媳妇那边有一套"])
def test_who_has_what_another_lacks(says: str) -> None:
    facts = read_of(f"我没房，{says}，临淄城里的，我户口甘肃，想落我媳妇那", "self")
    assert none_owned(facts["housing.kind"])
    assert facts["kin.housing"] == OWNED


@pytest.mark.parametrize("says", ["她没有", "她都没有", "我妈啥都没有"])
def test_who_has_not_what_another_has(says: str) -> None:
    facts = read_of(f"我妈户口甘肃，想跟我落临淄，我有房有社保，{says}", "parent")
    assert none_owned(facts["housing.kind"])
    assert facts["insurance.paid"] == NO
    assert facts["kin.housing"] == OWNED


def test_a_bare_word_of_paying_answers_what_another_pays() -> None:
    facts = read_of("我在临淄交社保，我姐不交，我姐户口甘肃，能投靠我不", "sibling")
    assert (facts["insurance.paid"], facts["kin.insurance"]) == (NO, YES)


def test_who_has_none_of_it_leaves_the_other_what_is_theirs() -> None:
    facts = read_of("闺女临淄有房有社保，我啥都没有，户口甘肃的，能落闺女那不", "self")
    assert (facts["insurance.paid"], facts["kin.insurance"], facts["kin.housing"]) == (NO, YES, OWNED)
    assert none_owned(facts["housing.kind"])


def test_what_an_office_asks_after_is_answered() -> None:
    assert read_of("窗口说得看我有没有房，我有，临淄的，我户口甘肃", "self")["housing.kind"] == OWNED


def test_a_question_is_no_telling_to_be_echoed() -> None:
    assert "kin.housing" not in read_of("我没房，我姐有吗，我户口甘肃，想投靠我姐", "self")


def test_of_two_in_a_cleft_the_one_who_is_it() -> None:
    facts = read_of("在临淄上班的是我儿子不是我，他户口甘肃，想落临淄", "child")
    assert isinstance(facts["work.status"], Choice)
    assert facts["hukou.place"] == at(_HENAN)


def test_whom_one_asks_after_is_who_the_next_clauses_tell_of() -> None:
    facts = read_of("我自己早落临淄了，这回问我表哥，户口甘肃，没工作，投靠我行不", "other")
    assert facts["hukou.place"] == at(_HENAN)
    assert facts["kin.hukou_here"] == YES


def test_not_me_but_another_wants_to_move() -> None:
    facts = read_of("不是我要落，是我妈要落，我妈户口甘肃，我临淄有房", "parent")
    assert facts["kin.housing"] == OWNED


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("我妈叫我把户口从甘肃迁到她那，她在临淄有房", "self"),
        ("我妈天天催我，说想把户口从甘肃迁到我这。我在临淄有房，能迁吧", "parent"),
        ("想把我姐的户口从甘肃迁到我这边，我在临淄买的房", "sibling"),
        ("我妈催我说想从老家甘肃迁到我这，我在临淄有房", "parent"),
    ],
)
def test_the_register_that_is_to_be_taken_is_the_movers(text: str, person: str) -> None:
    assert read_of(text, person)["hukou.place"] == at(_HENAN)


def test_who_sends_for_somebody_is_gone_to() -> None:
    facts = read_of("我姐想让俺爹把户口落临淄来，俺爹户口甘肃没房，我姐有", "parent")
    assert facts["kin.relation"] == Choice(frozenset({"child"}))
    assert facts["kin.housing"] == OWNED


def test_who_is_told_to_be_elsewhere_sends_for_nobody() -> None:
    facts = read_of("我姐在甘肃，想让俺爹把户口落我这，我临淄有房，俺爹户口济南", "parent")
    assert facts["kin.relation"] == Choice(frozenset({"child"}))
    assert facts["kin.housing"] == OWNED


def test_a_place_that_is_only_pointed_to_is_the_closer_one_named_before() -> None:
    facts = read_of("我在临淄皇城镇租房上班，户口甘肃，我姐户口就在这边，想跟我姐落", "self")
    assert facts["kin.place"] == at(f"{_HOME}/皇城镇")
    assert facts["kin.hukou_here"] == YES


def test_of_two_closer_places_none_is_pointed_to() -> None:
    facts = read_of("我在临淄皇城镇租房，在朱台镇上班，户口甘肃，我姐户口就在这边，想跟我姐落", "self")
    assert facts["kin.place"] == at(_HOME)


@pytest.mark.parametrize("said", ["户口没迁过来", "户口还没迁到临淄"])
def test_a_register_that_did_not_follow_is_elsewhere(said: str) -> None:
    facts = read_of(f"我妈在临淄租房上班，{said}，我户口甘肃，想跟着我妈落", "self")
    assert facts["kin.hukou_here"] == NO


def test_a_correction_leaves_what_was_told_long_before() -> None:
    facts = read_of("我在临淄朱台镇上班，户口甘肃，派遣公司在济南，社保交在青岛，哦说错了，在济南", "self")
    assert facts["work.place"] == at(f"{_HOME}/朱台镇")
    corrected = read_of("户口在德州，哦不对，是甘肃的，我在临淄买房了", "self")
    assert corrected["hukou.place"] == at(_HENAN)


def test_whose_shop_one_works_in_is_not_who_works() -> None:
    facts = read_of("我在临淄给个体户老板打工，户口甘肃", "self")
    assert isinstance(facts["work.status"], Choice)
    assert "self_employed" not in facts["work.status"].values


def test_a_home_named_by_its_owner_is_the_owners() -> None:
    facts = read_of("我甘肃的，跟我妈一块在临淄住，我妈的房，户口能落上不", "self")
    assert facts["kin.housing"] == OWNED


def test_the_brackets_of_an_article_part_no_clause() -> None:
    facts = read_of("我户口甘肃，在临淄租房(没备案)，就按二(一)3那条行不", "self")
    assert facts["rent.filing"] == NO
    assert isinstance(facts["hukou.place"], Places)


def test_a_sister_is_no_slip_of_the_finger() -> None:
    assert normalise("能落我姐房上不").plain == "能落我姐房上不"
    assert normalise("组房能落户不").plain == "租房能落户不"
