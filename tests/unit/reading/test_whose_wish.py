"""Whose wish it is where others are named in the same breath: taken back, asked for alone, only spoken to, or only somebody's word."""

from __future__ import annotations

import pytest
from telling import YES, at, reading_of
from telling import told as told_by

from bot.eligibility.values import Choice

_LIAOCHENG = "山东省/聊城市"


def _one(value: str) -> Choice:
    return Choice(frozenset({value}))


@pytest.mark.parametrize(
    ("text", "person", "relation"),
    [
        # whom one wanted to go to and does not any more
        ("先前想投奔我表哥，人说表亲不算，现在不投他了，改跟我姐落，我姐户口在临淄城里", "self", "sibling"),
        ("我本来要投靠婆婆，想了想不靠婆婆了，直接随我老公落，他户口在临淄城里", "self", "spouse"),
        ("我想投靠我妈，不想随我爸，我妈户口在临淄城里", "self", "parent"),
        # who alone is asked about
        ("我和俺哥户口都在临淄城里。妹妹一家的先放放，就问俺爹一个人，他户口在沂源，能落俺名下吗", "parent", "child"),
        ("我户口在临淄城里。孩子们先不办，这回光办我媳妇的户口，她是沂源的，能落我这不", "spouse", "spouse"),
        # nobody is asked for who is gone to
        ("小姑子离了婚，户口在沂源，想投靠婆婆，婆婆户口在临淄城里，婆婆点头了，我替她问", "other", "parent"),
        # 那我呢 turns to the asker
        ("老公在临淄城里厂里上班，他说他能自己落，那我呢，能跟着他落吗，我没活干", "self", "spouse"),
        # who is married by a relative, and who only calls somebody so
        ("我儿子讨了媳妇了，户口还在青岛，能迁回临淄城里俺这不", "child", "parent"),
        ("俺弟弟还没娶媳妇，户口在沂源，想投靠俺爹，俺爹户口在临淄城里", "sibling", "parent"),
        ("我七十了，孙女接我来临淄城里住，她户口在这，我户口在沂源。闺女你费心给看看，跟着她落中不", "self", "grandchild"),
        ("我跟我姐在临淄城里住，她户口在这，我户口沂源。公园里跳舞认识的老姐妹说不给落，我能落她那吗", "self", "sibling"),
        ("孙女户口在沂源，跟我住临淄城里，我户口在这。有的说只能随爹妈，有的说爷爷奶奶也收，能落我这不", "grandchild", "grandparent"),
    ],
)
def test_who_moves_and_to_whom(text: str, person: str, relation: str) -> None:
    reading = reading_of(text)
    assert (reading.person or "self") == person
    assert told_by(reading)["kin.relation"] == _one(relation)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("我娶了媳妇，媳妇户口在河南，她能随我落临淄城里不", "spouse"),
        ("我爷爷户口和住处都在济南，他在临淄城里就一个侄子走动，能落户吗", "grandparent"),
        ("我一同学，户口在安徽，在临淄城里租了房，他够条件落户不", "other"),
        ("我开了个饭馆，有个从云南来的小伙子干了一年，签了合同，他户口能落临淄不", "other"),
    ],
)
def test_who_moves(text: str, person: str) -> None:
    assert reading_of(text).person == person


@pytest.mark.parametrize("word", ["我也认", "我也愿意", "我没意见", "俺不嫌"])
def test_the_askers_word_on_it_is_no_goal(word: str) -> None:
    reading = reading_of(f"我在高唐县城开店，孩子在这上学，我户口河南的，落到社区集体户{word}，能办不", _LIAOCHENG)
    told = told_by(reading)
    assert reading.person in ("self", None)
    assert told["hukou.place"] == at("河南省")
    assert told["work.status"] == _one("self_employed")


def test_a_home_takes_the_askers_register() -> None:
    told = told_by(reading_of("大伯立遗嘱把临淄城里的楼留给我了，户口我在枣庄，这房能落我户口吗"))
    assert told["housing.kind"] == _one("inherited")
    assert "kin.relation" not in told


def test_a_workmate_by_name_has_parents_and_a_sister_of_his_own() -> None:
    reading = reading_of("我一个同学小赵，户口在湖北，父母都没管过他。他亲姐在临淄城里有户口，小赵想投奔他姐")
    told = told_by(reading)
    assert reading.person == "other"
    assert told["hukou.place"] == at("湖北省")
    assert told["kin.relation"] == _one("sibling")
    assert told["kin.hukou_here"] == YES


def test_a_register_there_as_well_is_where_both_are_from() -> None:
    told = told_by(reading_of("我跟老公都是安徽界首的，户口也在那，他在临淄城里上班，我能随他落吗"))
    assert told["kin.hukou_here"] == _one("no")


def test_both_of_a_couple_live_in_the_home_of_her_parents() -> None:
    told = told_by(reading_of("我俩领了证，现在一起住临淄城里她爸妈那套楼，我户口菏泽，想投靠媳妇"))
    assert told["kin.together"] == YES


def test_who_was_to_be_married_to_the_dead_is_the_daughter() -> None:
    told = told_by(reading_of("我闺女的对象前年走了，她跟我住临淄城里，户口在夏津，能迁回我这不"))
    assert told["marital"] == _one("widowed")


def test_two_brothers_live_together() -> None:
    told = told_by(reading_of("先把我弟落过来跟我，我们哥俩住一起，我在临淄城里有房"))
    assert told["kin.together"] == YES


def test_who_is_fetched_to_be_looked_after_lives_there() -> None:
    told = told_by(reading_of("外孙女把我接到临淄城里她楼上伺候着，她户口就在这，我能投靠她不"))
    assert told["kin.together"] == YES


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("我户口和人都在济南，在临淄城里就一个表姐来往，那边没房也不去干活，能落过去吗", "other"),
        ("我户口在周村，人没回村住，凤凰镇村里只剩个堂叔，想把户口迁回村", "other"),
        ("我弟媳离了婚，还跟我母亲住临淄城里，我母亲户口在这，弟媳户口在惠民，想投靠婆婆，能办吗", "parent_in_law"),
        ("我在临淄城里打零工，户口甘肃的，要么投靠我姐要么凭干活，哪个行", "sibling"),
    ],
)
def test_whom_one_has_there(text: str, relation: str) -> None:
    assert told_by(reading_of(text))["kin.relation"] == _one(relation)


@pytest.mark.parametrize(
    "text",
    [
        "在齐都镇上摆摊三年了，户口在沂水，想落到镇上好让孩子上学，够得着不",
        "我在临淄城里买了楼，想先把我跟孩子的户口迁过去，孩子他爸不迁",
        "俺两口子连孩子户口都在稷下街道社区的集体户里，能单出一本户口簿不",
    ],
)
def test_a_child_beside_the_asker_is_nobody_to_follow(text: str) -> None:
    reading = reading_of(text)
    assert reading.person in ("self", None)
    assert not any(f.fact == "kin.relation" and f.certainty != "presumed" for f in reading.facts)


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("小姨子在临淄城里买了套公寓，有房产证，公寓能落户不", "other"),
        ("我哥在东昌府城里买的二手房，合同签了还没过户，户口先迁进去行不", "sibling"),
        ("我爸在临淄城里有套楼，这楼能落户吗", None),
    ],
)
def test_whose_home_takes_a_register(text: str, person: str | None) -> None:
    assert reading_of(text).person == person


def test_both_of_a_couple_and_the_child_stand_in_the_collective_household() -> None:
    told = told_by(reading_of("俺两口子连孩子户口都在稷下街道社区的集体户里，能单出一本户口簿不"))
    assert told["collective.member"] == told["collective.family"] == YES


def test_a_hand_works_where_the_firm_is() -> None:
    told = told_by(reading_of("我管厂里人事，厂子在茌平城区。有个从贵州来的小伙，跟我们签了合同，他户口能迁来不", _LIAOCHENG))
    assert told["work.status"] == _one("formal")
    assert told["work.place"] == at("山东省/聊城市/茌平区")


def test_a_child_registered_with_a_former_wife_is_where_she_is() -> None:
    told = told_by(reading_of("前妻带着儿子在临淄城里，儿子户口也跟她，我想投靠儿子，户口在青岛"))
    assert told["kin.hukou_here"] == YES


def test_a_step_father_is_where_the_mother_was_married_to() -> None:
    told = told_by(reading_of("妈改嫁到临淄皇城镇一个村，如今就剩后爹，我没结过婚，想随后爹落户"))
    assert told["kin.place"] == at("山东省/淄博市/临淄区/皇城镇")


def test_a_register_never_moved_from_there_is_here() -> None:
    told = told_by(reading_of("我姥爷住临淄城里，姥爷户口在那没动过，我户口在泰安，想投靠姥爷"))
    assert told["kin.hukou_here"] == YES
