"""Features: concepts, masked places and numbers, and how a message is cut into its questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu import features as f
from bot.nlu.words import words_of


def test_numbers_carry_no_weight() -> None:
    a = f.masked(*words_of("我35岁"))
    b = f.masked(*words_of("我28岁"))
    assert a == b
    assert f.NUMBER in "".join(a)


def test_synonyms_name_one_concept() -> None:
    lex = f.lexicon()
    assert lex.concepts["租房"] == lex.concepts["房东"]
    assert "RENT" in f.features(["租房", "能", "落户", "吗"])["concept"]


def test_the_longest_phrase_wins() -> None:
    assert f.features(["公租房"])["concept"] == ["PUBLIC_HOUSING"]


def test_a_phrase_under_two_concepts_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "concepts.yml"
    file.write_text("concepts: {A: 一 二, B: 二}\nquestions: {marks: ？, joints: 还有, words: 吗}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="二.*A.*B"):
        f.lexicon(file)


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("租房能落户吗？要多久？", 2),
        ("租房能落户吗", 1),
        ("我是外地的，在这边租房。能落户吗？", 1),
        ("能落户吗，还有要带什么材料", 2),
        ("谢谢", 1),
        ("村里的地还在不在，另外孩子上学给不给进", 2),
        ("房东不在家。能落户吗", 1),
        ("大专毕业能不能落户还有收不收费", 2),
        ("居住证弄丢了，窗口说补不了，这咋办", 1),
        ("我在这上班想落户，咋整", 1),
    ],
)
def test_questions_of_a_message(message: str, count: int) -> None:
    _, words = words_of(message)
    pieces = f.questions_in([w.text for w in words])
    assert len(pieces) == count
    assert [w for piece in pieces for w in piece] == [w.text for w in words]


@pytest.mark.parametrize(
    ("message", "pieces"),
    [
        ("租房落户+孩子上学+收费", ["租房落户+", "孩子上学+", "收费"]),
        ("户口能迁来吗？那地还在不在", ["户口能迁来吗?", "那地还在不在"]),
        ("没房能落不，老家的地还有没", ["没房能落不,", "老家的地还有没"]),
        ("有房可以迁吗那我爸妈能一起吗", ["有房可以迁吗", "那我爸妈能一起吗"]),
    ],
)
def test_where_a_message_is_cut(message: str, pieces: list[str]) -> None:
    _, words = words_of(message)
    assert ["".join(piece) for piece in f.questions_in([w.text for w in words])] == pieces


def test_a_wish_before_a_question_is_found() -> None:
    _, words = words_of("我开店两年了想落户，孩子上学咋办")
    texts = [w.text for w in words]
    cut = f.wish_before(texts)
    assert cut is not None
    assert "".join(texts[cut:]) == "孩子上学咋办"
    _, words = words_of("我在这边开店两年了，孩子上学咋办")
    assert f.wish_before([w.text for w in words]) is None


def test_a_word_typed_by_its_sound_resembles_the_word_meant() -> None:
    meant, typed = (set(f.features([word])["sound"]) for word in ("租房", "祖房"))
    assert meant == typed
