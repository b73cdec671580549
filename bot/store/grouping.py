"""Similar gaps together, so that an operator can turn a group into training phrases or a topic.  Deterministic, and nothing is learnt."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from bot.store.gaps import Gap

# From this likeness on two messages belong together; less is enough where the classifier ranked the same class first.
_ALIKE, _ALIKE_SAME_CLASS = 0.6, 0.4
_GRAMS = 2
_NOISE = re.compile(r"[\W_]+")
_MASKED = re.compile("［已隐去[^］]*］")


@dataclass(frozen=True)
class Group:
    """Gaps that ask about the same; ``nearest`` is the class most of them came nearest to, empty where the classifier had none."""

    gaps: tuple[Gap, ...]
    nearest: str

    @property
    def example(self) -> Gap:
        """The shortest message stands for the group; of equally short ones, the first by character."""
        return min(self.gaps, key=lambda g: (len(g.message), g.message, g.id))


def group(gaps: Iterable[Gap]) -> tuple[Group, ...]:
    """The gaps in groups, the largest group first.

    Each gap, the oldest first, joins the group one of whose messages it is most like, or begins a new one.
    """
    members: list[list[tuple[Gap, str, Counter[str]]]] = []
    for gap in sorted(gaps, key=lambda g: (g.at, g.id)):
        text = plain(gap.message)
        grams = _grams(text)
        best, place = 0.0, -1
        for number, known in enumerate(members):
            for other, other_text, other_grams in known:
                likeness = alike(text, grams, other_text, other_grams)
                bar = _ALIKE_SAME_CLASS if _first(gap) and _first(gap) == _first(other) else _ALIKE
                if likeness >= bar and likeness > best:
                    best, place = likeness, number
        if place < 0:
            members.append([])
        members[place].append((gap, text, grams))
    groups = [_group([gap for gap, *_ in known]) for known in members]
    return tuple(sorted(groups, key=lambda g: (-len(g.gaps), g.example.message, g.example.id)))


def alike(one: str, one_grams: Counter[str], other: str, other_grams: Counter[str]) -> float:
    """How alike two messages are, from 0 to 1: the better of shared character pairs (Dice) and of the longest common sequence."""
    total = sum(one_grams.values()) + sum(other_grams.values())
    dice = 2 * sum((one_grams & other_grams).values()) / total if total else float(one == other)
    return max(dice, LCSseq.normalized_similarity(one, other) ** 2)


def plain(message: str) -> str:
    """The message without punctuation, spaces, masks and differences of width or case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", _MASKED.sub("", message)).lower())


def _grams(text: str) -> Counter[str]:
    return Counter(text[i : i + _GRAMS] for i in range(max(1, len(text) - _GRAMS + 1)))


def _first(gap: Gap) -> str:
    return gap.ranking[0][0] if gap.ranking else ""


def _group(gaps: list[Gap]) -> Group:
    votes = Counter(_first(g) for g in gaps if _first(g))
    nearest = min(votes, key=lambda name: (-votes[name], name)) if votes else ""
    return Group(tuple(gaps), nearest)
