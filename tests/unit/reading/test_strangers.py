"""Somebody of no kin whom a message is about, somebody named by a pronoun alone, and who is singled out as the one to move."""

from __future__ import annotations

import pytest
from telling import NO, YES, at, reading_of
from telling import told as told_by

from bot.eligibility.values import Choice
from bot.reading.person.strangers import asked_about
from bot.reading.text.clauses import split


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("替我们车间的小伙问问,他户口四川", "小伙"),
        ("俺厂里有个徒弟想把户口落过来", "徒弟"),
        ("对门的大夫托我打听,她没房", "大夫"),
        ("今天问我班长,我的上回问过了", "班长"),
        ("帮店里的小工咨询一下,他没社保我有", "小工"),
    ],
)
def test_whom_a_message_asks_for(text: str, who: str) -> None:
    found = asked_about(text)
    assert found is not None
    assert text[slice(*found)] == who


@pytest.mark.parametrize(
    "text",
    [
        "帮忙问一下,我没房能落吗",
        "派出所让我来问问,我租房能落不",
        "替我姐问问,她在临淄租房",
        "替俺那口子问问,他能不能落",
        "老板让我问下,我没社保能落不",
        "闺女让我帮着问,她本科毕业",
        "我租房住,想问问能落不",
        "邻居家儿子托我问,他没房",
    ],
)
def test_who_is_no_stranger(text: str) -> None:
    assert asked_about(text) is None


def test_what_the_asker_has_is_not_the_strangers() -> None:
    reading = reading_of("我那租客想把户口落过来，房子是我的，他户口在河南，交着社保")
    told = told_by(reading)
    assert reading.person == "other"
    assert told["hukou.place"] == at("河南省")
    assert told["insurance.paid"] == YES
    assert told["housing.kind"] == Choice(frozenset({"rented"}))


def test_he_beside_the_asker_is_somebody_else() -> None:
    told = told_by(reading_of("他有房我没有，我落他那中不"))
    assert told.get("housing.kind") != Choice(frozenset({"owned"}))
    assert told["kin.housing"] == Choice(frozenset({"owned"}))
    assert {"spouse", "other"} <= told["kin.relation"].values


def test_he_alone_is_the_one_asked_for() -> None:
    told = told_by(reading_of("他在临淄租房，没社保，能落吗"))
    assert told["housing.kind"] == Choice(frozenset({"rented"}))
    assert told["insurance.paid"] == NO


def test_he_to_the_asker_may_be_anybody() -> None:
    reading = reading_of("他户口河南，我临淄户口有房，他想落我这")
    told = told_by(reading)
    assert reading.person == "other"
    assert told["kin.housing"] == Choice(frozenset({"owned"}))
    assert len(told["kin.relation"].values) > 1


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("我不动，我老公迁。我户口临淄，他户口德州", "spouse"),
        ("能迁我媳妇不，我户口早落临淄了，她的在湖南", "spouse"),
        ("我户口在临淄，先迁孩子，孩子户口在唐山他妈那", "child"),
        ("一家三口就孩子没过来，我和他爸都是临淄户口，孩子户口在甘肃", "child"),
        ("没落的是我弟，他户口在兰州，我临淄户口有房", "sibling"),
        ("是我儿子不是我，他户口在铜川，在临淄租房", "child"),
    ],
)
def test_who_is_singled_out(text: str, person: str) -> None:
    assert reading_of(text).person == person


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("我姐户口早迁临淄了，就剩我还在潍坊，能投我姐不", "山东省/潍坊市"),
        ("他本地户口我还是河北的，结婚三年了，我落他那", "河北省"),
        ("男/29/户口商丘/大专/临淄化工厂派遣/住宿舍", "河南省/商丘市"),
        ("未婚女，户口丹东临淄租房，社保自己交", "辽宁省/丹东市"),
    ],
)
def test_where_the_register_is(text: str, place: str) -> None:
    assert told_by(reading_of(text))["hukou.place"] == at(place)


@pytest.mark.parametrize("text", ["能让俺娘跟俺爹不", "让俺娘跟俺爹走行不"])
def test_one_of_a_couple_goes_after_the_other(text: str) -> None:
    reading = reading_of(f"俺爹户口早落临淄了，俺娘户口还在聊城老家，{text}")
    assert (reading.person, reading.person_words, reading.wishes) == ("parent", "俺娘", ())
    assert told_by(reading)["kin.relation"] == Choice(frozenset({"spouse"}))


@pytest.mark.parametrize("text", ["房子也是儿子的", "房儿子的", "楼是我儿子买的"])
def test_whose_home_it_is(text: str) -> None:
    told = told_by(reading_of(f"我户口在云南，儿子是临淄户口，{text}，我想投靠儿子"))
    assert told["kin.housing"] == Choice(frozenset({"owned"}))


def test_she_has_and_i_have_not_are_two_clauses() -> None:
    assert [clause.text for clause in split("她有社保我没有,社保我没有")] == ["她有社保", "我没有", "社保我没有"]


def test_a_shop_with_a_licence_is_a_business() -> None:
    told = told_by(reading_of("临淄小店办执照八个月了，我户口在外地能落户不"))
    assert told["work.status"] == Choice(frozenset({"self_employed"}))
