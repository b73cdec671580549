"""What docs/operations.md shows is what happens: commands run, settings exist and say what is written, sentences are printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot import paths
from bot.channels.wechat.settings import _KNOWN
from bot.cli import main
from tests.deploy.tools import debian
from tests.docs.operations import Setting, blocks, languages, settings, table
from tests.postgres import empty_database
from tests.rest.serving import free_port

CHINESE, ENGLISH = languages()


def test_both_languages_say_the_same() -> None:
    assert blocks(CHINESE) == blocks(ENGLISH)
    assert settings(CHINESE) == settings(ENGLISH)
    for chinese, english in (("告警", "Alarms"), ("查故障", "Troubleshooting")):
        assert [row[0] for row in table(CHINESE, chinese)] == [row[0] for row in table(ENGLISH, english)]
    assert len(re.findall("^## ", CHINESE, re.MULTILINE)) == len(re.findall("^## ", ENGLISH, re.MULTILINE))


# -- commands -----------------------------------------------------------------------------------------------------------


def test_every_command_is_run_or_says_why_not() -> None:
    for block in blocks(CHINESE):
        assert block.mark == "run" or re.fullmatch("not run here: .{15,}", block.mark), block


class Machine:
    """A machine as the commands find it: the project, a folder for backups, ``luohu`` on the path, a new policy text."""

    def __init__(self, folder: Path, database: str) -> None:
        self.root, self.backups, self.database = folder / "luohu", folder / "backups", database
        for name in ("bot", "actions", "data"):
            shutil.copytree(paths.ROOT / name, self.root / name, ignore=shutil.ignore_patterns("__pycache__"))
        (self.root / "var").mkdir()
        (self.root / "var" / "secret").write_text("a secret of this machine")
        self.backups.mkdir()
        text = (paths.POLICIES / "linzi-2022" / "source.txt").read_text(encoding="utf-8")
        (self.root / "new.txt").write_text(text.replace("近亲属", "近亲属和朋友", 1), encoding="utf-8")
        (folder / "bin").mkdir()
        command = folder / "bin" / "luohu"
        command.write_text(f'#!/bin/sh\ncd {self.root} && exec {sys.executable} -W ignore -m bot.cli "$@"\n')
        command.chmod(0o755)
        self.environment = {n: v for n, v in os.environ.items() if not n.startswith("LUOHU_")} | {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "DATABASE_URL": database,
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        }

    def run(self, body: str) -> str:
        """Run a block as a shell would, stopping at the first failure; what it printed."""
        here = body.replace("/opt/luohu", str(self.root)).replace("/var/backups/luohu", str(self.backups))
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", here],
            cwd=self.root,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, f"{body}\n{done.stdout}"
        return done.stdout


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    return Machine(tmp_path_factory.mktemp("machine"), empty_database("operations"))


def block(*words: str) -> str:
    """The one block to be run that holds all these words."""
    (found,) = [b.body for b in blocks(CHINESE) if b.mark == "run" and all(w in b.body for w in words)]
    return found


def test_making_a_secret(machine: Machine) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}\n", machine.run(block("openssl")))


def test_policy_commands(machine: Machine) -> None:
    assert "articles changed: 二(一)" in machine.run(block("policy diff"))
    checked = machine.run(block("luohu check"))
    assert "vocabulary and packs: no problem found" in checked
    assert "linzi-2022.html" in checked
    assert "written: " in machine.run(block("pack new"))
    assert (machine.root / "data" / "policies" / "linzi-new" / "articles.yml").exists()
    shutil.rmtree(machine.root / "data" / "policies" / "linzi-new")


SAID = "INSERT INTO conversations (sender, state, seen, version) VALUES ('s-1', '{}', extract(epoch from now()), 1)"


def test_postgresql_is_backed_up_and_restored(machine: Machine) -> None:
    debian("pg_dump")
    machine.run(block("purge", "--days 7"))  # the first command makes the tables
    machine.run(block("staff add"))
    machine.run(f'psql "$DATABASE_URL" --command="{SAID}"')
    listed = machine.run(block("pg_dump"))
    assert {"conversations", "staff", "turns"} <= set(re.findall(r"TABLE DATA public (\w+)", listed))
    machine.run('psql "$DATABASE_URL" --command="DROP TABLE staff; DELETE FROM conversations"')
    assert "erased by age" in machine.run(block("pg_restore", "--clean"))
    assert "s-1" in machine.run('psql "$DATABASE_URL" --command="SELECT sender FROM conversations"')
    assert "editor-1" in machine.run("luohu staff list")


def test_sqlite_is_backed_up_and_restored(machine: Machine) -> None:
    debian("sqlite3")
    machine.environment.pop("DATABASE_URL")
    try:
        machine.run(block("staff add"))
        assert "ok" in machine.run(block("integrity_check"))
        machine.run("rm /opt/luohu/var/luohu.db* /opt/luohu/var/secret")
        machine.run(block("--force", "luohu.db-wal"))
        assert "editor-1" in machine.run("luohu staff list")
        assert (machine.root / "var" / "secret").read_text() == "a secret of this machine"
    finally:
        machine.environment["DATABASE_URL"] = machine.database


def test_two_passwords_of_redis_are_valid_while_they_are_changed(machine: Machine) -> None:
    port = str(free_port())
    command = [
        debian("redis-server"),
        "--port",
        port,
        "--bind",
        "127.0.0.1",
        "--requirepass",
        "OLD",
        "--save",
        "",
        "--dir",
        str(machine.backups),
    ]
    redis = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    add, remove = block("redis-cli ACL").strip().splitlines()

    def let_in(password: str) -> bool:
        return "PONG" in machine.run(f"REDISCLI_AUTH={password} redis-cli --no-auth-warning -p {port} ping 2>&1 || true")

    try:
        for _ in range(100):
            if let_in("OLD"):
                break
            time.sleep(0.1)
        machine.run(add.replace("redis-cli", f"REDISCLI_AUTH=OLD redis-cli -p {port}"))
        assert [let_in(p) for p in ("OLD", "NEW", "OTHER")] == [True, True, False]
        machine.run(remove.replace("redis-cli", f"REDISCLI_AUTH=NEW redis-cli -p {port}"))
        assert [let_in(p) for p in ("OLD", "NEW")] == [False, True]
    finally:
        redis.terminate()
        redis.wait(20)


def test_what_residents_asked(machine: Machine) -> None:
    machine.run(block("luohu purge --days 7"))
    assert "no gaps" in machine.run(block("luohu gaps"))


def test_no_other_block_is_marked_to_be_run() -> None:
    """The tests above and tests/rolling (the block that asks a server) run all that are marked."""
    known = (
        ("openssl",), ("policy diff",), ("luohu check",), ("pack new",), ("purge", "--days 7"), ("staff add",), ("pg_dump",),
        ("pg_restore", "--clean"), ("integrity_check",), ("--force", "luohu.db-wal"), ("luohu gaps",),
        ("/readyz", "curl"), ("redis-cli ACL",),
    )  # fmt: skip
    assert {block(*words) for words in known} == {b.body for b in blocks(CHINESE) if b.mark == "run"}


# -- settings -----------------------------------------------------------------------------------------------------------


def read_by_the_code() -> set[str]:
    """Every variable of the environment that ``bot`` and ``actions`` read, but those set for libraries."""
    sources = "\n".join(f.read_text(encoding="utf-8") for part in ("bot", "actions") for f in (paths.ROOT / part).rglob("*.py"))
    found = set(re.findall(r'"((?:LUOHU|SANIC)_[A-Z_]*[A-Z]|[A-Z]+_URL)"', sources))
    return found | {f"LUOHU_WECHAT_{name}" for name in _KNOWN}


def test_every_setting_is_in_the_table() -> None:
    documented = [s.name for s in settings(CHINESE)]
    assert len(documented) == len(set(documented))
    assert read_by_the_code() - set(documented) == set(), "write them into docs/operations.md"


BESIDE = {
    "LUOHU_WECHAT_AES_KEY": {"LUOHU_WECHAT_TOKEN": "token"},
    "LUOHU_WECHAT_AES_KEY_PREVIOUS": {"LUOHU_WECHAT_TOKEN": "token", "LUOHU_WECHAT_AES_KEY": "a" * 42 + "A"},
    **{f"LUOHU_WECHAT_{name}": {"LUOHU_WECHAT_TOKEN": "token"} for name in ("APP_ID", "APP_SECRET", "MODE", "API")},
}


@pytest.fixture
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for name in [n for n in os.environ if n.startswith("LUOHU_") or n in ("DATABASE_URL", "REDIS_URL")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(paths, "VAR", tmp_path)
    monkeypatch.setattr("bot.training.ensure_trained", lambda: pytest.fail("refused only after the model"))
    return


@pytest.mark.usefixtures("_no_settings")
@pytest.mark.parametrize("setting", [s for s in settings(CHINESE) if s.name in read_by_the_code()], ids=lambda s: s.name)
def test_a_wrong_value_says_what_the_table_says(
    setting: Setting, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {**BESIDE.get(setting.name, {}), setting.name: setting.wrong}.items():
        monkeypatch.setenv(name, value)
    try:
        code = main(["serve"])
    except SystemExit as refused:  # of argparse, for what is also an option
        code = int(refused.code or 0)
    assert code in (1, 2)
    assert setting.said in capsys.readouterr().err


# -- sentences and alarms -----------------------------------------------------------------------------------------------


def test_every_sentence_is_one_that_the_software_prints() -> None:
    sources = [f for part in ("bot", "actions") for f in (paths.ROOT / part).rglob("*.py")]
    sources += [paths.DATA / "wording" / "zh.yml", paths.ROOT / "deploy" / "nginx" / "luohu.conf"]
    printed = re.sub(r'"\s*\n\s*f?"', "", "\n".join(f.read_text(encoding="utf-8") for f in sources))
    for row in table(CHINESE, "查故障"):
        for part in row[0].strip("`").split("…"):
            assert part.strip() in printed, f"{row[0]}: nothing prints {part!r}"


def test_every_alarm_is_explained() -> None:
    """Those of the rules under deploy/observability, and no others."""
    files = sorted((paths.ROOT / "deploy" / "observability").glob("*.yml"))
    found = [
        r["alert"] for f in files for g in YAML(typ="safe", pure=True).load(f.read_text(encoding="utf-8"))["groups"] for r in g["rules"]
    ]
    explained = [row[0].strip("`") for row in table(CHINESE, "告警")]
    assert len(explained) == len(set(explained)) > 0
    if files:
        assert explained == found


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!http|#)([^)#]+)", CHINESE + ENGLISH):
        assert (paths.ROOT / "docs" / target).exists(), f"{target} is linked and missing"
