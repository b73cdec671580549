"""Tales told for somebody else: whose fact each clause is, with the asker's own and other people's beside theirs."""

from __future__ import annotations

import pytest
from telling import NO, YES, at, reading_of, told

from bot.eligibility.values import Choice


def _only(value: str) -> Choice:
    return Choice(frozenset({value}))


@pytest.mark.parametrize(
    "text",
    [
        "我们店里一个厨师，河南濮阳户口，在临淄租房，没社保，他想落户行不",
        "我手底下一个会计，户口濮阳，大专毕业，想落临淄。我自己户口在张店，她能落吗",
        "我们单位在临淄。来了个女职工，濮阳户口，专科毕业，她问能不能落过来，我也是外地的",
        "他是我们班组的焊工，濮阳户口，没社保。他想落临淄，我替他打听",
        "老乡在临淄工地干瓦工，户口在濮阳，媳妇带俩娃在老家。他老跟我说想落户，我交着社保也买了房",
        "同学在临淄一家企业上班，户口在濮阳，租的楼。我是本地的，他想落户让我帮着打听",
    ],
)
def test_somebody_of_no_kin_is_told_of_from_the_start(text: str) -> None:
    reading = reading_of(text)
    assert reading.person == "other"
    assert told(reading)["hukou.place"] == at("河南省/濮阳市")


@pytest.mark.parametrize(
    "text",
    [
        "我手下一个会计去年落了户，她是大专。我户口濮阳，在临淄上班，我能落吗",
        "我们车间有个电工，说交了社保就能落。我户口濮阳，在临淄租房能落吗",
    ],
)
def test_a_workmate_to_compare_with_is_not_who_moves(text: str) -> None:
    reading = reading_of(text)
    assert (reading.person or "self") == "self"
    assert told(reading)["hukou.place"] == at("河南省/濮阳市")


def test_what_follows_an_introduction_in_another_sentence_is_theirs() -> None:
    reading = reading_of("我们公司总部在临淄，她是我手下一名业务员，人在济南上班，户口濮阳。大专毕业，没有职称。她想落临淄行不")
    facts = told(reading)
    assert facts["education.level"] == _only("college")
    assert facts["title.level"] == _only("none")
    assert facts["work.place"] == at("山东省/济南市")


def test_a_couple_of_workmates_is_not_the_askers() -> None:
    facts = told(reading_of("我管集体户。有两个同事是两口子，户口都在我们厂集体户里。他俩想单领户口簿行不"))
    assert facts["collective.member"] == YES


@pytest.mark.parametrize(
    "text, person, fact, value",
    [
        # the asker's own home beside it
        ("朋友托我问，他在临淄买了套期房。我自己那套是前年拿的房本，他能迁吗", "friend", "housing.kind", "presale"),
        ("朋友在临淄租了套商品房，想落户。我劝他买房，他说没钱。我自己是买房落的", "friend", "housing.kind", "rented"),
        ("发小借住在我闲着的一套楼里，户口濮阳，没上班。我跟他没血缘。光凭住这儿能落户吗", "friend", "housing.kind", "borrowed"),
        ("我外甥在临淄打工，户口濮阳，吃住都在俺家，俺有房本。他房子也没有，想落户", "other", "housing.kind", "borrowed"),
        # a shop's licence and lease
        ("嫂子开了个面馆，执照去年办的，写的她名，户口濮阳，住店里隔间，她能落吗", "other", "housing.kind", "shop"),
        ("弟媳开了个面馆，户口濮阳，门面是单独一间租的，住店里隔间，她能落吗", "other", "housing.kind", "shop"),
    ],
)
def test_whose_home_it_is(text: str, person: str, fact: str, value: str) -> None:
    reading = reading_of(text)
    assert reading.person == person
    assert told(reading)[fact] == _only(value)


@pytest.mark.parametrize("when", ["2028年5月", "后年春天", "2027年12月31号"])
def test_a_home_to_be_handed_over_is_none_yet(when: str) -> None:
    facts = told(reading_of(f"大姑在临淄城里买的楼，合同签了，上面交房写的是{when}，户口濮阳，想现在迁过来"))
    assert facts["housing.kind"] == _only("presale")


def test_a_home_with_its_deed_is_ones_own() -> None:
    facts = told(reading_of("大姑在临淄城里买的楼，房本早下来了，户口濮阳，想现在迁过来"))
    assert facts["housing.kind"] == _only("owned")


@pytest.mark.parametrize(
    "text, relation",
    [
        ("舅妈户口濮阳，表哥在临淄城里有房，舅妈想落表哥那，母子俩没住一块", "child"),
        ("我表弟户口濮阳，我小姨在临淄城里有房，表弟想落小姨那，母子一块住", "parent"),
        ("亲家母户口濮阳，老伴没了。我儿媳户口在临淄，亲家母能投靠我儿媳不", "child"),
        ("家里娶了个濮阳儿媳，跟俺儿领证了，住在朱台镇俺们村，俺儿户口就在村里。儿媳的户口能迁俺村来不", "spouse"),
        ("我舅户口濮阳，我妈是他亲妹妹，户口在临淄城里。他投妹妹成不成", "sibling"),
        ("我老公弟弟没结婚，户口濮阳，住临淄我们家，房子是我老公的名。小叔子能跟着他哥落户不", "sibling"),
    ],
)
def test_what_two_relatives_are_to_each_other(text: str, relation: str) -> None:
    assert told(reading_of(text))["kin.relation"] == _only(relation)


@pytest.mark.parametrize(
    "text, person",
    [
        ("俺家老二户口落在濮阳他丈人家。老宅是俺老伴名。他媳妇不乐意来。他户口能迁回村里不", "child"),
        ("闺女离婚了，户口在濮阳，她带着外孙女跟我们住。她没上班，在家看孩子。她的户口能迁回来不", "child"),
        ("外甥女大三在读，户口濮阳。我家在临淄城里有房，她放假就住我家。现在没毕业，能先把户口落过来吗", "other"),
        ("我爸户口濮阳，想投奔我大伯，他俩是亲兄弟，大伯家在临淄。我妈不在了，他也不干活，落得了不", "parent"),
    ],
)
def test_whom_a_pronoun_means(text: str, person: str) -> None:
    reading = reading_of(text)
    assert reading.person == person
    assert told(reading)["hukou.place"] == at("河南省/濮阳市")


def test_the_school_of_a_child_is_not_the_mothers() -> None:
    facts = told(reading_of("表姐四十五，带个上初中的孩子回了娘家，户口濮阳，想落临淄行不"))
    assert "education.level" not in facts


def test_a_place_behind_the_landlords_word_is_no_consent() -> None:
    facts = told(reading_of("邻居托我问，她在临淄租的房，房东不让落户口。户口汉中，能落吗"))
    assert facts["rent.owner_consent"] == NO


def test_a_room_at_the_employers_is_not_lived_in_with_the_asker() -> None:
    facts = told(reading_of("小姨户口濮阳，在临淄给人看孩子，住主家。我在临淄城里有房，她能不能落我户上"))
    assert "kin.together" not in facts


def test_the_only_one_there_is_the_asker() -> None:
    assert reading_of("大姑户口濮阳，想落临淄，这边就我一个侄女，没别人").person == "other"


def test_a_husband_registered_elsewhere_is_nobody_to_follow_here() -> None:
    reading = reading_of("儿媳妇想跟我落，我在临淄村里，她户口在高青，儿子户口也在高青，他俩跟我住一个院")
    assert told(reading)["kin.relation"] == _only("parent_in_law")


def test_a_spouse_in_a_collective_household_is_followed_and_does_not_move() -> None:
    reading = reading_of("我爱人户口在厂里集体户，我想随她落临淄城里，我户口青州")
    assert (reading.person or "self") == "self"
    assert told(reading)["kin.relation"] == _only("spouse")


def test_a_register_to_be_put_into_a_relatives_home_names_that_relative() -> None:
    reading = reading_of("我户口邹平，想把户口落在岳父家，岳父在临淄城里，媳妇户口也在邹平")
    assert told(reading)["kin.relation"] == _only("parent_in_law")
