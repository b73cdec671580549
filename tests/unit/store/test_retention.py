"""What is kept goes by age: conversations, opinions and gaps, sooner the journal, later the acts of the desk; a few rows at a time."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import cli
from bot.channels.erasure import journal_retention, purge, purge_by_settings
from bot.store import audit, conversations, database, feedback, gaps, turns
from bot.store.database import shared_engine
from tests.postgres import emptied_database

NOW = 1_800_000_000.0
DAY = 24 * 3600


@pytest.fixture(params=["sqlite", "postgresql"], autouse=True)
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    made = f"sqlite:///{tmp_path / 'luohu.db'}" if request.param == "sqlite" else emptied_database("retention")
    monkeypatch.setenv("DATABASE_URL", made)
    return made


def fill(*ages: float, now: float = NOW) -> None:
    """One row of each kind for each age in days."""
    for age in ages:
        at = now - age * DAY
        with shared_engine().begin() as connection:
            conversations.put(connection, f"s{age}", {}, at)
            said = [{"text": "x", "custom": {"id": f"r{age}"}}]
            for statement, values in turns.recording(turns.Turn(turns.new_id(), f"p{age}", "rest", said, {}, f"k{age}", at)):
                connection.execute(statement, values)
            connection.execute(sa.insert(audit.AUDIT).values(at=at, person="a", action="find", subject=str(age)))
        feedback.record(feedback.Feedback(f"p{age}", "rest", "r", True, at=at))
        gaps.record(gaps.Gap(f"p{age}", "rest", "x", "unsure", at=at))


def left() -> dict[str, int]:
    tables = (conversations.CONVERSATIONS, turns.TURNS, turns.REPLIES, feedback.FEEDBACK, gaps.GAPS, audit.AUDIT)
    with shared_engine().connect() as connection:
        return {t.name: connection.execute(sa.select(sa.func.count()).select_from(t)).scalar() or 0 for t in tables}


def every(number: int) -> dict[str, int]:
    return dict.fromkeys(left(), number)


def test_each_kind_goes_after_its_own_time() -> None:
    fill(1, 6.9, 7.1, 29, 31, 179, 181)
    gone = purge(30, NOW, journal_days=7, audit_days=180)
    assert (gone.conversations, gone.feedback, gone.gaps, gone.turns, gone.audit) == (3, 3, 3, 5, 1)
    assert left() == {"conversations": 4, "feedback": 4, "gaps": 4, "turns": 2, "turn_replies": 2, "audit": 6}
    assert purge(30, NOW, journal_days=7, audit_days=180).total == 0


def test_the_journal_never_outlives_the_conversations_and_acts_stay_unless_said_otherwise() -> None:
    fill(1, 3)
    assert purge(2, NOW, journal_days=7).turns == 1
    assert left() == {**every(1), "audit": 2}


@pytest.mark.parametrize("days", [{"days": -1}, {"days": 1, "journal_days": -1}, {"days": 1, "audit_days": -1}])
def test_days_below_nothing_are_refused(days: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="-1 days cannot be"):
        purge(now=NOW, **days)


def test_no_transaction_erases_more_than_a_few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BATCH", 10)
    monkeypatch.setattr(turns, "BATCH", 10)
    fill(*(40 + n / 100 for n in range(25)))
    erased: list[int] = []

    def after(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("DELETE"):
            erased.append(cursor.rowcount)

    sa.event.listen(shared_engine(), "after_cursor_execute", after)
    assert purge(30, NOW, audit_days=30).total == 125
    sa.event.remove(shared_engine(), "after_cursor_execute", after)
    assert left() == every(0)
    assert max(erased) == 10
    assert sum(erased) == 150


def test_the_settings_count(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    fill(1, 5, 20, 100, 200, now=time.time())
    assert purge_by_settings().total == 2 + 2 + 2 + 3 + 1
    monkeypatch.setenv("LUOHU_RETENTION_DAYS", "10")
    monkeypatch.setenv("LUOHU_JOURNAL_DAYS", "3")
    monkeypatch.setenv("LUOHU_AUDIT_DAYS", "50")
    assert cli.main(["purge"]) == 0
    told = "erased by age: 1 conversations, 1 opinions, 1 gaps, 1 answers of the journal, 1 acts of the desk\n"
    assert capsys.readouterr().out == told
    assert cli.main(["purge", "--days", "0"]) == 0
    assert left() == {**every(0), "audit": 3}


def test_the_journal_is_kept_no_longer_than_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    assert journal_retention() == 7
    monkeypatch.setenv("LUOHU_RETENTION_DAYS", "3")
    assert journal_retention() == 3
