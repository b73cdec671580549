"""Words for people that are read in a way of their own, by groups, whatever ``data/lexicon/kin.yml`` says they are to the asker."""

from __future__ import annotations

from bot.reading.kin.kinship import NICKNAME, kin
from bot.reading.text.cues import cue

PLURAL = frozenset(
    {
        "父母",
        "爸妈",
        "爹娘",
        "爹妈",
        "公婆",
        "岳父母",
        "他们",
        "她们",
        "他俩",
        "她俩",
        "儿女",
        "子女",
        "爷爷奶奶",
        "姥姥姥爷",
        "双亲",
        "二老",
        "俩老人",
        "两位老人",
        "俺爹俺娘",
        "爹和娘",
        "爸和妈",
        "爸跟妈",
        "爹跟娘",
        "岳父岳母",
        "岳母岳父",
        "公公婆婆",
        "婆婆公公",
        "丈人丈母娘",
        "爸爸妈妈",
        "老爸老妈",
        "父母亲",
        "外公外婆",
        "祖父母",
        "外祖父母",
        "爷奶",
        "女儿女婿",
        "闺女女婿",
        "儿子儿媳",
        "儿子媳妇",
    }
)
"""Words for two people or more."""
KINSFOLK = frozenset(
    ("爹", "妈", "爸", "娘", "亲戚", "对象", "媳妇", "老婆", "老公", "老伴")
    + ("朋友", "男朋友", "女朋友", "孩子", "小孩", "娃", "儿子", "闺女")
)
"""Words that a denial turns into nobody (没儿子)."""
ACQUAINTED = frozenset({"亲戚", "对象", "朋友", "男朋友", "女朋友"})
"""Those of them that a denial turns into nobody although they are the asker's (我对象没有)."""
SEVERAL = frozenset(
    {"亲兄弟", "亲姐妹", "亲姊妹", "堂兄弟", "表兄弟", "兄弟姐妹", "兄妹", "姐弟"}
    | {"兄弟姊妹", "姊妹兄弟", "姐妹兄弟", "姐妹", "姊妹", "兄弟", "弟兄", "儿女", "子女"}
)
"""Words for several relatives of a kind, of whom a denial leaves none (也没兄弟姐妹)."""
CATEGORIES = frozenset(
    {
        "配偶",
        "子女",
        "独生子女",
        "父母",
        "孙子女",
        "外孙子女",
        "祖父母",
        "外祖父母",
        "兄弟姐妹",
        "公婆",
        "岳父母",
        "夫妻",
        "亲戚",
        "儿女",
        "夫妻双方",
    }
)
"""Words a rule uses for a class of people (父母投靠那条)."""
OLD = frozenset({"parent", "grandparent", "parent_in_law"})
"""Relations an old person may have."""
YOUNG = frozenset({"child", "grandchild", "step_child"})
"""Relations a child may have whom 孩子 then means."""
NEPHEWS = ("侄子", "侄女", "侄儿", "外甥", "外甥女")
"""The ends of words for further relatives whom 孩子 may mean."""
BY_RANK = frozenset({"老大", "老二", "老三", "老四", "老幺"})
"""Children, or brothers and sisters, told apart by rank."""
RANKED = frozenset({"child", "sibling", "grandchild", "step_child"})
"""Relations of which there may be several (大的, 小的)."""
ACQUAINTANCES = frozenset({"同事", "工友", "老乡", "同乡", "邻居", "街坊", "租客", "同学", "舍友"})
"""Strangers, unless the message is about them."""
HIRED = frozenset({"学徒", "学徒工", "员工", "店员", "伙计", "帮工", "雇工"})
"""Words for people one employs or teaches: of the matter only where they are the asker's (我店里的学徒)."""
CALLERS = frozenset(
    {
        "来电人",
        "诉求人",
        "市民",
        "咨询人",
        "致电人",
        "来访人",
        "该市民",
        "居民",
        "当事人",
        "申请人",
        "来电者",
        "来访者",
        "反映人",
        "求助人",
        "咨询者",
        "本人",
    }
)
"""Words of written reports for whoever asks."""
OFFSPRING = frozenset({"孩子", "小孩", "娃", "小家伙", "孩子们", "小妮儿", "妮儿", "小妮", "妮子", "丫头", "小丫头", "小子", "娃娃"})
"""Words for the child already spoken of."""

WHOSE = frozenset({"的", "带来的", "带过来的", "领来的", "跟前的"})
"""What stands between a possessor and a relative of theirs."""
HOUSEHOLDS = frozenset({"家", "家的", "家里的", "家那个"})
"""What stands between a grown relative and a child of theirs (大姐|家|孩子)."""
THEIRS = frozenset({"", "的", "家", "家的", "他", "她"})
"""What stands between a stranger and a relative of theirs (邻居|家的|媳妇)."""
_WITH = ("单位", "公司", "厂", "厂里", "车间", "店里", "村里", "班组", "小区", "楼下", "楼上", "隔壁", "对门")
ONE_OF = frozenset(
    {"一个", "一位", "一个亲", "的一个", "家一个", "有个", "有一个"}
    | {where + which for where in _WITH for which in ("", "的", "一个", "有个", "那个")}
)
"""What stands between the asker and somebody less than near (我|一个|老乡)."""
ONE_OF_THEM = frozenset({"", "我", "俺", "一个", "个", "一位", "那个", "我一个", "我那个", "俺一个", "我家", "俺家"})
"""What stands between asking for somebody and the word that says who (替|一个|亲戚问)."""
LINKS = WHOSE | frozenset(
    {
        "",
        "的",
        "家",
        "家的",
        "家里的",
        "家那个",
        "亲",
        "大",
        "那个",
        "们",
        "远房",
        "的远房",
        "一个远房",
        "的一个远房",
        "有个远房",
        "这个",
        "现在",
        "现在的",
        "现任",
        "现在这个",
        "后来的",
        "娘家",
        "娘家的",
    }
)
"""What may stand between two words for people of whom the first owns the second."""


def one_of_them(words: str) -> bool:
    """Whether words may stand between asking for somebody and the word that says who (替|俺村一个|后生打听)."""
    return words in ONE_OF_THEM or cue("people.one_of_them").fullmatch(words) is not None


def acquainted(word: str) -> bool:
    """Whether a word names a workmate or a neighbour: a stranger, unless the message is about them."""
    return word in ACQUAINTANCES or NICKNAME.fullmatch(word) is not None and word not in kin().relation
