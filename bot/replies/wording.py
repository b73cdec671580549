"""The assistant's own fixed wording, from ``data/wording/zh.yml``: greetings, cautions, the frames of verdicts.

Nothing in it states what a document says; that wording lives in the packs, beside its quotes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ruamel.yaml import YAML

from bot import paths
from bot.reading.text.cues import cue
from bot.replies.model import Said

_OF_MINE = cue("addressing.of_mine")


@dataclass(frozen=True)
class Wording:
    """Phrases by key, how each person is addressed, and the parts that sentences are joined of (或, 等)."""

    phrases: Mapping[str, str]
    people: Mapping[str, str]
    parts: Mapping[str, str]
    numerals: tuple[str, ...] = ("①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨")

    def __getitem__(self, key: str) -> str:
        return self.phrases[key]

    def say(self, key: str, **values: str) -> Said:
        """The phrase as a sentence of the assistant's own.

        Raises:
            KeyError: there is no such phrase, or it needs a value that was not given.
        """
        return Said(self.phrases[key].format(**values), "phrase")

    def who(self, person: str | None, words: str = "") -> str:
        """How the person who wants to register is addressed: 您, 您爱人, 您的孩子 …

        Args:
            words: what the resident calls them; 我妈 is said back as 您妈.
        """
        if words and person not in (None, "self"):
            return _OF_MINE.sub(self.people["self"], words)
        return self.people.get(person or "self", self.people["other"])


def load_wording(path: Path | None = None) -> Wording:
    """Read the wording file.

    Raises:
        ValueError: the file lacks one of its parts, or holds another.
    """
    source = path or paths.DATA / "wording" / "zh.yml"
    raw = YAML(typ="safe", pure=True).load(source.read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or set(raw) != {"phrases", "people", "parts"}:
        raise ValueError(f"{source}: expected exactly 'phrases', 'people' and 'parts'")
    people, parts = ({k: str(v) for k, v in raw[name].items()} for name in ("people", "parts"))
    return Wording({k: str(v).strip() for k, v in raw["phrases"].items()}, people, parts)


@lru_cache(maxsize=1)
def _parts() -> Mapping[str, str]:
    return load_wording().parts


def part(key: str) -> str:
    """A part that sentences are joined of, where no wording is at hand.

    Raises:
        KeyError: there is no such part.
    """
    return _parts()[key]
