"""The named expressions of ``data/lexicon/cues.yml``: words that tell the reader how something is meant rather than what is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

from bot.paths import LEXICON
from bot.reading.classes import ClassError, expanded
from bot.reading.expressions import compiled

CUES = LEXICON / "cues.yml"


class CueError(ValueError):
    """A cue that is missing or malformed; the message names the file, the cue and what is wrong."""


def load(path: Path = CUES) -> Mapping[str, re.Pattern[str]]:
    """Every cue of the file by ``group.name``, compiled.

    The file maps a group to its cues and a cue to one regular expression, in pieces where it is a list; nothing else may stand there.

    Raises:
        CueError: a group is no mapping, a cue no expression, or an expression is not valid.
    """
    raw = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise CueError(f"{path.name}: must map groups to cues")
    cues: dict[str, re.Pattern[str]] = {}
    for group, rows in raw.items():
        if not isinstance(rows, dict):
            raise CueError(f"{path.name}: {group} must map cues to expressions")
        for name, value in rows.items():
            cue_id = f"{group}.{name}"
            pieces = value if isinstance(value, list) else [value]
            if not pieces or not all(isinstance(piece, str) and piece for piece in pieces):
                raise CueError(f"{path.name}: {cue_id} must be an expression or a list of its pieces")
            try:
                cues[cue_id] = compiled(expanded("".join(pieces)))
            except (re.error, ClassError) as wrong:
                raise CueError(f"{path.name}: {cue_id} is no valid expression: {wrong}") from wrong
    return MappingProxyType(cues)


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
        raise CueError(f"{CUES.name}: there is no cue {name!r}")
    return found
