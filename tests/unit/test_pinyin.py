"""Characters are read as they mostly are, polyphones as their word is, and nothing of pypinyin's phrases is kept in memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot import paths, pinyin


@pytest.mark.parametrize("text, read", [
    ("落户", "luo hu"), ("落了", "luo le"), ("落下", "luo xia"), ("东阿", "dong e"), ("阿姨", "a yi"), ("银行", "yin hang"),
    ("不行", "bu xing"), ("重新办", "chong xin ban"), ("重点", "zhong dian"), ("长期", "chang qi"), ("家长", "jia zhang"),
    ("会计证", "kuai ji zheng"), ("女", "nv"),
])  # fmt: skip
def test_words(text: str, read: str) -> None:
    assert " ".join(pinyin.syllables_of(text)) == read


def test_every_reading_of_a_character() -> None:
    assert pinyin.readings_of("还") >= {"hai", "huan"}
    assert pinyin.readings_of("户") == {"hu"}


def test_a_word_with_a_syllable_too_few_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "polyphones.yml").write_text("银行: yin hang\n行业: hang\n", encoding="utf-8")
    monkeypatch.setattr(pinyin, "LEXICON", tmp_path)
    pinyin._learn_polyphones.cache_clear()
    with pytest.raises(ValueError, match="polyphones.yml.*行业"):
        pinyin.syllables_of("行业")
    monkeypatch.undo()
    pinyin._learn_polyphones()


def test_no_phrases_are_kept() -> None:
    code = "import sys; from bot.pinyin import syllables_of; syllables_of('落户'); sys.exit('pypinyin.phrases_dict' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=paths.ROOT, check=True)
