"""The ways of settling a question is limited to (就问租房这条, 按夫妻投靠), by the words of ``data/lexicon/answers.yml``."""

from __future__ import annotations

import re
from functools import lru_cache

from ruamel.yaml import YAML

from bot.paths import LEXICON


@lru_cache(maxsize=1)
def _only() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = YAML(typ="safe", pure=True).load((LEXICON / "answers.yml").read_text(encoding="utf-8"))
    return tuple((row["topic"], re.compile(row["re"])) for row in raw["only"])


@lru_cache(maxsize=1)
def _limits() -> re.Pattern[str]:
    raw = YAML(typ="safe", pure=True).load((LEXICON / "answers.yml").read_text(encoding="utf-8"))
    return re.compile(raw["limits"])


def routes_asked(plain: str) -> tuple[str, ...]:
    """The topics (ids of ``data/vocabulary/topics.yml``) that the question is limited to."""
    limits = [m.group() for m in _limits().finditer(plain)]
    found = []
    for words in limits:
        for topic, pattern in _only():
            if pattern.search(words) and topic not in found:
                found.append(topic)
    return tuple(found)
