"""Text for a chat bubble: cut to what WeChat takes, options as numbers that can be tapped or typed. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

MOST = 2048
"""Bytes of UTF-8 that a text message may have; more and WeChat shows the person a failure notice."""

_ATOM = re.compile(r"<a [^>]*>.*?</a>|[^\n，。；、“”<>]{0,60}“[^“”]{0,400}”|《[^《》]{0,100}》|https?://[^\s<>，。；]+", re.DOTALL)
"""What is never cut: a link, a quote with what it is quoted from, a title, an address."""
_ENDS = ("\n", "。", "？", "！", "；", "?", "!", ";")
_PAUSES = ("，", "、", "：", ",", " ", "\u3000")
_JOINERS = "\u200d\ufe0f\ufe0e"
_SKIN = range(0x1F3FB, 0x1F400)

_NUMERALS = "一二三四五六七八九"
_WORD = "([1-9一二三四五六七八九])"
_PICK = re.compile(rf"{_WORD}[)]?|[(]{_WORD}[)]|我?就?(?:选|要|点|第|选第|要第|点第|选项){_WORD}(?:个|项|条|号|种)?吧?")


def split(text: str, most: int = MOST) -> list[str]:
    """The text in parts of at most ``most`` bytes that joined give the text again.

    A part ends at the end of a paragraph or sentence where one lies in its second half, otherwise at a pause, otherwise between two
    characters; never inside a link, a quotation with its source, or a character that consists of several code points. Only a link
    or quotation that alone is longer than ``most`` is cut like plain text.

    Raises:
        ValueError: ``most`` is too small to hold any character.
    """
    if most < 64:
        raise ValueError(f"{most} bytes hold no sentence; use at least 64")
    parts: list[str] = []
    held: list[str] = []
    size = 0
    for piece in _pieces(text, most):
        length = len(piece.encode())
        while held and size + length > most:
            at = _best_end(held, most)
            parts.append("".join(held[:at]))
            held = held[at:]
            size = sum(len(p.encode()) for p in held)
        held.append(piece)
        size += length
    if held:
        parts.append("".join(held))
    return parts


def _best_end(pieces: Sequence[str], most: int) -> int:
    """After how many pieces a part should end: at the last sentence, at the last pause, or after all of them."""
    sizes = [len(p.encode()) for p in pieces]
    for ends in (_ENDS, _PAUSES):
        size = sum(sizes)
        for at in range(len(pieces), 0, -1):
            if size < most // 2:
                break
            if pieces[at - 1].endswith(ends) or (ends is _ENDS and pieces[at - 1].endswith("</a>")):
                return at
            size -= sizes[at - 1]
    return len(pieces)


def _pieces(text: str, most: int) -> Iterator[str]:
    """What may stand alone: links and quotations whole, everything else by visible character."""
    at = 0
    for match in _ATOM.finditer(text):
        yield from _characters(text[at : match.start()])
        whole = match.group()
        if len(whole.encode()) <= most:
            yield whole
        else:
            yield from _characters(whole)
        at = match.end()
    yield from _characters(text[at:])


def _characters(text: str) -> Iterator[str]:
    """Visible characters: a base with its marks and joined parts; a monstrous pile of marks is broken after 16 code points."""
    start = 0
    for at in range(1, len(text)):
        char, before = text[at], text[at - 1]
        joined = char in _JOINERS or before == "\u200d" or unicodedata.combining(char) or ord(char) in _SKIN
        if not joined or at - start >= 16:
            yield text[start:at]
            start = at
    if start < len(text):
        yield text[start:]


def link(title: str, address: str) -> str:
    """A link that WeChat shows inside a text."""
    return f'<a href="{_attribute(address)}">{plain(title)}</a>'


def option(number: int, label: str, sends: str) -> str:
    """A numbered choice; tapping it sends ``sends`` as if the person had typed it."""
    return link(f"{number}. {label}", f"weixin://bizmsgmenu?msgmenucontent={_value(sends)}&msgmenuid={number}")


def tap(sends: str, title: str | None = None) -> str:
    """A word that can be tapped instead of typed."""
    return link(title or sends, f"weixin://bizmsgmenu?msgmenucontent={_value(sends)}&msgmenuid=0")


def plain(text: str) -> str:
    """The text with nothing in it that WeChat would take for a link."""
    return text.replace("<", "＜").replace(">", "＞")


def chosen(text: str, options: int) -> int | None:
    """Which of the options (1 and up) a message names by its number: "1", "①", "1.", "第一个", "选一"; ``None`` for anything else."""
    short = re.sub(r"[\s.、，。,:：]", "", unicodedata.normalize("NFKC", text))
    match = _PICK.fullmatch(short)
    if not match:
        return None
    word = next(filter(None, match.groups()))
    number = int(word) if word.isdecimal() else _NUMERALS.index(word) + 1
    return number if number <= options else None


def _value(text: str) -> str:
    """Text inside the address of a tap; only what would end it is encoded, since WeChat sends the rest back as it stands."""
    for char in "%&#":
        text = text.replace(char, f"%{ord(char):02X}")
    return "".join(text.split())


def _attribute(text: str) -> str:
    for char in '"<> \n\t':
        text = text.replace(char, f"%{ord(char):02X}")
    return text
