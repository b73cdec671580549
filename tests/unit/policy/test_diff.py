"""What a new version of a document touches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import cli, paths
from bot.policy.diff import as_text, diff, texts_of, texts_of_file
from bot.policy.load import load_packs

PACKS = load_packs()
LINZI = PACKS.by_id["linzi-2022"]
TITLES = PACKS.vocabulary.topics


def changed(*edits: tuple[str, str]) -> dict[str, str]:
    new = texts_of(LINZI)
    for path, (old, text) in zip((e[0] for e in edits), (e[1].split("→") for e in edits), strict=True):
        assert old in new[path]
        new[path] = new[path].replace(old, text)
    return new


def test_the_same_text_differs_in_nothing() -> None:
    found = diff(LINZI, texts_of(LINZI), TITLES)
    assert found.empty
    assert as_text(found) == "no article differs"
    assert (found.routes, found.topics, found.notes, found.cases, dict(found.phrases)) == ((), (), (), (), {})


def test_the_source_file_cut_anew_is_the_pack() -> None:
    for pack in PACKS:
        assert diff(pack, texts_of_file(paths.POLICIES / pack.id / "source.txt"), TITLES).empty


def test_a_changed_clause_names_all_that_rests_on_it_and_the_quotes_that_are_gone() -> None:
    found = diff(LINZI, changed(("二(一)1", "并经房屋产权人同意且该房屋无户口登记的→并经房屋产权人同意的")), TITLES)
    assert found.changed == ("二(一)1",)
    assert {r.id for r in found.routes} == {"二(一)1-产权", "二(一)1-租房"}
    rent = next(r for r in found.routes if r.id == "二(一)1-租房")
    owned = next(r for r in found.routes if r.id == "二(一)1-产权")
    assert any("无户口登记" in quote for quote in rent.lost)
    assert owned.lost == ()
    assert {"rent_settle", "buy_house"} <= {t.id for t in found.topics}
    assert "school" not in {t.id for t in found.topics}
    assert {"N-Z04", "N-Z05"} <= {n.id for n in found.notes}
    assert found.cases
    assert found.phrases["data/nlu/ask/rent_settle.yml"] > 20


def test_white_space_is_no_change() -> None:
    new = {path: text.replace("。", "。\n \n") for path, text in texts_of(LINZI).items()}
    assert diff(LINZI, new, TITLES).empty


def test_articles_that_come_go_and_move() -> None:
    new = texts_of(LINZI)
    new["三(三)"] = new.pop("三(二)")
    new["八"] = "八、新的一章\n完全是别的内容，跟以前没有关系。"
    del new["七(二)"]
    found = diff(LINZI, new, TITLES)
    assert found.moved == (("三(二)", "三(三)"),)
    assert (found.added, found.removed) == (("八",), ("七(二)",))
    assert next(r for r in found.routes if r.id == "三(二)-选派").lost == (), "the words are still there, elsewhere"


def test_the_command_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = LINZI.source.replace("务工经商、创业等", "务工经商等")
    file = tmp_path / "source.txt"
    file.write_text(text, encoding="utf-8")
    assert cli.main(["policy", "diff", "linzi-2022", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "articles changed: 二(一)3" in shown
    assert "route 二(一)3 在临淄城镇就业、务工经商或创业" in shown
    assert "topic employment 就业落户" in shown
    assert cli.main(["policy", "diff", "linzi-2022", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"] == ["二(一)3"]


@pytest.mark.parametrize("old, new", [("nowhere", "linzi-2022"), ("linzi-2022", "no/such/file")])
def test_a_wrong_use_says_what_is_wrong(old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["policy", "diff", old, new]) == 2
    assert "policy" in capsys.readouterr().err
