"""One server after the other is replaced by one of another version while residents are in the middle of a pre-screening.

PostgreSQL, two servers as the unit starts them, and the real nginx in front.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import shlex
import shutil
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from bot import paths
from bot.training import ensure_trained, model_file, seal
from tests.deploy.front import Front
from tests.deploy.tools import run
from tests.docs.operations import blocks, languages
from tests.postgres import empty_database
from tests.rest.serving import AS_OF, HOOK, free_port
from tests.rolling.units import Unit, can_be_confined, unit

STORY = ("我户口在河南", "大专毕业", "在聊城上班，交着社保", "租房住", "要带什么材料", "怎样才能办")
RESIDENTS, PAUSE = 5, 0.8
NEW_GREETING = "您好，我是新版的落户政策助手"


@pytest.fixture(scope="module")
def new_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a model of another name and with another wording."""
    root = tmp_path_factory.mktemp("new")
    model = ensure_trained()
    for name in ("bot", "actions", "data"):
        shutil.copytree(paths.ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("config.yml", "domain.yml", "uv.lock"):
        shutil.copy(paths.ROOT / name, root / name)
    with (root / "config.yml").open("a") as config:
        config.write("# another version\n")
    wording = root / "data" / "wording" / "zh.yml"
    text = wording.read_text(encoding="utf-8")
    assert "greet: 您好，我是落户政策助手" in text
    wording.write_text(text.replace("greet: 您好，我是落户政策助手", f"greet: {NEW_GREETING}"), encoding="utf-8")
    new = model_file(root)
    assert new.name != model.name
    new.parent.mkdir()
    shutil.copy(model, new)
    seal(new)
    return root


@pytest.fixture(scope="module")
def settings() -> dict[str, str]:
    return {"DATABASE_URL": empty_database("rolling"), "LUOHU_SECRET": "a secret that both versions share", "LUOHU_RATE": "0"}


@pytest.fixture(scope="module")
def units(new_version: Path, settings: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Unit]]:
    """Two servers of this version, running, and one of the new version that takes the port of the first."""
    folder = tmp_path_factory.mktemp("units")
    first, second = free_port(), free_port()
    made = [
        Unit(paths.ROOT, folder / "old-1", first, settings),
        Unit(paths.ROOT, folder / "old-2", second, settings),
        Unit(new_version, folder / "new-1", first, settings),
    ]
    try:
        for one in made[:2]:
            one.start()
        for one in made[:2]:
            one.ready()
        yield made
    finally:
        for one in made:
            one.kill()


@pytest.fixture(scope="module")
def front(units: list[Unit], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    made = Front(tmp_path_factory.mktemp("front") / "nginx", [u.port for u in units[:2]])
    try:
        made.start()
        yield made
    finally:
        made.stop()


class Resident:
    """Somebody who tells their story message by message, and what was said to them."""

    def __init__(self, front: Front) -> None:
        self.front, self.sender, self.sent = front, f"rolling-{uuid.uuid4().hex}", 0

    def say(self, text: str) -> list[tuple[str, str, Any]]:
        """Send a message; kind, text and verdict of each reply."""
        self.sent += 1
        body = {"sender": self.sender, "message": text, "metadata": {"as_of": AS_OF, "jurisdiction": "liaocheng"}}
        got = self.front.ask("POST", HOOK, body)
        assert got.status == 200, f"{got.raw!r}\n{self.front.errors}"
        assert got.json
        said = [m["custom"] for m in got.json]
        return [(m["text"], c["kind"], c["screening"] and c["screening"]["verdict"]) for m, c in zip(got.json, said, strict=True)]


def rows(settings: dict[str, str], query: str, *values: Any) -> list[Any]:
    with psycopg2.connect(settings["DATABASE_URL"]) as connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.timeout(600)
def test_servers_are_replaced_and_nobody_notices(front: Front, units: list[Unit], settings: dict[str, str]) -> None:
    one = Resident(front)
    expected = [one.say(text) for text in STORY]
    assert "ask" in {kind for turn in expected for _, kind, _ in turn}
    assert expected[-1][-1][2] is not None  # a verdict
    halfway = Resident(front)
    assert [halfway.say(text) for text in STORY[:3]] == expected[:3]
    assert NEW_GREETING not in Resident(front).say("你好")[0][0]
    over, sent, wrong = threading.Event(), itertools.count(), list[str]()

    def live() -> int:
        stories = 0
        while not over.is_set():
            resident = Resident(front)
            for text, said in zip(STORY, expected, strict=True):
                next(sent)
                heard = resident.say(text)
                if heard != said:
                    wrong.append(f"after {text!r} {heard} instead of {said}")
                time.sleep(PAUSE)
            stories += 1
        return stories

    with ThreadPoolExecutor(RESIDENTS) as pool:
        lives = [pool.submit(live) for _ in range(RESIDENTS)]
        try:
            old_1, old_2, new = units
            time.sleep(2)
            took = [old_1.stop()]
            new.start()
            new.ready()
            time.sleep(float(unit("ExecStartPost")[1].split()[1]))
            took.append(old_2.stop())
            time.sleep(3)
        finally:
            over.set()
        stories = sum(one.result(timeout=120) for one in lives)
    assert not wrong, wrong[0]
    assert stories >= 2 * RESIDENTS
    assert max(took) < 20, took
    # The conversation begun with the old version, with facts in it that the new one does not know, goes on with the new one.
    for known, unknown in (
        ('"slots":{', '"a_slot_that_is_gone":1,'),
        ('"told":{', '"pet.kind":[{"in":["cat"]},"有只猫","said"],'),
    ):
        change = "update conversations set state = replace(state, %s, %s) where sender = %s and state like %s returning 1"
        assert rows(settings, change, known, known + unknown, halfway.sender, f"%{known}%") == [(1,)]
    assert [halfway.say(text) for text in STORY[3:]] == expected[3:]
    assert NEW_GREETING in Resident(front).say("你好")[0][0]
    # Every message was answered, and once.
    messages = next(sent) + 2 * len(STORY) + 2
    assert rows(settings, "select count(*) from turns") == [(messages,)]
    log = (front.folder / "luohu.log").read_text()
    statuses = re.findall(r'" (\d{3}) \d+ ', log)
    assert len(statuses) >= messages
    assert set(statuses) == {"200"}
    assert {f"127.0.0.1:{u.port}" for u in units} <= set(re.findall(r"upstream=(?:[\d.:]+, )*([\d.:]+) ", log))


def test_a_message_that_a_proxy_sends_again_is_answered_once(units: list[Unit], settings: dict[str, str]) -> None:
    server = units[2]
    body = {"sender": f"again-{uuid.uuid4().hex}", "message": "在聊城租房能落户吗"}
    before = rows(settings, "select count(*) from turns")[0][0]
    answers = [
        server.ask("POST", HOOK, body, {"X-Request-ID": name}) for name in ("0123456789abcdef", "0123456789abcdef", "0123456789abcdeX")
    ]
    assert answers[0] == answers[1]
    assert answers[2][0] == 200
    assert rows(settings, "select count(*) from turns")[0][0] == before + 2


def test_the_servers_ran_as_confined_as_the_unit_wants_it(units: list[Unit]) -> None:
    """Where that is possible: this machine's root may give a process read-only files and take its capabilities."""
    if not can_be_confined():
        return
    status = Path(f"/proc/{units[2].process.pid}/status").read_text() if units[2].process else ""
    assert re.search(r"^CapEff:\t0+$", status, re.MULTILINE)
    assert re.search(r"^NoNewPrivs:\t1$", status, re.MULTILINE)
    mounts = Path(f"/proc/{units[2].process.pid}/mounts").read_text() if units[2].process else ""
    assert re.search(rf"^\S+ {re.escape(str(units[2].root))} \S+ ro,", mounts, re.MULTILINE)


def test_the_commands_that_ask_a_server(units: list[Unit]) -> None:
    """Those of operations.md, the unit's wait for a start, and the health check of the image."""
    server = units[2]
    (shown,) = [b.body for b in blocks(languages()[0]) if b.mark == "run" and "/readyz" in b.body]
    tried = run(["bash", "-euo", "pipefail", "-c", shown.replace(":5005/", f":{server.port}/")])
    assert tried.returncode == 0, tried.stdout
    assert "二(一)2" in tried.stdout
    wait, _ = unit("ExecStartPost")
    assert run(shlex.split(wait.replace("%i", str(server.port)))).returncode == 0
    (check,) = re.findall(r"HEALTHCHECK.*\\\n\s+CMD (\[.*\])", (paths.ROOT / "deploy" / "Dockerfile").read_text())
    _, *words = json.loads(check)
    for port, healthy in ((server.port, True), (free_port(), False)):
        done = run([sys.executable, *words], env={**os.environ, "LUOHU_PORT": str(port)})
        assert (done.returncode == 0) == healthy, done.stdout
