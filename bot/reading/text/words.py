"""Chinese words: the project's own Jieba instance and a spaCy pipeline on its tokens, each loaded once, on first use.

rjieba cuts exactly as jieba 0.42.1 does, some forty times faster, and holds instances of its own, so no dictionary is shared with any
other library in the process and nothing is cached on disk (an instance is built in about a tenth of a second).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.paths import LEXICON

if TYPE_CHECKING:
    from spacy.language import Language

DICTIONARY = LEXICON / "jieba.txt"
"""The project's words, one per line: word, frequency, part of speech."""


class Segmenter(Protocol):
    """What the project uses of Jieba."""

    def cut(self, text: str, hmm: bool = True) -> list[str]:
        """The words of the text in order; joined they are the text."""
        ...

    def has_word(self, word: str) -> bool:
        """Whether the dictionary knows the word."""
        ...


def dictionary(path: Path = DICTIONARY) -> Iterator[tuple[str, int, str]]:
    """The entries of a dictionary file.

    Raises:
        ValueError: a line is not ``word frequency tag``; the message names file and line.
    """
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        parts = line.split()
        if len(parts) != 3 or not parts[1].isdigit():
            raise ValueError(f"{path.name}:{at}: expected 'word frequency tag', found {line!r}")
        yield parts[0], int(parts[1]), parts[2]


@lru_cache(maxsize=1)
def segmenter() -> Segmenter:
    """The project's own Jieba with ``data/lexicon/jieba.txt``; never the global instance."""
    import rjieba

    jieba = rjieba.Jieba()
    for word, frequency, tag in dictionary():
        jieba.add_word(word, frequency, tag)
    own: Segmenter = jieba
    return own


def words(plain: str) -> list[tuple[str, int]]:
    """The words of the text with the offset each begins at; without guessing at unknown words."""
    at, found = 0, []
    for word in segmenter().cut(plain, False):
        found.append((word, at))
        at += len(word)
    return found


@lru_cache(maxsize=1)
def nlp() -> Language:
    """A blank Chinese spaCy pipeline whose tokens are the project's Jieba words, for ``Matcher`` use.

    A token's ``idx`` is its offset in the text; the tokens joined are the text.
    """
    import spacy
    from spacy.tokens import Doc

    pipeline = spacy.blank("zh")
    vocab = pipeline.vocab

    def tokenizer(text: str) -> Doc:
        cut = segmenter().cut(text, False)
        return Doc(vocab, words=cut, spaces=[False] * len(cut))

    pipeline.tokenizer = tokenizer
    return pipeline
