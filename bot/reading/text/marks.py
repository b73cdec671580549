"""Where a clause ends in a message typed, or dictated, without a mark.

Residents often set no comma at all (户口在德州在临淄租房三年了没签合同能落不). Everything that reads facts does so clause by clause, so a
long stretch without a mark gets commas where people who set them would. Whether one stands between two words is weighed by a linear
model over the words around; ``scripts/learn_marks.py`` learns it from messages with their marks (``data/lexicon/marks/messages.txt``) and
from the training phrases, and writes ``weights.tsv``: data that is read here without any library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from bot.paths import LEXICON
from bot.reading.text.cues import cue
from bot.reading.text.words import segmenter

FOLDER = LEXICON / "marks"
WEIGHTS, MESSAGES = FOLDER / "weights.tsv", FOLDER / "messages.txt"
LONG = 22
"""Characters from which a stretch without a mark is hardly one clause."""
SURE = 0.2
"""The sum of weights above which a comma is set."""
BIAS = ""
"""The name under which the table holds what speaks for a comma anywhere."""
_ONES_OWN = cue("normalise.ones_own")  # 投靠我|妹妹: no clause ends before whose relative it is
_STRETCH = re.compile("[^,.;:!?。、()\"'“”‘’《》]+")


def features(words: Sequence[str], at: int) -> Iterator[str]:
    """What is known of the gap behind word ``at``: the two words before and behind it, and the characters that meet there."""
    before, last = words[at - 1] if at else "^", words[at]
    following = words[at + 1]
    beyond = words[at + 2] if at + 2 < len(words) else "^"
    yield from (BIAS, f"a{before}", f"b{last}", f"c{following}", f"d{beyond}")
    yield from (f"e{before}|{last}", f"f{last}|{following}", f"g{following}|{beyond}")
    yield from (f"h{last[-1]}", f"i{following[0]}", f"j{last[-1]}{following[0]}", f"k{before[-1]}{last[-1]}", f"l{following[0]}{beyond[0]}")
    yield from (f"m{(before + last)[-2:]}", f"n{(following + beyond)[:2]}", f"o{min(len(last), 3)}", f"p{min(len(following), 3)}")


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    table = (line.rsplit("\t", 1) for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {name: float(weight) for name, weight in table}


def ends(plain: str) -> list[int]:
    """The offsets in ``plain`` at which a comma belongs that nobody typed, from left to right."""
    return [start + end for start, stretch in _long(plain) for end in _ends(stretch)]


def _long(plain: str) -> Iterator[tuple[int, str]]:
    return ((m.start(), m.group()) for m in _STRETCH.finditer(plain) if m.end() - m.start() >= LONG)


@lru_cache(maxsize=16)
def _ends(stretch: str) -> tuple[int, ...]:
    weights = _weights()
    words = list(segmenter().cut(stretch, False))
    found: list[int] = []
    for at, end in zip(range(len(words) - 1), accumulate(map(len, words)), strict=False):
        alone = end - (found[-1] if found else 0) < 2  # one character is no clause
        if not alone and not _ONES_OWN.match(stretch, end - 1) and sum(weights.get(name, 0.0) for name in features(words, at)) > SURE:
            found.append(end)
    return tuple(found)
