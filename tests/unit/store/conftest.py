"""The store on SQLite and on PostgreSQL, each test on empty tables."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg2
import pytest

from bot.store import feedback, gaps

POSTGRES = os.environ.get("LUOHU_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")


def postgres_url() -> str:
    """A database of this worker's own, made where it is missing.

    Without PostgreSQL the test fails in CI and is left out elsewhere.
    """
    name = f"luohu_store_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    try:
        admin = psycopg2.connect(f"{POSTGRES}/postgres", connect_timeout=3)
    except psycopg2.OperationalError as error:
        message = f"no PostgreSQL at {POSTGRES} ({str(error).splitlines()[0]}); start one, or name another in LUOHU_TEST_POSTGRES"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute("select 1 from pg_database where datname = %s", (name,))
        if cursor.fetchone() is None:
            cursor.execute(f'create database "{name}"')
    admin.close()
    return f"{POSTGRES}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of the database; its tables are empty."""
    url = f"sqlite:///{tmp_path / 'store.db'}" if request.param == "sqlite" else postgres_url()
    monkeypatch.setenv("DATABASE_URL", url)
    gaps.purge(1e12)
    feedback.purge(1e12)
    return str(request.param)
