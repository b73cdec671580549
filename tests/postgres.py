"""PostgreSQL for tests: a database of this worker's own."""

from __future__ import annotations

import os

import psycopg2
import pytest
import sqlalchemy as sa

POSTGRES = os.environ.get("LUOHU_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432")
PREFIX = os.environ.get("LUOHU_TEST_PREFIX", "luohu_test")


def postgres_url(purpose: str) -> str:
    """A database of this worker's own, made where it is missing.

    Without PostgreSQL the test fails in CI and is left out elsewhere.
    """
    name = f"{PREFIX}_{purpose}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
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


def empty_database(purpose: str) -> str:
    """The same, without anything in it."""
    url = postgres_url(purpose)
    connection = psycopg2.connect(url, connect_timeout=3)
    connection.autocommit = True
    with connection.cursor() as cursor:
        others = "where datname = current_database() and pid <> pg_backend_pid()"
        cursor.execute(f"select pg_terminate_backend(pid) from pg_stat_activity {others}")
        cursor.execute("drop schema if exists public cascade")
        cursor.execute("create schema public")
    connection.close()
    return url


def emptied_database(purpose: str) -> str:
    """The same with its schema as the code knows it, and no row; quicker than an empty one."""
    from bot.store.database import shared_engine

    url = postgres_url(purpose)
    engine = shared_engine(url)
    with engine.begin() as connection:
        names = [n for n in sa.inspect(connection).get_table_names() if n not in ("alembic_version", "compatibility")]
        connection.exec_driver_sql("truncate " + ", ".join(names))
    return url
