"""Cutting raw documents, and the skeleton of a new pack."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import paths
from bot.policy.check import check
from bot.policy.cut import chinese, cut, new_pack, numeral
from bot.policy.load import Packs, load_vocabulary, read_pack

SMALL = """某市人民政府
关于某事的通知

一、总体要求
(一)目标。让事情
办好。

（二）原则
１．公开。要公开。
2、公平。要公平,1.5倍也行。
4. 公正。要公正。
（责任单位：某局）
二、怎么办
分步骤来。
完善机制
（一）建立机制。先建立。
本办法自印发之日起施行。
某市人民政府
2024年3月5日
"""


@pytest.mark.parametrize("pack_id", ["liaocheng-2020-7", "linzi-2022"])
def test_cutting_the_source_again_gives_the_articles_of_the_pack(packs: Packs, pack_id: str) -> None:
    pack = packs.by_id[pack_id]
    again = [(c.path, tuple(c.spans), c.number_missing) for c in cut(pack.source)]
    assert again == [(a.path, a.spans, a.number_missing) for a in pack.articles]


def test_both_widths_gaps_and_a_lost_number_are_read() -> None:
    pieces = {c.path: c for c in cut(SMALL)}
    assert list(pieces) == ["题头", "一", "一(一)", "一(二)", "一(二)1", "一(二)2", "一(二)4", "二", "三", "三(一)", "附则", "落款"]
    assert pieces["三"].number_missing
    assert not pieces["二"].number_missing
    headings = {path: pieces[path].heading for path in ("一", "一(一)", "一(二)", "一(二)1", "三", "三(一)")}
    assert list(headings.values()) == ["总体要求", "目标", "原则", "公开", "完善机制", "建立机制"]


def test_a_line_on_responsible_units_belongs_to_the_section_not_to_the_last_item() -> None:
    section = next(c for c in cut(SMALL) if c.path == "一(二)")
    assert [SMALL[a:b].strip() for a, b in section.spans] == ["（二）原则", "（责任单位：某局）"]


@pytest.mark.parametrize("text", [SMALL, "", "没有标题的一句话。", "一、开头\n话。", "\n\n一、甲\n\n三、丙\n"])
def test_the_spans_tile_the_text(text: str) -> None:
    spans = sorted(s for piece in cut(text) for s in piece.spans)
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(a[1] == b[0] for a, b in zip(spans, spans[1:], strict=False))


def test_a_number_inside_a_list_is_no_heading() -> None:
    text = "一、甲\n（一）子。\n5.5万元以上的，另行规定。\n九、这里跳得太远。\n"
    assert [c.path for c in cut(text)] == ["一", "一(一)"]


@pytest.mark.parametrize(("number", "word"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")])
def test_numerals(number: int, word: str) -> None:
    assert (numeral(word), chinese(number)) == (number, word)


def test_a_new_pack_loads_and_is_refused_until_it_is_filled_in(tmp_path: Path) -> None:
    folder = new_pack(paths.POLICIES / "liaocheng-2020-7" / "source.txt", "place-2020", tmp_path)
    assert (folder / "source.txt").read_bytes() == (paths.POLICIES / "liaocheng-2020-7" / "source.txt").read_bytes()
    reading = read_pack(folder, load_vocabulary())
    assert reading.problems == ()
    assert reading.pack is not None
    assert reading.pack.identity.doc_no == "聊政发〔2020〕7号"
    codes = {p.code for p in check(folder)}
    assert codes == {"todo", "no-route", "topic-missing", "identity-source", "unknown-place"}


def test_a_number_cited_in_running_text_is_not_taken_for_the_documents_own(tmp_path: Path) -> None:
    folder = new_pack(paths.POLICIES / "linzi-2022" / "source.txt", "place-2022", tmp_path)
    reading = read_pack(folder, load_vocabulary())
    assert reading.pack is not None
    assert reading.pack.identity.doc_no is None


def test_a_new_pack_needs_a_sound_id_and_text(tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text(SMALL, encoding="utf-8")
    for bad in ("Liaocheng", "../x", "a b", "", "a_b"):
        with pytest.raises(ValueError, match="pack id"):
            new_pack(text, bad, tmp_path)
    plain = tmp_path / "plain.txt"
    plain.write_text("没有标题的一句话。", encoding="utf-8")
    with pytest.raises(ValueError, match="heading"):
        new_pack(plain, "plain-1", tmp_path)
    plain.write_bytes("一、甲".encode("gb18030"))
    with pytest.raises(ValueError, match="UTF-8"):
        new_pack(plain, "plain-1", tmp_path)
    assert not (tmp_path / "plain-1").exists()
    new_pack(text, "small-1", tmp_path)
    with pytest.raises(FileExistsError):
        new_pack(text, "small-1", tmp_path)
