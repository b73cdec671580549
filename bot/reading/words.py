"""Chinese words: the project's own Jieba instance and a spaCy pipeline on its tokens, each loaded once, on first use."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Protocol


class Segmenter(Protocol):
    """What the project uses of Jieba."""

    def cut(self, text: str, hmm: bool = True) -> list[str]:
        """The words of the text in order; joined they are the text."""
        ...


@lru_cache(maxsize=1)
def segmenter() -> Segmenter:
    """The project's own Jieba with ``data/lexicon/jieba.txt``; never the global instance."""
    import rjieba

    jieba: Segmenter = rjieba.Jieba()
    return jieba


@lru_cache(maxsize=1)
def nlp() -> Any:
    """A blank Chinese spaCy pipeline whose tokens are the project's Jieba words, for ``Matcher`` use."""
    raise NotImplementedError
