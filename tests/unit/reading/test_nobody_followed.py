"""Relatives told of who are not followed, landlords who ask for their tenant, and who is not the one to move though named last."""

from __future__ import annotations

import pytest

from bot.eligibility.values import Choice
from tests.unit.reading.telling import NO, YES, at, reading_of, told

_HERE = "山东省/淄博市/临淄区"


def _of(value: str) -> Choice:
    return Choice(frozenset({value}))


@pytest.mark.parametrize(
    "text",
    [
        "我弟在临淄开了个厂，我在他厂里上班，签了合同，户口在齐河，能落户吗",
        "姥爷把临淄城里的房子过户给我了，房本换好了，户口在德州，能落吗",
        "我小姨子在临淄做买卖，我自己在临淄城里买了套二手房，过户了，户口在邯郸，能迁吗",
        "老公是钳工，有高级工证，户口在宝鸡，他能落过来吗",
        "闺女大专毕业，想去临淄工作，户口在昌乐，她能落过来吗",
    ],
)
def test_who_has_a_home_a_job_or_a_trade_follows_nobody_unsaid(text: str) -> None:
    assert "kin.relation" not in told(reading_of(text))


def test_who_lives_with_somebody_follows_them_though_in_work() -> None:
    found = told(reading_of("我跟我爸妈住，在临淄城里，我在那上班有合同，户口在德州，能落吗"))
    assert found["kin.relation"] == _of("parent")


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("我有套房租给一个小伙子了，临淄城里，他户口在菏泽，想落到我房上，我没意见，能办吗", YES),
        ("租我楼的那个小姑娘想把户口迁来，户口在临朐，我是房东，我不同意，她能落吗", NO),
        ("我是房东，租客问我能不能在我房上落户，我房本有，备案也弄了，临淄城区，她户口滨州的", None),
    ],
)
def test_a_landlord_asks_for_the_tenant(text: str, consent: Choice | None) -> None:
    reading = reading_of(text)
    found = told(reading)
    assert reading.person == "other"
    assert found["housing.kind"] == _of("rented")
    assert found.get("rent.owner_consent") == consent
    assert "kin.relation" not in found


def test_who_rents_from_a_relative_asks_for_himself() -> None:
    reading = reading_of("我租了我哥的房，哥户口在这，他同意，我户口沂源的，我没意见，能落吗")
    assert reading.person == "self"
    assert told(reading)["hukou.place"] == at("山东省/淄博市/沂源县")


@pytest.mark.parametrize(
    ("text", "person", "relation"),
    [
        # 不是…,是…
        ("不是我婆婆投靠我，是我投靠我婆婆，她户口在临淄城里，我户口在莒县", "self", "parent_in_law"),
        # who only speaks of the one to move
        ("媳妇户口在沂水，我户口在临淄城里。她还没过来，我妈说先别迁她，我就问她的户口能迁来不", "spouse", "spouse"),
        # a relative's relatives are not 她
        ("我媳妇的爸妈在临淄城里，她户口在六安，想投靠他们", "spouse", "parent"),
        ("我女朋友的姥姥姥爷住临淄城里，她想落他们户上，她户口在沛县", "fiance", "grandparent"),
        # a kind of following, and the one it can be
        ("我三伯户口在临淄城里，就问侄子投靠伯伯这条能用吗，我户口青州", "self", "other"),
        ("我大舅户口在临淄城里，我户口青州，就问外甥投靠舅舅行不行", "self", "other"),
    ],
)
def test_who_moves_and_to_whom(text: str, person: str, relation: str) -> None:
    reading = reading_of(text)
    assert reading.person == person
    assert told(reading)["kin.relation"] == _of(relation)


def test_a_way_named_is_of_the_asker_who_is_named_behind_it() -> None:
    reading = reading_of("爹没了两年，俺跟俺哥都有份。哥说他放弃，户口在泰安，就按有房落户，俺没过户的能行不")
    assert reading.person == "self"


def test_who_wants_back_is_the_one_who_left() -> None:
    reading = reading_of("户口在烟台，老家是临淄敬仲镇的。现在爹娘都在村里。过两年退了想回村住，户口能回去吗")
    assert reading.person in (None, "self")
    assert told(reading)["hukou.place"] == at("山东省/烟台市")


def test_one_whose_own_home_is_elsewhere_than_the_register_moves() -> None:
    reading = reading_of("我哥户口在临淄朱台镇，齐都镇镇上有套他名下的房，能迁不")
    assert reading.person == "sibling"
    assert "kin.relation" not in told(reading)


def test_a_spouse_one_has_not_is_nobody() -> None:
    reading = reading_of("俺儿户口在临淄敬仲镇。俺七十多没老伴，户口在莱芜，随儿子落他村里中不")
    assert reading.person == "self"
    assert told(reading)["kin.relation"] == _of("child")


def test_a_household_booklet_names_no_kinsman() -> None:
    assert "kin.relation" not in told(reading_of("我和弟弟都在单位集体户，想领一本家庭户口簿，临淄的"))


def test_a_plain_word_means_the_uncle_told_of_with_his_rank() -> None:
    found = told(reading_of("我三叔在临淄城里住，我户口青州，想投靠叔叔"))
    assert found["kin.place"] == at(_HERE)


@pytest.mark.parametrize(
    ("text", "relation", "place", "area"),
    [
        # whom somebody has with them, or lives with, at a place is there too
        ("前夫带着闺女在临淄城里住。我户口沂源，想投靠闺女", "child", _HERE, "urban"),
        ("姥姥户口在榆社，人在临淄城里跟我舅一起住，能投靠我舅吗", "child", _HERE, "urban"),
        # whom one has married, named by no word for a relative
        ("刚和齐陵街道下面村里的小伙领了证，他户口就在村里。我户口沂源，想随他落，行吧", "spouse", f"{_HERE}/齐陵街道", "urban_village"),
        ("去年和凤凰镇的一个姑娘结了婚，她户口在镇上，我户口沂源，能随她落吗", "spouse", f"{_HERE}/凤凰镇", "town"),
        # the village of the one town that was named
        ("姥姥姥爷还住村里，我想跟姥姥落一个本，是临淄敬仲镇的村，我户口博兴", "grandparent", f"{_HERE}/敬仲镇", "town_village"),
        # over to whoever was spoken of
        ("我姐在临淄城里，户口也在，我妈户口在沂源，想把我妈迁过去", "child", _HERE, "urban"),
        ("娃的姥姥姥爷住临淄城里，户口也在，想把娃投靠过去", "grandparent", _HERE, "urban"),
        ("俺户口高青，俺儿在临淄城里，儿家有楼房，俺投靠儿子", "child", _HERE, "urban"),
    ],
)
def test_where_the_one_followed_lives(text: str, relation: str, place: str, area: str) -> None:
    found = told(reading_of(text))
    assert (found["kin.relation"], found["kin.place"], found["kin.area"]) == (_of(relation), at(place), _of(area))


@pytest.mark.parametrize("words", ["我不去住", "不过去住", "俺也不打算搬去住"])
def test_who_does_not_go_to_live_there_lives_apart(words: str) -> None:
    assert told(reading_of(f"我户口沂源，二姑在临淄城里有房，想把户口放她那，{words}"))["kin.together"] == NO
