"""Words of the documents that are asked about, and words of matters beside them."""

from __future__ import annotations

import pytest

from bot.policy.load import load_vocabulary
from bot.reading.text.cues import cue
from bot.reading.text.terms import asks_as_a_landlord, asks_as_a_tenant, neighbour_named, term_asked, way_counted


@pytest.mark.parametrize(("text", "topic"), [
    ("近亲属里有没有姑舅,范围到哪", "family_follow"),
    ("借住的屋子算稳定住所不", "buy_house"),
    ("跑网约车属于稳定就业吗", "employment"),
    ("仓库隔出来的门市够不够经营场所", "business_license"),
])
def test_what_a_word_takes_in(text: str, topic: str) -> None:
    assert term_asked(text) == topic


def test_a_word_that_is_not_asked_about() -> None:
    assert term_asked("近亲属在这边。医保算谁管") is None


@pytest.mark.parametrize(("text", "matter"), [
    ("开发商逾期交房", "property_deed"),
    ("技师的津贴标准", "talent_subsidy"),
    ("老板拖欠俺半年", "work_injury"),
    ("我在楼下办了执照开着店", None),
])
def test_a_matter_beside_the_documents(text: str, matter: str | None) -> None:
    assert neighbour_named(text) == matter


def test_every_name_is_one_of_the_vocabulary() -> None:
    vocabulary = load_vocabulary()
    assert set(cue("terms.of").groupindex) <= set(vocabulary.topics)
    assert set(cue("terms.neighbour").groupindex) <= set(vocabulary.matters)


@pytest.mark.parametrize(("text", "tenant"), [
    ("我租的两居里头有上一户的户口,还能落进去不", True),
    ("想落到承租的小区房,里面有人户口占着", True),
    ("租着一套房,房东闺女的户口在里面,能落户吗", True),
    ("我把楼出租了,房客的户口落进来不挪走", False),
    ("租给他半年,他非要落我房上", False),
    ("买的房里卖家的户口没走,能落吗", False),
])
def test_a_tenant_and_no_landlord_asks_to_register(text: str, tenant: bool) -> None:
    assert asks_as_a_tenant(text) is tenant


@pytest.mark.parametrize(("text", "owner"), [
    ("租户要落我这房上,非得我签字吗", True),
    ("我是房东,租户要落户我不点头行不", True),
    ("我租的房想落户,房东得签字吗", False),
])
def test_an_owner_asks_if_the_word_is_needed(text: str, owner: bool) -> None:
    assert asks_as_a_landlord(text) is owner


def test_the_way_beside_what_is_counted() -> None:
    assert way_counted("整租的楼想落户,保险要缴多少个月") == "rent_settle"
    assert way_counted("房子出租了,保险要缴多少个月") is None
    assert set(cue("terms.way_counted").groupindex) <= set(load_vocabulary().topics)
