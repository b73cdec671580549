"""The words of a message, with their place in the plain spelling and in what was typed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot import paths
from bot.reading.text.marks import WEIGHTS
from bot.reading.text.normalise import normalise
from bot.reading.text.words import segmenter

LEARNT_WITH = (
    "concepts.yml",
    "cues/place.yml",
    "cues/spelling.yml",
    "jieba.txt",
    "place_aliases.yml",
    "places.json",
    "spoken.yml",
    "traditional.tsv",
    "typos.yml",
)
"""What of the lexicon a model is trained with; the rest is read by the fact reader alone, when a message comes."""
READ_WITH = (
    *("place/everyday.py", "place/parts.py", "place/place_tree.py", "place/places.py"),
    *("text/marks.py", "text/normalise.py", "text/words.py"),
)
"""The modules of ``bot.reading`` that make the words of a message."""


@dataclass(frozen=True)
class Word:
    """One word: its plain spelling, its span in the plain text and its span in the message as typed."""

    text: str
    plain: tuple[int, int]
    typed: tuple[int, int]


def words_of(message: str) -> tuple[str, list[Word]]:
    """The plain spelling of the message and its words in order; white space is no word."""
    text = normalise(message)
    words, at = [], 0
    for piece in segmenter().cut(text.plain):
        start, at = at, at + len(piece)
        if piece.strip():
            words.append(Word(piece, (start, at), text.span(start, at)))
    return text.plain, words


def content_hash(files: Iterable[Path]) -> str:
    """A hash over names and contents of the files, the same in whatever order they are listed."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.name.encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def lexicon_hash(folder: Path = paths.LEXICON) -> str:
    """A hash over everything that decides how a message is cut into words and what the model makes of them."""
    code = sorted(Path(__file__).parent.glob("*.py"))
    reading = [paths.ROOT / "bot" / "reading" / name for name in READ_WITH]
    return content_hash([*(folder / name for name in LEARNT_WITH), folder / "marks" / WEIGHTS.name, *code, *reading])
