"""What is noted in a word or two: registers by their place, ages by their number, what is told by calling, papers by what they say."""

from __future__ import annotations

import pytest
from telling import NO, YES, at, read_of, reading_of

from bot.eligibility.values import Choice, Places, Value
from bot.reading.notes import retold
from bot.reading.text.normalise import normalise

_HERE, _XINDIAN = "山东省/淄博市/临淄区", "山东省/淄博市/临淄区/辛店街道"
OWNED, NONE = Choice(frozenset({"owned"})), Choice(frozenset({"none"}))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("濮阳户 辛店自有房", "户口在濮阳,辛店自有房"),
        ("市民周村户，临淄城区上班", "市民户口在周村,临淄城区上班"),
        ("外地户口 临淄租房", "户口在外地,临淄租房"),
        ("个体户 执照三年", "个体户,执照三年"),
        ("农业户 无房", "农业户,无房"),
        ("空挂户 房东同意", "空挂户,房东同意"),
    ],
)
def test_a_register_is_noted_by_its_place(text: str, plain: str) -> None:
    assert retold(normalise(text)).plain == plain


@pytest.mark.parametrize("noted", ["濮阳户", "濮阳户口", "来电人濮阳户"])
@pytest.mark.parametrize(
    ("rest", "fact"), [("辛店自有房", "housing.place"), ("辛店厂里上班", "work.place"), ("辛店租房 房东同意", "housing.place")]
)
def test_the_register_noted_is_not_where_the_home_or_the_work_is(noted: str, rest: str, fact: str) -> None:
    facts = read_of(f"{noted} {rest}")
    assert facts["hukou.place"] == at("河南省/濮阳市")
    assert facts[fact] == at(_XINDIAN)


@pytest.mark.parametrize(
    ("mover", "goal", "relation"), [("弟弟", "姐姐", "sibling"), ("孙女", "爷爷", "grandparent"), ("儿子", "父亲", "parent")]
)
def test_of_two_relatives_noted_the_first_is_the_one_who_moves(mover: str, goal: str, relation: str) -> None:
    facts = read_of(f"沧州户口 {mover}投靠{goal} {goal}在辛店城区")
    assert facts["hukou.place"] == at("河北省/沧州市")
    assert facts["kin.relation"] == Choice(frozenset({relation}))
    assert facts["kin.place"] == at(_XINDIAN)


@pytest.mark.parametrize(("age", "adult"), [("17", NO), ("十六", NO), ("26", YES), ("三十一", YES)])
@pytest.mark.parametrize(
    "told", ["我儿子{} 他户口在临淄村里 我想投靠他", "我想投靠我儿子 他{} 户口在临淄村里", "儿{} 户口在临淄村里 俺想落到儿那村"]
)
def test_a_bare_number_behind_a_child_is_an_age(told: str, age: str, adult: Value) -> None:
    assert read_of(told.format(age))["kin.adult"] == adult


@pytest.mark.parametrize("text", ["我是护士，没找单位，户口濮阳", "厨师，工作还没着落，户口濮阳", "我河南的 有中级职称 没工作"])
def test_a_calling_or_a_title_is_no_work(text: str) -> None:
    facts = read_of(text)
    assert facts["work.status"] == NONE
    assert facts.get("title.level", Choice(frozenset({"mid"}))) == Choice(frozenset({"mid"}))


def test_one_who_works_as_what_they_are_has_work() -> None:
    assert read_of("我是护士，在临淄城区医院上班，户口濮阳")["work.status"] != NONE


@pytest.mark.parametrize("text", ["无城区社保", "没有城区社保", "缺城区社保证明"])
def test_insurance_denied_in_one_place_may_be_had_in_another(text: str) -> None:
    facts = read_of(f"我在临淄租房，{text}")
    assert "insurance.paid" not in facts
    assert facts["insurance.place"] == Places(frozenset({""}), frozenset({_HERE}))


@pytest.mark.parametrize("buys", ["房子是我爸买的", "楼我爸买的有证", "房子我爸全款买的"])
def test_whose_a_home_is_that_somebody_bought(buys: str) -> None:
    facts = read_of(f"{buys}，在临淄城区，我户口濮阳，想落我爸那")
    assert facts["kin.housing"] == OWNED
    assert facts.get("housing.kind") != OWNED


def test_trial_that_is_over_is_work_for_good() -> None:
    facts = read_of("让临淄一家化工厂录了，合同签了社保单位上着，试用期早过了，户口濮阳")
    assert facts["work.status"] == Choice(frozenset({"formal"}))


def test_remote_work_spoken_of_again_is_the_same_work() -> None:
    facts = read_of("给上海一家公司做线上客服，在家干活，人在临淄城里，户口濮阳。就凭人在这干活，能落吗")
    assert facts["work.status"] == Choice(frozenset({"remote"}))


def test_whether_it_will_do_is_no_refusal_of_the_landlords() -> None:
    facts = read_of("临淄城区租的房，房东说落户随便，没意见，户口濮阳。租房落户成不成")
    assert facts["rent.owner_consent"] == YES


def test_a_landlord_who_agrees_in_the_next_clause_agrees() -> None:
    facts = read_of("我租的闻韶街道的房，房东大哥人实在，答应我把户口落他房上，我户口濮阳")
    assert facts["rent.owner_consent"] == YES


@pytest.mark.parametrize("says", ["屋内有前租户户口", "房里有原房东户口", "房上有上一任租客的户口"])
def test_the_register_of_the_people_before_is_on_the_home(says: str) -> None:
    assert read_of(f"我租的辛店的房，房东同意，{says}")["rent.register_empty"] == NO


@pytest.mark.parametrize("says", ["十年前把户口落到青岛亲戚那了", "户口十年前落到青岛单位了", "户口当年迁到青岛学校了"])
def test_where_a_register_once_went_is_where_it_is(says: str) -> None:
    assert read_of(f"我{says}，想迁回临淄")["hukou.place"] == at("山东省/青岛市")


@pytest.mark.parametrize("says", ["户口也在那里", "户口在那里", "户口也在那"])
def test_a_register_there_is_where_the_home_is(says: str) -> None:
    assert read_of(f"我孙女在临淄城里有房，{says}，我户口濮阳，想投靠她")["kin.hukou_here"] == YES


@pytest.mark.parametrize("asks", ["能落她那不", "我能落她名下吗", "我可以投靠她不"])
def test_nobody_asks_to_be_settled_with_themselves(asks: str) -> None:
    facts = read_of(f"我姐在临淄城里有房{asks}")
    assert facts["kin.relation"] == Choice(frozenset({"sibling"}))
    assert facts["kin.housing"] == OWNED


@pytest.mark.parametrize("wants", ["我妈想来", "我妈想落过来", "俺老娘的户口能来不", "我爸妈也想迁过来"])
def test_a_relative_who_wants_to_come_to_a_home_told_of_comes_to_the_asker(wants: str) -> None:
    facts = read_of(f"我在临淄城里有房，{wants}", "parent")
    assert facts["kin.relation"] == Choice(frozenset({"child"}))


def test_who_comes_to_stay_for_some_days_moves_no_register() -> None:
    assert reading_of("我在临淄城里有房，我妈想来住几天").person in (None, "self")


def test_who_is_named_afterwards_is_not_who_was_asked_for() -> None:
    facts = read_of("投靠老丈人落户行不，老丈人临淄城里有房，俺跟他住，媳妇户口还在外地")
    assert facts["kin.relation"] == Choice(frozenset({"parent_in_law"}))
