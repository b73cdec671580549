"""The topic model and what a turn is told, on a toy set of phrases."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

from bot.nlu.evaluation import cross_validate, phrases
from bot.nlu.features import masked
from bot.nlu.model import TopicModel, train
from bot.nlu.understanding import FALLBACK, Thresholds, class_of, understand
from bot.nlu.words import words_of

TOY = list(phrases(Path(__file__).parent))
LOOSE = Thresholds(0.0, 0.0, 0.0)


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return train([(masked(*words_of(text)), label) for text, label in TOY])


def test_metadata_makes_the_class() -> None:
    assert class_of("ask", {"topic": "fee"}) == "ask/fee"
    assert class_of("out_of_scope", {"matter": "tax"}) == "out_of_scope/tax"
    assert class_of("greet", None) == "greet"
    assert ("租房可以落户不", "ask/rent_settle") in TOY


def test_training_phrases_are_learnt(model: TopicModel) -> None:
    right = sum(model.predict(masked(*words_of(text))).ranking[0][0] == label for text, label in TOY)
    assert right / len(TOY) > 0.95


def test_a_new_wording_of_a_topic_is_recognised(model: TopicModel) -> None:
    found = understand(model, *words_of("租赁的房子，户口能迁进来吗"), LOOSE)
    assert (found.intent, found.luohu["topic"], found.luohu["matter"]) == ("ask", "rent_settle", None)
    found = understand(model, *words_of("我的身份证弄丢了要补"), LOOSE)
    assert (found.intent, found.luohu["topic"], found.luohu["matter"]) == ("out_of_scope", None, "id_card")


def test_shares_are_probabilities(model: TopicModel) -> None:
    prediction = model.predict(masked(*words_of("你好")))
    shares = [p for _, p in prediction.ranking]
    assert sum(shares) == pytest.approx(1.0, abs=1e-4)
    assert shares == sorted(shares, reverse=True)
    found = understand(model, *words_of("你好"), LOOSE)
    assert sum(p for _, p in found.intents) == pytest.approx(1.0, abs=1e-4)
    assert found.confidence == found.intents[0][1]


@pytest.mark.parametrize("message", ["😀", "？", "qwerty zxcv", "", "   "])
def test_what_was_never_seen_is_not_understood(model: TopicModel, message: str) -> None:
    found = understand(model, *words_of(message), Thresholds(0.3, 0.15, 0.35))
    assert found.intent == FALLBACK
    assert found.luohu["coverage"] < 0.35


def test_several_questions_are_told_apart(model: TopicModel) -> None:
    found = understand(model, *words_of("租房可以落户吗？还有要带什么材料？"), LOOSE)
    assert [s["class"] for s in found.luohu["segments"]] == ["ask/rent_settle", "ask/materials"]
    assert "".join(s["text"] for s in found.luohu["segments"]) == words_of("租房可以落户吗？还有要带什么材料？")[0]


def test_saved_and_loaded_it_is_the_same(model: TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    assert {f.suffix for f in tmp_path.iterdir()} == {".json", ".npz"}
    again = TopicModel.load(tmp_path)
    words = masked(*words_of("夫妻投靠要什么材料"))
    assert again.predict(words) == model.predict(words)


def test_files_that_do_not_belong_together_are_refused(model: TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    np.savez(tmp_path / "topics.npz", idf=model.idf, weights=model.weights[:-1], bias=model.bias)
    with pytest.raises(ValueError, match="do not fit"):
        TopicModel.load(tmp_path)


def test_one_class_cannot_be_trained() -> None:
    with pytest.raises(ValueError, match="two classes"):
        train([(["你好"], "greet")])


def test_two_classes_can_be_trained() -> None:
    small = train([(["你好"], "greet"), (["再见"], "bye"), (["您好"], "greet"), (["拜拜"], "bye")])
    assert small.predict(["再见"]).ranking[0][0] == "bye"


def test_cross_validation_counts_every_phrase_once() -> None:
    report = cross_validate(2, pairs=TOY)
    assert report.phrases == len(TOY) == len(report.scores)
    assert 0 < report.right_class <= report.right_intent <= 1


def test_the_solver_comes_to_its_end() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        train([(masked(*words_of(text)), label) for text, label in TOY])
