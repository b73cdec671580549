"""The schema: made, adopted and brought up to date by migrations, once however many start, and never by a luohu that is too old."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot import paths
from bot.store import schema
from bot.store.database import engine_for
from bot.store.errors import Unavailable, WrongDatabase
from bot.store.schema import every_table, migrate
from tests.postgres import empty_database

FORMER = Path(__file__).with_name("before_migrations.sql")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    return f"sqlite:///{tmp_path / 'new' / 'luohu.db'}" if request.param == "sqlite" else empty_database("schema")


def former(folder: Path) -> str:
    """A database as the release before the migrations made it, with a row in every table."""
    with sqlite3.connect(folder / "luohu.db") as connection:
        connection.executescript(FORMER.read_text(encoding="utf-8"))
    connection.close()
    return f"sqlite:///{folder / 'luohu.db'}"


def test_the_migrations_make_the_tables_that_the_code_knows(url: str) -> None:
    engine = engine_for(url)
    migrate(engine)
    assert _differences(engine) == []
    with engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO conversations (sender, state, seen) VALUES ('a', '{}', 1)"))
        assert connection.execute(sa.text("SELECT version FROM conversations")).scalar() == 0
    migrate(engine)
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT sender FROM conversations")).scalar() == "a", "migrating again changes nothing"


def test_a_table_that_no_migration_makes_is_found(url: str) -> None:
    engine = engine_for(url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE gaps DROP COLUMN kind"))
        connection.execute(sa.text("DROP TABLE marks"))
    found = str(_differences(engine))
    assert "kind" in found
    assert "marks" in found


def _differences(engine: sa.engine.Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), every_table()))


def test_the_last_migration_is_the_one_the_code_names() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema._MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_heads() == [schema.HEAD]
    assert [s.revision for s in reversed([*scripts.walk_revisions()])] == [f"{n:04d}" for n in range(1, int(schema.HEAD) + 1)]


def test_a_database_made_before_there_were_migrations_keeps_every_row(tmp_path: Path) -> None:
    url = former(tmp_path)
    before = _rows(url)
    assert len(before) == 7
    assert all(before.values())
    engine = engine_for(url)
    migrate(engine)
    assert _differences(engine) == []
    after = _rows(url)
    assert {name: [row[: len(before[name][0])] for row in after[name]] for name in before} == before


def test_a_database_of_which_only_a_part_was_made_is_completed(tmp_path: Path) -> None:
    url = former(tmp_path)
    with engine_for(url).begin() as connection:  # a luohu whose desk nobody ever opened had no tables for it
        for name in ("staff", "audit", "marks", "verifications"):
            connection.execute(sa.text(f"DROP TABLE {name}"))
    engine = engine_for(url)
    migrate(engine)
    assert _differences(engine) == []
    assert len(_rows(url)["conversations"]) == 1


def _rows(url: str) -> dict[str, list[tuple]]:
    engine = engine_for(url)
    with engine.connect() as connection:
        names = [n for n in sa.inspect(connection).get_table_names() if n not in ("alembic_version", "compatibility")]
        return {n: [tuple(r) for r in connection.execute(sa.text(f"SELECT * FROM {n}"))] for n in names}


def test_three_processes_that_start_at_once_migrate_once(url: str) -> None:
    code = (
        "import sys; from bot.store.database import engine_for; from bot.store.schema import migrate\n"
        "engine = engine_for(sys.argv[1]); print('up', flush=True); sys.stdin.readline(); migrate(engine)"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", code, url], cwd=paths.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in started:
        process.communicate(timeout=120)
    assert [p.returncode for p in started] == [0, 0, 0]
    engine = engine_for(url)
    assert _differences(engine) == []
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars().all() == [schema.HEAD]
        assert connection.execute(sa.text("SELECT oldest FROM compatibility")).scalars().all() == ["0001"]


@pytest.mark.parametrize(("oldest", "accepted"), [("0001", True), (schema.HEAD, True), ("0099", False)])
def test_a_newer_database_is_used_as_long_as_nothing_this_luohu_needs_is_gone(url: str, oldest: str, accepted: bool) -> None:
    engine = engine_for(url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0099'"))
        connection.execute(sa.text("UPDATE compatibility SET oldest = :oldest"), {"oldest": oldest})
    if accepted:
        migrate(engine)
        return
    with pytest.raises(WrongDatabase, match="schema 0099.*this one knows " + schema.HEAD + ".*newer luohu.*backup"):
        migrate(engine)


def test_a_migration_that_fails_leaves_the_database_as_it_was(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE turns (odd INTEGER)"))  # what the second migration stumbles over
    with pytest.raises(Unavailable, match="turns"):
        migrate(engine)
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["turns"]
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE turns"))
    migrate(engine)
    assert _differences(engine) == []
