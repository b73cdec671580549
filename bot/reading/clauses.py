"""Clauses of a message and how each is meant: as a fact, a plan, the past, hearsay, a supposition or a question."""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = re.compile(r"[,。;!?:…~\n()《》「」\"]+|(?<=[了吗呢吧的])\s+|\s+")
LONGEST = 80  # a stretch with no mark in it is read in pieces, so that reading stays linear
_SENTENCE = re.compile(r"[。!?;…\n]")
# A new clause also begins where the speaker turns without a comma.
_TURN = re.compile(r"(?<=.{3})(?=但是|可是|不过|而且|现在(?!的)|如今|就是没|后来|结果)")

PLAN = re.compile(
    r"下(?:个)?学期|过完年|(?<![\d一二两三四五六七八九十半几零])年后|打算|准备(?!好|齐)|计划|考虑|将来|以后|日后|往后|等以后|回头|再说|正要|想着(?!买完)|琢磨|商量着|过两年|过几年|到时候|有朝一日|"
    r"明年(?!.{0,8}(?:交房|交付|到期|收房|钥匙|接房|[号月底]交))|后年(?!.{0,8}(?:交房|交付|到期|收房|钥匙|接房))|下半年.{0,3}(?:买|租|开)|攒钱|攒够|看中|看上|想在|想(?:到|去|来|"
    r"回)(?:[^,]{0,6})(?:买|租|盖)|想买|"
    r"想租|想开|要买|要租|想去(?!.{0,8}(?:创业|工作|上班|就业))|还想|正在看房|看房|快要?结婚|"
    r"说好.{0,6}(?:买|领证)|要给我?买|想找"
)
SUPPOSE = re.compile(
    r"要么|如果|要是|假如|假设|万一|比如|譬如|除非|哪怕|是不是(?:得|要|必须|需要)|必须得?|需不需要|用不用|要不要|非得|"
    r"得先|一定要(?!自己|单独)|才能|才行|需要(?:先)?(?:交|买|有|办|提供)|得(?:有|交|买|办)"
)
HEARSAY = re.compile(
    r"听(?:人|别人|朋友|同事|邻居|老乡)?(?:说|讲)|有(?:的)?人说|还有说|有说|据说|网上(?:说|看|写)|(?:老乡|同乡|邻居|"
    r"同事|别人|人家|中介|朋友|村里人|工友|他们|"
    r"大家|亲戚|战友|同学|抖音上|群里)(?:都|就|也)?(?:跟我|和我|给我)?(?:说|讲|告诉)|"
    r"(?:文件|政策|规定|条文)(?:里|上|中)?(?:说|写|讲|规定|要求)|都说|有人讲|听闻|人家都"
)
PAST = re.compile(
    r"以前|之前|从前|原来|原先|曾经|早先|那会儿?|那时候|当时|当年|早些年|早年|前些年|过去(?!了)|小时候|年轻时|上学那(?:会|阵)"
)
PRESENT = re.compile(
    r"现在|如今|目前|眼下|现(?=住|租|在)|这几年|这两年|今年|去年|前年|刚|后来|已经|近来|最近|当前|年前|月份?(?:来|"
    r"搬|到|换|买|入职|回)|月来|一直"
)
HEDGE = re.compile(
    r"可能|好像|也许|大概|应该(?:是|有|算)|似乎|估计|差不多|说不上来|说不清|不确定|不清楚|不知道|没整明白|整不明白|"
    r"搞不清|弄不清|记不清|记不得|不记得|忘了|拿不准|不太懂|没问过|还没查|没查出来|没准|不好说|兴许|八成|没弄懂"
)
QUESTION = re.compile(
    r"吗$|么$|(?<![着了没])呢$|[能行可要算够会是]不[能行可要算够会是]|不$|不行?$|没$|嘛$|是否|能否|可否|如何|怎么|咋|哪|多少|"
    r"几年|多久|什么条件|啥条件|有没有"
)
ASK_WORD = re.compile(r"能不能|可不可以|行不行|算不算|要不要|是不是|够不够|有没有|会不会|用不用|该不该|是否|能否|可否|成不成|中不中")
CORRECTION = re.compile(
    r"(?:^|[,。;!\s])(?:不对|说错了?|更正|纠正|打错了?|写错了?|记错了?|搞错了?|刚才说错|我说错|错了|口误|应该是|"
    r"改成|改为|改一下|重新说)|不是.{1,12}[,]?(?:而)?是"
)


@dataclass(frozen=True)
class Clause:
    """A stretch of the plain text between two marks, and how it is meant.

    ``sentence`` numbers the sentence it stands in; ``hearsay``, ``hedged`` and ``asks`` hold for the whole clause; ``past`` is
    set where the clause, or one before it that it continues, tells what used to be.
    """

    start: int
    end: int
    text: str
    sentence: int
    hearsay: bool
    hedged: bool
    asks: bool
    past: bool

    def planned(self, at: int) -> bool:
        """Whether what stands at offset ``at`` of the clause is only planned or supposed."""
        before = self.text[:at]
        return any(
            True for pattern in (PLAN, SUPPOSE) for m in pattern.finditer(self.text) if m.start() <= at and m.start() <= len(before)
        ) and not _settled(self.text, at)

    def past_at(self, at: int) -> bool:
        """Whether what stands at offset ``at`` of the clause is over by now."""
        last = [m.start() for m in PAST.finditer(self.text) if m.start() <= at]
        if not last:
            return self.past and not any(m.start() <= at for m in PRESENT.finditer(self.text))
        return not any(last[-1] < m.start() <= at for m in PRESENT.finditer(self.text))


def _settled(text: str, at: int) -> bool:
    """Whether a word between the plan and the place says that it is no plan (打算迁户口, 已经买了房)."""
    plans = [m.end() for pattern in (PLAN, SUPPOSE) for m in pattern.finditer(text) if m.start() <= at]
    between = text[max(plans) : at] if plans else ""
    return bool(re.search(r"已经|现在|目前|户口|落户|迁", between))


def split(plain: str) -> list[Clause]:
    """The clauses of the text from left to right; brackets hold clauses of their own."""
    pieces: list[tuple[int, int, str]] = []
    at = 0
    for mark in _END.finditer(plain):
        pieces.append((at, mark.start(), mark.group()))
        at = mark.end()
    pieces.append((at, len(plain), ""))
    clauses: list[Clause] = []
    sentence, past = 0, False
    for start, end, stop in pieces:
        cuts = [start, *[start + m.start() for m in _TURN.finditer(plain[start:end])], end]
        cuts = [low + step for low, high in zip(cuts, cuts[1:], strict=False) for step in range(0, max(high - low, 1), LONGEST)] + [end]
        for low, high in zip(cuts, cuts[1:], strict=False):
            text = plain[low:high]
            if not text:
                continue
            begins = bool(PAST.search(text))
            present = list(PRESENT.finditer(text))
            carried = past and not present
            asks = bool(QUESTION.search(text)) or (high == end and "?" in stop)
            clauses.append(Clause(low, high, text, sentence, bool(HEARSAY.search(text)), bool(HEDGE.search(text)), asks, carried))
            if begins:
                past = not (present and present[-1].start() > [m.start() for m in PAST.finditer(text)][-1])
            elif present:
                past = False
        if _SENTENCE.search(stop):
            sentence += 1
            past = False
    return clauses
