"""What the made-up residents of the load benches say: the project's test dialogues, filled up with general questions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from bot import paths

DIALOGUES = paths.ROOT / "tests" / "conversation" / "dialogues"
TURNS = 6
SEED = 77
GENERAL = (
    "落户要什么条件", "租房可以落户吗", "买了房怎么迁户口", "夫妻投靠要满几年", "大专毕业能落户吗", "要准备哪些材料", "多少天能办好",
    "办落户收费吗", "户口在哪个部门办", "网上能不能办", "孩子能随迁吗", "农村户口能不能迁回去", "这个文件现在还管用吗", "集体户怎么落",
    "开店的可以落户吗", "父母能跟着一起迁来吗", "身份证丢了去哪补", "你好", "谢谢", "今天天气怎么样",
)
# The length divides 299, so that the 300th turn of a conversation asks what the first did.
LONG = (
    "租房可以落户吗", "我在城里租房住，有工作，交着社保", "要什么材料", "多久能办下来", "不清楚", "为什么问这个", "夫妻投靠要满几年",
    "我本科毕业", "收费吗", "你好", "不对，是自己买的房", "孩子能随迁吗", "身份证丢了去哪补",
)
LONG_TURNS = 300


@dataclass(frozen=True)
class Conversation:
    """Six messages of one sender; ``place`` is the jurisdiction the front end is pinned to, or ``None``."""

    messages: tuple[str, ...]
    place: str | None = None


def conversations(folder: Path = DIALOGUES, seed: int = SEED) -> list[Conversation]:
    """One conversation for every dialogue: its first six messages, filled up with general questions. The same for every run."""
    dice = random.Random(seed)
    found = []
    for told, place in _dialogues(folder):
        # A stock bot takes a leading slash for an intent and its parser never sees the text.
        messages = [m for m in told if not m.lstrip().startswith(("/", "／"))][:TURNS]
        found.append(Conversation((*messages, *dice.sample(GENERAL, TURNS - len(messages))), place))
    dice.shuffle(found)
    return found


def _dialogues(folder: Path) -> Iterator[tuple[list[str], str | None]]:
    yaml = YAML(typ="safe", pure=True)
    for file in sorted(folder.glob("*.yml")):
        for dialogue in yaml.load(file.read_text(encoding="utf-8")) or ():
            told = [str(turn["user"]) for turn in dialogue["turns"] if "user" in turn]
            yield told, dialogue.get("place")
