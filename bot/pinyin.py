"""How Chinese characters are read: pypinyin's readings of single characters, and the project's own polyphones.

The 47,000 phrases that pypinyin brings would fill 46 MB of every server and read 落了 as ``la le``. Words that are read otherwise
than their characters therefore stand in ``data/lexicon/polyphones.yml``.
"""

from __future__ import annotations

import os
from functools import lru_cache

from ruamel.yaml import YAML

from bot.paths import LEXICON

# Read by pypinyin when it is first imported (https://pypinyin.readthedocs.io, environment variables).
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")


def syllables_of(text: str) -> list[str]:
    """The readings of a run of Chinese characters in their order, toneless; other signs stand for themselves.

    Raises:
        ValueError: a word of ``polyphones.yml`` has not one syllable for each character.
    """
    _learn_polyphones()
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(text))


def readings_of(character: str) -> frozenset[str]:
    """All toneless readings of one Chinese character, whatever word it stands in."""
    from pypinyin import Style, pinyin

    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


@lru_cache(maxsize=1)
def _learn_polyphones() -> None:
    from pypinyin import load_phrases_dict

    file = LEXICON / "polyphones.yml"
    words: dict[str, str] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    if uneven := [word for word, reading in words.items() if len(reading.split()) != len(word)]:
        raise ValueError(f"{file.name}: a syllable for each character is wanted in {'、'.join(uneven)}")
    load_phrases_dict({word: [[syllable] for syllable in reading.split()] for word, reading in words.items()})
