"""What a message is about once the place is known, and once the words decide against the classifier."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.narrowing import in_village, of_relation
from bot.conversation.subject import Subject, subject
from bot.conversation.where import Where
from bot.conversation.world import Heard, World, load_world
from bot.reading.reader import read

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def about(world: World, text: str, heard_as: str, **luohu: object) -> Subject:
    intent, _, label = heard_as.partition("/")
    known = {"topic": label if intent == "ask" else None, "matter": label if intent != "ask" else None, "confidence": 0.3}
    found = Heard(text, intent, DAY, {**known, "ranking": [[heard_as, 0.3]], **luohu}, {"jurisdiction": "liaocheng"})
    return subject(world, found, Where("liaocheng"))


def test_the_papers_of_another_matter_are_none_of_settling(world: World) -> None:
    beside = ["out_of_scope/driving", 0.5]
    assert about(world, "电动车上牌照带哪些证件", "ask/materials", beside=beside).matter == "driving"
    assert about(world, "上完牌照落户带哪些证件", "ask/materials", beside=beside).matter is None
    assert about(world, "带哪些证件", "ask/materials", beside=["out_of_scope/driving", 0.2]).matter is None


@pytest.mark.parametrize(("text", "heard_as", "topic"), [
    ("住宿舍能落户吗", "ask/housing_security", "buy_house"),
    ("网约车司机能落户吗", "ask/housing_fund", "employment"),
    ("买房后多久可以落户", "ask/presale", "buy_house"),
    ("租房能落户吗", "ask/rent_settle", "rent_settle"),
])
def test_what_is_supposed_decides_the_topic(world: World, text: str, heard_as: str, topic: str) -> None:
    assert about(world, text, heard_as).topic == topic


@pytest.mark.parametrize(("text", "heard_as", "topic"), [
    ("文件上写的近亲属都有谁", "ask/document", "family_follow"),
    ("单位福利楼能认定成稳定住所么", "ask/local_rules", "buy_house"),
    ("车库改的小店够得上经营场所的要求么，算不算", "out_of_scope/business_registration", "business_license"),
    ("生活基础是什么意思", "ask/land_rights", "return_to_village"),
])
def test_a_word_of_the_documents_is_asked_about(world: World, text: str, heard_as: str, topic: str) -> None:
    assert about(world, text, heard_as) == Subject(topic)


def test_a_word_of_the_documents_in_passing_decides_nothing(world: World) -> None:
    assert about(world, "近亲属去世了怎么销户", "out_of_scope/death_cancel").matter == "death_cancel"
    assert about(world, "近亲属都有谁", "ask/kin_sibling", confidence=0.6).topic == "kin_sibling"


@pytest.mark.parametrize(("text", "heard_as", "matter"), [
    ("楼盘烂尾了找谁说理", "ask/presale", "property_deed"),
    ("办个营业执照要跑几趟", "ask/business_license", "business_registration"),
    ("高级工能拿几百补贴", "ask/skill", "talent_subsidy"),
    ("公寓的物业费怎么算", "ask/buy_house", "utilities"),
])
def test_a_neighbouring_matter_is_named(world: World, text: str, heard_as: str, matter: str) -> None:
    assert about(world, text, heard_as, confidence=0.95).matter == matter


def test_a_neighbouring_word_beside_a_register_decides_nothing(world: World) -> None:
    assert about(world, "办个营业执照就能落户吗", "ask/business_license", confidence=0.95).topic == "business_license"
    assert about(world, "楼盘烂尾了户口还能迁吗", "ask/presale", confidence=0.95).topic == "presale"


def test_a_tenant_asks_of_the_way_and_no_landlord_does(world: World) -> None:
    tenant = "在小区租房,以前那家租户的户口还挂着,我想落进去行吗"
    assert about(world, tenant, "out_of_scope/occupant_hukou", confidence=0.95) == Subject("rent_settle")
    assert about(world, "我家楼出租了,房客户口赖着不挪", "out_of_scope/occupant_hukou").matter == "occupant_hukou"


def test_months_of_insurance_are_those_of_the_way_named(world: World) -> None:
    assert about(world, "租房想落户，保险得缴够几个月", "ask/social_insurance").topic == "rent_settle"
    assert about(world, "想落户，保险得缴够几个月", "ask/social_insurance").topic == "social_insurance"


@pytest.mark.parametrize(("text", "heard_as", "topic"), [
    ("俺爹户口早落临淄了,想让俺娘跟俺爹,俺娘户口河南", "kin_parent_to_child", "kin_spouse"),
    ("我户口河南,想投靠我姐,我姐户口临淄", "kin_child_to_parent", "kin_sibling"),
    ("我户口河南,想投靠我姐,我姐户口临淄", "rent_settle", "rent_settle"),
    ("投靠要什么材料", "kin_spouse", "kin_spouse"),
])
def test_a_case_is_about_the_pair_it_tells_of(world: World, text: str, heard_as: str, topic: str) -> None:
    pack = world.pack("linzi")
    reading = read(text, as_of=DAY, home=pack.identity.jurisdiction.place, vocabulary=world.vocabulary)
    assert of_relation(world, Subject(heard_as), reading, pack).topic == topic


@pytest.mark.parametrize(("text", "topic"), [
    ("早年户口迁到城里了，现在想迁回老家村里", "return_to_village"),
    ("我年轻时落到县城，老了想把户口挪回庄上", "return_to_village"),
    ("农村户口想迁到城里", "general_conditions"),
    ("户口想从老家村里转到市区", "general_conditions"),
])
def test_a_way_back_is_meant_though_a_town_is_named(world: World, text: str, topic: str) -> None:
    assert about(world, text, "ask/return_to_village", confidence=0.95).topic == topic


@pytest.mark.parametrize(("jurisdiction", "topic"), [("liaocheng", "return_to_village"), ("linzi", "student")])
def test_where_no_way_leads_to_a_village_that_is_the_answer(world: World, jurisdiction: str, topic: str) -> None:
    text = "读大学户口迁去外地了，毕业想把户口迁回老家村里"
    pack = world.pack(jurisdiction)
    reading = read(text, as_of=DAY, home=pack.identity.jurisdiction.place, vocabulary=world.vocabulary)
    heard = Heard(text, "ask", DAY, {"topic": "student", "confidence": 0.9, "ranking": []}, {"jurisdiction": jurisdiction})
    assert in_village(world, Subject("student"), heard, reading, pack).topic == topic
