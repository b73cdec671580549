"""The desk's own sentences, from ``data/wording/desk.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ruamel.yaml import YAML

from bot import paths


@lru_cache(maxsize=1)
def sentences() -> Mapping[str, str]:
    """Every sentence by key."""
    raw = YAML(typ="safe", pure=True).load((paths.DATA / "wording" / "desk.yml").read_text(encoding="utf-8"))
    return {str(key): str(text) for key, text in raw.items()}


def say(key: str, **values: object) -> str:
    """A sentence with its slots filled.

    Raises:
        KeyError: there is no such sentence, or a slot has no value.
    """
    return sentences()[key].format(**values)
