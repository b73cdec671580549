"""Renting papers told as a list (房东的房本复印件、租房合同、备案证明、无房证明都齐), which patterns of one paper each read badly."""

from __future__ import annotations

import re

_PAPERS = {
    "rent.title_paper": re.compile(r"房本|房产证|不动产(?:权)?证|产权证|权属证明|房照|本儿"),
    "rent.contract": re.compile(r"合同|协议"),
    "rent.filing": re.compile(r"备案"),
    "rent.no_home_proof": re.compile(r"无房(?:证明)?"),
}
_JOINT = re.compile(r"[、和跟]|以及|还有|加上")
_DONE = re.compile(
    r"(?:都|全|也|均|俱|已|早|就|弄|办|备|跑|开|给|拿|、|证明|明)(?:有|齐|办|开|全|在手|拿|到|弄|备|具备)|齐(?:全|了|备|$)|(?:手续|材料|证件|东西)(?:都|全|也)?(?:有|齐|全|办)|该办的(?:都|全)?办"
)
_MISSING = re.compile(r"没|缺|不|未|差|哪|什么|啥|吗|才|得|要|需|怎么|无(?!房)")


def listed(text: str, before: str, after: str) -> list[tuple[str, int, int]]:
    """The papers a clause lists as held, with their offsets; ``before`` and ``after`` are the neighbouring clauses.

    At least two papers must stand side by side, and the list or the clause next to it must say that they are there.
    """
    found = [(fact, m.start(), m.end()) for fact, pattern in _PAPERS.items() if (m := pattern.search(text))]
    if len(found) < 2 or not _JOINT.search(text) or _MISSING.search(text):
        return []
    if not (_DONE.search(text) or _DONE.search(before) and not _MISSING.search(before) or _DONE.search(after[:6]) and not _MISSING.search(after)):
        return []
    return found
