"""Work refused, wished for, lost or promised, and insurance, schooling and registers told beside it in passing words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.eligibility.values import Choice, Places, Value
from bot.policy.load import load_vocabulary
from bot.reading.reader import read
from bot.reading.text.ticks import without_ticks

AS_OF = date(2026, 11, 22)
LIAOCHENG, LINZI = "山东省/聊城市", "山东省/淄博市/临淄区"
VOCABULARY = load_vocabulary()
_YES, _NO = Choice(frozenset({"yes"})), Choice(frozenset({"no"}))


def _facts(text: str, home: str = LINZI) -> dict[str, Value]:
    return {found.fact: found.value for found in read(text, as_of=AS_OF, home=home, vocabulary=VOCABULARY).facts}


def _one(value: str) -> Choice:
    return Choice(frozenset({value}))


@pytest.mark.parametrize(
    "text",
    [
        "大专学历，我不可能去那边打工，户口威海",
        "大专学历，去临淄打工那是不可能的",
        "大专学历，去临淄干活或者创业都没可能",
        "本科，人不过来上班也不过来创业",
        "本科，哪能去临淄打工，我在上海干得好好的",
        "本科，活我不去那边找",
        "本科，没有来临淄就业的念头",
        "本科，往后也不会再出来做活",
        "单位没有，也不去找",
        "俺爹跟前离不开人，这两年没想过打工",
    ],
)
def test_who_will_not_work_there_is_understood(text: str) -> None:
    assert _facts(text)["intent.work"] == _NO


@pytest.mark.parametrize(
    "text",
    [
        "我不可能不去临淄打工",
        "他说去临淄打工不可能落户",
        "去临淄打工可能得明年",
        "没打工没做生意也没想好",
        "干防水的，有活就干没活就歇着",
    ],
)
def test_no_refusal_is_read_from_other_words(text: str) -> None:
    assert _facts(text).get("intent.work") != _NO


@pytest.mark.parametrize(
    "text",
    [
        "在烟台当老师，有个念头是去临淄办日语班",
        "大专还差一年，认准了留临淄开铣床",
        "本科，心里惦着回临淄开个小饭店",
        "本科，动了来临淄办厂的念头",
        "一级建造师，那边好几家公司争着要，去我是愿意去的",
    ],
)
def test_a_wish_to_work_there_is_understood(text: str) -> None:
    facts = _facts(text)
    assert facts["intent.work"] == _YES
    assert facts.get("work.status") != _one("self_employed")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("房子没租，班也没上过", "none"),
        ("威海户口，本地无工作", "none"),
        ("去年回了菏泽，如今在家里耕地", "none"),
        ("裸辞了，在聊城租房住", "none"),
        ("投了好多家没一家要的", "none"),
        ("羊也养在村里", "self_employed"),
        ("铺子干了三年了，执照是我的", "self_employed"),
        ("大专大三，在聊城一家做直播的公司顶岗", "intern"),
        ("造纸厂新人，合同一签两年", "formal"),
        ("代课的，年年签一次合同，在聊城教书", "formal"),
        ("做装修的，没活就在家歇着", "flexible"),
    ],
)
def test_work_is_what_the_words_say(text: str, status: str) -> None:
    assert _facts(text, LIAOCHENG)["work.status"] == _one(status)


@pytest.mark.parametrize(
    "text",
    [
        "张店的房能当临淄的用不",
        "我哥是铝厂员工，我户口德州",
        "无业主同意书，租的房",
        "单位无宿舍",
        "招聘员工的公司",
        "保租房，跟园区的运营公司签的",
    ],
)
def test_no_work_is_read_from_other_words(text: str) -> None:
    assert "work.status" not in _facts(text)


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("在纸厂上班，保险厂里负责", _YES),
        ("以前在苏州打零工一直没交过社保，今年进了厂，社保从五月开始交的", _YES),
        ("合同和社保都转到临淄了", _YES),
        ("没上班，社保也没有单位给交", _NO),
        ("在超市收银，社保试用期过了再交", _NO),
    ],
)
def test_whether_insurance_is_paid(text: str, paid: Choice) -> None:
    assert _facts(text)["insurance.paid"] == paid


@pytest.mark.parametrize("text", ["社保由单位负责吗", "社保转到聊城要多久", "户口和社保要在一起吗", "社保要满一年"])
def test_no_insurance_is_read_from_a_question(text: str) -> None:
    assert "insurance.paid" not in _facts(text, LIAOCHENG)


def test_insurance_lies_where_the_register_or_the_work_is() -> None:
    assert _facts("我社保跟户口都在菏泽", LIAOCHENG)["insurance.place"] == Places(frozenset({"山东省/菏泽市"}))
    told = _facts("每天去河北大名的厂里上班，社保也交在那边", LIAOCHENG)
    assert told["insurance.place"] == Places(frozenset({"河北省/邯郸市/大名县"}))


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("书没念过，户口青岛", "education.level", _one("none")),
        ("学历小学，户口青岛", "education.level", _one("none")),
        ("大学没上过，户口青岛", "education.level", Choice(frozenset({"none", "junior", "senior", "vocational"}))),
        ("硕士念到第二年，毕业得到明年", "education.status", _one("enrolled")),
        ("初中文化。职称、技能证、留学，样样没有", "returnee", _NO),
        ("初中文化。职称、技能证、留学，样样没有", "skill.certificate", _one("none")),
        ("技能证书一本没有", "skill.certificate", _one("none")),
        ("没文凭但有二级建造师和七级焊工", "skill.certificate", Choice(frozenset({"qualification"}))),
        ("兵也没当过，户口青岛", "veteran", _NO),
        ("自己应聘的，跟组织派没一点关系", "rural.dispatched", _NO),
        ("驻村队员算不算选派到村的？单位没派我", "rural.dispatched", _NO),
        ("媳妇在单位集体户，我不在", "collective.member", _NO),
        ("兄弟俩都在厂里集体户", "collective.member", _YES),
        ("我婆婆守了半辈子寡，想投靠我", "marital", _one("widowed")),
        ("我成家七年了", "marital", _one("married")),
    ],
)
def test_facts_in_passing_words(text: str, fact: str, value: Value) -> None:
    assert _facts(text)[fact] == value


@pytest.mark.parametrize(
    ("text", "fact", "path"),
    [
        ("我本来是桓台村里的，后来户口进了城", "origin.place", "山东省/淄博市/桓台县"),
        ("我是沂源农村出来的，户口早进城了，宅基地还在", "origin.place", "山东省/淄博市/沂源县"),
        ("沂南户口迁临淄行不？城区买的房", "hukou.place", "山东省/临沂市/沂南县"),
        ("之前在烟台干活，去年跑回来了，户口还留在那", "hukou.place", "山东省/烟台市"),
        ("单县人，菏泽的单县，在临淄租房", "hukou.place", "山东省/菏泽市/单县"),
    ],
)
def test_where_one_comes_from(text: str, fact: str, path: str) -> None:
    assert _facts(text)[fact] == Places(frozenset({path}))


def test_a_move_that_is_only_asked_about_has_not_been_made() -> None:
    assert "origin.moved" not in _facts("户口从村里迁到县城，地会不会收走？")
    assert _facts("户口从村里迁到县城了，地会不会收走？")["origin.moved"] == _one("settled")


@pytest.mark.parametrize(
    ("text", "read_as"),
    [("备案×", "备案无"), ("社保√,证书0", "社保有,证书无"), ("某××公司", "某××公司"), ("合同×2份", "合同×2份"), ("押金500", "押金500")],
)
def test_ticks_and_crosses_are_words(text: str, read_as: str) -> None:
    assert without_ticks(text) == read_as
