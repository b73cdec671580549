"""Word groups: each one asked for is there, each one there is asked for, and a bad file says what is wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import paths
from bot.reading.text import groups


def _asked(call: str) -> set[str]:
    modules = (path.read_text(encoding="utf-8") for path in (paths.ROOT / "bot").rglob("*.py"))
    return {name for text in modules for name in re.findall(call, text)}


def test_every_group_is_asked_for_and_every_group_asked_for_is_there() -> None:
    assert _asked(r'(?<!\.)\b(?:group|table)\("([\w.]+)"\)') == set(groups.load())


def test_every_phrase_is_composed_and_every_phrase_composed_is_there() -> None:
    calls = _asked(r'\bcomposed\(("\w+"(?: if \w+ else "\w+")?)')
    assert {name for call in calls for name in re.findall(r'"(\w+)"', call)} == set(groups.table("composed.phrases"))


def test_a_phrase_is_put_together() -> None:
    assert groups.composed("wants_to_follow", mover="我爸", followed="我") == "我爸想投靠我"


def test_what_is_missing_is_named() -> None:
    with pytest.raises(groups.GroupError, match=r"groups\.yml: there is no group of words 'notes\.called'"):
        groups.group("notes.called")
    with pytest.raises(groups.GroupError, match=r"groups\.yml: there is no group of words by word 'notes\.nobody'"):
        groups.table("notes.nobody")
    with pytest.raises(groups.GroupError, match=r"groups\.yml: there is no phrase 'nothing'"):
        groups.composed("nothing")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- 村\n", "must map"),
        ("people: 爸 妈\n", "must map"),
        ("people:\n  old:\n", r"people\.old must be words"),
        ("people:\n  old: [爸, 妈]\n", r"people\.old must be words"),
        ("people:\n  old: {爸: [妈]}\n", r"people\.old must be words"),
        ("people:\n  old: 爸 妈 爸\n", r"people\.old holds 爸 twice"),
    ],
)
def test_a_malformed_file_is_refused_with_the_group_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "groups.yml").write_text(text, encoding="utf-8")
    with pytest.raises(groups.GroupError, match=rf"groups\.yml: {told}"):
        groups.load(tmp_path / "groups.yml")


def test_words_keep_their_order_and_may_go_on_over_lines(tmp_path: Path) -> None:
    (tmp_path / "groups.yml").write_text("people:\n  old: 爸 妈\n    爷\n  called: {夫: 老公}\n", encoding="utf-8")
    assert groups.load(tmp_path / "groups.yml") == {"people.old": ("爸", "妈", "爷"), "people.called": {"夫": "老公"}}
