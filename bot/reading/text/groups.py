"""The word groups of ``data/lexicon/groups.yml``: words compared whole, and words that stand for others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

from bot.paths import LEXICON

FILE = LEXICON / "groups.yml"


class GroupError(ValueError):
    """A word group that is missing or malformed; the message names it and what is wrong."""


def load(file: Path | None = None) -> Mapping[str, tuple[str, ...] | Mapping[str, str]]:
    """Every group by ``module.name``: its words in their order, or what each of its words stands for.

    Raises:
        GroupError: a part maps no groups, or a group is empty, holds a word twice, or is neither words nor words by word.
    """
    source = file or FILE
    raw = YAML(typ="safe", pure=True).load(source.read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or not all(isinstance(groups, dict) for groups in raw.values()):
        raise GroupError(f"{source.name}: must map the name of a module to its groups")
    return MappingProxyType(
        {f"{part}.{name}": _read(value, f"{source.name}: {part}.{name}") for part, groups in raw.items() for name, value in groups.items()}
    )


def _read(value: object, where: str) -> tuple[str, ...] | Mapping[str, str]:
    if isinstance(value, dict) and value and all(isinstance(word, str) and isinstance(other, str) for word, other in value.items()):
        return MappingProxyType(value)
    if not isinstance(value, str) or not value.split():
        raise GroupError(f"{where} must be words, or words by word")
    words = tuple(value.split())
    if len(set(words)) < len(words):
        raise GroupError(f"{where} holds {next(word for word in words if words.count(word) > 1)} twice")
    return words


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, tuple[str, ...] | Mapping[str, str]]:
    return load()


def group(name: str) -> tuple[str, ...]:
    """The words of the group ``module.name``, in the order of the file.

    Raises:
        GroupError: there is no such group, or it is one of words by word.
    """
    found = _groups().get(name)
    if not isinstance(found, tuple):
        raise GroupError(f"{FILE.name}: there is no group of words {name!r}")
    return found


def table(name: str) -> Mapping[str, str]:
    """What the words of the group ``module.name`` stand for.

    Raises:
        GroupError: there is no such group, or it is one of mere words.
    """
    found = _groups().get(name)
    if not isinstance(found, Mapping):
        raise GroupError(f"{FILE.name}: there is no group of words by word {name!r}")
    return found


def composed(phrase: str, **words: str) -> str:
    """A phrase of the group ``composed.phrases`` with its words put in: what was told in other words, put so that the reader reads it.

    Raises:
        GroupError: there is no such phrase.
        KeyError: a word it needs was not given.
    """
    phrases = table("composed.phrases")
    if phrase not in phrases:
        raise GroupError(f"{FILE.name}: there is no phrase {phrase!r} to compose")
    return phrases[phrase].format(**words)
