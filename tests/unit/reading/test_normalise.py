from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.reading.text.normalise import normalise
from bot.reading.text.words import dictionary, nlp, segmenter, words

ORDINARY = """我想问一下户口的事情
角落护栏坏了没人管
他在大学里读研究生
小学里的孩子都放学了
我和同事一起租房子住
就也想把户口办过来
结婚正好满三年
身份正常的话能办吗
毕业正赶上疫情
租房正在找
我们要保护口粮田
临走之前资料都交了
湖口那边我不熟
东昌湖口附近有个小区
这里的空气挺好的
村里的路修好了
合同住址写错了
和同学一块儿来的
社会上的事说不准
社里保管的档案
设备包装都在厂里
我在手机上看过须知
手里有点积蓄
祖房是老一辈留下的
往平地上盖的房子
聊成这样也没个结果
大家都说差不多
他往东走了
产权人不在家
房东不让落户口
房价涨了不少
方便的话帮我看看
学历不高,初中毕业
雪里走了半天
学理科的都出去了
学力相当的也行吗
公主租住在城里
工资组成比较复杂
木材料场在哪
这个才料理完
本课程讲了什么
本刻不容缓
大转盘那边堵车
中转站有班车
博士服务站在哪
硕果累累的一年
伯父和我们住
之称谓有好几种
职业称呼不同
房租涨到一千二
足球场旁边的房子
随时迁走都行
前随后跟着来了
头靠着墙睡着了
派人出去所有东西都带齐
离了婚姻登记处不远
结束婚礼再说
高新技术公司上班
高兴去就去
经济开放以后日子好了
度过了假期
老师让我问问
孩子上小学一年级
今天天气不错
医院排队排了两小时
我老婆是老师,我是司机
菜市场在路口左边
先这样吧,谢谢你
""".splitlines()


@pytest.mark.parametrize("sentence", ORDINARY)
def test_ordinary_sentences_are_left_alone(sentence: str) -> None:
    assert normalise(sentence).plain == sentence


def test_there_are_enough_ordinary_sentences() -> None:
    assert len(set(ORDINARY)) >= 60


@pytest.mark.parametrize(
    "typed, plain",
    [
        ("落护", "落户"),
        ("居主证", "居住证"),
        ("征书", "证书"),
        ("社宝", "社保"),
        ("社堡交了", "社保交了"),
        ("户囗", "户口"),
        ("毕叶", "毕业"),
        ("临缁", "临淄"),
        ("临菑", "临淄"),
        ("聊诚", "聊城"),
        ("宿设", "宿舍"),
        ("合铜", "合同"),
        ("购方合同", "购房合同"),
        ("不洞产证", "不动产证"),
        ("租仿住", "租房住"),
        ("公足房", "公租房"),
        ("营业执找", "营业执照"),
        ("户口溥", "户口簿"),
        ("房产正下来了", "房产证下来了"),
        ("我户口能落护吗", "我户口能落户吗"),
    ],
)
def test_misspelt_domain_words_are_mended(typed: str, plain: str) -> None:
    assert normalise(typed).plain == plain


@pytest.mark.parametrize(
    "typed, plain",
    [
        ("３５歲，戶口在臨淄區", "35岁,户口在临淄区"),
        ("我 想 落 户", "我想落户"),
        ("2023 年 5 月", "2023年5月"),
        ("户口在河南的 在聊城高新区上班", "户口在河南的,在聊城高新区上班"),
        ("户口在河南\n想落户", "户口在河南,想落户"),
        ("能办吗？？？！！！", "能办吗?!"),
        ("谢谢。。。", "谢谢。"),
        ("ＨＲ帮我交", "hr帮我交"),
        ("we chat", "we chat"),
        ("落\u200b户", "落户"),
        ("乾县的", "乾县的"),
        ("", ""),
        ("   ", ""),
        ("😀", "😀"),
    ],
)
def test_one_spelling(typed: str, plain: str) -> None:
    assert normalise(typed).plain == plain


def test_the_way_back_to_the_residents_own_words() -> None:
    text = normalise("我 在 臨淄　租仿住！！！")
    at = text.plain.index("租房")
    assert text.words(at, at + 2) == "租仿"
    assert text.words(text.plain.index("临淄"), text.plain.index("临淄") + 2) == "臨淄"
    assert text.words(len(text.plain) - 1, len(text.plain)) == "！！！"
    assert text.span(len(text.plain), len(text.plain)) == (len(text.original), len(text.original))


@given(st.text(max_size=120))
@example("00000000000000000 00你0")  # a comma is set in it
def test_every_character_comes_from_somewhere_in_order(typed: str) -> None:
    text = normalise(typed)
    assert len(text.plain) == len(text.origins)
    assert all(0 <= start < end <= len(typed) for start, end in text.origins)
    assert all(one[0] <= two[0] for one, two in zip(text.origins, text.origins[1:], strict=False))


@given(st.text(alphabet="落户护口临缁淄证正住主 ，。3３年", max_size=60))
def test_a_plain_spelling_is_plain(typed: str) -> None:
    once = normalise(typed).plain
    assert "  " not in once
    assert not set("３，") & set(once)


@pytest.mark.timeout(10)  # an exponential pattern would take hours
@pytest.mark.parametrize("piece", ["落", "落护", "房产", "社", "😀", " a", "\n", "ﷺ", "。", "戶口"])
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    normalise("热身落护")
    text = (piece * 1000)[:1000]
    assert normalise(text).original == text


def test_our_words_are_words_and_stay_out_of_the_global_jieba() -> None:
    import rjieba

    assert segmenter().cut("不动产权证书和经开区社区集体户", False) == ["不动产权证书", "和", "经开区", "社区集体户"]
    assert not rjieba.has_word("社区集体户")


def test_the_cut_is_the_one_of_jieba(tmp_path: Path) -> None:
    import jieba

    other = jieba.Tokenizer()
    other.tmp_dir = str(tmp_path)
    other.initialize()
    for word, frequency, tag in dictionary():
        other.add_word(word, frequency, tag)
    for sentence in ORDINARY:
        assert segmenter().cut(sentence, False) == list(other.cut(sentence, HMM=False))


def test_words_carry_their_offsets_and_spacy_sees_the_same() -> None:
    plain = "我在经开区租房住,有居住证"
    assert [plain[at : at + len(word)] for word, at in words(plain)] == [word for word, _ in words(plain)]
    assert [(token.text, token.idx) for token in nlp()(plain)] == words(plain)


def test_a_bad_dictionary_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "jieba.txt"
    path.write_text("落户 100 v\n户口 n\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"jieba.txt:2"):
        list(dictionary(path))
