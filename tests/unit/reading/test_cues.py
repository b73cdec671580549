"""Cues: each one the reader asks for is there, each one there is asked for, and a bad file says what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot import paths
from bot.reading.text import cues


def test_every_cue_is_asked_for_and_every_cue_asked_for_is_there() -> None:
    modules = (paths.ROOT / "bot").rglob("*.py")
    asked = {name for path in modules for name in re.findall(r'cue\("([\w.]+)"\)', path.read_text(encoding="utf-8"))}
    assert asked == set(cues.load())


def test_a_group_named_after_a_module_lies_in_the_file_of_its_part() -> None:
    parts: dict[str, set[str]] = {}
    for path in [*(paths.ROOT / "bot/reading").rglob("*.py"), *(paths.ROOT / "bot/conversation").glob("*.py")]:
        parts.setdefault(path.stem, set()).add(path.parent.name)
    for file in cues.CUES.glob("*.yml"):
        for group in YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8")):
            assert group == "normalise" or file.stem in parts.get(group, {file.stem}), f"{file.name}: {group}"


def test_a_missing_cue_is_named() -> None:
    with pytest.raises(cues.CueError, match=r"cues: no file has a cue .roles\.nowhere"):
        cues.cue("roles.nowhere")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("roles:\n  broken: '('\n", "roles.broken is no valid expression"),
        ("roles:\n  empty:\n", "roles.empty must be"),
        ("roles: '村'\n", "roles must map"),
        ("- 村\n", "must map groups"),
        ("roles:\n  nested: {a: b}\n", "roles.nested must be"),
    ],
)
def test_a_malformed_file_is_refused_with_the_cue_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "place.yml").write_text(text, encoding="utf-8")
    with pytest.raises(cues.CueError, match=f"place.yml: {told}"):
        cues.load(tmp_path)


def test_a_group_stands_in_one_file(tmp_path: Path) -> None:
    for name in ("home", "work"):
        (tmp_path / f"{name}.yml").write_text("spots:\n  near: 附近\n", encoding="utf-8")
    with pytest.raises(cues.CueError, match=r"work\.yml: spots stands in home\.yml as well"):
        cues.load(tmp_path)


def test_an_expression_may_be_laid_out_over_lines(tmp_path: Path) -> None:
    (tmp_path / "home.yml").write_text("homes:\n  any: |\n    租(?:\n      房|\n      屋\\ 子\n    )|\n    买房\n", encoding="utf-8")
    found = cues.load(tmp_path)["homes.any"]
    assert all(found.fullmatch(text) for text in ("租房", "买房", "租屋 子"))
