"""The topic model to evaluate: the one in ``models/``, or one trained here without Rasa."""

from __future__ import annotations

import random
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from bot import paths
from bot.nlu.evaluation import phrases
from bot.nlu.features import masked
from bot.nlu.model import TopicModel, train
from bot.nlu.words import words_of
from bot.training import fingerprint, model_file

LEFT_OUT = 0.1
"""The share of each class's phrases that a resampled training set leaves out."""
_COMPONENT = "TopicClassifier"
_MARK = "topics.json"


def trained() -> TopicModel:
    """The model of the present data: out of Rasa's archive, else trained here (half a minute) and kept under ``var/``."""
    archive = model_file()
    if archive.is_file():
        with suppress(EOFError, tarfile.TarError):  # another process is still writing it
            return extract(archive)
    kept = paths.VAR / "evaluation" / fingerprint()
    if (kept / _MARK).is_file():
        return TopicModel.load(kept)
    model = learn(list(phrases()))
    kept.mkdir(parents=True, exist_ok=True)
    model.save(kept)
    for old in kept.parent.iterdir():
        if old != kept:
            for file in old.iterdir():
                file.unlink()
            old.rmdir()
    return model


def extract(archive: Path) -> TopicModel:
    """The topic model inside an archive that ``luohu train`` wrote.

    Raises:
        LookupError: there is none inside.
    """
    with tarfile.open(archive) as tar, tempfile.TemporaryDirectory() as folder:
        members = [m for m in tar.getmembers() if m.isfile() and _COMPONENT in PurePosixPath(m.name).parent.name]
        for member in members:
            content = tar.extractfile(member)
            if content is not None:
                (Path(folder) / PurePosixPath(member.name).name).write_bytes(content.read())
        if not (Path(folder) / _MARK).is_file():
            raise LookupError(f"{archive}: no {_MARK} inside; train it again with `luohu train --force`")
        return TopicModel.load(Path(folder))


def learn(pairs: Sequence[tuple[str, str]]) -> TopicModel:
    """A model trained as the classifier trains it."""
    return train([(masked(*words_of(text)), label) for text, label in pairs], regularisation())


def regularisation(file: Path = paths.ROOT / "config.yml") -> float:
    """The classifier's setting in Rasa's configuration."""
    from ruamel.yaml import YAML

    pipeline = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))["pipeline"]
    return float(next((c["regularisation"] for c in pipeline if "regularisation" in c), 1.0))


def resampled(pairs: Sequence[tuple[str, str]], seed: int, left_out: float = LEFT_OUT) -> list[tuple[str, str]]:
    """The pairs without a random share of each class, in their order; no class loses its last phrase."""
    members: dict[str, list[int]] = defaultdict(list)
    for i, (_, label) in enumerate(pairs):
        members[label].append(i)
    rng = random.Random(seed)
    dropped = {i for group in members.values() for i in rng.sample(group, min(round(left_out * len(group)), len(group) - 1))}
    return [pair for i, pair in enumerate(pairs) if i not in dropped]
