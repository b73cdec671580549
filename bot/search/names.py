"""Names of entries (titles, headings, short words of staff) and the ways a query can mean one of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from bot.search.sound import EXACT, INSIDE, LEAST_INSIDE, START, Sound, sound

Match = tuple[float, str, str]
"""How much a name counts, how it was matched (``words``, ``sound``, ``near``), and the name."""
_SAME, _WHOLE, _PART, _NEAR = 14.0, 10.0, 9.0, 7.0
_LEAST_ALIKE, _LEAST_ALIKE_SHORT = 74.0, 60.0
_FEW = 8
_LONGEST = 24
"""Characters of the longest name that is looked for inside a query."""


class _Lines:
    """Many short texts as one, so that finding a piece in any of them is one pass in C."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._all = "\n" + "\n".join(texts) + "\n"
        self._starts: list[int] = []
        at = 1
        for text in texts:
            self._starts.append(at)
            at += len(text) + 1

    def holding(self, piece: str) -> Iterator[tuple[int, int]]:
        """The number of each text that holds the piece, and where in it; a text once for each place."""
        at = self._all.find(piece)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number, at - self._starts[number]
            at = self._all.find(piece, at + 1)


class Names:
    """Every name with the entries it leads to."""

    def __init__(self, owners: Mapping[str, Sequence[int]], common: Iterable[str] = ()) -> None:
        """``owners`` are the numbers of the entries by name; ``common`` are the names in which slips of the keyboard are looked for."""
        self._owners = {name: np.array(sorted(set(found)), dtype=np.int32) for name, found in owners.items() if name}
        self._names = tuple(self._owners)
        self._sounds: tuple[Sound, ...] = tuple(sound(name) for name in self._names)
        self._written = _Lines(self._names)
        self._initials = _Lines([s.initials for s in self._sounds])
        self._pinyin = _Lines([s.full for s in self._sounds])
        self._common = tuple(dict.fromkeys(n for n in common if n in self._owners))
        self._common_pinyin = tuple(sound(n).full for n in self._common)

    def in_words(self, query: str) -> list[Match]:
        """Names that the query is, holds or is part of."""
        found: dict[str, float] = {}
        if query in self._owners:
            found[query] = _SAME
        for start in range(len(query)):
            for end in range(start + 2, min(len(query), start + _LONGEST) + 1):
                name = query[start:end]
                if name in self._owners and name not in found:
                    found[name] = _WHOLE * (0.3 + 0.7 * len(name) / len(query))
        if len(query) > 1:
            for number, _ in self._written.holding(query):
                name = self._names[number]
                found.setdefault(name, _PART * (0.3 + 0.7 * len(query) / len(name)))
        return [(value, "words", name) for name, value in found.items()]

    def by_sound(self, letters: str) -> list[Match]:
        """Names that letters spell: initials (fqtk) or pinyin (fuqitoukao), whole, from the start or from within."""
        if len(letters) < 2:
            return []
        found: dict[int, float] = {}
        for number, at in self._initials.holding(letters):
            self._hear(found, number, letters, self._sounds[number].initials, at == 0, True)
        for number, at in self._pinyin.holding(letters):
            heard = self._sounds[number]
            self._hear(found, number, letters, heard.full, at == 0, at in heard.starts)
        return [(value, "sound", self._names[number]) for number, value in found.items()]

    def _hear(self, found: dict[int, float], number: int, letters: str, whole: str, first: bool, syllable: bool) -> None:
        if letters == whole:
            fit = EXACT
        elif first:
            fit = START
        elif syllable and len(letters) >= LEAST_INSIDE:
            fit = INSIDE
        else:
            return
        value = _SAME * fit * (0.4 + 0.6 * len(letters) / len(whole))
        found[number] = max(found.get(number, 0.0), value)

    def near(self, query: str, chinese: bool) -> list[Match]:
        """Common names that look (or, for letters, sound) like the query: slips of the keyboard."""
        if len(query) < 2:
            return []
        choices = self._common if chinese else self._common_pinyin
        least = _LEAST_ALIKE if len(query) > 3 else _LEAST_ALIKE_SHORT
        close = process.extract(query, choices, scorer=fuzz.ratio, score_cutoff=least, limit=_FEW)
        return [(_NEAR * score / 100, "near", self._common[at]) for _, score, at in close]

    def spread(self, matches: Iterable[Match], size: int) -> np.ndarray:
        """What the matched names give each of ``size`` entries; of several names of one entry the best counts."""
        total = np.zeros(size, dtype=np.float32)
        for value, _, name in matches:
            mine = self._owners[name]
            total[mine] = np.maximum(total[mine], value)
        return total
