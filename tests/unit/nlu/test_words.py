"""Words of a message and their offsets; the hash that decides whether a model is stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.words import content_hash, words_of


@pytest.mark.parametrize("message", ["租房能落户吗", "　租房 能落户吗？ ", "我３５歲，想落戶", "😀租房", "abc 租房", ""])
def test_words_cover_the_plain_text_in_order(message: str) -> None:
    plain, words = words_of(message)
    at = 0
    for word in words:
        assert plain[word.plain[0] : word.plain[1]] == word.text
        assert not plain[at : word.plain[0]].strip()
        at = word.plain[1]
    assert not plain[at:].strip()


def test_typed_spans_point_at_what_was_typed() -> None:
    message = "我１２岁，租房"
    _, words = words_of(message)
    number = next(w for w in words if "12" in w.text)
    assert message[slice(*number.typed)].startswith("１２")


def test_hash_changes_with_content_and_name_but_not_with_order(tmp_path: Path) -> None:
    a, b = tmp_path / "a.txt", tmp_path / "b.txt"
    a.write_text("一")
    b.write_text("二")
    before = content_hash([a, b])
    assert content_hash([b, a]) == before
    a.write_text("三")
    assert content_hash([a, b]) != before
    a.write_text("一")
    a.rename(tmp_path / "c.txt")
    assert content_hash([tmp_path / "c.txt", b]) != before
