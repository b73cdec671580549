"""Who moves, who is followed and what they are to each other, in the words people have for it beside the plain ones."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.world import load_world
from bot.eligibility.values import Choice
from bot.reading.reader import Reading, read

_HOMES = {"lc": "山东省/聊城市", "lz": "山东省/淄博市/临淄区"}
_SINGLE = {"unmarried", "divorced", "widowed"}


def _read(text: str, home: str = "lz") -> Reading:
    return read(text, as_of=date(2026, 4, 1), home=_HOMES[home], vocabulary=load_world().vocabulary)


def _told(reading: Reading) -> dict[str, object]:
    return {f.fact: set(f.value.values) if isinstance(f.value, Choice) else f.value for f in reading.facts}


@pytest.mark.parametrize(
    ("text", "here"),
    [
        ("我哥人在临淄户口不在，我能投靠他吗", "no"),
        ("我哥人在临淄城里住，户口没迁来，我想投靠他", "no"),
        ("我姨在临淄城里，户口可没迁，还搁老家莱芜，我能投靠她不", "no"),
        ("俺奶奶户口在河南，想接来跟我，我这头城里有房有户", "yes"),
        ("妹妹想来跟着我，我这边临淄城里有房户口也在，能上我这个本不", "yes"),
        ("我妈户口在河南想投靠我，我户口去年落到自己房子上了，临淄城里的", "yes"),
    ],
)
def test_whether_the_register_of_the_one_followed_is_here(text: str, here: str) -> None:
    assert _told(_read(text))["kin.hukou_here"] == {here}


def test_a_register_told_by_its_place_before_the_word_is_there() -> None:
    told = _told(_read("我是河南户口没动过，想投靠我哥，我哥临淄城里的户口"))
    assert told["kin.hukou_here"] == {"yes"}
    assert "hukou.place" in told


@pytest.mark.parametrize(
    ("text", "home", "person", "relation"),
    [
        # who is an acquaintance and not the asker
        ("替俺村一个后生打听，他临沂大学毕业，户口在张店，想落聊城，行不", "lc", "other", None),
        ("租我房子的小伙想把户口迁来，户口菏泽，我是房东我没意见", "lz", "other", None),
        # a child by word of mouth
        ("我没儿没女，认了个闺女，户口在东营，能落我凤凰镇村里的户上不", "lz", "other", "other"),
        # the asker, as who asks
        ("当妈的操心，儿子想去聊城上班，我就想知道他户口能不能落过去", "lc", "child", None),
        ("我儿子是电工，在临淄上班，合同社保都有，能给他办不", "lz", "child", None),
        # who moves, behind 是 and in front of 往
        ("要迁户口的是俺爹，福建浦城的，跟俺住聊城城里，房是俺的名，能落不", "lc", "parent", "child"),
        ("俺是外孙，姥姥八十了户口在河南，我临淄城里的户，姥姥往外孙这落，行不", "lz", "grandparent", "grandchild"),
        ("小孙子想落爷爷家，就是我家，我临淄城里的户，孩子户口在甘肃", "lz", "grandchild", "grandparent"),
        ("城里有俺自己买的房，户口早落这了，俺奶奶户口在焦作，俺寻思叫奶奶落到俺户上，有这政策不", "lz", "grandparent", "grandchild"),
        # the kind of following names nobody
        ("我闺女结婚了跟女婿都住我这，房是我的，茌平城里，想让她走子女随父母，迁到我本上，行不", "lc", "child", "parent"),
        ("我按子女随父母落户行不，我爸妈户口房子都在莘县县城，我没结婚", "lc", "self", "parent"),
        ("亲兄弟之间能不能随迁，我哥在东昌府有房，我户口濮阳", "lc", "self", "sibling"),
        ("二十了没结婚，打小跟爷奶在凤凰镇村里长大，爸妈户口在青岛。文件写未婚子女投靠父母，那我投爷奶行吗", "lz", "self", "grandparent"),
        # children of an earlier marriage
        ("改嫁带来的闺女，能随继父落不？孩子十三，户口在滨州她亲爸那，我们三口同住临淄城里", "lz", "child", "step_parent"),
        ("我二婚到了周村，户口在那。孩子他亲爸没影了，爷爷奶奶在临淄城里有房有户，把孩子户口放他爷爷那行吗", "lz", "child", "grandparent"),
        # whom one lives with without the paper
        ("我俩孩子都有了没登记，跟他过了五年，他户口在临淄城里，我想落他那", "lz", "self", "fiance"),
        ("我婚订了证没领，未婚夫在临淄城里有房有户，按配偶投靠算数不", "lz", "self", "fiance"),
        # booklets, brothers and their wives, two who come to the asker
        ("我公公户口在菏泽，想上我们这个本，我跟老公在聊城城里有房有户", "lc", "parent_in_law", "child"),
        ("小姨子跟我们住，她户口在滨州，想挂我们户头上，我们城里有房，户口也都在，能给上不", "lz", "other", "other"),
        ("大姐离了婚回来住俺家，俺户口房子都是临淄城里的，她户口还在济南，叫她上俺的本成不", "lz", "sibling", "sibling"),
        ("大闺女离异带个娃回娘家住了，俺们在冠县县城有房，她户口在邯郸，娘儿俩户口能落俺这不", "lc", "child", "parent"),
        ("儿媳妇户口在广西，儿子户口随我在临淄南王镇村里，媳妇能落村里不", "lz", "child_in_law", "spouse"),
        ("我闺女跟着她爷爷奶奶在临淄敬仲镇村里上学，户口也想落爷爷家，我跟她爸户口在西安", "lz", "child", "grandparent"),
        ("外甥爹妈都没了，户口在莱芜，跟着我这个舅过，能进我户口本不，我城里户", "lz", "other", "other"),
        ("我爸再婚了，后妈在聊城有房，我爸跟她住，户口想随她落，行不", "lc", "parent", "spouse"),
        ("租房材料都有，问的是我妹夫，河南南乐户口，东昌府城里租房，商品房一整套", "lc", "other", None),
        ("孩子户口在济南，孩子才三岁，我户口在临淄，能落我这不", "lz", "child", "parent"),
    ],
)
def test_who_moves_and_whom_they_follow(text: str, home: str, person: str, relation: str | None) -> None:
    reading = _read(text, home)
    assert reading.person == person
    if relation is not None:
        assert _told(reading)["kin.relation"] == {relation}


def test_both_are_single_who_have_a_child_and_no_paper() -> None:
    assert _told(_read("我俩孩子都有了没登记，跟他过了五年，他户口在临淄城里，我想落他那"))["marital"] == _SINGLE


def test_the_asker_named_as_an_afterthought_moves_too() -> None:
    reading = _read("孩子的户口想迁来，还有我自己的，我在茌平城里买了商品房，孩子他爸先不动", "lc")
    assert reading.person == "self"
    assert [w.person for w in reading.wishes] == ["child"]


def test_who_comes_along_follows_to_the_new_home_and_not_to_the_old_register() -> None:
    reading = _read("我对象在冠县买的楼，房本上是我俩，我户口还在菏泽，想把我和闺女都迁来", "lc")
    child = next(w for w in reading.wishes if w.person == "child")
    (place,) = [f.value for f in child.facts if f.fact == "kin.place"]
    assert "冠县" in str(place)


def test_of_two_sons_the_one_that_is_to_move() -> None:
    text = "儿子能落我房上吗，房在冠县县城。我有俩儿子，小的在上海落户了，不用管，想迁的是老大，户口在泉州，他不会回来住"
    told = _told(_read(text, "lc"))
    assert str(told["hukou.place"]).count("泉州") == 1
    assert told["kin.together"] == {"no"}
    assert told.get("origin.back") != {"yes"}


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("我闺女离婚了，住回俺家来了，俺家东阿县城的房，她户口在清河，能跟我落不", "yes"),
        ("我爷爷户口在陕西，我爸接来的，全家都住一套房，开发区的，我爸买的，爷爷投靠我爸能落吗", "yes"),
        ("我儿子在聊城有房，我户口在濮阳，人先不过去，能落他那不", "no"),
        ("表妹跟我像一个妈生的，住我家三年了，房是我的在临清城里，能落我户上不", "yes"),
        ("我弟户口在青岛，聊城一天没来住过，想把他户口落我临清城里的房上", "no"),
    ],
)
def test_whether_they_live_together(text: str, together: str) -> None:
    assert _told(_read(text, "lc"))["kin.together"] == {together}


def test_the_booklet_one_gets_is_no_university() -> None:
    told = _told(_read("两口子带俩孩子都在一个社区集体户里，能给我们家单出一本不", "lc"))
    assert told == {"collective.member": {"yes"}, "collective.family": {"yes"}}
    assert _told(_read("我考上的一本，户口在泰安，想落聊城", "lc"))["education.level"] == {"bachelor"}


def test_a_mother_in_laws_only_daughter_is_the_wife() -> None:
    text = "岳母户口在邯郸，她就一个闺女，前年走了，如今跟我过，我户口在临淄城里，她能落我这不"
    reading = _read(text)
    assert reading.person == "parent_in_law"
    assert _told(reading)["kin.relation"] == {"child_in_law"}


@pytest.mark.parametrize(
    ("text", "home", "place"),
    [
        ("临朐户口挪临淄能办吗？在城里给自己买了套公寓", "lz", "临朐县"),
        ("河北馆陶的户口往冠县迁，给办不？县城的楼是我自己的", "lc", "馆陶县"),
        ("孩子九岁跟他爸过，户口在我徐州这，能把孩子户口转他爸那不", "lc", "徐州市"),
        ("前些年把户口带天津去了，现在想迁回来，跟我爸住冠县县城，我没结婚", "lc", "天津市"),
        ("俩孩子，大的归我，小的归他爸。大的户口在他爸那河南濮阳，大的能落我阳谷县城的房上吗", "lc", "濮阳市"),
        ("说的是俺小的那个孩子。俺跟他爸离了，俺在莘县县城有房。他户口搁湖南邵阳他爸那头，小的落俺这房上，中不", "lc", "邵阳市"),
    ],
)
def test_where_the_register_of_the_one_who_moves_is(text: str, home: str, place: str) -> None:
    told = _told(_read(text, home))["hukou.place"]
    assert place in str(told)


def test_a_register_that_is_only_to_be_put_there_is_not_there() -> None:
    assert "吉林" not in str(_told(_read("我妈在长春自己住，想把户口挂我聊城房子上", "lc")).get("kin.place"))
    assert _read("我妈在长春自己住，想把户口挂我聊城房子上", "lc").person == "parent"


@pytest.mark.parametrize(
    ("text", "person", "relation"),
    [
        ("老太太户口想从临淄村里迁到俺哥村里，行不", "parent", "child"),
        ("老太太跟我住临淄城里，她户口在沂源，能落我这不", "parent", "child"),
        ("俺奶奶那老太太犟，户口在沂源，想落我爸那，我爸户口在临淄城里", "grandparent", "child"),
        ("我一个老太太，户口在沂源，想落到临淄城里儿子那", "self", "child"),
    ],
)
def test_the_old_lady_of_the_house_is_the_mother_unless_she_is_named_or_asks(text: str, person: str, relation: str) -> None:
    reading = _read(text)
    assert reading.person == person
    assert _told(reading)["kin.relation"] == {relation}
