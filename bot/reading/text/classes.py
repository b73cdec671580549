"""Word classes: a name for the words that play one part (``<EMPLOYER>``, ``<DEED>``), so that a short expression covers what people say.

An expression in ``data/lexicon`` may name a class wherever it could hold a word; the words stand once, in ``data/lexicon/classes.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from ruamel.yaml import YAML

from bot.paths import LEXICON
from bot.reading.text.expressions import any_of, on_one_line

FILE = LEXICON / "classes.yml"
T = TypeVar("T")
_NAME = re.compile(r"(?<!\(\?P)<([A-Z_]+)>")


class ClassError(ValueError):
    """A word class that is missing or malformed; the message names it."""


@lru_cache(maxsize=1)
def classes() -> dict[str, str]:
    """Every class as one group that takes the longest word first. A class may name classes that stand before it.

    A class whose words only count in certain company (照 the licence, not 照片) is given as ``{re: …}``, an expression of its own.

    Raises:
        ClassError: a class is empty, names an unknown one, or a word of it holds a character that is no letter.
    """
    found: dict[str, str] = {}
    words_of: dict[str, set[str]] = {}
    for name, words in YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8")).items():
        if isinstance(words, dict) and words.get("re"):
            found[name] = "(?:" + _NAME.sub(lambda inner: _known(inner.group(1), found), str(words["re"])) + ")"
            continue
        listed = str(words or "").split()
        if not listed:
            raise ClassError(f"{FILE.name}: {name} is empty; give it words or take it out")
        parts: set[str] = set()
        for word in listed:
            if inner := _NAME.fullmatch(word):
                parts.update(_known(inner.group(1), words_of))
            elif word.isalnum():
                parts.add(word)
            else:
                raise ClassError(f"{FILE.name}: {name} holds {word!r}; words are letters only, or the name of a class above")
        words_of[name] = parts
        found[name] = any_of(parts)
    return found


def expanded(expression: str) -> str:
    """The expression on one line, with every class it names written out.

    Raises:
        ClassError: it names a class that does not exist.
    """
    return _NAME.sub(lambda name: _known(name.group(1), classes()), on_one_line(expression))


def _known(name: str, found: Mapping[str, T]) -> T:
    if name not in found:
        raise ClassError(f"{FILE.name}: there is no class {name}; there are: {', '.join(found)}")
    return found[name]
