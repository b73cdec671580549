"""Learns where a clause ends (``bot/reading/text/marks.py``): ``python scripts/learn_marks.py`` writes ``data/lexicon/marks/weights.tsv``.

It learns from ``messages.txt`` beside it, messages of the kind that residents post with every mark set, and from the training phrases. No
row of the evaluation is among them. The outcome is the same on every run; run it again when the messages changed much.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.nlu.evaluation import phrases
from bot.reading.text.marks import BIAS, LONG, MESSAGES, WEIGHTS, features
from bot.reading.text.normalise import as_punctuated
from bot.reading.text.words import segmenter

_MARK, _INSIDE = re.compile("([,.;!?。])"), re.compile("[、:~…\"'()]")
_WEIGHT = 3.0  # of a message against a phrase: phrases are questions for the most part, and tell little
_STRENGTH = 1.0  # of what is learnt against the penalty; more keeps more words that stood in one message


def gaps(text: str) -> tuple[list[str], list[bool]]:
    """The words of a message, and behind which of them a clause ends. Marks inside a clause are left out."""
    words: list[str] = []
    ended: list[bool] = []
    for piece in _MARK.split(as_punctuated(text)):
        if _MARK.fullmatch(piece):
            ended[-1:] = [True] if ended else []
            continue
        cut = list(segmenter().cut(_INSIDE.sub("", piece), False))
        words += cut
        ended += [False] * len(cut)
    return words, ended


def learn(messages: Iterable[str], asked: Iterable[str]) -> dict[str, float]:
    """The weights: L1-regularised logistic regression keeps only what tells something."""
    known: list[dict[str, int]] = []
    outcome: list[bool] = []
    weight: list[float] = []
    for counts, texts in ((_WEIGHT, messages), (1.0, asked)):
        for text in texts:
            words, ended = gaps(text)
            if not any(ended[:-1]) and len("".join(words)) >= LONG:
                continue  # typed without a mark: it teaches nothing
            for at in range(len(words) - 1):
                known.append(dict.fromkeys((f for f in features(words, at) if f != BIAS), 1))
                outcome.append(ended[at])
                weight.append(counts)
    names = DictVectorizer()
    model = LogisticRegression(C=_STRENGTH, penalty="l1", solver="liblinear", max_iter=500, random_state=0)
    model.fit(names.fit_transform(known), outcome, sample_weight=weight)
    found = {BIAS: float(model.intercept_[0])} | dict(zip(names.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    return {name: round(value, 2) for name, value in sorted(found.items()) if abs(value) >= 0.01}


def main() -> None:
    """Learn and write."""
    table = learn(MESSAGES.read_text(encoding="utf-8").splitlines(), [text for text, _ in phrases()])
    head = "# What speaks for (+) or against a comma between two words; features are named in bot/reading/text/marks.py\n"
    WEIGHTS.write_text(head + "".join(f"{name}\t{value}\n" for name, value in table.items()), encoding="utf-8")
    print(f"{WEIGHTS}: {len(table)} weights")


if __name__ == "__main__":
    main()
