"""Who moves where the wish is told of a kind of relative, of somebody who only lends a home, or in what others say."""

from __future__ import annotations

import pytest
from telling import YES, at, read_of, reading_of

from bot.eligibility.values import Choice

_HOME, _TIANJIN = "山东省/淄博市/临淄区", "天津市"
PARENT, OWNED, BORROWED = Choice(frozenset({"parent"})), Choice(frozenset({"owned"})), Choice(frozenset({"borrowed"}))


@pytest.mark.parametrize(
    "asks", ["嫁出去的闺女还能把户口迁到爸妈那儿吗", "出嫁的女儿能落回爸妈那不", "离了婚的闺女能跟爸妈落户吧", "已婚的女儿能投靠爸妈吗"]
)
def test_a_kind_of_child_that_asks_is_the_asker(asks: str) -> None:
    facts = read_of(f"我户口在天津，爸妈在临淄稷下街道的楼房里，俩人户口都在那个房子上。{asks}")
    assert facts["kin.relation"] == PARENT
    assert facts["kin.hukou_here"] == YES
    assert facts["hukou.place"] == at(_TIANJIN)


def test_a_daughter_of_the_askers_is_not_the_asker() -> None:
    facts = read_of("我和老伴户口在临淄稷下街道，我家离了婚的闺女户口在天津，能跟我们落户吧", "child")
    assert facts["kin.relation"] == PARENT


@pytest.mark.parametrize("lends", ["住朋友空着的房子，高中毕业", "住临淄城区表姐空着的房里", "战友有空房在临淄城区，让我白住"])
def test_whoever_lends_a_home_is_not_who_moves(lends: str) -> None:
    facts = read_of(f"我户口在天津，没工作，{lends}。我能落临淄不")
    assert facts["housing.kind"] == BORROWED
    assert facts["hukou.place"] == at(_TIANJIN)


@pytest.mark.parametrize("refuses", ["他不让在他房上落户口", "落户他不愿意", "落户口的事他死活不同意"])
def test_who_refuses_a_register_wishes_none(refuses: str) -> None:
    facts = read_of(f"我户口在天津，借住战友在临淄城区的房，{refuses}。我能不能在临淄落户")
    assert facts["hukou.place"] == at(_TIANJIN)


@pytest.mark.parametrize("says", ["大伙儿说儿媳不能投靠公婆", "以前问说兄弟姐妹不能投靠"])
def test_what_others_say_is_nobodys_wish(says: str) -> None:
    reading = reading_of(f"我户口在天津，我在临淄城里上班。{says}，我能落不")
    assert reading.person in (None, "self")


def test_a_home_left_by_who_died_in_a_season_is_inherited() -> None:
    facts = read_of("我妈今年春天走了，留给我一套临淄城区的楼房，继承公证书办完了，还没去过户。我户口在天津")
    assert facts["housing.kind"] == Choice(frozenset({"inherited"}))
    assert "kin.relation" not in facts


def test_a_landlord_registered_elsewhere_leaves_the_home_empty() -> None:
    facts = read_of("我租的临淄城区的房，房东大姐同意，她自己家户口都在别处，派出所查过这房子上一个户口也没有，我户口天津")
    assert facts["rent.register_empty"] == YES


@pytest.mark.parametrize("said", ["有人说公租房是临时的不算数", "窗口说公租房不算，对吗"])
def test_what_others_deny_is_not_taken_back(said: str) -> None:
    assert reading_of(f"我住的是临淄城区的公租房，{said}，我户口天津").retracted == ()


def test_a_barber_with_a_licence_works_for_himself() -> None:
    facts = read_of("本人理发师，在临淄稷下街道有间独立沿街门头，自己的营业执照办了两年多，户口在天津")
    assert facts["work.status"] == Choice(frozenset({"self_employed"}))
    assert facts["premises.place"] == at(f"{_HOME}/稷下街道")
