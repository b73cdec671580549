"""What the desk keeps: accounts, acts, marks, verifications."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import cli
from bot.store import audit, marks, staff, verification
from bot.store.database import database_url, engine_for

GOOD = "a password of some length"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'store.db'}")


# -- staff ----------------------------------------------------------------------------------------------------------------


def test_an_account_is_checked_by_its_password_and_keeps_only_a_hash() -> None:
    assert staff.add("坐席01", "staff", GOOD)
    assert staff.check("坐席01", GOOD) == staff.find("坐席01")
    assert staff.check("坐席01", GOOD + "x") is None
    assert staff.check("坐席02", GOOD) is None
    with engine_for(database_url()).connect() as connection:
        kept = connection.execute(sa.text("SELECT password FROM staff")).scalar()
    assert str(kept).startswith("$argon2id$")
    assert GOOD not in str(kept)


def test_a_new_password_a_disabling_and_a_sign_out_end_sessions() -> None:
    staff.add("a", "staff", GOOD)
    epochs = [staff.find("a")]
    staff.add("a", "editor", GOOD + "2")
    epochs.append(staff.find("a"))
    staff.end_sessions("a")
    epochs.append(staff.find("a"))
    assert staff.disable("a")
    epochs.append(staff.find("a"))
    numbers = [p.epoch for p in epochs if p]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 4
    assert epochs[1] is not None
    assert epochs[1].role == "editor"
    assert staff.check("a", GOOD + "2") is None
    assert not staff.disable("nobody")


@pytest.mark.parametrize("name, role, password, said", [
    ("", "staff", GOOD, "name"), ("a b", "staff", GOOD, "name"), ("x" * 33, "staff", GOOD, "name"), (".a", "staff", GOOD, "name"),
    ("a\n", "staff", GOOD, "name"), ("a", "boss", GOOD, "role"), ("a", "staff", "short", "characters"),
    ("a", "staff", "x" * 201, "characters"),
])  # fmt: skip
def test_an_unusable_account_is_refused_with_what_to_do(name: str, role: str, password: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        staff.add(name, role, password)
    assert staff.every() == ()


def test_a_password_that_is_too_long_opens_nothing() -> None:
    staff.add("a", "staff", "x" * 200)
    assert staff.check("a", "x" * 200)
    assert staff.check("a", "y" * 100_000) is None


class Stdin:
    """Standard input that is no terminal."""

    def __init__(self, text: str) -> None:
        self.text = text

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        return self.text


def test_the_command_adds_lists_and_disables(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", Stdin(GOOD + "\n"))
    assert cli.main(["staff", "add", "ming", "--role", "editor"]) == 0
    assert cli.main(["staff", "list"]) == 0
    assert "ming\teditor\t" in capsys.readouterr().out
    assert staff.check("ming", GOOD)
    assert cli.main(["staff", "disable", "ming"]) == 0
    assert cli.main(["staff", "disable", "nobody"]) == 2
    assert "luohu staff list" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", Stdin("short\n"))
    assert cli.main(["staff", "add", "ming"]) == 2
    assert "characters" in capsys.readouterr().err


# -- audit, marks, verification -------------------------------------------------------------------------------------------


def test_acts_come_newest_first_and_are_purged_by_age() -> None:
    for n in range(3):
        audit.record("a" if n else "b", "open", f"entry {n}")
    assert [a.subject for a in audit.latest()] == ["entry 2", "entry 1", "entry 0"]
    assert [a.subject for a in audit.latest(1, "b")] == ["entry 0"]
    assert audit.purge(time.time() + 1) == 3
    assert audit.latest() == ()


def test_marks_count_uses_and_keep_favourites_apart() -> None:
    for entry in ("one", "two", "two", "three"):
        marks.use("a", entry)
    marks.favour("a", "never used", True)
    marks.favour("a", "two", True)
    assert [m.entry for m in marks.recent("a")] == ["three", "two", "one"]
    assert [(m.entry, m.used) for m in marks.frequent("a")] == [("two", 2)]
    assert {m.entry for m in marks.favourites("a")} == {"two", "never used"}
    assert marks.recent("b") == ()
    marks.favour("a", "two", False)
    assert [m.entry for m in marks.favourites("a")] == ["never used"]


def test_uses_at_the_same_time_are_all_counted() -> None:
    assert marks.recent("a") == ()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: marks.use("a", "one"), range(24)))
    assert [(m.entry, m.used) for m in marks.recent("a")] == [("one", 24)]


def test_a_verification_counts_for_its_own_text_only_and_the_latest_day_wins() -> None:
    verification.record("p", "sha-1", date(2026, 5, 1), "ming")
    verification.record("p", "sha-1", date(2026, 3, 1), "hong")
    found = verification.latest("p", "sha-1")
    assert found is not None
    assert (found.day, found.person) == (date(2026, 5, 1), "ming")
    assert verification.latest("p", "sha-2") is None
    assert verification.latest("q", "sha-1") is None
