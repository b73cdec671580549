"""Compare ways to hear the topic of a message: the table of ``docs/decisions/0010-pipeline.md``.

    python scripts/compare_pipelines.py                 everything that needs no TensorFlow, three seeds
    python scripts/compare_pipelines.py --only diet --epochs 20

Each pipeline is trained on three sets of phrases, each without a random tenth of every class, and asked the questions of
``tests/evaluation``. The share below which a message counts as not understood is fitted on ``dev``, so that one answerable message in
twenty is turned away there; what is printed is counted on ``test``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from bot import paths
from bot.evaluation.models import resampled
from bot.evaluation.rows import load
from bot.nlu import model as topics
from bot.nlu.evaluation import phrases
from bot.nlu.features import features, masked
from bot.nlu.words import words_of
from bot.policy.load import load_packs

SEEDS = 3
TURNED_AWAY = 0.05
Words = Sequence[str]
Shares = np.ndarray
"""One row a message, one column a class; the larger the surer."""


@dataclass(frozen=True)
class Trained:
    """``ask`` gives the classes and the shares of messages; ``size`` is what must be kept, in bytes."""

    classes: Sequence[str]
    ask: Callable[[Sequence[Words]], Shares]
    size: int


@dataclass(frozen=True)
class Space:
    """The sparse features of a set of phrases."""

    index: dict[str, int]
    idf: np.ndarray
    matrix: Any

    def of(self, messages: Sequence[Words]) -> Any:
        """The matrix of other messages in the same space."""
        return topics._matrix([features(words) for words in messages], self.index, self.idf)


def space(examples: Sequence[Words]) -> Space:
    """Index, inverse document frequencies and matrix of the training phrases."""
    found = [features(words) for words in examples]
    seen: dict[str, int] = {}
    for blocks in found:
        for name in {f"{block}:{f}" for block, fs in blocks.items() for f in fs}:
            seen[name] = seen.get(name, 0) + 1
    index = {f: i for i, f in enumerate(sorted(seen))}
    idf = np.array([1.0 + np.log((1 + len(found)) / (1 + seen[f])) for f in index], dtype=np.float32)
    return Space(index, idf, topics._matrix(found, index, idf))


def softmax(scores: np.ndarray) -> Shares:
    """Shares from scores."""
    hot = np.exp(scores - scores.max(axis=1, keepdims=True))
    return hot / hot.sum(axis=1, keepdims=True)


def present(examples: Sequence[Words], labels: Sequence[str]) -> Trained:
    """What ``bot.nlu.model`` does."""
    model = topics.train(list(zip(examples, labels, strict=True)), 2.0)

    def ask(messages: Sequence[Words]) -> Shares:
        rows = []
        for words in messages:
            shares = dict(model.predict(words).ranking)
            rows.append([shares[c] for c in model.classes])
        return np.array(rows)

    return Trained(model.classes, ask, model.weights.nbytes)


def svm(examples: Sequence[Words], labels: Sequence[str]) -> Trained:
    """Linear support vector machines, scores sharpened eight times, close to what calibration on left-out folds gives."""
    from sklearn.svm import LinearSVC

    own = space(examples)
    fitted = LinearSVC(C=2.0, class_weight="balanced", max_iter=topics.ROUNDS, random_state=0).fit(own.matrix, labels)
    return Trained(list(fitted.classes_), lambda m: softmax(8 * fitted.decision_function(own.of(m))), fitted.coef_.size * 2)


def logistic(examples: Sequence[Words], labels: Sequence[str]) -> Trained:
    """Logistic regression, one class against the others."""
    from sklearn.linear_model import LogisticRegression

    own = space(examples)
    fitted = LogisticRegression(C=30.0, class_weight="balanced", solver="liblinear", random_state=0).fit(own.matrix, labels)
    return Trained(list(fitted.classes_), lambda m: np.asarray(fitted.predict_proba(own.of(m))), fitted.coef_.size * 2)


def bayes(examples: Sequence[Words], labels: Sequence[str]) -> Trained:
    """Complement naive Bayes."""
    from sklearn.naive_bayes import ComplementNB

    own = space(examples)
    fitted = ComplementNB(alpha=topics.SMOOTHING).fit(own.matrix, labels)
    return Trained(list(fitted.classes_), lambda m: softmax(6 * fitted._joint_log_likelihood(own.of(m))), fitted.feature_log_prob_.size * 2)


def neighbours(examples: Sequence[Words], labels: Sequence[str]) -> Trained:
    """The fifteen nearest phrases by the same features, each voting with the fourth power of its likeness."""
    own = space(examples)
    classes = sorted(set(labels))
    position = np.array([classes.index(label) for label in labels])

    def ask(messages: Sequence[Words]) -> Shares:
        alike = (own.of(messages) @ own.matrix.T).toarray()
        shares = np.zeros((len(messages), len(classes)))
        for i, row in enumerate(alike):
            nearest = np.argpartition(-row, 15)[:15]
            np.add.at(shares[i], position[nearest], row[nearest] ** 4)
        return shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)

    return Trained(classes, ask, own.matrix.data.nbytes + own.matrix.indices.nbytes)


def articles(examples: Sequence[Words], labels: Sequence[str]) -> Trained:
    """Likeness to what each topic's answer says and quotes, no phrase used: what a plain search over the documents gives."""
    packs = load_packs().by_id.values()
    texts: dict[str, list[str]] = {}
    for pack in packs:
        for name, topic in pack.topics.items():
            said = [t for s in topic.sentences for t in (s.say, *(q.quote for q in s.cites))]
            texts.setdefault(f"ask/{name}", []).extend(said)
    names = sorted(texts)
    documents = [masked(*words_of("，".join(texts[name]))) for name in names]
    own = space(documents)
    return Trained(names, lambda m: softmax(20 * (own.of(m) @ own.matrix.T).toarray()), own.matrix.data.nbytes)


def mixed(*parts: Callable[[Sequence[Words], Sequence[str]], Trained]) -> Callable[[Sequence[Words], Sequence[str]], Trained]:
    """The mean of the shares of several pipelines."""

    def train(examples: Sequence[Words], labels: Sequence[str]) -> Trained:
        trained = [part(examples, labels) for part in parts]
        return replace(
            trained[0], ask=lambda m: np.mean([t.ask(m) for t in trained], axis=0), size=sum(t.size for t in trained)
        )

    return train


def diet(epochs: int) -> Callable[[Sequence[Words], Sequence[str]], Trained]:
    """Rasa's DIET over word and character counts of the project's own tokens."""

    def train(examples: Sequence[Words], labels: Sequence[str]) -> Trained:
        os.environ.update({"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"})
        import asyncio

        from rasa.core.agent import Agent
        from rasa.model_training import train_nlu

        import bot.nlu.classifier  # noqa: F401  (registers the project's components)

        names = {label: f"c{i}" for i, label in enumerate(sorted(set(labels)))}
        back = {v: k for k, v in names.items()}
        folder = Path(tempfile.mkdtemp())
        lines = dict.fromkeys(labels, "")
        for words, label in zip(examples, labels, strict=True):
            lines[label] += f"- {' '.join(words)}\n"
        blocks = [{"intent": names[label], "examples": lines[label]} for label in names]
        yaml = YAML()
        yaml.dump({"version": "3.1", "nlu": blocks}, folder / "nlu.yml")
        pipeline: list[dict[str, Any]] = [
            {"name": "bot.nlu.tokenizer.LexiconTokenizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 3},
            {"name": "DIETClassifier", "epochs": epochs, "entity_recognition": False, "random_seed": 1, "ranking_length": 0},
        ]
        yaml.dump({"recipe": "default.v1", "language": "zh", "assistant_id": "x", "pipeline": pipeline}, folder / "config.yml")
        archive = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))
        assert archive is not None
        agent = Agent.load(archive)
        classes = sorted(back)

        def ask(messages: Sequence[Words]) -> Shares:
            rows = []
            for words in messages:
                found = asyncio.run(agent.parse_message(" ".join(words)))
                shares = {i["name"]: i["confidence"] for i in found["intent_ranking"]}
                rows.append([shares.get(c, 0.0) for c in classes])
            return np.array(rows)

        return Trained([back[c] for c in classes], ask, Path(archive).stat().st_size)

    return train


@dataclass(frozen=True)
class Outcome:
    """What one training gave: shares from 0 to 1, milliseconds a message, bytes, seconds."""

    accuracy: float
    answerable: float
    outside: float
    ms: float
    size: int
    seconds: float


def outcome(train: Callable[[Sequence[Words], Sequence[str]], Trained], pairs: Sequence[tuple[Words, str]]) -> Outcome:
    """Train on the pairs, fit the threshold on ``dev``, count on ``test``."""
    at = time.perf_counter()
    trained = train([w for w, _ in pairs], [label for _, label in pairs])
    seconds = time.perf_counter() - at
    known = {label.split("/")[-1] for _, label in pairs if label.startswith("ask")}
    heard = {}
    for split in ("dev", "test"):
        rows = load("questions", split)
        messages = [masked(*words_of(row["text"])) for row in rows]
        at = time.perf_counter()
        shares = trained.ask(messages)
        ms = 1000 * (time.perf_counter() - at) / len(rows)
        best = [(trained.classes[i], float(row[i])) for i, row in zip(shares.argmax(axis=1), shares, strict=True)]
        heard[split] = [(row, name, share) for row, (name, share) in zip(rows, best, strict=True)]
    taken = sorted(share for row, name, share in heard["dev"] if row["answerable"] and name.startswith("ask"))
    bar = taken[int(TURNED_AWAY * len(taken))]
    counted = heard["test"]
    right = [name.split("/")[-1] in row["topics"] for row, name, _ in counted]
    answerable = [name.split("/")[-1] in row["topics"] for row, name, _ in counted if row["answerable"]]
    outside = [not name.startswith("ask") or share < bar for row, name, share in counted if not set(row["topics"]) & known]
    return Outcome(*map(statistics.fmean, (right, answerable, outside)), ms, trained.size, seconds)  # type: ignore[arg-type]


PIPELINES: dict[str, Callable[[Sequence[Words], Sequence[str]], Trained]] = {
    "articles": articles,
    "neighbours": neighbours,
    "logistic": logistic,
    "svm": svm,
    "bayes": bayes,
    "svm+neighbours": mixed(svm, neighbours),
    "logistic+neighbours": mixed(logistic, neighbours),
    "svm+bayes summed (chosen)": present,
}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", help="names of pipelines")
    parser.add_argument("--epochs", type=int, default=20, help="of DIET, which is trained only when --only names it")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    given = parser.parse_args()
    known = {**PIPELINES, "diet": diet(given.epochs)}
    pairs = [(masked(*words_of(text)), label) for text, label in phrases(paths.DATA / "nlu")]
    print("| pipeline | topic right | of answerable | outside turned away | ms a message | MB | training s |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in given.only or list(PIPELINES):
        runs = [outcome(known[name], resampled(pairs, seed)) for seed in range(given.seeds)]

        def shown(figures: Sequence[float]) -> str:
            return f"{statistics.fmean(figures):.1%} ± {statistics.stdev(figures) if len(figures) > 1 else 0.0:.1%}"

        cells = [shown([r.accuracy for r in runs]), shown([r.answerable for r in runs]), shown([r.outside for r in runs])]
        for means in ([r.ms for r in runs], [r.size / 1e6 for r in runs], [r.seconds for r in runs]):
            mean = statistics.fmean(means)
            cells.append(f"{mean:.1f}" if mean < 10 else f"{mean:.0f}")
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
