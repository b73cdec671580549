"""Word classes of the lexicon: written out where an expression names them, refused where they cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.reading.text import classes


@pytest.fixture
def lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(classes, "FILE", tmp_path / "classes.yml")
    classes.classes.cache_clear()
    yield tmp_path / "classes.yml"
    classes.classes.cache_clear()


def test_an_expression_names_a_class_and_gets_its_words_longest_first(lexicon: Path) -> None:
    lexicon.write_text("DEED: 房本 房本子\nPAPER: <DEED> 合同\n", encoding="utf-8")
    assert classes.expanded("(?P<at>有)<DEED>") == "(?P<at>有)(?:房本(?:子|))"
    assert re.fullmatch(classes.expanded("没<PAPER>"), "没合同")


@pytest.mark.parametrize("text, complaint", [
    ("DEED:\n", "DEED is empty"),
    ("DEED: 房本.?\n", "letters only"),
    ("PAPER: <DEED>\n", "no class DEED"),
])
def test_a_malformed_class_is_named(lexicon: Path, text: str, complaint: str) -> None:
    lexicon.write_text(text, encoding="utf-8")
    with pytest.raises(classes.ClassError, match=complaint):
        classes.classes()


def test_an_unknown_class_is_named() -> None:
    with pytest.raises(classes.ClassError, match="no class NOBODY_KNOWS"):
        classes.expanded("<NOBODY_KNOWS>")
