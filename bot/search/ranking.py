"""BM25 over short texts with weighted fields, on numpy: one query costs a few additions of arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

_K1, _B = 1.2, 0.5


class Ranking:
    """Texts as bags of words, ranked by BM25; built once, then only read."""

    def __init__(self, documents: Sequence[Sequence[tuple[Iterable[str], float]]]) -> None:
        """``documents`` have fields, each its words and the weight of one of them."""
        self.size = len(documents)
        bags = [[(Counter(words), weight) for words, weight in fields] for fields in documents]
        most = max((len(fields) for fields in bags), default=0)
        lengths = np.zeros((self.size, most))
        for number, fields in enumerate(bags):
            lengths[number, : len(fields)] = [sum(bag.values()) for bag, _ in fields]
        # Of the documents that have the field at all.
        average = np.maximum(lengths.sum(axis=0) / np.maximum((lengths > 0).sum(axis=0), 1), 1.0)
        postings: dict[str, tuple[list[int], list[float]]] = {}
        for number, fields in enumerate(bags):
            counts: dict[str, float] = {}
            for field, (bag, weight) in enumerate(fields):
                scale = weight / (1 - _B + _B * lengths[number, field] / average[field])
                for word, count in bag.items():
                    counts[word] = counts.get(word, 0.0) + count * scale
            for word, amount in counts.items():
                ids, weights = postings.setdefault(word, ([], []))
                ids.append(number)
                weights.append(amount * (_K1 + 1) / (amount + _K1))
        self._postings: Mapping[str, tuple[np.ndarray, np.ndarray]] = {
            word: (np.array(ids, dtype=np.int32), np.array(weights, dtype=np.float32) * self._rarity(len(ids)))
            for word, (ids, weights) in postings.items()
        }

    def _rarity(self, found_in: int) -> float:
        return float(np.log(1 + (self.size - found_in + 0.5) / (found_in + 0.5)))

    def scores(self, words: Iterable[str]) -> np.ndarray:
        """The score of every document for the words, 0 where none of them occurs."""
        total = np.zeros(self.size, dtype=np.float32)
        for word in words:
            if found := self._postings.get(word):
                total[found[0]] += found[1]
        return total

    def knows(self, word: str) -> bool:
        """Whether the word occurs anywhere."""
        return word in self._postings
