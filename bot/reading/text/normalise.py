"""One plain spelling of what a resident typed, with the way back to the resident's own characters.

NFKC, traditional to simplified, lower-case Latin, no spaces between Chinese characters, repeated punctuation folded, misspelt domain
words mended (``data/lexicon/typos.yml``): listed slips, and words in which one character is another of the same sound.  A mending never
breaks up a word of an ordinary sentence.  Then what people say in several ways is put in one (``data/lexicon/spoken.yml``), and a
stretch too long for one clause gets the commas that nobody typed (:mod:`bot.reading.text.marks`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ruamel.yaml import YAML

from bot.paths import LEXICON
from bot.pinyin import readings_of, syllables_of
from bot.reading.text.cues import cue
from bot.reading.text.marks import ends
from bot.reading.text.words import segmenter

_FOLDED = set(",.?!;:~。、…-·'\"“”*=+_")
_SPACE = re.compile(r"\s+")
_ENDS = cue("normalise.ends")
"""What ends a clause however short the next piece is: whose register is noted (河北户 临清租房), and a word that ends a sentence."""
_ASKS = cue("normalise.asks")  # the question that ends a note (岳父母同住 可否)
_PIECE = 4  # characters that a piece between two spaces has at least, where it is a clause


@dataclass(frozen=True)
class Text:
    """A message in its plain spelling.

    ``original`` is what was typed; ``plain`` the plain spelling, whose punctuation is ASCII but for 。 and 、; a line break, or a space
    between two pieces of four and more Chinese characters, has become a comma, as has the end of a clause that nobody marked.
    ``origins`` holds, for each character of ``plain``, the span of ``original`` it stands for.
    """

    original: str
    plain: str
    origins: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``original`` that the span ``start:end`` of ``plain`` stands for (an empty span stays empty)."""
        if start >= end or start >= len(self.origins):
            at = self.origins[start][0] if start < len(self.origins) else len(self.original)
            return at, at
        return self.origins[start][0], self.origins[min(end, len(self.origins)) - 1][1]

    def words(self, start: int, end: int) -> str:
        """The resident's own words behind the span ``start:end`` of ``plain``."""
        first, last = self.span(start, end)
        return self.original[first:last]


@dataclass(frozen=True)
class _Lexicon:
    """The mending lexicon, indexed once."""

    simple: dict[str, str]
    mended: dict[str, str]
    pattern: re.Pattern[str]
    sounded: dict[tuple[str, str], dict[str, str]]
    letters: frozenset[str]
    lengths: tuple[int, ...]
    never: frozenset[str]
    idle: frozenset[str]
    spoken: re.Pattern[str]
    plainly: tuple[str, ...]


def _syllables(ch: str) -> frozenset[str]:
    """The toneless readings of one character."""
    return readings_of(ch) if "\u3400" <= ch <= "\u9fff" else frozenset()


_cached_syllables = lru_cache(maxsize=8192)(_syllables)


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    simple = {}
    for line in (LEXICON / "traditional.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            old, new = line.split("\t")
            simple[old] = new
    data = YAML(typ="safe", pure=True).load((LEXICON / "typos.yml").read_text(encoding="utf-8"))
    mended: dict[str, str] = data["mended"]
    sounded: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for word in data["sounded"]:
        for at, syllable in enumerate(syllables_of(word)):
            sounded[(word[:at], word[at + 1 :])][syllable] = word
    slips = sorted(mended, key=len, reverse=True)
    spoken = YAML(typ="safe", pure=True).load((LEXICON / "spoken.yml").read_text(encoding="utf-8"))
    return _Lexicon(
        simple,
        mended,
        re.compile("|".join(map(re.escape, slips))),
        dict(sounded),
        frozenset("".join(data["sounded"])),
        tuple(sorted({len(word) for word in data["sounded"]}, reverse=True)),
        frozenset(data["never"]),
        frozenset(data["idle"]),
        re.compile("|".join(f"({way['re']})" for way in spoken)),
        tuple(way["plain"] for way in spoken),
    )


# What masking put in place of personal data. It is no word of the resident's, so it must not tell the topic.
_HIDDEN = cue("normalise.hidden")
_UNDER_WAY = 16  # messages remembered: classifier, turn and reader each ask for the plain spelling of one


@lru_cache(maxsize=_UNDER_WAY)
def normalise(text: str) -> Text:
    """The message in its plain spelling; linear in its length, never raises for a string. Marks of masked data are left out."""
    plain, origins = _spelt(text)
    plain, origins = _replaced(plain, origins, [(end, end, ",") for end in ends(plain)])
    return Text(text, plain, tuple(origins))


def as_punctuated(text: str) -> str:
    """The plain spelling with the marks that were typed and no others."""
    return _spelt(text)[0]


def _spelt(text: str) -> tuple[str, list[tuple[int, int]]]:
    chars, origins = _characters(_HIDDEN.sub(lambda mark: "\u200b" * len(mark.group()), text))
    chars, origins = _spaces(chars, origins)
    plain, origins = _mend("".join(chars), origins)
    return _replaced(plain, origins, _ways(plain))


def _characters(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """NFKC, simplified, lower-case; invisible characters dropped, repeated punctuation folded."""
    simple = _lexicon().simple
    chars: list[str] = []
    origins: list[tuple[int, int]] = []
    for at, typed in enumerate(text):
        if "\u4e00" <= typed <= "\u9fff":
            chars.append(simple.get(typed, typed))
            origins.append((at, at + 1))
            continue
        for ch in typed if typed.isascii() else unicodedata.normalize("NFKC", typed):
            ch = simple.get(ch, ch).lower()[0]
            if ch in "\r\n\u2028\u2029":
                ch = "\n"
            elif unicodedata.category(ch) in ("Cc", "Cf", "Cs", "Mn") and ch != "\t":
                if origins:
                    origins[-1] = (origins[-1][0], at + 1)
                continue
            if chars and ch == chars[-1] and ch in _FOLDED:
                origins[-1] = (origins[-1][0], at + 1)
                continue
            chars.append(ch)
            origins.append((at, at + 1))
    return chars, origins


def _spaces(chars: list[str], origins: list[tuple[int, int]]) -> tuple[list[str], list[tuple[int, int]]]:
    """Spaces dropped beside Chinese characters and punctuation, one left between Latin words, a comma where they part two clauses."""
    plain = "".join(chars)
    kept: list[str] = []
    spans: list[tuple[int, int]] = []
    runs = [(match.start(), match.end()) for match in _SPACE.finditer(plain)]
    listed, at = _lists(plain), 0
    for number, (start, end) in enumerate(runs):
        kept.extend(chars[at:start])
        spans.extend(origins[at:start])
        at = end
        before, after = plain[start - 1 : start], plain[end : end + 1]
        if not before or not after:
            continue
        left = start - (runs[number - 1][1] if number else 0)
        right = (runs[number + 1][0] if number + 1 < len(runs) else len(plain)) - end
        noted = _ENDS.search(plain, start - left, end + 1) is not None or left >= _PIECE and _ASKS.match(plain, end) is not None
        pieces = plain[start - left : start], plain[end : end + right]
        clauses = noted or min(left, right) >= _PIECE or min(left, right) > 1 and _parts_clauses(*pieces)
        if "\n" in plain[start:end] or (_cjk(before) and _cjk(after) and clauses) or listed and _cjk(after):
            joint = "," if _worded(before) else ""
        else:
            joint = " " if before.isascii() and after.isascii() and before.isalnum() and after.isalnum() else ""
        if joint:
            kept.append(joint)
            spans.append((origins[start][0], origins[end - 1][1]))
    kept.extend(chars[at:])
    spans.extend(origins[at:])
    return kept, spans


def _parts_clauses(before: str, after: str) -> bool:
    """Whether a space between two short pieces parts two clauses: one is a note by itself, or tells where somebody is from."""
    whose = cue("normalise.whose_piece")
    if whose.fullmatch(before) and not cue("normalise.goes_on_piece").fullmatch(after):
        return True
    if before[-1:] == after[-1:] and whose.fullmatch(after):
        return True  # 在厂里上班的 河南的
    return any(cue("normalise.note_piece").fullmatch(piece) for piece in (before, after))


def _lists(plain: str) -> bool:
    """Whether the spaces of a text stand where others set commas, as in a clerk's note (男37 沧州户口 无业 初中 问能否落户).

    Who leaves spaces within a clause (我 想 落户) has pieces of one character, or but few of four and more.
    """
    pieces = _SPACE.split(plain.strip())
    long = sum(len(piece) >= _PIECE for piece in pieces)
    return len(pieces) > _PIECE and min(map(len, pieces)) > 1 and 2 * long >= len(pieces)


def _cjk(ch: str) -> bool:
    return "\u3400" <= ch <= "\u9fff" or ch == "〇"


def _worded(ch: str) -> bool:
    return ch.isalnum()


def _mend(plain: str, origins: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Misspelt domain words mended, and where each character of the outcome comes from."""
    return _replaced(plain, origins, _mendings(plain))


def _ways(plain: str) -> list[tuple[int, int, str]]:
    """The spans said in one of several ways, each with the one way it is read in."""
    lexicon = _lexicon()
    return [(*m.span(), lexicon.plainly[(m.lastindex or 1) - 1]) for m in lexicon.spoken.finditer(plain)]


def _replaced(plain: str, origins: list[tuple[int, int]], mendings: list[tuple[int, int, str]]) -> tuple[str, list[tuple[int, int]]]:
    """The text with each span replaced by a word (an empty one: put in there), and where each character of the outcome comes from."""
    if not mendings:
        return plain, origins
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end, word in mendings:
        parts += [plain[at:start], word]
        spans += origins[at:start]
        if len(word) == end - start:
            spans += origins[start:end]
        elif start == end:  # a comma nobody typed stands where the next character came from
            spans += [origins[start]] * len(word)
        else:
            spans += [(origins[start][0], max(origins[start][0], origins[end - 1][1]))] * len(word)
        at = end
    parts.append(plain[at:])
    spans += origins[at:]
    return "".join(parts), spans


def _mendings(plain: str) -> list[tuple[int, int, str]]:
    """The spans to mend, from left to right, none overlapping another."""
    lexicon = _lexicon()
    edges: set[int] | None = None
    found: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for match in lexicon.pattern.finditer(plain):
        edges = edges if edges is not None else _edges(plain)
        if match.start() in edges and match.end() in edges:
            found.append((match.start(), match.end(), lexicon.mended[match.group()]))
            taken.update(range(*match.span()))
    for start, end, word, at in _sounding(plain, lexicon):
        edges = edges if edges is not None else _edges(plain)
        if _whole(plain[start:end], start, at, edges) and taken.isdisjoint(range(start, end)):
            found.append((start, end, word))
            taken.update(range(start, end))
    return sorted(found)


def _sounding(plain: str, lexicon: _Lexicon) -> Iterator[tuple[int, int, str, int]]:
    """Every window in which exactly one character is another of the same sound: start, end, the word meant, the odd one's offset in it."""
    sounded, lengths, sizes = lexicon.sounded, lexicon.lengths, len(plain)
    known = [ch in lexicon.letters for ch in plain]
    for start in range(sizes):
        for length in lengths:
            end = start + length
            if end > sizes or sum(known[start:end]) < length - 1:
                continue
            window = plain[start:end]
            for at in range(length):
                rights = sounded.get((window[:at], window[at + 1 :]))
                if not rights or window[at] in lexicon.idle or window in rights.values() or window in lexicon.never:
                    continue
                syllables = _cached_syllables(window[at])
                word = next((right for syllable, right in rights.items() if syllable in syllables), None)
                if word:
                    yield start, end, word, at


def _edges(plain: str) -> set[int]:
    """The offsets at which a word begins or ends."""
    edges, at = {0}, 0
    for word in segmenter().cut(plain, False):
        at += len(word)
        edges.add(at)
    return edges


def _whole(window: str, start: int, at: int, edges: set[int]) -> bool:
    """Whether the window begins and ends with words, is no word itself, and its odd character stands alone."""
    if start not in edges or start + len(window) not in edges or segmenter().has_word(window):
        return False
    return start + at in edges and start + at + 1 in edges
