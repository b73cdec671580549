"""The named expressions of ``data/lexicon/cues``: words that tell the reader how something is meant rather than what is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

from bot.paths import LEXICON
from bot.reading.text.classes import ClassError, expanded
from bot.reading.text.expressions import compiled

CUES = LEXICON / "cues"


class CueError(ValueError):
    """A cue that is missing, told twice or malformed; the message names the file, the cue and what is wrong."""


def load(folder: Path = CUES) -> Mapping[str, re.Pattern[str]]:
    """Every cue of the folder by ``group.name``, compiled.

    A file maps a group to its cues and a cue to one regular expression; nothing else may stand there, and no group in two files.

    Raises:
        CueError: a group is no mapping or told twice, a cue no expression, or an expression is not valid.
    """
    cues: dict[str, re.Pattern[str]] = {}
    told_in: dict[str, str] = {}
    for file in sorted(folder.glob("*.yml")):
        for group, rows in _groups(file).items():
            if group in told_in:
                raise CueError(f"{file.name}: {group} stands in {told_in[group]} as well; put its cues together")
            told_in[group] = file.name
            if not isinstance(rows, dict):
                raise CueError(f"{file.name}: {group} must map cues to expressions")
            cues |= {f"{group}.{name}": _compiled(value, f"{file.name}: {group}.{name}") for name, value in rows.items()}
    return MappingProxyType(cues)


def _groups(file: Path) -> dict[str, object]:
    raw = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise CueError(f"{file.name}: must map groups to cues")
    return raw


def _compiled(value: object, where: str) -> re.Pattern[str]:
    if not isinstance(value, str) or not value.strip():
        raise CueError(f"{where} must be an expression")
    try:
        return compiled(expanded(value))
    except (re.error, ClassError) as wrong:
        raise CueError(f"{where} is no valid expression: {wrong}") from wrong


@lru_cache(maxsize=1)
def _cues() -> Mapping[str, re.Pattern[str]]:
    return load()


@cache  # looked up some sixty times a message
def cue(name: str) -> re.Pattern[str]:
    """The compiled cue ``group.name``.

    Raises:
        CueError: the file has no such cue.
    """
    found = _cues().get(name)
    if found is None:
        raise CueError(f"{CUES.name}: no file has a cue {name!r}")
    return found
