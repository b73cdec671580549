"""Every validation of a pack, shown by a small edit of a sound pack that only this validation refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot import paths
from bot.policy.check import check, check_all
from bot.policy.vocabulary import Vocabulary

HERE = Path(__file__).parent
PACKS = ("liaocheng-2020-7", "linzi-2022")
EDITS = [edit for path in sorted((HERE / "bad_packs").glob("*.yml")) for edit in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("pack_id", PACKS)
def test_the_copies_that_are_tampered_with_are_sound(pack_id: str, copy_of: Callable[[str], Path], vocabulary: Vocabulary) -> None:
    assert [str(p) for p in check(copy_of(pack_id), vocabulary)] == []


@pytest.mark.parametrize("pack_id", PACKS)
def test_the_real_packs_are_sound(pack_id: str) -> None:
    assert [str(p) for p in check(paths.POLICIES / pack_id)] == []


@pytest.mark.parametrize("edit", EDITS, ids=[e["name"] for e in EDITS])
def test_a_small_edit_is_refused_with_exactly_its_codes(edit: dict, copy_of: Callable[[str], Path], vocabulary: Vocabulary) -> None:
    folder = copy_of(edit["pack"])
    file = folder / edit["file"]
    text = file.read_bytes().decode("utf-8")
    assert text.count(edit["find"]) == 1, f"“{edit['find']}” must stand once in {file.name}"
    file.write_bytes(text.replace(edit["find"], edit["put"]).encode("utf-8"))
    problems = check(folder, vocabulary)
    assert {p.code for p in problems} == set(edit["codes"]), [str(p) for p in problems]
    for problem in problems:
        assert problem.file.startswith(edit["pack"])
        assert problem.message
        assert problem.mend


def test_every_code_of_a_validation_is_shown_by_an_edit() -> None:
    shown = {code for edit in EDITS for code in edit["codes"]}
    source = (paths.ROOT / "bot" / "policy" / "check.py").read_text(encoding="utf-8")
    written = set(re.findall(r'self\.add\("([a-z-]+)"', source))
    assert len(written) > 20
    # these two are shown by a file that is added and by a new, empty pack
    assert written - shown <= {"unknown-file", "no-route"}


def test_a_problem_names_the_line_it_stands_on(copy_of: Callable[[str], Path], vocabulary: Vocabulary) -> None:
    folder = copy_of("linzi-2022")
    file = folder / "topics.yml"
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if "say: 可以" in line)
    lines[at] = lines[at].replace("可以，", "一定能办，")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (problem,) = check(folder, vocabulary)
    assert (problem.file, problem.line) == ("linzi-2022/topics.yml", at + 1)


def test_every_defect_is_reported_at_once(copy_of: Callable[[str], Path], vocabulary: Vocabulary) -> None:
    folder = copy_of("linzi-2022")
    for name, find, put in (("notes.yml", "title: 标题编号", "titel: 标题编号"), ("pack.yml", "printed: 2022-12-14", "printed: soon")):
        file = folder / name
        file.write_text(file.read_text(encoding="utf-8").replace(find, put), encoding="utf-8")
    problems = check(folder, vocabulary)
    assert {p.file for p in problems} == {"linzi-2022/notes.yml", "linzi-2022/pack.yml"}


@pytest.mark.parametrize("name", ["pack.yml", "articles.yml", "routes.yml", "notes.yml", "topics.yml", "cases.yml", "source.txt"])
def test_a_missing_file_is_named(name: str, copy_of: Callable[[str], Path], vocabulary: Vocabulary) -> None:
    folder = copy_of("linzi-2022")
    (folder / name).unlink()
    assert (f"linzi-2022/{name}", "missing-file") in {(p.file, p.code) for p in check(folder, vocabulary)}


@pytest.mark.parametrize("name", ["pack.yml", "notes.yml"])
def test_an_empty_file_is_named(name: str, copy_of: Callable[[str], Path], vocabulary: Vocabulary) -> None:
    folder = copy_of("linzi-2022")
    (folder / name).write_text("# nothing\n", encoding="utf-8")
    assert (f"linzi-2022/{name}", "empty-file") in {(p.file, p.code) for p in check(folder, vocabulary)}


def test_a_file_that_is_no_part_of_a_pack_is_named(copy_of: Callable[[str], Path], vocabulary: Vocabulary) -> None:
    folder = copy_of("linzi-2022")
    (folder / "topics.yaml").write_text("topics: []\n", encoding="utf-8")
    assert [(p.file, p.code) for p in check(folder, vocabulary)] == [("linzi-2022/topics.yaml", "unknown-file")]


def test_a_file_that_is_not_utf8_is_named(copy_of: Callable[[str], Path], vocabulary: Vocabulary) -> None:
    folder = copy_of("linzi-2022")
    (folder / "notes.yml").write_bytes("notes: 中".encode("gb18030"))
    assert ("linzi-2022/notes.yml", "unreadable") in {(p.file, p.code) for p in check(folder, vocabulary)}


def test_no_folder_of_packs_is_a_problem(tmp_path: Path) -> None:
    assert [p.code for p in check_all(tmp_path / "nowhere")] == ["missing-file"]
