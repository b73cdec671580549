"""The database is away, hangs, is full, locked or read-only: residents are told, others are served, nothing is kept in memory only."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from asyncpg.transaction import Transaction
from rasa.core.channels.channel import UserMessage

from bot import cli, paths
from bot.channels import server as serving
from bot.channels import trackers
from bot.channels.asking import Asker
from bot.channels.guard import Incoming
from bot.channels.once import answer
from bot.policy.check import check_all
from bot.replies.wording import load_wording
from bot.store import feedback, keeping_postgres, patience, turns
from bot.store.database import _shared
from tests.channels.test_once import Server
from tests.postgres import empty_database
from tests.proxy import Proxy, in_front_of

UNKEPT = load_wording().say("unkept").text


class Desk:
    """A server with a channel in front, as residents meet it."""

    def __init__(self, url: str) -> None:
        self.server = Server(url)
        self.asker = Asker("rest", None)
        self.asker._rate = None

    async def say(self, text: str, sender: str = "s", name: str | None = None) -> str:
        """What the resident reads."""

        async def on_new_message(message: UserMessage) -> None:
            await answer(message, self.server.store, self.server._short, self.server._long)

        (message,) = await self.asker.ask(Incoming(sender, text, {}, name=name), on_new_message)
        assert message["custom"]["kind"] in ("answer", "handoff")
        return str(message["text"])

    async def ready(self) -> bool:
        """What ``/readyz`` says of the database."""
        return (await serving.readiness(self))["database"]  # type: ignore[arg-type]

    @property
    def tracker_store(self) -> Any:
        return self.server.store

    def is_ready(self) -> bool:
        return True

    async def comes_back(self, text: str) -> str:
        """Ask until there is an answer again; what it is."""
        until = time.monotonic() + 30
        while (said := await self.say(text)) == UNKEPT:
            assert time.monotonic() < until, "the service did not return"
            await asyncio.sleep(0.2)
        return said


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long in a test."""
    serving.world()  # readiness looks at it, and loading it takes longer than :data:`trackers.RED` here
    monkeypatch.setattr(patience, "MESSAGE", 1.5)
    monkeypatch.setattr(trackers, "RED", 0.5)
    monkeypatch.setattr(patience, "CONNECT", 1)
    monkeypatch.setattr(patience, "ANSWER", 1.0)
    monkeypatch.setenv("LUOHU_SECRET", "a secret of the tests")


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Proxy, Desk]]:
    """A server and the line to its PostgreSQL."""
    with in_front_of(empty_database("away")) as (proxy, url):
        monkeypatch.setenv("DATABASE_URL", url)
        _shared.cache_clear()
        yield proxy, Desk(url)
        proxy.restore()


def test_a_line_that_is_cut(line: tuple[Proxy, Desk], caplog: pytest.LogCaptureFixture) -> None:
    proxy, desk = line

    async def run() -> None:
        assert await desk.say("一") == "第1句"
        assert await desk.ready()
        proxy.drop()
        assert await desk.say("二") == "第2句", "a connection that was lost in the meantime is opened anew without a word"
        proxy.cut()
        began = time.monotonic()
        assert await desk.say("三", name="m3") == UNKEPT
        assert not await desk.ready()
        assert time.monotonic() - began < 10
        proxy.restore()
        assert await desk.comes_back("三") == "第3句", "nothing was kept meanwhile, in memory either"
        assert await desk.ready()

    asyncio.run(run())
    assert "Connection refused" in caplog.text
    assert "三" not in caplog.text


def test_a_line_that_hangs(line: tuple[Proxy, Desk], caplog: pytest.LogCaptureFixture) -> None:
    proxy, desk = line
    gaps: list[float] = []

    async def beat() -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.02)
            gaps.append(time.monotonic() - before)

    async def run() -> None:
        assert await desk.say("一") == "第1句"
        proxy.hang()
        heart = asyncio.create_task(beat())
        began = time.monotonic()
        answers = asyncio.gather(*(desk.say("二", f"s{n}") for n in range(40)))
        assert not await desk.ready()
        assert time.monotonic() - began < 5, "readiness does not wait for the messages"
        assert set(await answers) == {UNKEPT}
        assert time.monotonic() - began < 12, "all of them waited at the same time"
        heart.cancel()
        proxy.restore()
        assert await desk.comes_back("三") == "第2句"
        assert await desk.comes_back("四") == "第3句"

    asyncio.run(run())
    assert max(gaps) < 1.0, "others were served meanwhile"
    assert "no answer within 1.5 seconds" in caplog.text or "did not answer" in caplog.text


def test_whoever_asks_a_database_that_hangs_is_told_so(line: tuple[Proxy, Desk]) -> None:
    proxy, _ = line
    assert feedback.counts() == (0, 0)
    proxy.hang()

    async def run() -> None:
        with pytest.raises(sa.exc.OperationalError, match="the database did not answer within 1 seconds"):
            await asyncio.wait_for(asyncio.to_thread(feedback.counts), 30)
        proxy.restore()
        assert await asyncio.to_thread(feedback.counts) == (0, 0)

    asyncio.run(run())


def test_readiness_does_not_wait_for_a_database_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()

    class Hanging:
        def alive(self) -> bool:
            answered.wait(20)
            return True

    class Agent:
        tracker_store = Hanging()

        def is_ready(self) -> bool:
            return True

    async def run() -> dict[str, bool]:
        found = await serving.readiness(Agent())  # type: ignore[arg-type]
        answered.set()
        return found

    monkeypatch.setattr(serving, "SOON", 0.1)
    assert asyncio.run(run()) == {"model": True, "documents": True, "database": False}


def test_a_lock_that_somebody_else_holds(line: tuple[Proxy, Desk]) -> None:
    _, desk = line

    async def run() -> None:
        assert await desk.say("一") == "第1句"
        with desk.server.store._engine.begin() as other:
            other.execute(sa.text("SELECT * FROM conversations FOR UPDATE"))
            assert await desk.say("二") == UNKEPT
            assert await desk.say("一", "somebody else") == "第1句"
        assert await desk.comes_back("三") == "第2句"

    asyncio.run(run())


def test_what_was_kept_before_the_line_was_lost_is_not_kept_twice(line: tuple[Proxy, Desk], monkeypatch: pytest.MonkeyPatch) -> None:
    _, desk = line
    lost, asked = [], []
    ended, numbered = Transaction.__aexit__, keeping_postgres.numbered

    async def committed_and_not_heard_of(transaction: Any, *error: Any) -> None:
        await ended(transaction, *error)
        if not lost and desk.server.handled == 2:
            lost.append(True)
            transaction._connection.terminate()
            raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")

    def noted(statement: Any, values: Any) -> Any:
        asked.append(statement)
        return numbered(statement, values)

    monkeypatch.setattr(Transaction, "__aexit__", committed_and_not_heard_of)
    monkeypatch.setattr(keeping_postgres, "numbered", noted)

    async def run() -> None:
        assert await desk.say("一") == "第1句"
        assert await desk.say("二") == "第2句"
        assert await desk.say("三") == "第3句"

    asyncio.run(run())
    assert lost
    assert asked.count(turns.RECORDED) == 1, "the second try found it kept"
    assert desk.server.handled == 3
    assert len(desk.server.store._engine.execute("SELECT * FROM turns").all()) == 3


def test_a_connection_that_is_closed_by_the_operator_is_opened_anew(line: tuple[Proxy, Desk]) -> None:
    _, desk = line
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"

    async def run() -> None:
        assert await desk.say("一") == "第1句"
        with desk.server.store._engine.connect() as connection:
            connection.exec_driver_sql(others)
        assert await desk.say("二") == "第2句"

    asyncio.run(run())


def test_a_full_disk_of_postgresql(line: tuple[Proxy, Desk], caplog: pytest.LogCaptureFixture) -> None:
    _, desk = line
    run = desk.server.store._engine.execute
    run(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
    )
    run("CREATE TRIGGER full_disk BEFORE INSERT ON turns EXECUTE FUNCTION full_disk()")
    _refused_and_recovers(desk, lambda: run("DROP TRIGGER full_disk ON turns"), caplog, "DiskFullError: could not extend file")


def _refused_and_recovers(desk: Desk, mend: Callable[[], Any], caplog: pytest.LogCaptureFixture, cause: str) -> None:
    async def run() -> None:
        assert await desk.say("一") == UNKEPT
        assert not await desk.ready(), "a database that keeps nothing is not ready, though it can be read"
        mend()
        assert await desk.say("一") == "第1句"
        assert await desk.ready()

    asyncio.run(run())
    assert cause in caplog.text


@pytest.fixture
def embedded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A server on SQLite."""
    url = f"sqlite:///{tmp_path / 'luohu.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    return Desk(url)


def test_a_full_disk_of_sqlite(embedded: Desk, caplog: pytest.LogCaptureFixture) -> None:
    engine, large = embedded.server.store._engine, "长" * 300_000

    def pages(most: int) -> None:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={most}")

    async def run() -> None:
        assert await embedded.say("一") == "第1句"
        pages(1)  # SQLite takes the present size
        answers = [await embedded.say(f"{n}", f"{large[:200]}{n}") for n in range(60)]
        assert answers[-1] == UNKEPT
        assert set(answers) == {"第1句", UNKEPT}
        assert not await embedded.ready()
        pages(1_000_000)
        assert await embedded.comes_back("二") == "第2句"
        assert await embedded.ready()

    asyncio.run(run())
    assert "database or disk is full" in caplog.text
    assert large[:20] not in caplog.text


def test_a_read_only_sqlite(embedded: Desk, caplog: pytest.LogCaptureFixture) -> None:
    broken = [True]

    @sa.event.listens_for(embedded.server.store._engine, "checkout")
    def _read_only(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA query_only={'ON' if broken else 'OFF'}")

    _refused_and_recovers(embedded, broken.clear, caplog, "attempt to write a readonly database")


def test_a_locked_sqlite(embedded: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    other = sqlite3.connect(tmp_path / "luohu.db", isolation_level=None)

    async def run() -> None:
        other.execute("BEGIN IMMEDIATE")
        asked = asyncio.gather(embedded.say("一"), embedded.say("一", "somebody else"))
        for _ in range(10):
            await asyncio.sleep(0.02)  # others are served meanwhile
        other.execute("COMMIT")
        assert await asked == ["第1句", "第1句"], "a lock that is given back in time is waited for"
        other.execute("BEGIN IMMEDIATE")
        assert await embedded.say("二") == UNKEPT
        other.execute("COMMIT")
        assert await embedded.say("二") == "第2句"

    asyncio.run(run())
    assert "database is locked" in caplog.text
    other.close()


# -- at the start -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["serve", "--port", "6199"], ["gaps"], ["staff", "list"], ["purge"]])
def test_a_database_that_is_away_at_the_start_is_said_in_one_sentence(command: list[str]) -> None:
    url = "postgresql://luohu:geheim@127.0.0.1:9/city"
    ended = _run(command, {"DATABASE_URL": url})
    assert ended.returncode == 1
    (said,) = ended.stderr.strip().splitlines()
    assert said.startswith(f"luohu {command[0]}: the database PostgreSQL (127.0.0.1:9/city) cannot be used: ")
    assert "refused" in said
    assert "DATABASE_URL" in said
    assert "geheim" not in ended.stderr + ended.stdout


@pytest.mark.parametrize(("url", "said"), [
    ("mysql://u:geheim@h/d", "no address of a database that luohu can use"),
    ("nonsense", "no address of a database that luohu can use"),
    ("postgresql://u:geheim@127.0.0.1:notaport/d", "no address of a database that luohu can use"),
    ("sqlite:////proc/nosuch/luohu.db", "cannot be made"),
    ("sqlite:////proc/luohu.db", "cannot be made"),
])  # fmt: skip
def test_a_database_that_cannot_be_is_refused(
    url: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    assert cli.main(["staff", "list"]) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "DATABASE_URL" in told
    assert "geheim" not in told


@pytest.mark.parametrize("name", ["LUOHU_RETENTION_DAYS", "LUOHU_JOURNAL_DAYS", "LUOHU_AUDIT_DAYS"])
@pytest.mark.parametrize("value", ["0", "-1", "a week", "", "7.5", "99999"])
def test_a_wrong_number_of_days_is_refused_at_the_start(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert cli.main(["serve"]) == 1
    assert capsys.readouterr().err == f"luohu serve: {name} is {value!r}; use a whole number of days from 1 to 3650\n"


def test_a_pack_that_is_not_well_formed_is_refused_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'luohu.db'}")
    packs = tmp_path / "policies"
    shutil.copytree(paths.POLICIES, packs)
    pack = next(packs.iterdir())
    (pack / "routes.yml").write_text("routes: [", encoding="utf-8")
    monkeypatch.setattr("bot.policy.check.check_all", partial(check_all, packs))
    assert cli.main(["serve", "--port", "6198"]) == 1
    told = capsys.readouterr().err
    assert "\nluohu serve: the documents fail their validation; run `luohu check`:\n" in "\n" + told
    assert f"{pack.name}/" in told
    assert "Mend: " in told
    assert "Traceback" not in told


@pytest.mark.parametrize("content", [b"", b"this is no archive", None])
def test_a_model_that_cannot_be_read_is_refused(content: bytes | None, tmp_path: Path) -> None:
    model = tmp_path / "abc.tar.gz"
    if content is not None:
        model.write_bytes(content)
    else:  # cut short, as by a full disk while it was copied
        from bot.training import model_file

        model.write_bytes(model_file().read_bytes()[:200_000])
    from bot.training import seal

    seal(model)  # as somebody who trains elsewhere may have done; without a checksum it is not even opened
    with pytest.raises(RuntimeError, match=r"abc\.tar\.gz cannot be loaded .*delete it and run `luohu train`"):
        serving.load_agent(model, trackers.SnapshotTrackerStore(url="sqlite://"))


def _run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *command],
        cwd=paths.ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
