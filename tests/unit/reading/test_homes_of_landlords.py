"""Who moves and whose home it is where a landlord asks, where the home is still to be rented, and where several live in one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.eligibility.values import Choice, Places, Value
from bot.policy.load import load_vocabulary
from bot.reading.reader import Reading, read

VOCABULARY = load_vocabulary()
LIAOCHENG = "山东省/聊城市"
YES, NO, NONE = (Choice(frozenset({value})) for value in ("yes", "no", "none"))
RENTED, OWNED, BORROWED = (Choice(frozenset({kind})) for kind in ("rented", "owned", "borrowed"))


def _read(text: str) -> Reading:
    return read(text, as_of=date(2026, 11, 22), home=LIAOCHENG, vocabulary=VOCABULARY)


def _facts(text: str) -> dict[str, Value]:
    return {f.fact: f.value for f in _read(text).facts}


# -- a landlord asks for the tenant


@pytest.mark.parametrize(
    ("text", "consent", "empty"),
    [
        ("我是房主，我家租客想把户口落到我这套房上，高唐县城里，我没意见，房子里没别人户口，他户口滑县", YES, YES),
        ("我有套房租给一个小伙子了，他想落户，我同意，高唐县城，他户口在周口", YES, None),
        ("租俺房的那个大姐想把户口迁到俺房上，俺不太愿意，高唐县城的房，俺闺女户口还在房上", NO, NO),
        ("俺是房东，房客要落户，俺愿意，可这房上有俺老两口的户口，房在高唐县城", YES, NO),
    ],
)
def test_a_landlord_asks_for_the_tenant(text: str, consent: Value, empty: Value | None) -> None:
    reading, facts = _read(text), _facts(text)
    assert reading.person == "other"
    assert (facts["housing.kind"], facts["housing.place"]) == (RENTED, Places(frozenset({"山东省/聊城市/高唐县"})))
    assert facts["rent.owner_consent"] == consent
    assert empty is None or facts["rent.register_empty"] == empty
    assert not any(fact.startswith("kin.") for fact in facts)


@pytest.mark.parametrize("text", ["我租的房，房东说他以前的租客落过户，我也想落", "我把房子租出去了，自己搬到高唐县城住，户口想迁过去"])
def test_who_only_speaks_of_tenants_asks_for_himself(text: str) -> None:
    assert _read(text).person in ("self", None)


# -- a home still to be rented


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("我想去高唐县城租房落户，手续都能办齐，户口在德州", "山东省/聊城市/高唐县"),
        ("准备到临清市里租套房子落户，合同备案房本无房证明都有", "山东省/聊城市/临清市"),
    ],
)
def test_a_home_whose_papers_are_there_is_where_it_is_to_be_rented(text: str, place: str) -> None:
    facts = _facts(text)
    assert (facts["housing.kind"], facts["housing.place"]) == (RENTED, Places(frozenset({place})))
    assert facts["housing.area"] == Choice(frozenset({"urban"}))


# -- several people and one home


@pytest.mark.parametrize(
    "text",
    [
        "我妈一个人，现在跟我租房住在高新区，我在厂里上班有社保，想让她户口跟着我",
        "我跟孩子租房跟老公住，他在高唐有工作，户口在亳州，我们娘俩想随他迁",
    ],
)
def test_who_lives_with_the_mover_in_a_rented_home_rents(text: str) -> None:
    assert _facts(text)["kin.housing"] == RENTED


@pytest.mark.parametrize(
    "text",
    [
        "闺女没结婚，跟我住东昌府城里自家楼，能落我户口本上不",
        "外孙跟着我和老伴住高新区自己小区的房，户口在常州，能随我落不",
        "我户口在东昌府我自己的楼上，想把我弟户口迁过来，他没结婚，户口莘县",
        "儿媳想把户口迁到高唐县城，住我老伴名下的房，她自己没房没工作",
    ],
)
def test_the_askers_home_is_the_one_followed(text: str) -> None:
    facts = _facts(text)
    assert facts["kin.housing"] == OWNED
    assert facts.get("housing.kind") != OWNED


@pytest.mark.parametrize(
    "text",
    [
        "我三姨在临清城里有楼有户口，让我落她那",
        "我姐户口去年就落临清城里自己家房子上了，我想投靠我姐",
        "现在住我哥的房子，房本是我哥名，临清城里，户口在东阿，想落我哥那",
    ],
)
def test_a_home_told_with_the_register_is_the_relatives(text: str) -> None:
    facts = _facts(text)
    assert (facts["kin.housing"], facts["kin.place"]) == (OWNED, Places(frozenset({"山东省/聊城市/临清市"})))


@pytest.mark.parametrize(
    "text",
    [
        "对象在茌平城里有房，我跟孩子也住着，孩子户口绵阳，想让孩子随继父落",
        "房子是她后爸的，有证，闺女跟我和她后爸一块住，在茌平城里，她户口在平原，能随继父落吗",
    ],
)
def test_the_home_of_the_askers_husband_is_the_step_parents(text: str) -> None:
    assert _facts(text)["kin.housing"] == OWNED


def test_a_certificate_after_the_home_of_others_is_of_the_marriage() -> None:
    assert _facts("住婆家，房子是公公婆婆的，证领了，我户口在鹤壁").get("housing.kind") != OWNED


def test_whose_home_it_is_tells_nothing_of_the_owner_after() -> None:
    facts = _facts("现在住我哥的房子，房本是我哥名，东昌府城里，户口临清，能落自己户口吗")
    assert (facts["housing.kind"], facts["hukou.place"]) == (BORROWED, Places(frozenset({"山东省/聊城市/临清市"})))


# -- nothing yet, nothing any more


@pytest.mark.parametrize(
    "text",
    [
        "想明年在高唐买房，也想在那找个活，可眼下都还没有，户口石家庄，能先落吗",
        "我在东昌府的房子离婚判给前妻了，我现在回德州住，在聊城没别的房，没租房，没工作",
        "我们两口子在聊城没买房也没租房，孩子五岁，孩子他舅在东昌府，想让孩子落他舅户上",
    ],
)
def test_there_is_no_dwelling(text: str) -> None:
    assert _facts(text)["housing.kind"] == NONE


@pytest.mark.parametrize("text", ["房子更是没影，工作也没定，户口山西", "还在上学，房子就更别提了，户口甘肃"])
def test_a_home_out_of_the_question_is_none_of_ones_own(text: str) -> None:
    value = _facts(text)["housing.kind"]
    assert isinstance(value, Choice)
    assert "owned" not in value.values
    assert "none" in value.values


# -- in whose name, and who lives there


@pytest.mark.parametrize(
    "text",
    [
        "房子是爸妈买的，写的我名，有证，在临清城里",
        "我爸妈在临清城里给我买了套房，写的我的名字",
        "房子是爸妈出钱写我名下的，在临清城里，贷款还着",
    ],
)
def test_a_home_bought_in_the_askers_name_is_not_the_givers(text: str) -> None:
    facts = _facts(text)
    assert (facts["housing.kind"], facts["housing.place"]) == (OWNED, Places(frozenset({"山东省/聊城市/临清市"})))
    assert not any(fact.startswith("kin.") for fact in facts)


@pytest.mark.parametrize("text", ["房子写的孩子名，我们一家住着，在临清城里", "房子是我妈的名，我跟我媳妇住着，在临清城里，户口在湖北"])
def test_a_household_in_a_relatives_home_lives_there_by_their_leave(text: str) -> None:
    assert _facts(text)["housing.kind"] == BORROWED


@pytest.mark.parametrize("text", ["我姐跟我合买的楼，临清城里，本上写俩人名", "我跟我叔合伙买的房子，在临清城里"])
def test_a_home_bought_together_is_the_askers(text: str) -> None:
    assert _facts(text)["housing.kind"] == OWNED


@pytest.mark.parametrize("text", ["住宾馆长包房，东昌府城区", "常年住在高唐县城的旅馆里，户口铁岭"])
def test_who_takes_a_room_in_a_hotel_for_good_lives_there(text: str) -> None:
    assert _facts(text)["housing.kind"] == Choice(frozenset({"rented", "borrowed"}))


# -- the papers of a rented home


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("租房合同一签三年，备案也有，房本也有，无房证明没处开去", (YES, YES, YES, NO)),
        ("租的整套，合同有备案有房本没有", (NO, YES, YES, None)),
        ("我租的房，房本也没有，备案也没有，就一张合同", (NO, YES, NO, None)),
        ("租的房，房东啥手续都没给弄过", (None, None, NO, None)),
    ],
)
def test_papers_of_a_rented_home(text: str, papers: tuple[Value | None, ...]) -> None:
    facts = _facts(text)
    told = tuple(facts.get(f"rent.{name}") for name in ("title_paper", "contract", "filing", "no_home_proof"))
    assert (facts["housing.kind"], told) == (RENTED, papers)


def test_nobodys_register_there() -> None:
    assert _facts("村里租的人家平房，房主没意见，户口也没人占")["rent.register_empty"] == YES


def test_a_certificate_that_nobody_can_make_out_is_any_of_them() -> None:
    facts = _facts("住着公房，翻出一本租赁证，看不清是哪种，莘县县城")
    assert facts["public.certificate"] == Choice(frozenset({"gongfang", "gongzu", "lianzu", "other"}))


# -- what is no home here


@pytest.mark.parametrize(
    "text",
    [
        "老宅的宅基地还在，是东阿姚寨镇村里我名下的，当年考学迁走的，现在在济南住，想迁回村",
        "三十年前我在济南买房转的户口，如今退休回东阿姚寨镇老家村里住了，想迁回村",
        "我是东阿姚寨镇村里的，当年跟着我爸迁到县城，不是自己买的房，想迁回村",
    ],
)
def test_a_homestead_or_how_one_left_is_no_titled_home(text: str) -> None:
    assert _facts(text).get("housing.kind") != OWNED


@pytest.mark.parametrize("text", ["人在上海租房上班，聊城没有房子也没租房，户口大同", "我在济南有套房，在聊城没买房也没租房，户口济南"])
def test_a_home_elsewhere_is_none_where_there_is_said_to_be_none(text: str) -> None:
    assert _facts(text)["housing.kind"] == NONE


@pytest.mark.parametrize(("text", "contract"), [("整租的房，租约五年，没换过", YES), ("跟人合租一间，合同也没一张", NO)])
def test_a_lease_by_its_term_and_by_its_sheets(text: str, contract: Value) -> None:
    assert _facts(text)["rent.contract"] == contract
