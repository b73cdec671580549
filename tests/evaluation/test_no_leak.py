"""No evaluation text stands in the training data, neither word for word nor nearly.

Two texts are nearly the same when, without punctuation, case, full-width and traditional forms, their sets of character pairs overlap by
three quarters, or one contains the other: an evaluation text of six characters or more inside a training phrase, or a training phrase of
six or more that makes up at least half of an evaluation text (a longer message may well contain 需要什么材料). A hit is mended by
writing the evaluation row anew.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.nlu.evaluation import phrases
from bot.reading.text.marks import MESSAGES
from bot.reading.text.normalise import normalise

HERE = Path(__file__).parent
OVERLAP = 0.75
CONTAINED = 6
SHARE = 0.5
SAID = ("text", "story", "story_zh", "say", "user", "message")


def said(value: Any) -> Iterator[str]:
    """Every resident's text in a row, also in the turns of a conversation."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):
                if key in SAID:
                    yield inner
            elif key == "turns" and isinstance(inner, list):
                for turn in inner:
                    yield from [turn] if isinstance(turn, str) else said(turn)
            elif isinstance(inner, dict | list):
                yield from said(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from said(inner)


def evaluation_texts() -> Iterator[tuple[str, str]]:
    """Row id and text of every evaluation file."""
    for file in sorted(HERE.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                texts = list(said(row))
                assert texts, f"{file.name} {row.get('id')}: no text found"
                for text in texts:
                    yield f"{file.stem} {row['id']}", text


def plain(text: str) -> str:
    """A text's letters, digits and characters, simplified and lower-case."""
    return "".join(c for c in normalise(text).plain if c.isalnum())


def pairs(text: str) -> frozenset[str]:
    """The character pairs of a plain text; a single character stands for itself."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset([text])


def leaks(evaluated: Iterable[tuple[str, str]], trained: Iterable[str]) -> list[str]:
    """One line for each evaluation text that a training phrase repeats."""
    known = sorted({plain(phrase) for phrase in trained} - {""})
    pairs_of = [pairs(phrase) for phrase in known]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(pairs_of):
        for pair in own:
            holders[pair].append(number)
    found = []
    for name, text in evaluated:
        mine = plain(text)
        own = pairs(mine)
        shared = Counter(number for pair in own for number in holders.get(pair, ()))
        for number, count in shared.items():
            theirs = known[number]
            inside = len(mine) >= CONTAINED and mine in theirs
            around = len(theirs) >= max(CONTAINED, SHARE * len(mine)) and theirs in mine
            if inside or around or count / (len(own) + len(pairs_of[number]) - count) >= OVERLAP:
                found.append(f"{name}: “{text}” is close to the training phrase “{theirs}”")
    return found


@pytest.mark.parametrize(
    ("text", "phrase", "near"),
    [
        ("租房能落户吗", "租房能落户吗？", True),
        ("租房能落戶嗎", "租房能落户吗", True),
        ("我在这里租房能落户吗", "租房能落户吗", True),
        ("租房能落户", "租房能落户吗我没有买房", False),  # five characters: too short for containment
        ("房东点头了能不能把户口挪过来", "租房能落户吗", False),
        ("材料齐了想问问大概得等到什么时候需要什么材料呢", "需要什么材料", False),
    ],
)
def test_the_measure_itself(text: str, phrase: str, near: bool) -> None:
    assert bool(leaks([("x", text)], [phrase])) == near


def test_no_evaluation_text_is_in_the_training_data() -> None:
    trained = [phrase for phrase, _ in phrases()] + MESSAGES.read_text(encoding="utf-8").splitlines()
    assert len(trained) > 2000
    found = leaks(evaluation_texts(), trained)
    assert not found, f"{len(found)} leaks\n" + "\n".join(found)
