"""What the desk search knows besides the packs: short words of staff for each topic, and how residents ask about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from bot import paths


@dataclass(frozen=True)
class DeskLexicon:
    """By topic: its title, the short words staff type for it, and phrases of residents that ask about it.

    ``everywhere`` are words that stand in nearly every clause and so mark nothing.
    """

    titles: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, tuple[str, ...]]
    everywhere: frozenset[str] = frozenset()


def load_desk_lexicon(titles: Mapping[str, str], vocabulary: Path = paths.VOCABULARY, data: Path = paths.DATA) -> DeskLexicon:
    """Read ``desk.yml`` and the phrases of ``data/nlu/ask``.

    Raises:
        ValueError: an alias is given for a topic that does not exist, or a topic has no line.
    """
    yaml = YAML(typ="safe", pure=True)
    raw = yaml.load((vocabulary / "desk.yml").read_text(encoding="utf-8"))
    aliases = raw["aliases"]
    if wrong := set(aliases) ^ set(titles):
        raise ValueError(f"desk.yml: {', '.join(sorted(wrong))}: one line for every topic of data/vocabulary/topics.yml, and no other")
    phrases: dict[str, list[str]] = {topic: [] for topic in titles}
    for file in sorted((data / "nlu" / "ask").glob("*.yml")):
        topic = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if "topic:" in line:
                topic = line.split("topic:")[1].strip(" }")
            elif line.startswith("    - ") and topic in phrases:
                phrases[topic].append(line[6:])
    return DeskLexicon(
        titles, {k: tuple(v) for k, v in aliases.items()}, {k: tuple(v) for k, v in phrases.items()}, frozenset(raw["everywhere"])
    )
