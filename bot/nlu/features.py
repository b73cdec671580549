"""What of a message tells its topic: character runs, words, concepts and sounds; never the place, never a number.

A place becomes one mark (the place a document governs) or another (anywhere else), digits become one mark, so that neither
can carry the weight of a topic.  Concepts are the synonym classes of ``data/lexicon/concepts.yml``.  Sounds are pairs of syllables, so
that a word typed by its sound (祖房) still resembles the word that was meant (租房).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot import paths
from bot.eligibility.values import inside
from bot.nlu.words import Word
from bot.pinyin import syllables_of
from bot.reading.place.places import find_places

HOME, AWAY, NUMBER = "\ue000", "\ue001", "\ue002"
_NAMED = frozenset({"province", "prefecture", "county", "town", "township", "subdistrict"})
_HUSBANDS = frozenset({"老公", "外公", "公公"})
_KEYWORD = (2, 14)
"""How many characters a keyword of a list may have."""
_DIGITS = re.compile(r"[0-9]+(?:[.,/-][0-9]+)*")


@dataclass(frozen=True)
class Lexicon:
    """Concepts, and the words by which a message is cut into questions."""

    concepts: Mapping[str, str]
    pattern: re.Pattern[str]
    question: re.Pattern[str]
    split: re.Pattern[str]
    wish: re.Pattern[str]
    joint: re.Pattern[str]
    hollow: re.Pattern[str]
    lists: frozenset[str]


@lru_cache(maxsize=4)
def lexicon(file: Path = paths.LEXICON / "concepts.yml") -> Lexicon:
    """Read the concepts.

    Raises:
        ValueError: a phrase stands under two concepts; the message names both.
    """
    raw: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    owner: dict[str, str] = {}
    for concept, phrases in raw["concepts"].items():
        for phrase in str(phrases).split():
            if owner.setdefault(phrase, concept) != concept:
                raise ValueError(f"{file}: {phrase!r} stands under {owner[phrase]} and under {concept}; keep it under one")
    questions = raw["questions"]
    marks = re.escape("".join(str(questions["marks"]).split()))
    endings = "|".join(map(re.escape, str(questions.get("endings", "\ue003")).split()))
    hollow = _longest_first(str(questions.get("hollow", "\ue003")).split()).pattern
    joints = "|".join(map(re.escape, str(questions["joints"]).split()))
    return Lexicon(
        owner,
        _longest_first(owner),
        re.compile(f"{_longest_first(str(questions['words']).split()).pattern}|(?:{endings})(?=\\W*$)"),
        re.compile(f"(?<=[{marks}])|(?={joints})"),
        _longest_first(str(questions.get("wishes", "\ue003")).split()),
        re.compile(joints),
        re.compile(f"\\W*(?:这|那|该|我|俺|可|到底|得)*(?:{hollow})[啊呀呢了]?\\W*"),
        frozenset(str(questions.get("lists", "")).split()),
    )


def _longest_first(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True)))


@lru_cache(maxsize=1)
def homes() -> tuple[str, ...]:
    """The places that the documents govern, as paths of the administrative tree."""
    found = []
    for file in sorted(paths.POLICIES.glob("*/pack.yml")):
        identity = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
        place = (identity.get("jurisdiction") or {}).get("place")
        if place:
            found.append(str(place))
    return tuple(found)


def masked(plain: str, words: Sequence[Word]) -> list[str]:
    """The words, each place and each number replaced by its mark."""
    spans = []
    for reading in find_places(plain):
        if reading.kind in _NAMED:
            near = any(inside(p, h) for p in reading.places.include for h in homes())
            spans.append((*reading.span, HOME if near else AWAY))
    out: list[str] = []
    for word in words:
        mark = next((m for s, e, m in spans if s < word.plain[1] and word.plain[0] < e), None)
        if out and out[-1] in _HUSBANDS and word.text.startswith(("租", "房")):
            out.append(",")  # 我老公租房 is no 公租房
        if mark is None:
            out.append(_DIGITS.sub(NUMBER, word.text))
        elif not out or out[-1] != mark:
            out.append(mark)
    return out


def features(words: Sequence[str]) -> dict[str, list[str]]:
    """The features of masked words in four blocks: ``char``, ``word``, ``concept`` and ``sound`` (each may repeat)."""
    text = "".join(words)
    chars = _runs(text, 1, 2, 3)
    chars += [f"{text[i]}…{text[i + gap]}" for gap in (2, 3) for i in range(len(text) - gap)]
    lex = lexicon()
    named = [lex.concepts[m.group()] for m in lex.pattern.finditer(text)]
    steps = [f"{a}>{b}" for a, b in zip(named, named[1:], strict=False) if a != b]
    together = [f"{a}&{b}" for a, b in _pairs(sorted(set(named)))]
    syllables = ["^", *map(_syllable, text), "$"]
    sounds = [f"{a} {b}" for a, b in zip(syllables, syllables[1:], strict=False)]
    return {"char": chars, "word": [*words, *_neighbours(words)], "concept": [*named, *steps, *together], "sound": sounds}


@lru_cache(maxsize=8192)
def _syllable(character: str) -> str:
    """The commonest reading of a character without its tone; any other sign stands for itself."""
    return syllables_of(character)[0] if "\u3400" <= character <= "\u9fff" else character


def _runs(text: str, *sizes: int) -> list[str]:
    """Every run of so many characters, the ends of the text marked."""
    padded = f"^{text}$"
    return [padded[i : i + n] for n in sizes for i in range(len(padded) - n + 1)]


def _neighbours(words: Sequence[str]) -> list[str]:
    return [f"{a}_{b}" for a, b in zip(["^", *words], [*words, "$"], strict=True)]


def _pairs(names: Sequence[str]) -> Iterable[tuple[str, str]]:
    return ((a, b) for i, a in enumerate(names[:8]) for b in names[i + 1 : 8])


def _clauses(words: Sequence[str]) -> list[list[str]]:
    """The words cut after every mark and before every joint; a mark after a mark (吗？) belongs to the piece before."""
    lex = lexicon()
    pieces: list[list[str]] = []
    current: list[str] = []
    for word in words:
        if not current and pieces and not any(map(str.isalnum, word)):
            pieces[-1].append(word)
            continue
        if current and lex.split.match(word):
            pieces.append(current)
            current = []
        current.append(word)
        if lex.split.match(word, len(word)):
            pieces.append(current)
            current = []
    if current:
        pieces.append(current)
    return pieces


def adds(text: str) -> bool:
    """Whether a part of a message opens as one more question (另外, 顺便)."""
    return bool(lexicon().joint.match(text))


def questions_in(words: Sequence[str]) -> list[list[str]]:
    """The message cut into its questions, each with the words said before it; one list where there is one question or none.

    A list of keywords (购房落户+子女随迁) is cut at its marks.
    """
    lex = lexicon()
    if listed := _listed(words, lex.lists):
        return listed
    joined: list[list[str]] = []
    context: list[str] = []
    for piece in _clauses(words):
        if joined and not context and lex.hollow.fullmatch("".join(piece)):
            joined[-1] = joined[-1] + piece
            continue
        context += piece
        if lex.question.search("".join(piece)):
            joined.append(context)
            context = []
    if context:
        if joined:
            joined[-1] = joined[-1] + context
        else:
            joined.append(context)
    return joined


def wish_before(words: Sequence[str]) -> int | None:
    """How many words stand before the question of a piece, where they say that somebody wants to move; ``None`` where they do not.

    A question that is added to what was said (另外, 顺便问下) parts from it in the same way, whatever that was. One that asks nothing
    by itself (咋整) asks about what stands before it.
    """
    clauses = _clauses(words)
    lex = lexicon()
    asking = [i for i, clause in enumerate(clauses) if lex.question.search("".join(clause))]
    if not asking or not asking[0]:
        return None
    if lex.hollow.fullmatch("".join(w for clause in clauses[asking[0] :] for w in clause)):
        return None
    added = lex.joint.match("".join(clauses[asking[0]]))
    if not added and not lex.wish.search("".join(w for clause in clauses[: asking[0]] for w in clause)):
        return None
    return sum(map(len, clauses[: asking[0]]))


def _listed(words: Sequence[str], marks: frozenset[str]) -> list[list[str]]:
    """The pieces between list marks; none where one of them is long enough to be a sentence."""
    pieces: list[list[str]] = [[]]
    for word in words:
        pieces[-1].append(word)
        if word in marks:
            pieces.append([])
    if not pieces[-1]:
        pieces.pop()
    lengths = [sum(c.isalnum() for word in piece for c in word) for piece in pieces]
    return pieces if len(pieces) > 1 and all(_KEYWORD[0] <= n <= _KEYWORD[1] for n in lengths) else []
