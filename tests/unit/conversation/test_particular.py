"""What a question about a kind of case is told first: never the yes of a rule that leaves this case out or open."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.particular import particular
from bot.conversation.world import World, load_world
from bot.reading.reader import read

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def lead(world: World, place: str, topic: str, question: str) -> str:
    pack = world.pack(place)
    reading = read(question, as_of=DAY, home=pack.identity.jurisdiction.place, vocabulary=world.vocabulary)
    assert reading.facts == () or reading.supposed == ()
    said = particular(world, pack, pack.topics[topic], reading.supposed or reading.facts, DAY)
    assert all(s.cites for s in said)
    return "".join(s.text for s in said)


@pytest.mark.parametrize("place, topic, question, first", [
    ("liaocheng", "buy_house", "小产权房能落户吗", "您这种住处算不算，请向受理机关确认"),
    ("liaocheng", "buy_house", "二手房还没过户能先落户吗", "您这种住处算不算，请向受理机关确认"),
    ("liaocheng", "buy_house", "住宿舍能落户吗", "您这种住处算不算，请向受理机关确认"),
    ("liaocheng", "buy_house", "自建房能落户吗", "您这种住处算不算，请向受理机关确认"),
    ("liaocheng", "buy_house", "没房本的房子能落户吗", "您这种住处算不算，请向受理机关确认"),
    ("liaocheng", "buy_house", "写字楼能落户吗", "不符合，因为它要求：有合法稳定住所"),
    ("linzi", "buy_house", "门面房能不能落户", "不符合，因为它要求：拥有合法权属来源的城镇居民住宅或公寓"),
    ("linzi", "rent_settle", "宿舍能落户吗", "方案要求产权人同意"),
    ("liaocheng", "rent_settle", "合租一间能落户吗", "合租一间或别的房子算不算没有写"),
    ("liaocheng", "rent_settle", "租房没做备案能落户吗", "不符合，因为它要求：有房产部门出具的租赁登记备案证明"),
    ("liaocheng", "business_license", "执照不满一年能落户吗", "不符合，因为它要求：办理营业证照满一年"),
    ("liaocheng", "presale", "离交房还有八个月能先落户吗", "不符合，因为它要求：离合同约定的交房日期不超过半年"),
    ("linzi", "rent_settle", "房东不同意能落户吗", "不符合，因为它要求：房屋产权人同意"),
    ("linzi", "graduate", "高中毕业能落户吗", "光凭这一点还不够，这条写的是：普通高校、中职或技校"),
])
def test_the_case_left_out_is_said_first(world: World, place: str, topic: str, question: str, first: str) -> None:
    assert first in lead(world, place, topic, question)


@pytest.mark.parametrize("place, topic, question", [
    ("liaocheng", "buy_house", "买房能落户吗"),
    ("liaocheng", "rent_settle", "租房能落户吗"),
    ("liaocheng", "presale", "期房能落户吗"),
    ("liaocheng", "presale", "离交房还有三个月能先落户吗"),
    ("liaocheng", "business_license", "执照满两年能落户吗"),
    ("linzi", "buy_house", "自建房能落户吗"),
    ("linzi", "graduate", "大专毕业能落户吗"),
    ("linzi", "rent_settle", "房东同意能落户吗"),
    ("linzi", "talent", "退休了能按人才落户吗"),
    ("linzi", "general_conditions", "没房能落户吗"),
])
def test_a_case_the_rule_takes_in_or_does_not_look_at_has_no_lead(world: World, place: str, topic: str, question: str) -> None:
    assert lead(world, place, topic, question) == ""
