"""The OpenAPI document of the server, written by hand: the contract, not a trace of the code."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML

from bot import paths


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The document, from ``data/api/openapi.yml``."""
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load((paths.DATA / "api" / "openapi.yml").read_text(encoding="utf-8"))
    return loaded
