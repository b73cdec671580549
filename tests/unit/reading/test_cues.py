"""Cues: each one the reader asks for is there, each one there is asked for, and a bad file says what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.reading import cues

BOT = Path(cues.__file__).parent.parent


def test_every_cue_is_asked_for_and_every_cue_asked_for_is_there() -> None:
    asked = {name for path in BOT.rglob("*.py") for name in re.findall(r'cue\("([\w.]+)"\)', path.read_text(encoding="utf-8"))}
    assert asked == set(cues.load())


def test_a_missing_cue_is_named() -> None:
    with pytest.raises(cues.CueError, match=r"cues\.yml.*roles\.nowhere"):
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
    path = tmp_path / "cues.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(cues.CueError, match=told):
        cues.load(path)


def test_pieces_are_one_expression(tmp_path: Path) -> None:
    path = tmp_path / "cues.yml"
    path.write_text("homes:\n  any: ['租房|', '买房']\n", encoding="utf-8")
    assert cues.load(path)["homes.any"].fullmatch("买房")
