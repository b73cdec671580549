"""How well the topic model does on phrases it was not trained on: cross validation over ``data/nlu``, without Rasa."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot import paths
from bot.nlu.features import masked
from bot.nlu.model import SEPARATOR, train
from bot.nlu.understanding import class_of
from bot.nlu.words import words_of


@dataclass(frozen=True)
class Report:
    """Shares of phrases whose class, and whose base intent, came first; the commonest confusions; seconds to train, ms to predict."""

    phrases: int
    classes: int
    right_class: float
    right_intent: float
    confusions: tuple[tuple[str, str, int], ...]
    train_seconds: float
    predict_ms: float
    scores: tuple[tuple[str, str, float, float], ...]

    def summary(self) -> str:
        """The report as text."""
        lines = [
            f"{self.phrases} phrases, {self.classes} classes: class {self.right_class:.1%}, intent {self.right_intent:.1%}; "
            f"training {self.train_seconds:.1f} s, a message {self.predict_ms:.2f} ms"
        ]
        return "\n".join(lines + [f"  {n:3}  {true} taken for {got}" for true, got, n in self.confusions])


def phrases(folder: Path = paths.DATA / "nlu") -> Iterator[tuple[str, str]]:
    """Every training phrase with its class."""
    for file in sorted(folder.rglob("*.yml")):
        content: dict[str, Any] = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")) or {}
        for block in content.get("nlu", ()):
            for line in str(block["examples"]).splitlines():
                if line.startswith("- "):
                    yield line[2:].strip(), class_of(block["intent"], block.get("metadata"))


def cross_validate(folds: int = 5, regularisation: float = 1.0, pairs: Sequence[tuple[str, str]] | None = None, seed: int = 7) -> Report:
    """Train on all folds but one, predict that one, for every fold."""
    pairs = list(pairs if pairs is not None else phrases())
    words = []
    started = time.perf_counter()
    for text, _ in pairs:
        words.append(masked(*words_of(text)))
    reading = time.perf_counter() - started
    by_class: dict[str, list[int]] = defaultdict(list)
    for i, (_, label) in enumerate(pairs):
        by_class[label].append(i)
    fold_of = {}
    rng = random.Random(seed)
    for members in by_class.values():
        rng.shuffle(members)
        fold_of.update({i: k % folds for k, i in enumerate(members)})
    confusions: Counter[tuple[str, str]] = Counter()
    right = intent = 0
    training = predicting = 0.0
    scores = []
    for fold in range(folds):
        at = time.perf_counter()
        model = train([(words[i], pairs[i][1]) for i in range(len(pairs)) if fold_of[i] != fold], regularisation)
        training += time.perf_counter() - at
        at = time.perf_counter()
        for i in (i for i in range(len(pairs)) if fold_of[i] == fold):
            prediction = model.predict(words[i])
            got, share = prediction.ranking[0]
            true = pairs[i][1]
            scores.append((true, got, share, prediction.coverage))
            right += got == true
            intent += got.split(SEPARATOR)[0] == true.split(SEPARATOR)[0]
            if got != true:
                confusions[true, got] += 1
        predicting += time.perf_counter() - at
    total = max(1, len(pairs))
    worst = tuple((t, g, n) for (t, g), n in confusions.most_common(25))
    return Report(
        len(pairs),
        len(by_class),
        right / total,
        intent / total,
        worst,
        training / folds,
        1000 * (reading + predicting) / total,
        tuple(scores),
    )
