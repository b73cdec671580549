"""Two of one kind told apart, and who somebody is said to be only later in the message."""

from __future__ import annotations

import pytest
from telling import YES, at, reading_of
from telling import told as told_by

from bot.eligibility.values import Choice


@pytest.mark.parametrize(
    ("text", "person", "relation"),
    [
        ("我爸户口早就在临淄了，有自己的楼，我妈户口还在聊城老家，我妈能投靠我爸不", "parent", "spouse"),
        ("公公户口在滨州，婆婆临淄户口，他想跟着婆婆落，中不", "parent_in_law", "spouse"),
        ("爷爷户口枣庄，奶奶户口在临淄城里，爷爷要投靠的是奶奶，行吗", "grandparent", "spouse"),
        ("二姨户口在潍坊，离婚了，大姨在临淄有房，二姨想投靠大姨", "other", "sibling"),
        ("俺娘户口枣庄，俺舅在临淄城里有楼有户口，俺娘想投靠俺舅，能办不", "parent", "sibling"),
        ("奶奶户口在泰安，大爷临淄户口，奶奶想跟大爷落，我替她问的", "grandparent", "child"),
        ("弟媳妇户口滨州，我弟临淄户口有房，她想跟我弟落，中不", "other", "spouse"),
        ("小叔子户口在潍坊，婆婆是临淄户口，小叔子想投靠婆婆，中不", "other", "parent"),
        ("我爸户口威海，妈在临淄有房有户口，爸想迁来，是跟妈不是跟我", "parent", "spouse"),
    ],
)
def test_who_goes_to_whom(text: str, person: str, relation: str) -> None:
    reading = reading_of(text)
    assert reading.person == person
    assert told_by(reading)["kin.relation"] == Choice(frozenset({relation}))


def test_what_is_told_of_either_is_read_of_that_one() -> None:
    told = told_by(reading_of("我爸户口早就在临淄了，有自己的楼，我妈户口还在聊城，没工作，我妈能投靠我爸不"))
    assert told["hukou.place"] == at("山东省/聊城市")
    assert told["kin.hukou_here"] == YES
    assert told["kin.housing"] == Choice(frozenset({"owned"}))
    assert told["work.status"] == Choice(frozenset({"none"}))
    assert told.get("housing.kind") != Choice(frozenset({"owned"}))


def test_the_asker_who_goes_to_one_of_the_parents_still_has_two() -> None:
    reading = reading_of("我爸在临淄上班租的房，我妈身体不好，我辞了工来照顾，我能落到我爸那不")
    assert reading.person == "self"
    assert told_by(reading)["kin.relation"] == Choice(frozenset({"parent"}))


def test_of_several_children_the_one_gone_to_is_meant() -> None:
    told = told_by(reading_of("儿子租房住，闺女在临淄城里买了楼，我户口在枣庄，想跟闺女落"))
    assert told["kin.housing"] == Choice(frozenset({"owned"}))


def test_the_rule_about_siblings_tells_nobody_apart() -> None:
    reading = reading_of("我妹妹户口在枣庄，想落到我这，我临淄户口有房，妹妹能投靠哥哥不")
    assert reading.person == "sibling"
    assert told_by(reading)["kin.relation"] == Choice(frozenset({"sibling"}))


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("她户口在枣庄，没成家，是我妹，我临淄城里有房，她想把户口落过来", "sibling"),
        ("我来问个事，我是他闺女，他户口在枣庄，我临淄有房，他想跟我落", "parent"),
        ("他户口枣庄，租房住，在临淄厂里上班签了合同，他是我徒弟，问他能落不", "other"),
        ("枣庄户口，没工作没房，能不能落，说的是我舅妈", "other"),
        ("要迁的不是我，是我弟，他户口在枣庄，在临淄城里买了楼，能落不", "sibling"),
    ],
)
def test_who_somebody_is_said_to_be(text: str, person: str) -> None:
    reading = reading_of(text)
    assert reading.person == person
    assert told_by(reading)["hukou.place"] == at("山东省/枣庄市")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("我离婚了想回爹妈那，他们临淄户口，我的在枣庄，能迁不", "山东省/枣庄市"),
        ("全家都是临淄户口，就我还在枣庄，能跟我爸落不", "山东省/枣庄市"),
        ("俺想把枣庄户口迁来跟闺女，她在临淄有房", "山东省/枣庄市"),
        ("我老伴没了户口还在枣庄，能投靠孙子不，他临淄有房", "山东省/枣庄市"),
        ("枣庄户口的是我，临淄户口的是我媳妇，我想跟她落", "山东省/枣庄市"),
    ],
)
def test_the_askers_register_by_ellipsis(text: str, place: str) -> None:
    assert told_by(reading_of(text))["hukou.place"] == at(place)


@pytest.mark.parametrize("text", ["我爸妈早就落临淄了，我户口在枣庄，想投靠爸妈", "老公已经落过户了，我户口在枣庄，想投靠老公"])
def test_who_settled_long_ago_is_registered_here(text: str) -> None:
    assert told_by(reading_of(text))["kin.hukou_here"] == YES


@pytest.mark.parametrize("text", ["女婿有房闺女没房，我户口在枣庄，想落女婿那", "我河南户口我媳妇有房，想投靠媳妇"])
def test_a_new_person_begins_a_clause_without_a_mark(text: str) -> None:
    assert told_by(reading_of(text))["kin.housing"] == Choice(frozenset({"owned"}))


@pytest.mark.parametrize(
    "text",
    [
        "我老公在临淄租房住，我户口在枣庄，想跟他落",
        "公公租房住临淄城里，我户口枣庄，想投靠公公",
        "外公租房子住临淄，我户口枣庄，想投靠外公",
    ],
)
def test_a_husband_who_rents_lives_in_no_public_housing(text: str) -> None:
    told = told_by(reading_of(text))
    assert told["kin.housing"] == Choice(frozenset({"rented"}))
    assert "public.type" not in told


def test_public_housing_of_a_husband_is_public_housing() -> None:
    assert told_by(reading_of("我老公住的公租房，我户口在枣庄，想跟他落"))["kin.housing"] == Choice(frozenset({"public_rental"}))


def test_whom_one_does_not_follow_is_not_gone_to() -> None:
    told = told_by(reading_of("孙女户口在枣庄，在临淄上班签了合同，她想自己落，不跟我们，行不"))
    assert told["hukou.place"] == at("山东省/枣庄市")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("孙子户口在枣庄，我儿子户口在临淄城里，有房，孩子想落到他爸那", "parent"),
        ("外孙子户口在枣庄，我闺女户口在临淄，有房，孩子想随妈", "parent"),
        ("儿子户口在枣庄，他姥姥在临淄有房，想让他跟姥姥落", "grandparent"),
        ("我家老二户口在枣庄，想落他姐家里，他姐临淄户口有房", "sibling"),
    ],
)
def test_whose_parent_or_sister_is_gone_to(text: str, relation: str) -> None:
    told = told_by(reading_of(text))
    assert told["hukou.place"] == at("山东省/枣庄市")
    assert told["kin.relation"] == Choice(frozenset({relation}))
    assert told["kin.housing"] == Choice(frozenset({"owned"}))


def test_an_elder_who_calls_herself_so_is_gone_to_herself() -> None:
    reading = reading_of("外孙女跟我住一块，户口枣庄，我临淄户口，投靠姥姥行不行")
    assert reading.person == "grandchild"
    assert told_by(reading)["hukou.place"] == at("山东省/枣庄市")
    assert told_by(reading)["kin.hukou_here"] == YES


def test_only_the_one_named_moves() -> None:
    assert reading_of("女婿户口枣庄，在临淄租房，我闺女户口也在枣庄，这回只迁女婿").person == "child_in_law"


def test_with_whom_is_asked_and_answered() -> None:
    told = told_by(reading_of("户口在枣庄，人在临淄没工作，跟谁落呢，跟我媳妇，她上班签了合同，也有房"))
    assert told["kin.relation"] == Choice(frozenset({"spouse"}))
    assert told["kin.housing"] == Choice(frozenset({"owned"}))


def test_who_gave_a_home_away_speaks_on_of_himself() -> None:
    assert reading_of("城里的房过户给了儿子，自己在村里老宅住着，宅基地证是我名，想迁回来").person == "self"


def test_a_register_at_the_same_address_is_here() -> None:
    assert told_by(reading_of("父母居临淄稷下街道，户口同址，本人户口枣庄，拟投靠父母"))["kin.hukou_here"] == YES


def test_who_runs_no_business_has_no_licence_and_no_shop() -> None:
    told = told_by(reading_of("本人枣庄户籍，未经商办照，问能否落临淄"))
    assert told["business.license"] == Choice(frozenset({"none"}))
    assert "work.status" not in told


def test_a_register_carried_out_of_a_village_is_the_origin() -> None:
    told = told_by(reading_of("九八年进城买房，户口从敬仲镇村里起到张店去了，如今回村住，想迁回来"))
    assert told["origin.place"] == at("山东省/淄博市/临淄区/敬仲镇")
    assert told["origin.moved"] == Choice(frozenset({"settled"}))


@pytest.mark.parametrize("text", ["我老公房子在临淄，我户口枣庄，想跟他落", "老公房本在临淄，我户口枣庄，想跟他落"])
def test_a_husbands_home_is_no_public_housing(text: str) -> None:
    told = told_by(reading_of(text))
    assert told["kin.relation"] == Choice(frozenset({"spouse"}))
    assert not {"public.type", "housing.kind"} & told.keys()


def test_old_public_housing_is_public_housing() -> None:
    assert told_by(reading_of("住老公房三十年了，户口在枣庄，想落临淄"))["housing.kind"] == Choice(frozenset({"public_rental"}))


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("俺大姐在临淄城里有房有户口，三弟想投靠大姐落户，家里让我问问", "sibling"),
        ("我大闺女在临淄城里买了楼，二闺女想跟着大闺女落户", "child"),
        ("老大在临淄城里有楼，想把老二落老大那", "child"),
        ("大孙子在临淄城里有楼，小孙女想跟大孙子落", "grandchild"),
        ("我哥在临淄城里有房，妹妹能投靠哥哥不", "sibling"),
    ],
)
def test_the_home_of_the_one_gone_to_is_not_that_of_who_goes(text: str, person: str) -> None:
    reading = reading_of(text)
    told = told_by(reading)
    assert reading.person == person
    assert told["kin.relation"] == Choice(frozenset({"sibling"}))
    assert told["kin.housing"] == Choice(frozenset({"owned"}))
    assert not {"housing.kind", "hukou.place"} & set(told)


def test_what_is_told_of_who_goes_stays_with_them() -> None:
    told = told_by(reading_of("我大弟在临淄城里买了楼，小弟没工作户口在河北，小弟能随大弟落户吗"))
    assert told["hukou.place"] == at("河北省")
    assert told["work.status"] == Choice(frozenset({"none"}))
    assert told["kin.housing"] == Choice(frozenset({"owned"}))


def test_the_rule_asked_by_a_sister_is_her_own() -> None:
    reading = reading_of("我哥在临淄有房，我想落他那，妹妹能投靠哥哥不")
    assert told_by(reading)["kin.relation"] == Choice(frozenset({"sibling"}))
    assert told_by(reading)["kin.housing"] == Choice(frozenset({"owned"}))
