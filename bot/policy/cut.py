"""Cut a raw Chinese government document into its articles: 一、 / （一） / 1.

Paths are heading paths without spaces and with half-width brackets: ``二(一)2``.  What stands before the first article is
``题头``; a closing clause on effect is ``附则``; signature, date and copy lines are ``落款``.
"""

from __future__ import annotations

import hashlib
import json
import re
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


def cut(text: str) -> tuple[Cut, ...]:
    """The articles of a document in the order of its text; their spans tile it exactly.

    Both widths of brackets and digits are read, gaps in the numbering are tolerated, and a chapter heading that has lost its
    number gets the number that is missing, with ``number_missing``.  A line that names responsible units after the items of a
    section belongs to the section.
    """
    lines = _paragraphs(text)
    starts: list[tuple[int, str, str, bool]] = []    # offset, path, heading, number missing
    chapter = section = item = 0
    ended = False

    def path(*, of_item: bool = True) -> str:
        name = chinese(chapter) + (f"({chinese(section)})" if section else "")
        return name + (str(item) if item and of_item else "")

    for index, (at, line) in enumerate(lines):
        before = len(starts)
        if match := _CHAPTER.match(line):
            if _follows(numeral(match[1]), chapter):
                chapter, section, item, ended = numeral(match[1]), 0, 0, False
                starts.append((at, path(), _heading(match[2]), False))
        elif (match := _SECTION.match(line)) and chapter and not ended:
            if numeral(match[1]) == 1 and section == 0 or section and _follows(numeral(match[1]), section):
                section, item = numeral(match[1]), 0
                starts.append((at, path(), _heading(match[2]), False))
        elif (match := _ITEM.match(line)) and chapter and not ended:
            number = int(match[1])    # int reads full-width digits too
            if _follows(number, item):
                item = number
                starts.append((at, path(), _heading(match[2]), False))
        elif chapter and not ended and _lost_number(lines, index, section):
            chapter, section, item = chapter + 1, 0, 0
            starts.append((at, path(), line, True))
        elif chapter and not ended and item and _DUTY.match(line):
            item = 0
            starts.append((at, path(), "", False))
        elif chapter and _CLOSING.match(line):
            ended = True
            starts.append((at, CLOSING, "", False))
        elif chapter and (starts[-1][1] != SIGNATURE) and _SIGNATURE.match(line) and _last_chapter(lines, index):
            ended = True
            starts.append((at, SIGNATURE, "", False))
        if before == 0 and starts and starts[0][0] != 0:
            starts.insert(0, (0, HEAD, "", False))
    if not starts:
        starts = [(0, HEAD, "", False)]
    starts[0] = (0, *starts[0][1:])
    return _collect(starts, len(text))


def _lost_number(lines: list[tuple[int, str]], index: int, section: int) -> bool:
    """Whether a line is a chapter heading without its number: short, no sentence, and a section （一） begins right after it."""
    line = lines[index][1]
    after = lines[index + 1][1] if index + 1 < len(lines) else ""
    match = _SECTION.match(after)
    return bool(match and numeral(match[1]) == 1 and len(line) <= 30 and not any(c in line for c in "，。；：,;:（("))


def _last_chapter(lines: list[tuple[int, str]], index: int) -> bool:
    return not any(_CHAPTER.match(line) for _, line in lines[index:])


def _collect(starts: list[tuple[int, str, str, bool]], length: int) -> tuple[Cut, ...]:
    found: dict[str, Cut] = {}
    for (at, path, heading, missing), end in zip(starts, [*(s[0] for s in starts[1:]), length], strict=True):
        piece = found.setdefault(path, Cut(path, heading, number_missing=missing))
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
