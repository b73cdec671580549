"""The topic model: linear classifiers over sparse features; training with scikit-learn, use with numpy alone.

Kept as ``topics.json`` (classes, vocabulary) and ``topics.npz`` (weights): no pickle.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.features import features

BLOCKS: Mapping[str, float] = {"char": 1.25, "word": 1.0, "concept": 0.35, "sound": 0.5}
"""How much each block of features weighs; every block has length one before. Fitted on the ``dev`` rows of the evaluation."""

BAYES, SMOOTHING = 0.4, 0.3
"""How much the scores of the complement naive Bayes count beside those of the support vector machines, and its smoothing."""

Index = Mapping[str, Mapping[str, int]]
"""The row of every feature, by block."""
_NOTHING: Mapping[str, int] = {}
SEPARATOR = "/"
"""Between the intent of a class and its topic or matter."""
_share = itemgetter(1)

ROUNDS = 5000
"""Upper bound on the passes of the solver; some classes need more than scikit-learn's 1000."""


@lru_cache(maxsize=1024)
def intent_of(name: str) -> str:
    """The base intent of a class."""
    return name.split(SEPARATOR, 1)[0]


@dataclass(frozen=True)
class Prediction:
    """The share of every class and of every base intent, best first, and of the words and character pairs how many training has seen."""

    ranking: tuple[tuple[str, float], ...]
    intents: tuple[tuple[str, float], ...]
    coverage: float


@dataclass(frozen=True)
class TopicModel:
    """Trained weights. ``index`` gives each feature of each block its row in ``weights`` and ``idf``.

    The weights are half-precision numbers: three digits decide as well as seven, in half the memory.
    """

    classes: tuple[str, ...]
    index: Index
    idf: np.ndarray
    weights: np.ndarray
    bias: np.ndarray

    def predict(self, words: Sequence[str]) -> Prediction:
        """The classes of a message, given its masked words."""
        blocks = features(words)
        rows, values = _vector(blocks, self.index, self.idf, self._rarest)
        scores = self.bias + (values @ self.weights.take(rows, axis=0).astype(np.float64) if rows else 0.0)
        shares = np.exp(scores - np.maximum.reduce(scores))
        shares /= np.add.reduce(shares)
        order = (-shares).argsort()
        sorted_shares = shares[order]
        ranking = zip(map(self.classes.__getitem__, order.tolist()), sorted_shares.tolist(), strict=True)
        names, owner = self._intents
        together = np.bincount(owner[order], weights=sorted_shares, minlength=len(names)).tolist()
        intents = sorted(zip(names, together, strict=True), key=_share, reverse=True)
        return Prediction(tuple(ranking), tuple(intents), self._coverage(words, blocks))

    @cached_property
    def _intents(self) -> tuple[tuple[str, ...], np.ndarray]:
        """The base intents, and of each class the position of its own among them."""
        names = tuple(dict.fromkeys(map(intent_of, self.classes)))
        return names, np.array([names.index(intent_of(name)) for name in self.classes], dtype=np.intp)

    @cached_property
    def _rarest(self) -> float:
        return _highest(self.idf)

    def _coverage(self, words: Sequence[str], blocks: Mapping[str, Sequence[str]]) -> float:
        seen, run = self.index.get("word", _NOTHING), self.index.get("char", _NOTHING)
        known = [w in seen for w in words if w.isalnum()]
        known += [c in run for c in blocks["char"] if len(c) == 2 and c.isalnum()]
        return sum(known) / len(known) if known else 0.0

    def save(self, folder: Path) -> None:
        """Write the model into a folder."""
        (folder / "topics.json").write_text(
            json.dumps({"classes": self.classes, "vocabulary": _in_order(self.index)}, ensure_ascii=False), encoding="utf-8"
        )
        np.savez(folder / "topics.npz", idf=self.idf, weights=self.weights, bias=self.bias)

    @classmethod
    def load(cls, folder: Path) -> TopicModel:
        """Read a model that :meth:`save` wrote.

        Raises:
            ValueError: the two files do not belong together.
        """
        names: dict[str, Any] = json.loads((folder / "topics.json").read_text(encoding="utf-8"))
        with np.load(folder / "topics.npz", allow_pickle=False) as arrays:
            idf, weights, bias = arrays["idf"], arrays["weights"], arrays["bias"]
        if weights.shape != (len(names["vocabulary"]), len(names["classes"])):
            raise ValueError(f"{folder}: weights of shape {weights.shape} do not fit {len(names['vocabulary'])} features")
        return cls(tuple(names["classes"]), _index(names["vocabulary"]), idf, weights, bias)


def train(examples: Sequence[tuple[Sequence[str], str]], regularisation: float = 1.0, rare: int = 1) -> TopicModel:
    """Train on pairs of masked words and class.

    The weights are the sum of two linear classifiers' (``docs/decisions/0010-pipeline.md``): support vector machines, one per class,
    each class counting the same however many phrases it has, and a complement naive Bayes, which follows rare words less closely.
    Both are linear, so the sum costs a message no more than one of them. Shares come from the scores by a softmax whose one
    temperature is fitted on phrases left out of training.

    Args:
        examples: the training phrases.
        regularisation: scikit-learn's ``C``; larger follows the phrases more closely.
        rare: a character sequence or word seen in fewer phrases is left out.

    Raises:
        ValueError: there are fewer than two classes.
    """
    labels = np.array([label for _, label in examples])
    if len(set(labels)) < 2:
        raise ValueError("training needs phrases of at least two classes")
    found = [features(words) for words, _ in examples]
    seen = Counter(f"{block}:{f}" for blocks in found for block, fs in blocks.items() for f in set(fs))
    kept = sorted(f for f, n in seen.items() if n >= (1 if _always(f) else rare))
    index = _index(kept)
    idf = np.array([1.0 + np.log((1 + len(found)) / (1 + seen[f])) for f in kept], dtype=np.float32)
    matrix = _matrix(found, index, idf)
    classes, weights, bias = _fit(matrix, labels, regularisation)
    heat = _temperature(matrix, labels, regularisation)
    return TopicModel(classes, index, idf, np.ascontiguousarray(heat * weights, dtype=np.float16), (heat * bias).astype(np.float32))


def _matrix(found: Sequence[Mapping[str, Sequence[str]]], index: Index, idf: np.ndarray) -> Any:
    from scipy.sparse import csr_matrix

    indptr, indices, data = [0], [], []
    rarest = _highest(idf)
    for blocks in found:
        rows, values = _vector(blocks, index, idf, rarest)
        indices += rows
        data += values.tolist()
        indptr.append(len(indices))
    return csr_matrix((np.array(data, dtype=np.float64), indices, indptr), shape=(len(found), len(idf)))


def _fit(matrix: Any, labels: np.ndarray, regularisation: float) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    """Classes, weights (feature by class) and bias."""
    from sklearn.naive_bayes import ComplementNB
    from sklearn.svm import LinearSVC

    fitted = LinearSVC(C=regularisation, class_weight="balanced", max_iter=ROUNDS, random_state=0).fit(matrix, labels)
    weights, bias = fitted.coef_.T, fitted.intercept_
    if len(fitted.classes_) == 2:
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    bayes = ComplementNB(alpha=SMOOTHING).fit(matrix, labels).feature_log_prob_.T
    # What all classes share of a feature decides nothing; without it the weights stay small.
    weights = weights + BAYES * (bayes - bayes.mean(axis=1, keepdims=True))
    return tuple(map(str, fitted.classes_)), weights, bias


def _temperature(matrix: Any, labels: np.ndarray, regularisation: float, folds: int = 3) -> float:
    """What the scores are multiplied by, so that the shares of phrases left out of training are as likely as can be."""
    classes = sorted(set(labels))
    part = np.zeros(len(labels), dtype=int)
    for name in classes:
        members = np.where(labels == name)[0]
        part[members] = np.arange(len(members)) % folds
    scores, truth = [], []
    for fold in range(folds):
        learnt, left_out = part != fold, part == fold
        if not left_out.any() or len(set(labels[learnt])) < 2:
            continue
        names, weights, bias = _fit(matrix[learnt], labels[learnt], regularisation)
        position = {name: i for i, name in enumerate(names)}
        rows = [i for i in np.where(left_out)[0] if labels[i] in position]
        scores.append(np.pad(matrix[rows] @ weights + bias, ((0, 0), (0, len(classes) - len(names))), constant_values=-9.0))
        truth += [position[labels[i]] for i in rows]
    if not truth:
        return 1.0
    table, answers = np.vstack(scores), np.array(truth)

    def loss(heat: float) -> float:
        hot = heat * table
        top = hot.max(axis=1)
        return float((top + np.log(np.exp(hot - top[:, None]).sum(axis=1)) - hot[np.arange(len(answers)), answers]).mean())

    return min((1.5**k for k in range(-2, 10)), key=loss)


def _always(feature: str) -> bool:
    """Whether a feature is kept however rare: single characters and concepts."""
    return feature.startswith("concept:") or (feature.startswith("char:") and len(feature) <= len("char:") + 2)


def _index(names: Iterable[str]) -> Index:
    """The rows of features named ``block:text``, in the order given."""
    index: dict[str, dict[str, int]] = {}
    for row, name in enumerate(names):
        block, text = name.split(":", 1)
        index.setdefault(block, {})[text] = row
    return index


def _in_order(index: Index) -> list[str]:
    """The inverse of :func:`_index`."""
    rows = {row: f"{block}:{text}" for block, features_ in index.items() for text, row in features_.items()}
    return [rows[row] for row in range(len(rows))]


def _highest(idf: np.ndarray) -> float:
    return float(idf.max()) if len(idf) else 1.0


def _vector(blocks: Mapping[str, Sequence[str]], index: Index, idf: np.ndarray, rarest: float) -> tuple[list[int], np.ndarray]:
    """The rows and weights of one message: sublinear tf-idf, each block of length one times its share.

    What was never seen in training counts towards the length as the rarest feature does (``rarest``, of ``idf``), so that a message
    full of it gets no confident answer.
    """
    rows: list[int] = []
    often: list[float] = []
    parts: list[tuple[int, int, float, float]] = []
    for block, share in BLOCKS.items():
        known, begin, unseen = index.get(block, _NOTHING), len(rows), 0.0
        for feature, count in Counter(blocks[block]).items():
            weight = 1.0 if count == 1 else 1.0 + math.log(count)
            row = known.get(feature)
            if row is None:
                unseen += (rarest * weight) ** 2
            else:
                rows.append(row)
                often.append(weight)
        if len(rows) > begin:
            parts.append((begin, len(rows), share, unseen))
    if not rows:
        return rows, np.zeros(0)
    values = np.array(often)
    values *= idf.take(rows)
    squares = values * values
    for begin, end, share, unseen in parts:  # in place: an array for every block and step costs more than the numbers in it
        values[begin:end] *= share
        values[begin:end] /= math.sqrt(float(np.add.reduce(squares[begin:end])) + unseen)
    return rows, values
