"""A word that people use is an edit under ``data``: no module that reads or converses holds one in its code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import paths

LISTED = {
    "bot/reading/text/numbers.py": "how a number is written: numerals, the words between them, 几 and 多",
    "bot/reading/time/almanac.py": "the calendar: years by name, solar terms, the seasons of the farming year",
    "bot/reading/time/dates.py": "the calendar: how days, months, seasons and feasts are put together",
    "bot/reading/time/durations.py": "the units of time: what stands before and behind a length of time",
    "bot/reading/time/lengths.py": "the units of time: how a length of time is put together",
}
"""Modules whose Chinese text is no vocabulary, each with what it is."""
PACKAGES = ("bot/conversation", "bot/reading")
MODULES = sorted(str(path.relative_to(paths.ROOT)) for package in PACKAGES for path in (paths.ROOT / package).rglob("*.py"))
_NUMERALS = re.compile("[零〇一二两三四五六七八九十①-⑨]")
_LETTER = re.compile("[\u3400-\u9fff]")


def written(module: str) -> Iterator[tuple[int, str]]:
    """The string literals of a module that hold Chinese words, with their lines.

    No docstrings. Numerals are no words, nor is a single letter: where a clause is cut (的, 在) and how 她 is told from 他 is grammar.
    """
    tree = ast.parse((paths.ROOT / module).read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said else ""
        if len(_LETTER.findall(_NUMERALS.sub("", text))) > 1:
            yield getattr(node, "lineno", 0), text


@pytest.mark.parametrize("module", [module for module in MODULES if module not in LISTED])
def test_no_word_stands_in_code(module: str) -> None:
    assert list(written(module)) == [], "put it into data/lexicon (cues, groups.yml) or data/wording"


@pytest.mark.parametrize("module", LISTED)
def test_a_listed_module_is_there_and_needs_to_be_listed(module: str) -> None:
    assert list(written(module)), "nothing in it is Chinese any more: take it off the list"


def test_words_are_found_wherever_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = '"""房子."""\nA = {"房东": 1}\nB = f"住{A}在家里"\nC = "的" + "一二三"\ndef d():\n    """房东."""\n    return A in ("他",)\n'
    (tmp_path / "some.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    assert list(written("some.py")) == [(2, "房东"), (3, "在家里")]
