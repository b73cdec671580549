"""Notes of a clerk that name people by one character each, read as their mover would tell them."""

from __future__ import annotations

import pytest
from telling import YES, read_of, reading_of
from telling import told as told_by

from bot.eligibility.values import Choice, Places
from bot.reading.notes import retold
from bot.reading.text.normalise import normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("妻随夫；夫有房；妻户口河南", "我随老公;老公有房;我户口河南"),
        ("女未婚，女要随父，父在临淄有房", "我未婚,我要随父亲,父亲在临淄有房"),
        ("弟投靠姐，姐临淄户口，弟无业", "我投靠姐姐,姐姐临淄户口,我无业"),
        ("男想落女处，女有房男没房", "我想落老婆处,老婆有房我没房"),
    ],
)
def test_a_note_is_retold_by_its_mover(text: str, plain: str) -> None:
    assert retold(normalise(text)).plain == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("代母咨询，母71，聊城有来电人一子", "代我母亲咨询,我母亲71,聊城有我一子"),
        ("代女咨询：女31，户口武城，拟投来电人", "代我女儿咨询:我女儿31,户口武城,拟投我"),
        ("代弟问，弟住茌平，拟投兄", "代我弟弟问,我弟弟住茌平,拟投我"),
        ("来电人女，桓台户口，租房，儿子先不迁，问她本人能否迁", "来电人女,户口在桓台,租房,儿子先不迁,问我本人能否迁"),
        ("来电人随夫住，夫名下有房", "来电人随我老公住,我老公名下有房"),
        ("男39，拟投其兄，兄户口在冠县", "男39,拟投我哥哥,我哥哥户口在冠县"),
        ("女67，拟投其女，女41岁，户口在冠县", "女67,拟投我女儿,女41岁,户口在冠县"),
        ("男44 武城户口 执照妻名", "男44,户口在武城,执照我老婆名"),
        ("男方冠县户口，女方武城户口，女方拟投男方", "老公冠县户口,我武城户口,我拟投老公"),
        ("房屋系租赁，合同、备案均无，亦未缴社保", "房屋是租赁,合同、备案都无,也没缴社保"),
        ("非本人名下，无创业打算", "不是本人名下,没有创业打算"),
        ("本人及妻户口均在东阿", "本人和我老婆户口都在东阿"),
    ],
)
def test_a_note_on_a_caller_is_retold_by_the_caller(text: str, plain: str) -> None:
    assert retold(normalise(text)).plain == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("【热线记录】大娘称在冠县县城有房", "【热线记录】我在冠县县城有房"),
        ("工单第8号：王大爷反映户口在河北", "工单第8号:我户口在河北"),
        ("来电：小伙子说自己在开发区上班", "来电:我在开发区上班"),
        ("大姐来电称租房住", "我租房住"),
        ("【来电】阿姨咨询，自己有房", "【来电】我咨询,自己有房"),
    ],
)
def test_a_caller_told_by_what_one_calls_a_stranger_is_who_asks(text: str, plain: str) -> None:
    assert retold(normalise(text)).plain.replace("我,", "我") == plain


@pytest.mark.parametrize("text", ["大叔说在临清有房，让我落他那", "大姐称号多少", "我大叔反映在临清有房", "大妈在临清有房，能落她那吗"])
def test_a_relative_called_so_stays_one(text: str) -> None:
    assert retold(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    "text",
    [
        "中文系毕业，没关系",
        "户口当年农转非",
        "我妈代办，母公司在济南",
        "平均一个月三千",
        "我爱人未婚时买的房",
        "男31人一起租房",
    ],
)
def test_words_that_only_look_like_shorthand_stay(text: str) -> None:
    assert retold(normalise(text)) == normalise(text)


def test_a_note_for_another_is_of_that_one() -> None:
    reading = reading_of("代父咨询。父77，平原户口，丧偶，拟投来电人。来电人44岁，户口、住房均在临淄皇城镇某村。父可否落该村")
    told = told_by(reading)
    assert reading.person == "parent"
    assert told["hukou.place"] == Places(frozenset({"山东省/德州市/平原县"}))
    assert told["kin.relation"] == Choice(frozenset({"child"}))
    assert told["kin.adult"] == told["kin.hukou_here"] == YES
    assert told["kin.area"] == Choice(frozenset({"town_village"}))


def test_what_a_note_denies_is_denied() -> None:
    told = read_of("男49 平原户口 租住临淄城区 房主不同意 原租客户口未迁出 初中 无职称无技能证 非组织选派 无返乡就业打算 亲属均在平原")
    none, no = Choice(frozenset({"none"})), Choice(frozenset({"no"}))
    assert told["skill.certificate"] == told["title.level"] == told["kin.relation"] == none
    assert told["rent.owner_consent"] == told["rent.register_empty"] == no
    assert told["rural.dispatched"] == told["rural.return_work"] == told["intent.work"] == no


def test_spaces_part_the_clauses_of_a_note_and_no_others() -> None:
    assert normalise("男46 无业 庆云户口 租住临清市区 问可否落户").plain == "男46,无业,庆云户口,租住临清市区,问可否落户"
    assert normalise("我 想 把户口 落到 聊城 行不行").plain == "我想把户口落到聊城行不行"


@pytest.mark.parametrize(
    "text",
    [
        "夫妻投靠要几年",
        "子女随父母落户要啥",
        "我随夫，夫临淄户口",
        "来电人称妻随夫，夫有房",
        "女儿想随父亲落",
        "父母随子女，需要什么材料",
        "妻子随军能落户吗",
    ],
)
def test_any_other_message_stays_as_it_is(text: str) -> None:
    assert retold(normalise(text)) == normalise(text)


def test_every_character_of_a_retold_note_stands_for_one_of_the_clerks() -> None:
    text = retold(normalise("妻随夫；夫有房；妻户口河南"))
    assert len(text.origins) == len(text.plain)
    assert text.words(text.plain.index("老公"), text.plain.index("老公") + 2) == "夫"


def test_what_either_has_is_read_of_that_one() -> None:
    told = read_of("妻随夫；夫临淄户口，有房；妻户口河南濮阳，无工作")
    assert told["hukou.place"] == Places(frozenset({"河南省/濮阳市"}))
    assert told["kin.relation"] == Choice(frozenset({"spouse"}))
    assert told["kin.housing"] == Choice(frozenset({"owned"}))
    assert told["kin.hukou_here"] == YES
    assert told["work.status"] == Choice(frozenset({"none"}))
    assert "housing.kind" not in told


def test_a_register_that_has_its_place_takes_no_other() -> None:
    told = read_of("本人安阳户口 未婚 临淄租房 开店有照")
    assert told["hukou.place"] == Places(frozenset({"河南省/安阳市"}))


@pytest.mark.parametrize("text", ["我们两口子户口一个临淄一个济南，能落吗", "俺两口子户口分别在临淄和济南"])
def test_of_two_registers_nobody_knows_whose(text: str) -> None:
    assert "hukou.place" not in read_of(text)
