"""Where the evaluated model comes from."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from bot.evaluation import models
from bot.nlu.model import TopicModel

TOY = [
    ("租房能落户吗", "ask/rent"),
    ("房东不同意怎么办", "ask/rent"),
    ("今天天气好", "out_of_scope/weather"),
    ("明天下雨吗", "out_of_scope/weather"),
]


def archive(tmp_path: Path, model: TopicModel, component: str) -> Path:
    folder = tmp_path / component
    folder.mkdir()
    model.save(folder)
    file = tmp_path / "model.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        tar.add(folder, f"components/{component}")
    return file


def test_the_model_comes_out_of_the_archive_as_it_went_in(tmp_path: Path) -> None:
    model = models.learn(TOY)
    found = models.extract(archive(tmp_path, model, "train_bot.nlu.classifier.TopicClassifier1"))
    assert found.classes == model.classes == ("ask/rent", "out_of_scope/weather")
    assert found.predict(["房东"]) == model.predict(["房东"])


def test_an_archive_without_the_classifier_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=r"topics\.json"):
        models.extract(archive(tmp_path, models.learn(TOY), "train_Other0"))


def test_a_half_written_archive_is_trained_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = archive(tmp_path, models.learn(TOY), "TopicClassifier").read_bytes()
    (tmp_path / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
    monkeypatch.setattr(models, "model_file", lambda: tmp_path / "half.tar.gz")
    monkeypatch.setattr(models, "fingerprint", lambda: "f" * 12)
    monkeypatch.setattr(models, "phrases", lambda: iter(TOY))
    monkeypatch.setattr(models.paths, "VAR", tmp_path / "var")
    assert models.trained().classes == ("ask/rent", "out_of_scope/weather")
    monkeypatch.setattr(models, "phrases", lambda: pytest.fail("trained twice"))
    assert models.trained().classes == ("ask/rent", "out_of_scope/weather")


def test_the_setting_is_read_from_the_pipeline(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text("pipeline: [{name: x}, {name: y, regularisation: 2.5}]", encoding="utf-8")
    assert models.regularisation(file) == 2.5
