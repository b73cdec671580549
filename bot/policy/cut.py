"""Cut a raw Chinese government document into its articles: 一、 / （一） / 1.

Paths are heading paths without spaces and with half-width brackets: ``二(一)2``.  What stands before the first article is
``题头``; a closing clause on effect is ``附则``; signature, date and copy lines are ``落款``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot import paths
from bot.policy.forbidden import load_wording_rules

HEAD, CLOSING, SIGNATURE = "题头", "附则", "落款"
_DIGITS = "一二三四五六七八九"
_CHAPTER = re.compile(r"([一二三四五六七八九十]{1,3})、\s*(.*)", re.S)
_SECTION = re.compile(r"[(（]\s*([一二三四五六七八九十]{1,3})\s*[)）]\s*(.*)", re.S)
_ITEM = re.compile(r"([0-9０-９]{1,2})\s*[.．、]\s*(?![0-9０-９])(.*)", re.S)
_CLOSING = re.compile(r"本(?:意见|方案|办法|通知|规定|细则|规则|实施意见|实施方案|实施办法|实施细则)自.{0,30}(?:施行|实施|执行)")
_SIGNATURE = re.compile(r"(?:抄送|主题词|[(（]此件|\d{4}年\d{1,2}月\d{1,2}日|\S{2,25}(?:人民政府|办公室|办公厅|委员会|局|厅)$)")
_DUTY = re.compile(r"[(（]责任单位.*[)）]$", re.S)
_MISSING_LIMIT = 3    # a source may have lost a few numbers; a bigger jump is not a heading


@dataclass
class Cut:
    """One article of a raw document: path, heading (empty where the text has none), spans, and whether its number is lost."""

    path: str
    heading: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    number_missing: bool = False


def numeral(text: str) -> int:
    """A Chinese numeral from 一 to 九十九 as a number; 0 where it is none."""
    tens, ten, ones = text.rpartition("十")
    try:
        if not ten:
            return _DIGITS.index(text) + 1
        return 10 * (_DIGITS.index(tens) + 1 if tens else 1) + (_DIGITS.index(ones) + 1 if ones else 0)
    except ValueError:
        return 0


def chinese(number: int) -> str:
    """A number from 1 to 99 as a Chinese numeral."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens - 1]) + "十"
    return head + (_DIGITS[ones - 1] if ones else "")


def _heading(text: str) -> str:
    first, stop, _ = text.strip().partition("。")
    first = first.strip()
    if stop and (len(first) > 30 or any(c in first for c in "，,；;：:")):
        return ""
    if not stop and len(first) > 20 and "、" in first:    # a sentence cut by a page break
        return ""
    return first if len(first) <= 40 else ""


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """Each line with its offset that is not blank, stripped."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append((at, line.strip()))
        at += len(line) + 1
    return found


def _follows(number: int, last: int) -> bool:
    return number == 1 if last == 0 else last < number <= last + _MISSING_LIMIT


@dataclass(frozen=True)
class _Place:
    """Where in a document a line stands, and how the article there is headed.

    ``chapter``, ``section`` and ``item`` are the numbers read last, 0 where there is none yet; ``part`` is the name of what stands
    outside the articles, and empty amid them.
    """

    chapter: int = 0
    section: int = 0
    item: int = 0
    part: str = ""
    heading: str = ""
    number_missing: bool = False

    @property
    def path(self) -> str:
        """The heading path of the article, or the part of the document."""
        if self.part:
            return self.part
        return chinese(self.chapter) + (f"({chinese(self.section)})" if self.section else "") + (str(self.item) if self.item else "")

    def at_section(self, match: re.Match[str]) -> _Place | None:
        """The section of this chapter that a line opens; ``None`` where its number does not follow."""
        number = numeral(match[1])
        return _Place(self.chapter, number, heading=_heading(match[2])) if _follows(number, self.section) else None

    def at_item(self, match: re.Match[str]) -> _Place | None:
        """The item of this section or chapter that a line opens; ``None`` where its number does not follow."""
        number = int(match[1])    # int reads full-width digits too
        return _Place(self.chapter, self.section, number, heading=_heading(match[2])) if _follows(number, self.item) else None

    def outside(self, part: str) -> _Place:
        """The part of the document behind the articles; a chapter may still follow."""
        return _Place(self.chapter, part=part)


def cut(text: str) -> tuple[Cut, ...]:
    """The articles of a document in the order of its text; their spans tile it exactly.

    Both widths of brackets and digits are read, gaps in the numbering are tolerated, and a chapter heading that has lost its
    number gets the number that is missing, with ``number_missing``.  A line that names responsible units after the items of a
    section belongs to the section.
    """
    lines, place = _paragraphs(text), _Place(part=HEAD)
    starts = {0: place}    # a chapter that opens the text leaves it no head
    for index, (at, _) in enumerate(lines):
        if (opened := _opened(lines, index, place)) is not None:
            starts[at] = place = opened
    return _collect(starts, len(text))


def _opened(lines: list[tuple[int, str]], index: int, place: _Place) -> _Place | None:
    """The place that a line opens, behind ``place``; ``None`` where the line goes on with it, as one does whose number does not follow."""
    line = lines[index][1]
    if match := _CHAPTER.match(line):
        number = numeral(match[1])
        return _Place(number, heading=_heading(match[2])) if _follows(number, place.chapter) else None
    if place.part == HEAD:
        return None
    if not place.part:
        if match := _SECTION.match(line):
            return place.at_section(match)
        if match := _ITEM.match(line):
            return place.at_item(match)
        if (unnumbered := _unnumbered(lines, index, place)) is not None:
            return unnumbered
    return _behind(lines, index, place)


def _unnumbered(lines: list[tuple[int, str]], index: int, place: _Place) -> _Place | None:
    """The chapter whose number is lost, or the section that a line on responsible units goes back to from its items."""
    line = lines[index][1]
    if _lost_number(lines, index):
        return _Place(place.chapter + 1, heading=line, number_missing=True)
    return _Place(place.chapter, place.section) if place.item and _DUTY.match(line) else None


def _behind(lines: list[tuple[int, str]], index: int, place: _Place) -> _Place | None:
    """The closing clause or the signature that a line opens; who signs has signed once, behind the last chapter."""
    line = lines[index][1]
    if _CLOSING.match(line):
        return place.outside(CLOSING)
    signs = place.part != SIGNATURE and _SIGNATURE.match(line) and _last_chapter(lines, index)
    return place.outside(SIGNATURE) if signs else None


def _lost_number(lines: list[tuple[int, str]], index: int) -> bool:
    """Whether a line is a chapter heading without its number: short, no sentence, and a section （一） begins right after it."""
    line = lines[index][1]
    after = lines[index + 1][1] if index + 1 < len(lines) else ""
    match = _SECTION.match(after)
    return bool(match and numeral(match[1]) == 1 and len(line) <= 30 and not any(c in line for c in "，。；：,;:（("))


def _last_chapter(lines: list[tuple[int, str]], index: int) -> bool:
    return not any(_CHAPTER.match(line) for _, line in lines[index:])


def _collect(starts: Mapping[int, _Place], length: int) -> tuple[Cut, ...]:
    """The articles with their spans, by the offsets at which they start; one that is gone back to has several."""
    found: dict[str, Cut] = {}
    for (at, place), end in zip(starts.items(), [*list(starts)[1:], length], strict=True):
        piece = found.setdefault(place.path, Cut(place.path, place.heading, number_missing=place.number_missing))
        if piece.spans and piece.spans[-1][1] == at:
            piece.spans[-1] = (piece.spans[-1][0], end)
        else:
            piece.spans.append((at, end))
    return tuple(found.values())


# -- skeleton -------------------------------------------------------------------------------------------------------

# A number in running text belongs to another document: only one on a line of its own is this document's.
_DOC_NO = re.compile(r"^\s*([\u4e00-\u9fff]{2,8}[〔\[（(]\d{4}[〕\]）)]\s*\d+\s*号)\s*$", re.MULTILINE)
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


def new_pack(text_path: Path, pack_id: str, out: Path = paths.POLICIES) -> Path:
    """Write a skeleton pack for a raw document into ``out/pack_id`` and return that folder.

    The source is copied byte for byte, cut into articles and summed; everything a person must decide is marked TODO, which
    ``check`` reports until it is filled in.

    Raises:
        ValueError: the id is not lower-case words joined by hyphens, or the text is not UTF-8 or holds no article.
        FileExistsError: the folder is already there.
        FileNotFoundError: there is no such text.
    """
    if not _ID.fullmatch(pack_id):
        raise ValueError(f"“{pack_id}” is no pack id: use lower-case letters, digits and hyphens, such as place-2024-5")
    raw = text_path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{text_path} is not UTF-8 ({error}); convert it first") from None
    pieces = cut(text)
    if len(pieces) < 2:
        raise ValueError(f"{text_path} holds no heading such as 一、 at the beginning of a line, so it cannot be cut")
    folder = out / pack_id
    folder.mkdir(parents=True, exist_ok=False)
    (folder / "source.txt").write_bytes(raw)
    for name, content in _skeleton(pack_id, text, hashlib.sha256(raw).hexdigest(), pieces).items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def _skeleton(pack_id: str, text: str, digest: str, pieces: tuple[Cut, ...]) -> dict[str, str]:
    doc_no = _DOC_NO.search(text)
    days = ["-".join((y, m.zfill(2), d.zfill(2))) for y, m, d in _DAY.findall(text)] or ["1900-01-01"]
    identity = f"""# What identifies the document. docs/packs.md says what each key holds.
id: {pack_id}
title: TODO    # verbatim from the text
short_title: TODO
doc_no: {doc_no[1] if doc_no else 'null'}    # TODO verify
issuer: TODO    # verbatim from the text
jurisdiction: {{id: TODO, name: TODO, place: TODO, aliases: [], lookalikes: []}}
dated: {days[-2] if len(days) > 1 else days[-1]}    # TODO verify
printed: {days[-1]}    # TODO verify
effective: null    # TODO a date the text prints, or null
effective_note: TODO    # what the text says on effect, in plain words
expires: null
repeals: []
implements: []
refers_to: []
source_sha256: {digest}
verified_on: null
never: [{", ".join(load_wording_rules().unstated)}]    # TODO strike what the text does state
"""
    rows = ["# The article tree, cut by machine: verify each heading and set each role.", "articles:"]
    for piece in pieces:
        spans = ", ".join(f"[{first}, {end}]" for first, end in piece.spans)
        missing = ", number_missing: true" if piece.number_missing else ""
        formal = piece.path in (HEAD, CLOSING, SIGNATURE)
        rows.append(f"- {{path: {piece.path}, heading: {json.dumps(piece.heading, ensure_ascii=False) if piece.heading else 'null'}, "
                    f"role: {'formal' if formal else 'principle'}, spans: [{spans}]{missing}}}{'' if formal else '    # TODO role'}")
    lists = {name: f"# TODO {what}; docs/packs.md gives the grammar.\n{name}: []\n" for name, what in (
        ("routes", "write the settlement routes that the operative articles create"), ("notes", "write a note on every open wording"),
        ("topics", "answer every topic of data/vocabulary/topics.yml"),
        ("cases", "write example cases, for every route one that is met and one that is not"))}
    return {"pack.yml": identity, "articles.yml": "\n".join(rows) + "\n", **{f"{name}.yml": content for name, content in lists.items()}}
