from __future__ import annotations

import pytest

from bot.policy.vocabulary import ASPECTS
from bot.reading.asking.aspects import aspects

ASKED = {
    "materials": """落户要带啥材料
要什么证件
都要准备什么
迁户口得拿啥
材料有哪些
需要带结婚证吗
用不用带户口本
需要提供无房证明吗
租房落户所需材料
办这个要哪些证明""",
    "fee": """多少钱
收费吗
要花钱吗
迁户口要不要钱
办户口免费的吗
得交多少费用
有手续费吗
用交钱不""",
    "time": """多久能办好
几天能下来
办下来要多久
需要几个工作日能批
什么时候能办好
转户口要几天
当天能办完吗
审批得多长时间
迁户口一般要多长时间
办理时限
大概要多久""",
    "office": """去哪办
到哪里申请
哪个部门管
找谁办
归谁管
去哪个派出所
哪里可以办理
派出所在哪
是去派出所办吗
在哪儿办
上哪办""",
    "steps": """办理流程
需要哪些手续
第一步干啥
怎么办理
先去哪一步骤
具体怎么操作
户口怎么迁过来
咋申请""",
    "online": """网上能办吗
手机上可以申请不
能线上办理吗
可以网办吗
不用去现场行不""",
    "phone": """电话多少
有咨询电话吗
打什么电话问
联系方式是多少
怎么联系你们""",
    "validity": """这个政策还有效吗
文件过期了吗
现在还管用不
有新政策了吗
什么时候开始实施
这个规定废止了没""",
    "count": """交了多少年社保可以
社保交几年能落户
社保要交多久
居住证办几年才能落户
结婚几年可以投靠
租房要住满多久
执照得办多长时间才行
需要多少个月的社保""",
    "area": """房子要多大面积
面积有要求吗
买多少平才给落
至少得几个平方""",
    "age": """有年龄限制吗
多大年纪能投靠
要多少岁才行""",
    "consent": """要房东同意吗
得产权人点头才行吗
用不用老婆签字同意
谁得同意
要单位同意不
需要征得家里人同意吗
房东不肯让我落户咋办
业主不同意还能落吗
婆婆不愿意咋整
公司要是不答应怎么办
业主就是不同意,俺在高唐还能办不""",
}


@pytest.mark.parametrize("aspect, plain", [(aspect, line) for aspect, lines in ASKED.items() for line in lines.splitlines()])
def test_one_aspect(aspect: str, plain: str) -> None:
    assert aspects(plain) == (aspect,)


def test_every_aspect_is_tried() -> None:
    assert set(ASKED) == set(ASPECTS)


@pytest.mark.parametrize(
    "plain",
    [
        "去聊城上班",
        "我在聊城高新区上班交着社保",
        "在聊城租房能落户吗",
        "我是河南的,硕士毕业",
        "房子交了钱还没下证",
        "有无房证明",
        "我户口在冠县乡下",
        "好几年没回去了",
        "过几天去派出所",
        "孩子在哪个学校",
        "不知道去哪落户好",
        "买房花了不少钱",
        "怎么才能落户",
        "户口本",
        "去年毕业的",
        "我该怎么办",
        "交着社保,有合同",
        "领证三年了",
        "租了多久了",
        "我手上没啥证件",
        "我还能用旧名字办吗",
        "家里老人咋办,能一起吗",
        "我同意他迁过来",
        "前妻不肯迁走咋办",
        "房东同意我落户",
        "他不愿意来",
        "",
    ],
)
def test_no_aspect(plain: str) -> None:
    assert aspects(plain) == ()


@pytest.mark.parametrize(
    "plain, asked",
    [
        ("落户去哪办,带啥材料,多少钱", ("office", "materials", "fee")),
        ("要带什么材料,分哪几步,步骤讲讲", ("materials", "steps")),
        ("网上能办吗,几天办好", ("online", "time")),
        ("电话多少,在哪办", ("phone", "office")),
        ("多少钱,到底多少钱", ("fee",)),
    ],
)
def test_several_in_order_of_mention(plain: str, asked: tuple[str, ...]) -> None:
    assert aspects(plain) == asked


@pytest.mark.timeout(10)  # an exponential pattern would take hours
@pytest.mark.parametrize("piece", ["多少", "要", "在哪", "网上", "交了多久", "去派出所", "办", "a"])
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    aspects("热身")
    text = (piece * 1000)[:1000]
    assert set(aspects(text)) <= set(ASPECTS)
