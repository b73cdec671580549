"""Addresses: the path of an article ("二(一)2", "二一2", "2.1.2", "第二条第一款"), and the number of a document."""

from __future__ import annotations

import re

from bot.search.sound import initials

_CHINESE = "一二三四五六七八九十"
_FOLD = str.maketrans("０１２３４５６７８９（）．－", "0123456789().-")
_PATH = re.compile(rf"[第条款项目点\s]*(?:[{_CHINESE}]+|\d+)(?:[第条款项目点().、,\-/\s]*(?:[{_CHINESE}]+|\d+))*[第条款项目点().、\s]*")
_NUMBERS = re.compile(rf"[{_CHINESE}]+|\d+")
_DOCUMENT_RUN = re.compile(r"[一-鿿]+|[a-z]+|\d+")
_DOCUMENT_NOISE = re.compile(r"号令|文件|[号第令文]")
_LEAST_NUMBER = 3
"""Digits a document number must be given by, where no letters stand before them."""


def address(text: str) -> tuple[int, ...]:
    """The numbers of an article path from the top down; empty where the text is no path.

    Digits without separators are one level each: ``212`` is 二(一)2.
    """
    plain = text.translate(_FOLD).strip()
    if not plain or not _PATH.fullmatch(plain):
        return ()
    parts = _NUMBERS.findall(plain)
    if len(parts) == 1 and parts[0].isdigit():
        digits = parts[0]
        return tuple(map(int, digits)) if len(digits) <= 4 and "0" not in digits else ()
    numbers: list[int] = []
    for part in parts:
        numbers += [int(part)] if part.isdigit() else _levels(part)
    return tuple(numbers) if all(0 < n < 100 for n in numbers) else ()


def _levels(numerals: str) -> list[int]:
    """Chinese numerals in a row: one number where 十 is among them (十二), else a level each (二一)."""
    if "十" not in numerals:
        return [_CHINESE.index(c) + 1 for c in numerals]
    tens, _, ones = numerals.partition("十")
    return [(_CHINESE.index(tens[-1]) + 1 if tens else 1) * 10 + (_CHINESE.index(ones[0]) + 1 if ones else 0)]


class DocumentNumber:
    """A document number such as 聊政发〔2020〕7号, as staff write it: with other brackets, without the year, by its initials."""

    def __init__(self, text: str) -> None:
        """``text`` is the number as printed."""
        self.runs = _runs(text)
        self.digits = "".join(r for r in self.runs if r.isdigit())
        self.letters = "".join(r for r in self.runs if not r.isdigit())
        self.initials = initials(self.letters)

    def fits(self, query: str) -> bool:
        """Whether the query names this document: its letters or initials, its numbers, or both."""
        runs = _runs(query)
        digits = [r for r in runs if r.isdigit()]
        letters = "".join(r for r in runs if not r.isdigit())
        if letters and not (letters in self.letters or letters == self.initials):
            return False
        if not digits:
            return len(letters) >= _LEAST_NUMBER
        if not letters and len("".join(digits)) < _LEAST_NUMBER:
            return False
        return self._has(digits)

    def _has(self, digits: list[str]) -> bool:
        mine = [r for r in self.runs if r.isdigit()]
        return "".join(digits) == self.digits or digits == mine[-len(digits) :] or (len(digits) == 1 and digits[0] in mine)


def _runs(text: str) -> list[str]:
    return _DOCUMENT_RUN.findall(_DOCUMENT_NOISE.sub(" ", text.translate(_FOLD).lower()))
