"""Ticks and crosses people set behind a thing instead of a word (备案√ 社保× 证书0): read as 有 and 无."""

from __future__ import annotations

import re

_YES = re.compile("(?<=[\u4e00-\u9fff])[√✓✔☑✅](?![√✓✔☑✅])")
_NO = re.compile("(?<=[\u4e00-\u9fff])[×✗✘✖❌☒](?![×✗✘✖❌☒\\d])")
_NOUGHT = re.compile("(?<=[证书称保戚房案同照历亲本友位])[0零](?=$|[,。;、!?~\\s])")


def without_ticks(plain: str) -> str:
    """The text with each mark replaced by its word, the length kept; a name masked with several crosses (某××公司) is left."""
    return _NOUGHT.sub("无", _NO.sub("无", _YES.sub("有", plain)))
