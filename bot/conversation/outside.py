"""A question that opens with a place no document governs (X 夫妻投靠, X老公房能落户吗): the place decides before the topic does.

Where the words around a place say that somebody is to settle there, ``jurisdictions_named`` of
:mod:`bot.reading.place.destinations` already knows. A message may also just put the place in front of its question. It then asks about
that place, unless somebody tells of themselves or of coming here.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.eligibility.values import inside
from bot.reading.place.places import NAMED, PlaceReading, find_places

_LONGEST = 24
"""More than a question: whoever writes so much tells something, and the place may be where they come from."""
_OPENING = re.compile("(?:请问|想?问一?下|咨询一?下?|打听一?下?|那个?|麻烦问?下?|你好|您好|[ ,。!])*")
_AT = re.compile("(?:在|去|到|要是去|想去|如果在)")
_TAIL = "(?:那边|那儿|那里|那|这边|县城|城区|城里|市区|农村|里|市|区|的)*[ ,:]*"
# What follows the name: the word itself, or a way to settle.
_MAY = "(?:还|也)?(?:能不能|可不可以|能|可以|让|给)?"
_WAY = re.compile(
    f"{_TAIL}{_MAY}(?:[落入迁][个不]?户|上户|转户|租|买房|购房|集体户|投靠|夫妻|配偶|随迁|公租房|廉租|[老直]?公房|公寓|期房|二手房|"
    "积分|居住证)"
)
# What is done there, who goes there: with a place spoken of before, these may as well say where somebody comes from.
_THERE = re.compile(
    f"{_TAIL}(?:有房|开店|开[个家]|做生意|经商|上班|就业|打工|社保|户口本?迁)|"
    "(?:那边|那儿|那里|这边)?[ ,:]*(?:人才|高层次|毕业|大学|大专|中专|高中|职高|技校|本科|硕士|博士|研究生|"
    "在[校读]|留学|技工|技能|父母|子女|老人|职工|家属|(?:哥哥?|姐姐?|弟弟|妹妹?|爷爷|奶奶|姥姥|姥爷|亲戚)家|工厂|厂里|公司|单位|宅基地)|"
    "(?:那边|那儿|那里|那|的)?(?:派出所|公安|民警|户籍|社区|村委|居委|街道办|窗口|政务)"
)
# 某地户口能落吗 tells where the register is; 某地户口能迁回去吗 asks about going back there.
_BACK = re.compile("(?:的)?(?:农村|村里)?(?:老家)?(?:的)?户口[^,。;?!]{0,8}[迁转挪]?回")
SETTLES = re.compile("[落入迁转]个?户|上[个得]?户口?|投靠|户口|集体户|随迁|居住证|积分|(?:能|可以|让|给|好|咋|怎么)[^,。;?!]{0,3}[落迁]")
"""Words of settling, or of what comes with it."""
_HERE = "[过回迁落转]来|来(?:这|你|贵)|你们|这里|这儿|(?<!县)本[地市区]|贵市"
COMES_HERE = re.compile(_HERE)
"""Somebody speaks of coming to where the bot serves."""
# Somebody tells of themselves, or of coming here.
_OWN = re.compile(f"我|俺|咱|本人|{_HERE}")
_ASKS = re.compile("[吗么不嘛没呢]$|[能行可][不没][能行可]|咋|怎么|如何|啥|什么|哪")
_NAME = (2, 8)


def opens_elsewhere(plain: str, homes: Collection[str], placeless: bool) -> bool:
    """Whether a short question opens with the name of a place outside ``homes`` (place paths).

    ``placeless`` says that no place has been spoken of yet: then also work there, or a way back, is asked about there.
    """
    plain = _question(plain)
    if len(plain) > _LONGEST or not SETTLES.search(plain) or _OWN.search(plain):
        return False
    start = _OPENING.match(plain).end()  # type: ignore[union-attr]  # the pattern matches the empty string
    at = _AT.match(plain, start)
    if at and not placeless:
        return False
    start = at.end() if at else start
    for end in range(min(len(plain), start + _NAME[1]), start + _NAME[0] - 1, -1):
        follows = _WAY.match(plain, end) or _BACK.match(plain, end) or placeless and _THERE.match(plain, end)
        if follows and _outside(plain[start:end], homes):
            return True
    return False


def _question(plain: str) -> str:
    """The first clause where that is a question of its own, whatever is told after it (桓台投靠兄弟能落户么,我弟在那买的房)."""
    first = re.split("[,。;?!]", plain, maxsplit=1)[0]
    return first if SETTLES.search(first) and _ASKS.search(first) else plain


def _outside(name: str, homes: Collection[str]) -> bool:
    """Whether this is the whole name of a place outside ``homes`` that contains none of them either; read as where somebody works."""
    before = "在"
    found = [p for p in find_places(f"{before}{name}上班") if p.kind in NAMED]
    return len(found) == 1 and found[0].span == (len(before), len(before) + len(name)) and _apart(found[0], homes)


def _apart(place: PlaceReading, homes: Collection[str]) -> bool:
    return bool(place.places.include) and not any(
        inside(path, home) or inside(home, path) for path in place.places.include for home in homes
    )
