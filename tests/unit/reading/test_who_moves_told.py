"""Who moves where no word says so: who has what is asked for, whose child, whose hands; and what a later word leaves of an earlier one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.world import load_world
from bot.eligibility.values import Choice, Places
from bot.reading.place.destinations import jurisdictions_named
from bot.reading.reader import Reading, read

_HOMES = {"liaocheng": "山东省/聊城市", "linzi": "山东省/淄博市/临淄区"}


def _read(text: str, home: str = "linzi") -> Reading:
    return read(text, as_of=date(2026, 11, 27), home=_HOMES[home], vocabulary=load_world().vocabulary)


def _told(reading: Reading) -> dict[str, object]:
    return {f.fact: set(f.value.values) if isinstance(f.value, Choice) else f.value for f in reading.facts}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("堂姐在临淄城里租的楼，房东答应，按租房这条能落吗", "other"),
        ("公公在临淄城里买了套楼有本，户口博山，想从村里迁到新楼上，可以不", "parent_in_law"),
        ("老婆的厂在张店，我们住临淄，她按就业落户这条落临淄，行吧", "spouse"),
        ("我二姐家闺女读大专，想来临淄上班，能先落吗", "other"),
        ("邻居家孩子中专毕业，想来临淄找活，能落吗", "other"),
        ("我店里的学徒想落临淄城里，他在镇上租的房，房东同意，行不", "other"),
        ("带的徒弟有电工证，户口在菏泽，在临淄公司上班，能落吗", "other"),
        ("老人投靠孙子有这说法吗，我姥户口在桓台，我在临淄城里有房有户口", "grandparent"),
        ("孙女她爹妈在外地，孩子跟着我这个姥姥住临淄城里，按随迁随我落行不", "grandchild"),
    ],
)
def test_who_moves(text: str, person: str) -> None:
    assert _read(text).person == person


def test_the_asker_who_asks_for_himself_is_the_one_to_move() -> None:
    assert _read("爸妈在临淄城里有房，按有房这条我能落吗").person == "self"


def test_one_who_works_there_as_a_hand_is_no_hand_of_the_askers() -> None:
    assert _read("我是临淄一个厂里的员工，租房住，能落户吗").person in ("self", None)


def test_a_later_marriage_outlasts_the_divorce_told_again() -> None:
    told = _told(_read("闺女早先离了，前年又嫁了人，跟我住高唐县城，房是我的，她离过婚，能落我这吗", "liaocheng"))
    assert told["marital"] == {"married"}


def test_who_was_married_and_divorced_is_divorced() -> None:
    assert _told(_read("我闺女结过婚也离过，跟我住县城我的房，能落吗", "liaocheng"))["marital"] == {"divorced"}


def test_a_certificate_withheld_is_none() -> None:
    told = _told(_read("我住廉租房，《廉租住房租赁证》到现在没给办，能落吗", "liaocheng"))
    assert told["public.certificate"] == {"none"}


def test_a_home_is_where_the_register_is_wanted_on_it() -> None:
    told = _told(_read("购房合同签了，明年三月交房，想把户口办到莘县县城那楼上", "liaocheng"))
    assert told["housing.place"] == Places(frozenset({"山东省/聊城市/莘县"}))
    assert told["housing.area"] == {"urban"}
    assert "work.status" not in told


def test_signing_a_purchase_is_no_job() -> None:
    assert "work.status" not in _told(_read("上周把买房合同正式签了，明年交房", "liaocheng"))


def test_nobody_of_the_family_in_the_collective_household() -> None:
    told = _told(_read("我户口在临淄公司集体户，老婆孩子没一个在这集体户上，能单领户口簿吗"))
    assert told["collective.family"] == {"no"}


def test_the_asker_as_the_only_relative() -> None:
    assert _told(_read("替我堂妹问，她外省的，临淄亲戚就我这么一个堂哥，能落吗"))["kin.relation"] == {"other"}


def test_a_frail_elder_is_why_the_asker_wants_back() -> None:
    assert _told(_read("我技校毕业，爹娘岁数大了，想回临淄找份工"))["intent.work"] == {"yes"}


def test_a_register_left_lying_somewhere_is_no_place_asked_for() -> None:
    assert jurisdictions_named("户口还撂在潍坊集体户", _HOMES) == []


@pytest.mark.parametrize(
    "text",
    [
        "在临清买了楼，娃明年上一年级，想把户口落过来",
        "高唐县城买的期房，孩子九月报名愁得我睡不着，户口能先迁来吗",
        "冠县城里买了房，为了闺女上学，想把户口迁过来",
        "在临清有房，儿子小升初等着用，能不能把户口迁来",
        "莘县县城有楼，娃等着入园，户口能迁进来不",
    ],
)
def test_a_childs_school_is_why_the_asker_comes(text: str) -> None:
    reading = _read(text, "liaocheng")
    assert reading.person in ("self", None)
    assert any(f.fact == "housing.kind" for f in reading.facts)


@pytest.mark.parametrize(
    "text",
    [
        "在临清买了楼，娃明年上一年级，想把娃户口落过来",
        "娃户口在外省，九月上学，能把他迁到我临清的楼上不",
        "我户口在临清也有房，闺女户口在冠县，九月上学，想把她户口迁来",
    ],
)
def test_a_child_whose_register_is_named_moves(text: str) -> None:
    assert _read(text, "liaocheng").person == "child"


def test_where_somebody_came_back_to_is_where_the_home_is() -> None:
    told = _told(_read("退伍回来在冠县城里落了脚，住的廉租房", "liaocheng"))
    assert told["housing.area"] == {"urban"}


def test_a_family_away_and_nothing_here_is_nobody_to_follow() -> None:
    told = _told(_read("我们全家都在无锡打工，聊城那边没房没活干，户口能迁去不", "liaocheng"))
    assert told["kin.place"] == Places(frozenset({"江苏省/无锡市"}))


def test_a_lease_of_a_shop_is_none_of_a_home() -> None:
    told = _told(_read("执照前年六月办的我名，门头房独立一套，租约签了三年", "liaocheng"))
    assert "housing.kind" not in told
    assert "rent.contract" not in told
    assert told["premises.place"] == Places(frozenset({"山东省/聊城市"}))


def test_a_parents_home_with_its_deed_is_their_own() -> None:
    told = _told(_read("一直跟爸妈住，房子是我妈的有房本，在临清市里", "liaocheng"))
    assert told["kin.housing"] == {"owned"}
    assert told["housing.kind"] == {"borrowed"}
